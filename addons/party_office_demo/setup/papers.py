"""Three weeks of papers: in every state, directed, drafted, issued, filed."""

import base64
from datetime import datetime, time, timedelta

from weasyprint import HTML

from odoo import Command, fields
from odoo.tools import convert_file
from odoo.tools.misc import html_escape

from .cars import decide, working_day
from .csv_data import ADDON, as_user, read_table, record

TABLES = ("party.issuing.body", "party.correspondent")
KIND = "party_office_docs.kind_{}"
#: what a page of an invented paper says
PAGE = """<html><body style="font-family: Tinos, serif; font-size: 14pt">
<p><b>{sender}</b><br/>Số {symbol}</p><h3>{abstract}</h3>
<p>Kính gửi: Tỉnh ủy Minh Giang.</p>
<p>{abstract}. Đề nghị quý cơ quan quan tâm chỉ đạo, tổ chức thực hiện và báo cáo kết
quả theo quy định. Đây là văn bản mẫu, không phải văn bản thật.</p></body></html>"""
MORNING = time(1, 30)


def load_papers(env):
    """Load issuing bodies and correspondents, and who may sign for the committee."""
    for name in TABLES:
        convert_file(env, ADDON, f"data/{name}.csv", {}, mode="init", noupdate=True)
    env["party.signing.power"].create(
        {
            "user_id": record(env, "user", "phobithu").id,
            "body_id": record(env, "body", "tu").id,
            "authority": "tm",
            "position": "PHÓ BÍ THƯ",
            "date_from": "2025-10-01",
        }
    )


def make_incoming(env):
    """Register incoming papers in the order they came, each as far as its row says."""
    papers = {}
    for row in read_table("papers_in"):
        paper = _receive(env, row)
        papers[row["symbol"]] = paper
        if row["outcome"] == "received":
            continue
        paper.action_register()
        if row["outcome"] != "registered":
            _direct(env, paper, row)
        _move_back(env, paper, row)
    _file(env, papers)
    env["party.document"]._cron_escalate()


def make_outgoing(env):
    """Draft papers, and sign, number and hand over those whose row says so."""
    for row in read_table("papers_out"):
        draft = _draft(env, row)
        if row["outcome"] == "drafting":
            continue
        if row["outcome"] == "opinions":
            boards = record(env, "board", "vp") | record(env, "board", "ubkt")
            day = fields.Date.to_string(working_day(3))
            draft.action_ask_opinions(boards.ids, day)
            continue
        draft.action_submit()
        if row["outcome"] == "sent":
            continue
        decide(draft)
        if row["outcome"] == "issued":
            clerk = record(env, "user", "vanthu")
            as_user(draft, clerk).action_issue()
            as_user(draft.sudo().document_id, clerk).action_hand_over()


def make_programme(env):
    """Register topics of this month; some boards have not done so."""
    month = env["party.thematic.month"].sudo()
    this = month.search([("month", "=", working_day(0).replace(day=1))], limit=1)
    this = this or month.create({"month": working_day(0).replace(day=1)})
    for key, topic in (
        ("btc", "Công tác phát triển đảng viên trong khu vực ngoài nhà nước"),
        ("bnc", "Công tác phối hợp phòng, chống tham nhũng, lãng phí, tiêu cực"),
    ):
        head = record(env, "board", key).head_id
        as_user(env["party.thematic.report"], head).create(
            {
                "name": topic,
                "month_id": this.id,
                "board_id": record(env, "board", key).id,
                "presenter_id": head.id,
                "deadline": working_day(4),
            }
        )


def make_receptions(env):
    """Enter what citizens said, as the chief of office does."""
    receptions = as_user(env["party.citizen.reception"], record(env, "user", "chanhvp"))
    for row in read_table("citizens"):
        receptions.create(
            {
                "received_on": working_day(int(row["day"])),
                "citizen": row["citizen"],
                "address": row["address"],
                "kind": row["kind"],
                "content": row["content"],
            }
        )


def _receive(env, row):
    sender = record(env, "sender", row["sender"])
    page = PAGE.format(
        sender=html_escape(sender.name),
        symbol=html_escape(row["symbol"]),
        abstract=html_escape(row["abstract"]),
    )
    clerk = record(env, "user", "vanthu")
    scan = as_user(env["ir.attachment"], clerk).create(
        {
            "name": row["symbol"].replace("/", "-") + ".pdf",
            "datas": base64.b64encode(HTML(string=page).write_pdf()),
        }
    )
    return as_user(env["party.document"], clerk).create(
        {
            "body_id": record(env, "body", "tu").id,
            "sender_id": sender.id,
            "symbol": row["symbol"],
            "document_date": working_day(int(row["day"]) - 2),
            "kind_id": env.ref(KIND.format(row["kind"])).id,
            "abstract": row["abstract"],
            "urgency": row["urgency"],
            "page_count": 2,
            "attachment_ids": [Command.set(scan.ids)],
        }
    )


def _boards(env, names):
    return [record(env, "board", name).id for name in names.split(",") if name]


def _direct(env, paper, row):
    """Let the chief of office direct a paper, and its unit deal with it."""
    chief = as_user(paper, record(env, "user", "chanhvp"))
    info = _boards(env, row["info"])
    if row["outcome"] == "filed":
        chief.action_file(info_ids=info, instruction=row["instruction"])
        return
    words = {
        "lead_id": record(env, "board", row["lead"]).id,
        "co_ids": _boards(env, row["co"]),
        "info_ids": info,
        # no leader sets a day that is over; it is moved back below
        "deadline": fields.Date.to_string(working_day(max(int(row["due"]), 1))),
        "instruction": row["instruction"],
    }
    if row["outcome"] == "proposed":
        as_user(paper, record(env, "user", "vanthu")).action_propose(**words)
        return
    chief.action_direct(**words)
    if row["handler"]:
        handler = record(env, "user", row["handler"])
        as_user(paper, paper.sudo().waiting_user_id).action_pass(handler.id)
    if row["outcome"] == "done":
        _finish(env, paper)


def _finish(env, paper):
    doer = paper.sudo().waiting_user_id
    as_user(env["party.document.evidence"], doer).create(
        {"document_id": paper.id, "symbol": f"{100 + paper.id % 90}-BC/VPTU"}
    )
    as_user(paper, doer).action_submit_result("Đã ban hành báo cáo theo chỉ đạo")
    as_user(paper, paper.sudo().waiting_user_id).action_accept("done")


def _move_back(env, paper, row):
    """Let the paper have come in on the day of its row."""
    day = working_day(int(row["day"]))
    moment = min(datetime.combine(day, MORNING), datetime.now())
    # numbers follow the order of the rows, so that the book stays in order
    values = {"received_on": day, "registered_at": moment}
    if row["due"] and row["outcome"] != "proposed":
        values["deadline"] = working_day(int(row["due"]))
    if paper.sudo().waiting_user_id:
        values["waiting_since"] = moment + timedelta(hours=3)
    paper.sudo().write(values)


def _file(env, papers):
    """Keep what is done in files: one is open, one is closed."""
    maker = record(env, "user", "chuyenvien.th")
    files = as_user(env["party.archive.file"], maker)
    done = papers["215-CV/VPTW"]
    retention = env["party.retention"].search([], limit=1)
    file = files.create(
        {
            "title": "Làm việc với Đoàn công tác Trung ương năm 2026",
            "board_id": record(env, "board", "vp").id,
            "retention_id": retention.id,
            "date_from": working_day(-22),
            "date_to": working_day(-1),
            "sheet_count": 12,
        }
    )
    as_user(done, maker)._put_into_file(file)
    file.action_close()
    files.create(
        {
            "title": "Giao ban và thông báo kết luận của Thường trực năm 2026",
            "board_id": record(env, "board", "vp").id,
            "retention_id": retention.id,
        }
    )


def _draft(env, row):
    author = record(env, "user", row["login"])
    recipients = [
        Command.create({"correspondent_id": record(env, "sender", name).id})
        for name in row["recipients"].split(",")
    ]
    recipients.append(Command.create({"name": "Lưu Văn phòng", "role": "file"}))
    return as_user(env["party.document.draft"], author).create(
        {
            "body_id": record(env, "body", row["body"]).id,
            "kind_id": env.ref(KIND.format(row["kind"])).id,
            "title": row["title"],
            "content": f"<p>{row['title']}.</p><p>Đây là văn bản mẫu.</p>",
            "signer_id": record(env, "user", row["signer"]).id,
            "authority": row["authority"],
            "recipient_ids": recipients,
        }
    )
