# Runs in `odoo shell`: the books of a province, `incoming` and `outgoing` papers in all,
# and as many files in the peer. Written by SQL, as the addons keep them.
# ruff: noqa: F821
from odoo import Command
from odoo.tools import SQL

BOARDS, SENDERS, WORDS = 12, 300, 120
#: syllables of official papers
VOCABULARY = (
    "kế hoạch triển khai thực hiện nghị quyết hội nghị ban chấp hành đảng bộ tỉnh "
    "kiểm tra giám sát tổ chức cán bộ đảng viên tuyên giáo dân vận nội chính báo cáo "
    "sơ kết tổng kết công tác phòng chống tham nhũng lãng phí tiêu cực thiên tai dịch "
    "bệnh phát triển kinh tế xã hội quốc phòng an ninh xây dựng nông thôn mới chuyển "
    "đổi số cải cách hành chính đầu tư công giải ngân vốn ngân sách dự toán quyết toán "
    "tiếp nhận xử lý đơn thư khiếu nại tố cáo công dân nhiệm vụ trọng tâm quý năm tháng "
    "hướng dẫn chương trình đề án phương án phối hợp cơ quan đơn vị địa phương xã phường"
).split()

cr = env.cr
company = env.company
incoming, outgoing = parameters["incoming"], parameters["outgoing"]
cr.execute("SELECT count(*) FROM party_document WHERE direction = 'in'")
begin_in = cr.fetchone()[0]
cr.execute("SELECT count(*) FROM party_document WHERE direction = 'out'")
begin_out = cr.fetchone()[0]

if not begin_in:
    boards = env["party.board"].create(
        [
            {"name": f"Board {number}", "code": f"BENCH{number}", "kind": "board"}
            for number in range(BOARDS)
        ]
    )
    bodies = env["party.issuing.body"].create(
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
    clerk = env["res.users"].create(
        {
            "name": "Bench clerk",
            "login": "bench_clerk",
            "group_ids": [
                Command.link(env.ref("party_office_base.group_clerk").id),
                Command.link(env.ref("dms.group_dms_user").id),
            ],
        }
    )
    chief = env["res.users"].create(
        {
            "name": "Bench chief",
            "login": "bench_chief",
            "group_ids": [
                Command.link(env.ref("party_office_base.group_office_chief").id)
            ],
        }
    )
    company.office_chief_id = chief
    department = env["hr.department"].create({"name": "Board 0"})
    boards[0].department_id = department
    staff = env["res.users"].create(
        {
            "name": "Bench staff",
            "login": "bench_staff",
            "group_ids": [Command.link(env.ref("party_office_base.group_staff").id)],
        }
    )
    env["hr.employee"].create(
        {"name": staff.name, "user_id": staff.id, "department_id": department.id}
    )
    env["res.users"].browse(env.uid).group_ids |= env.ref("dms.group_dms_manager")
    storage = env["dms.storage"].create({"name": "Bench", "save_type": "file"})
    group = env["dms.access.group"].create(
        {
            "name": "Bench",
            "perm_create": True,
            "perm_write": True,
            "explicit_user_ids": [Command.set([env.uid, clerk.id])],
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
boards = env["party.board"].search([("code", "=like", "BENCH%")], order="id")
bodies = env["party.issuing.body"].search([("code", "=like", "BENCH%")], order="id")
senders = env["party.correspondent"].search([("code", "=like", "CQ%")], order="id")
clerk = env["res.users"].search([("login", "=", "bench_clerk")])
chief = env["res.users"].search([("login", "=", "bench_chief")])
kinds = env["party.document.kind"].search([("abbreviation", "!=", False)], order="id")
env.flush_all()

cr.execute("ALTER TABLE party_document DISABLE TRIGGER USER")
cr.execute("ALTER TABLE party_document_reader_board_rel DISABLE TRIGGER USER")
#: two papers in a hundred are still being dealt with, a fifth of them late
cr.execute(
    SQL(
        """
        INSERT INTO party_document
            (direction, state, name, number, registered_at, registered_by_id, body_id,
             kind_id, symbol, document_date, received_on, sender_id, abstract, urgency,
             channel, secrecy, page_count, requester_id, board_id, lead_board_id,
             deadline, waiting_user_id, waiting_since, company_id, create_uid,
             create_date, reader_keys)
        SELECT paper.direction,
               CASE WHEN paper.direction = 'out' THEN 'issued'
                    WHEN paper.n %% 50 = 0 THEN 'directed' ELSE 'done' END,
               CASE WHEN paper.direction = 'out'
                    THEN paper.n || '-' || kind.abbreviation || '/B'
                    ELSE paper.n || '/2026' END,
               paper.n, paper.moment, %(clerk)s,
               (%(bodies)s::int[])[1 + paper.n %% %(boards)s],
               kind.id, paper.n || '-' || kind.abbreviation || '/CQ' || paper.n %% 300,
               paper.moment::date, paper.moment::date,
               CASE WHEN paper.direction = 'in'
                    THEN (%(senders)s::int[])[1 + paper.n %% %(sender_count)s] END,
               'V/v ' || text.words, '0', 'paper', 'none', 3, %(clerk)s,
               unit.id, unit.id,
               CASE WHEN paper.direction = 'in' AND paper.n %% 50 = 0
                    THEN current_date + (paper.n / 50 %% 10 - 2) END,
               CASE WHEN paper.direction = 'in' AND paper.n %% 50 = 0
                    THEN %(chief)s END,
               CASE WHEN paper.direction = 'in' AND paper.n %% 50 = 0
                    THEN paper.moment END,
               %(company)s, %(clerk)s, paper.moment,
               CASE WHEN paper.direction = 'in' AND paper.n %% 50 = 0
                    THEN ARRAY[unit.id, -%(chief)s] ELSE ARRAY[unit.id] END
          FROM (SELECT 'in' AS direction, n,
                       now() at time zone 'UTC' - interval '5 years'
                       + n * interval '5 years' / 125000 AS moment
                  FROM generate_series(%(begin_in)s + 1, %(incoming)s) AS n
                 UNION ALL
                SELECT 'out', n,
                       now() at time zone 'UTC' - interval '5 years'
                       + n * interval '5 years' / 40000
                  FROM generate_series(%(begin_out)s + 1, %(outgoing)s) AS n) AS paper
          JOIN LATERAL (SELECT (%(board_ids)s::int[])[1 + paper.n %% %(boards)s] AS id
                       ) AS unit ON TRUE
          JOIN LATERAL (SELECT id, abbreviation FROM party_document_kind
                         WHERE id = (%(kinds)s::int[])[1 + paper.n %% %(kind_count)s]
                       ) AS kind ON TRUE
          JOIN LATERAL (
               SELECT string_agg((%(vocabulary)s::text[])
                   [1 + floor(random() * %(syllables)s)::int], ' ') AS words
                 FROM generate_series(1, 14 + paper.n - paper.n)) AS text ON TRUE
        """,
        clerk=clerk.id,
        chief=chief.id,
        company=company.id,
        boards=len(boards),
        board_ids=boards.ids,
        bodies=bodies.ids,
        senders=senders.ids,
        sender_count=len(senders),
        kinds=kinds.ids,
        kind_count=len(kinds),
        vocabulary=VOCABULARY,
        syllables=len(VOCABULARY),
        begin_in=begin_in,
        begin_out=begin_out,
        incoming=incoming,
        outgoing=outgoing,
    )
)
# what follows from a paper, as the addon writes it
cr.execute(
    """
    INSERT INTO party_document_routing (document_id, board_id, role, company_id)
    SELECT id, lead_board_id, 'lead', company_id
      FROM party_document
     WHERE direction = 'in' AND number > %s
    """,
    [begin_in],
)
cr.execute(
    """
    INSERT INTO party_document_reader_board_rel (document_id, board_id)
    SELECT id, board_id FROM party_document
     WHERE (direction = 'in' AND number > %s) OR (direction = 'out' AND number > %s)
    """,
    [begin_in, begin_out],
)
cr.execute(
    """
    INSERT INTO party_series_counter (series_id, scope, period, first_number, last_number)
    SELECT series.id, body.code, extract(year FROM now())::int::text, 1, %s
      FROM party_series series, party_issuing_body body
     WHERE series.code = 'paper_in' AND body.code LIKE 'BENCH%%'
        ON CONFLICT (series_id, scope, period)
        DO UPDATE SET last_number = EXCLUDED.last_number
    """,
    [incoming],
)
# each paper is a file of the peer, with the abstract as its name
cr.execute(
    """
    INSERT INTO dms_file
        (name, active, directory_id, extension, mimetype, size, human_size, checksum,
         content_binary, res_model, require_migration, create_uid, create_date,
         write_uid, write_date)
    SELECT abstract || ' ' || document.id || '.pdf', TRUE, dir.id, 'pdf', 'application/pdf', 9,
           '9 bytes', md5(document.id::text), '%PDF-1.4 '::bytea, NULL, FALSE,
           document.create_uid, document.create_date, document.create_uid,
           document.create_date
      FROM party_document document
      JOIN (SELECT id FROM dms_directory WHERE name = 'Bench') dir ON TRUE
     WHERE (direction = 'in' AND number > {}) OR (direction = 'out' AND number > {})
    """.format(int(begin_in), int(begin_out))
)
cr.execute("ALTER TABLE party_document ENABLE TRIGGER USER")
cr.execute("ALTER TABLE party_document_reader_board_rel ENABLE TRIGGER USER")
cr.execute("ANALYZE")
cr.commit()
report(papers=incoming + outgoing)
