# Runs in `odoo shell`: the books of a province, `incoming` and `outgoing` papers in
# all, and as many files in the peer. Written by SQL, as the addons keep them.
# ruff: noqa: F821
import random
from datetime import UTC, datetime, timedelta

from psycopg2.extras import execute_values

from odoo import Command

from odoo.addons.party_office_docs.rules.search_text import fold
from odoo.addons.party_office_docs.rules.symbol import compare_key

BOARDS, SENDERS, BATCH = 12, 300, 5000
#: words of the text inside the files of a paper
BODY_PHRASES = 45
TRIGGERED = ("party_document", "party_document_reader_board_rel", "party_document_text")
PHRASES = [
    "kế hoạch",
    "triển khai thực hiện",
    "nghị quyết hội nghị",
    "ban chấp hành đảng bộ tỉnh",
    "công tác kiểm tra, giám sát",
    "tổ chức, cán bộ",
    "phát triển đảng viên",
    "tuyên giáo và dân vận",
    "công tác nội chính",
    "báo cáo sơ kết",
    "báo cáo tổng kết",
    "phòng, chống tham nhũng",
    "phòng, chống thiên tai",
    "phòng, chống dịch bệnh",
    "phát triển kinh tế - xã hội",
    "quốc phòng, an ninh",
    "xây dựng nông thôn mới",
    "chuyển đổi số",
    "cải cách hành chính",
    "giải ngân vốn đầu tư công",
    "dự toán ngân sách",
    "quyết toán kinh phí",
    "tiếp nhận đơn thư",
    "giải quyết khiếu nại, tố cáo",
    "tiếp công dân định kỳ",
    "nhiệm vụ trọng tâm",
    "quý, sáu tháng và cả năm",
    "hướng dẫn nghiệp vụ",
    "chương trình công tác",
    "đề án sắp xếp bộ máy",
    "phối hợp giữa các cơ quan",
    "kiểm điểm, đánh giá, xếp loại",
    "quy hoạch cán bộ",
    "bảo vệ nền tảng tư tưởng của Đảng",
]
#: places and names: what people remember of a paper
FIRST = "An Bình Cẩm Đông Hòa Khe Long Mỹ Nam Phú Quang Sơn Tân Thanh Trung Vĩnh Yên"
SECOND = "Bắc Châu Giang Hải Hưng Kỳ Lâm Lộc Minh Ngọc Phong Thủy Tiến Trạch Vàng Xuân"
PLACES = [f"{first} {second}" for first in FIRST.split() for second in SECOND.split()]

cr, company = env.cr, env.company
chance = random.Random(20261122)


def make_office():
    """Make boards, bodies, senders and the persons who are measured."""
    boards = env["party.board"].create(
        [
            {"name": f"Board {number}", "code": f"BENCH{number}", "kind": "board"}
            for number in range(BOARDS)
        ]
    )
    env["party.issuing.body"].create(
        [
            {"name": board.name, "code": board.code, "board_id": board.id}
            for board in boards
        ]
    )
    env["party.correspondent"].create(
        [
            {"name": f"Cơ quan {number}", "code": f"CQ{number}"}
            for number in range(SENDERS)
        ]
    )
    for login, groups in (
        ("bench_clerk", ("party_office_base.group_clerk", "dms.group_dms_user")),
        ("bench_chief", ("party_office_base.group_office_chief",)),
        ("bench_staff", ("party_office_base.group_staff",)),
    ):
        links = [Command.link(env.ref(group).id) for group in groups]
        env["res.users"].create({"name": login, "login": login, "group_ids": links})
    company.office_chief_id = user("chief")
    department = env["hr.department"].create({"name": "Board 0"})
    boards[0].department_id = department
    env["hr.employee"].create(
        {
            "name": "bench_staff",
            "user_id": user("staff").id,
            "department_id": department.id,
        }
    )
    env["res.users"].browse(env.uid).group_ids |= env.ref("dms.group_dms_manager")
    storage = env["dms.storage"].create({"name": "Bench", "save_type": "database"})
    group = env["dms.access.group"].create(
        {
            "name": "Bench",
            "perm_create": True,
            "perm_write": True,
            "explicit_user_ids": [Command.set([env.uid, user("clerk").id])],
        }
    )
    env["dms.directory"].create(
        {
            "name": "Bench",
            "is_root_directory": True,
            "storage_id": storage.id,
            "group_ids": [Command.set(group.ids)],
        }
    )


def user(name):
    return env["res.users"].search([("login", "=", f"bench_{name}")])


def some(count):
    return ", ".join(chance.choice(PHRASES) for _ in range(count))


def papers(direction, first, last, years=5):
    """Yield the rows of papers and of their texts: two in a hundred are open."""
    begin = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=365 * years)
    step = timedelta(days=365 * years) / BOOKS[direction]
    for number in range(first, last + 1):
        moment, kind = begin + number * step, kinds[number % len(kinds)]
        unit, body = boards[number % BOARDS], bodies[number % BOARDS]
        is_open = direction == "in" and number % 50 == 0
        mark = f"{number}-{kind.abbreviation}/"
        symbol = f"{mark}CQ{number % SENDERS}" if direction == "in" else None
        abstract = f"V/v {some(3)} tại xã {chance.choice(PLACES)}"
        readers = [unit.id, -chief.id] if is_open else [unit.id]
        yield {
            "direction": direction,
            "state": "directed"
            if is_open
            else {"in": "done", "out": "issued"}[direction],
            "phase": "doing" if is_open else None,
            "name": f"{number}/2026" if direction == "in" else f"{mark}{body.code}",
            "number": number,
            "registered_at": moment,
            "closed_at": None if is_open else moment,
            "registered_by_id": clerk.id,
            "body_id": body.id,
            "kind_id": kind.id,
            "symbol": symbol,
            "symbol_key": symbol and compare_key(symbol),
            "document_date": moment.date(),
            "received_on": moment.date(),
            "sender_id": senders[number % SENDERS].id if direction == "in" else None,
            "abstract": abstract,
            "urgency": "0",
            "channel": "paper",
            "secrecy": "none",
            "requester_id": clerk.id,
            "board_id": unit.id,
            "lead_board_id": unit.id,
            "director_id": chief.id,
            "handler_id": chief.id if is_open else None,
            "waiting_user_id": chief.id if is_open else None,
            "waiting_since": moment if is_open else None,
            "deadline": moment.date() + timedelta(days=10),
            "escalation": "none",
            "company_id": company.id,
            "create_uid": clerk.id,
            "create_date": moment,
            "reader_keys": readers,
        }


def store(rows):
    """Write papers, their parts, readers and words, and the files of the peer."""
    names = list(rows[0])
    ids = execute_values(
        cr._obj,
        f"INSERT INTO party_document ({', '.join(names)}) VALUES %s RETURNING id",
        [tuple(row[name] for name in names) for row in rows],
        page_size=BATCH,
        fetch=True,
    )
    written = [(row, paper_id) for row, (paper_id,) in zip(rows, ids, strict=True)]
    execute_values(
        cr._obj,
        "INSERT INTO party_document_reader_board_rel (document_id, board_id) VALUES %s",
        [(paper_id, row["board_id"]) for row, paper_id in written],
    )
    execute_values(
        cr._obj,
        "INSERT INTO party_document_routing (document_id, board_id, role, company_id)"
        " VALUES %s",
        [(paper_id, row["board_id"], "lead", company.id) for row, paper_id in written],
    )
    execute_values(
        cr._obj,
        "INSERT INTO party_document_text (document_id, head, body) VALUES %s",
        [
            (
                paper_id,
                fold(" ".join(filter(None, (row["name"], row["symbol"])))),
                fold(f"{row['abstract']} {some(BODY_PHRASES)} {chance.choice(PLACES)}"),
            )
            for row, paper_id in written
        ],
    )
    execute_values(
        cr._obj,
        "INSERT INTO dms_file (name, active, directory_id, extension, mimetype, size,"
        " human_size, checksum, content_binary, require_migration, create_uid,"
        " create_date, write_uid, write_date) VALUES %s",
        [
            (
                f"{row['abstract']} {paper_id}.pdf",
                True,
                directory.id,
                "pdf",
                "application/pdf",
                9,
                "9 bytes",
                f"{paper_id:040d}",
                b"%PDF-1.4 ",
                False,
                clerk.id,
                row["create_date"],
                clerk.id,
                row["create_date"],
            )
            for row, paper_id in written
        ],
    )


def switch(state):
    """Let the triggers rest: what they keep is written here."""
    for table in TRIGGERED:
        cr.execute(f"ALTER TABLE {table} {state} TRIGGER USER")


if not env["party.board"].search_count([("code", "=like", "BENCH%")]):
    make_office()
boards = env["party.board"].search([("code", "=like", "BENCH%")], order="id")
bodies = env["party.issuing.body"].search([("code", "=like", "BENCH%")], order="id")
senders = env["party.correspondent"].search([("code", "=like", "CQ%")], order="id")
kinds = env["party.document.kind"].search([("abbreviation", "!=", False)], order="id")
directory = env["dms.directory"].search([("name", "=", "Bench")])
clerk, chief = user("clerk"), user("chief")
env.flush_all()
BOOKS = {"in": parameters["incoming"], "out": parameters["outgoing"]}
switch("DISABLE")
for direction, last in BOOKS.items():
    cr.execute(
        "SELECT coalesce(max(number), 0) FROM party_document WHERE direction = %s",
        [direction],
    )
    for first in range(cr.fetchone()[0] + 1, last + 1, BATCH):
        store(list(papers(direction, first, min(first + BATCH - 1, last))))
cr.commit()
switch("ENABLE")
# the next number comes after those that were written
cr.execute(
    """
    INSERT INTO party_series_counter
           (series_id, scope, period, first_number, last_number)
    SELECT series.id, body.code, extract(year FROM now())::int::text, 1, %s
      FROM party_series series, party_issuing_body body
     WHERE series.code = 'paper_in' AND body.code LIKE 'BENCH%%'
        ON CONFLICT (series_id, scope, period)
        DO UPDATE SET last_number = EXCLUDED.last_number
    """,
    [BOOKS["in"]],
)
cr.execute("ANALYZE")
cr.commit()
report(papers=sum(BOOKS.values()))
