"""Estimates of 2026, and what was spent in earlier months."""

from odoo import Command
from odoo.tools import groupby

from .csv_data import as_user, read_table, record

YEAR = 2026
# account of the expense by fund: regular tasks, other tasks
EXPENSE_ACCOUNTS = {"13": "61112", "12": "61122"}
PAYABLE_ACCOUNT = "331"


def make_estimates(env):
    """Make the decisions of the year, each by those whose duty it is.

    Drafted by an accountant, approved by the chief of office, posted by the chief
    accountant.
    """
    lines = read_table("estimates")
    for row in read_table("decisions"):
        author = record(env, "user", row["author"])
        decision = as_user(env["party.budget.decision"], author).create(
            {
                "name": row["name"],
                "date": row["date"],
                "issuer": row["issuer"],
                "kind": row["kind"],
                "year": YEAR,
                "basis": row["basis"],
                "note": row["note"],
                "attachment_ids": [Command.create(_paper(row))],
                "line_ids": [
                    Command.create(
                        _budget_keys(env, line)
                        | {
                            "board_id": record(env, "board", line["board"]).id,
                            "amount": int(line["amount"]),
                            "note": line["note"],
                        }
                    )
                    for line in lines
                    if line["decision"] == row["key"]
                ],
            }
        )
        decision.action_submit()
        approver = as_user(decision, decision.sudo().waiting_user_id)
        approver.with_context(approval_seen=approver.content_hash).action_approve()
        as_user(decision, record(env, "user", "ketoantruong")).action_post()


def _paper(row):
    """Return a stand-in for the scanned decision."""
    text = f"{row['issuer']}\nSố {row['name']} ngày {row['date']}\n{row['note']}\n"
    return {
        "name": f"{row['name'].replace('/', '-')}.txt",
        "raw": text.encode(),
        "mimetype": "text/plain",
    }


def _budget_keys(env, row):
    return {
        "fund_id": env["party.fund"]._by_code(row["fund"]).id,
        "item_id": env["party.budget.item"]._by_code(row["item"]).id,
    }


def make_bookings(env):
    """Post what was spent until October: an entry for each board and period.

    Entries of the general journal, typed by the board's own accountant and posted by
    the chief accountant, who thereby agrees to them.
    """
    chief = record(env, "user", "ketoantruong")
    rows = sorted(read_table("bookings"), key=lambda row: (row["date"], row["board"]))
    accounts = _accounts(env)
    for (day, key), group in groupby(rows, lambda row: (row["date"], row["board"])):
        board = record(env, "board", key)
        accountant = board.accountant_id
        lines = [_booking_line(env, board, accounts, row) for row in group]
        total = sum(line["debit"] for line in lines)
        lines.append(
            {
                "name": f"Phải trả của {board.short_name}",
                "account_id": accounts[PAYABLE_ACCOUNT],
                "credit": total,
            }
        )
        moves = as_user(env["account.move"], accountant)
        entry = moves.with_context(tracking_disable=True).create(
            {
                "move_type": "entry",
                "date": day,
                "journal_id": env.company.party_general_journal_id.id,
                "ref": f"Bảng kê chứng từ {board.code} đến ngày {day[8:]}/{day[5:7]}",
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        as_user(entry, chief).action_post()


def _booking_line(env, board, accounts, row):
    keys = _budget_keys(env, row)
    return {
        "name": row["label"],
        "account_id": accounts[EXPENSE_ACCOUNTS[row["fund"]]],
        "debit": int(row["amount"]),
        "analytic_distribution": {str(board.analytic_account_id.id): 100.0},
        "party_fund_id": keys["fund_id"],
        "party_item_id": keys["item_id"],
    }


def _accounts(env):
    codes = [*EXPENSE_ACCOUNTS.values(), PAYABLE_ACCOUNT]
    accounts = env["account.account"].search(
        [("code", "in", codes), ("company_ids", "in", env.company.ids)]
    )
    return {account.code: account.id for account in accounts}
