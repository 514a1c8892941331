"""Treasury documents: cash for the box, transfers that pay claims."""

from collections import defaultdict
from datetime import date

from odoo import Command
from odoo.tools import groupby

from .budget import YEAR
from .csv_data import as_user, read_table, record

#: What is withdrawn for the box: day, đồng.
WITHDRAWALS = (
    ("2026-03-04", 15_000_000),
    ("2026-09-03", 20_000_000),
    ("2026-11-03", 30_000_000),
)


def withdraw_cash(env):
    """Withdraw cash from the estimate as an advance; the cashier receives it."""
    author = record(env, "user", "ketoan1")
    board = record(env, "board", "btc")
    item = env["party.budget.item"]._by_code("6503")
    for day, amount in WITHDRAWALS:
        paper = as_user(env["party.treasury.move"], author).create(
            {
                "kind": "cash_advance",
                "date": day,
                "year": YEAR,
                "fund_id": env["party.fund"]._by_code("13").id,
                "paper_number": f"{day[5:7]}/RDT",
                "description": "Rút tiền mặt nhập quỹ",
                "line_ids": [
                    Command.create(
                        {"board_id": board.id, "item_id": item.id, "amount": amount}
                    )
                ],
            }
        )
        _sign_and_post(paper)
        receipt = env["party.receipt"].search(
            [("move_id", "=", paper.sudo().move_id.id)]
        )
        as_user(receipt, receipt.waiting_user_id).action_receive()


def pay_bookings(env):
    """Pay what the entries of earlier months owe, one paper for each day and fund."""
    chief = record(env, "user", "ketoantruong")
    rows = sorted(read_table("bookings"), key=lambda row: (row["date"], row["fund"]))
    for (day, fund), group in groupby(rows, lambda row: (row["date"], row["fund"])):
        sums = defaultdict(int)
        for row in group:
            sums[row["board"], row["item"]] += int(row["amount"])
        paper = as_user(env["party.treasury.move"], chief).create(
            {
                "kind": "transfer_actual",
                "date": day,
                "year": YEAR,
                "fund_id": env["party.fund"]._by_code(fund).id,
                "paper_number": f"{day[5:7]}-{fund}/RDT",
                "description": f"Chuyển khoản thực chi đến ngày {day[8:]}/{day[5:7]}",
                "line_ids": [
                    Command.create(
                        {
                            "board_id": record(env, "board", board).id,
                            "item_id": env["party.budget.item"]._by_code(item).id,
                            "amount": amount,
                        }
                    )
                    for (board, item), amount in sums.items()
                ],
            }
        )
        _sign_and_post(paper)


def transfer_at_treasury(claim):
    """Pay a posted claim by a Treasury document of the one it waits on."""
    papers = claim.env["party.treasury.move"]
    context = claim.action_make_treasury_paper()["context"]
    paper = papers.with_context(**context).create(
        {
            "date": min(date.today(), date(YEAR, 12, 31)),
            "year": YEAR,
            "paper_number": f"{claim.id:02d}/UNC",
            "description": f"Chuyển khoản theo {claim.name}",
        }
    )
    _sign_and_post(paper)


def _sign_and_post(paper):
    paper.action_submit()
    while paper.state == "submitted":
        signer = as_user(paper, paper.sudo().waiting_user_id)
        signer.with_context(approval_seen=signer.content_hash).action_approve()
        paper.invalidate_recordset()
    as_user(paper, paper.sudo().waiting_user_id).action_post()
    paper.invalidate_recordset()
