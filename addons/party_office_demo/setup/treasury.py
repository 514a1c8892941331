"""Treasury documents: cash for the box, transfers that pay claims."""

from datetime import date

from .budget import YEAR
from .csv_data import as_user, record

#: What is withdrawn for the box: day, đồng.
WITHDRAWALS = (("2026-09-04", 60_000_000), ("2026-11-03", 80_000_000))


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
                    (0, 0, {"board_id": board.id, "item_id": item.id, "amount": amount})
                ],
            }
        )
        _sign_and_post(paper)
        receipt = env["party.receipt"].search(
            [("move_id", "=", paper.sudo().move_id.id)]
        )
        as_user(receipt, receipt.waiting_user_id).action_receive()


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
