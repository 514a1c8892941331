"""Payment claims in every state, brought there by those whose duty it is."""

from odoo import Command
from odoo.tools import groupby

from .csv_data import as_user, read_table, record
from .treasury import transfer_at_treasury

HANDOVER_DAY = "2026-07-01"
#: what is counted beside the words of the table
RETURN_REASONS = {"returned": "invoice", "corrected": "missing_paper"}
STOP_BEFORE = {
    "at_head": "board_head",
    "at_accountant": "assigned_accountant",
    "returned": "assigned_accountant",
    "corrected": "assigned_accountant",
    "refused": "board_head",
    "at_chief": "chief_accountant",
    "at_deputy": "deputy_office_chief",
    "at_office_chief": "office_chief",
}


def make_claims(env):
    """Make the claims in the order of their dates; a hand-over lies between them."""
    lines = dict(groupby(read_table("claim_lines"), lambda row: row["claim"]))
    handed_over = False
    for row in sorted(read_table("claims"), key=lambda row: row["date"]):
        if not handed_over and row["date"] >= HANDOVER_DAY:
            _hand_over(env)
            handed_over = True
        claim = _new_claim(env, row, lines[row["key"]])
        bring_to(claim, row["outcome"], row["reason"])
    # what was announced on the way was read
    env["mail.notification"].search([("is_read", "=", False)]).is_read = True


def _new_claim(env, row, lines):
    requester = record(env, "user", row["requester"])
    return as_user(env["party.claim"], requester).create(
        {
            "board_id": record(env, "board", row["board"]).id,
            "kind_id": env.ref(f"party_office_finance.claim_kind_{row['kind']}").id,
            "date": row["date"],
            "description": row["description"],
            "payment_method": row["method"],
            "partner_id": _seller(env, row).id,
            "payee_name": requester.name if row["method"] == "cash" else False,
            "line_ids": [Command.create(_line(env, row, line)) for line in lines],
        }
    )


def _seller(env, row):
    return record(env, "partner", row["seller"])


def _line(env, row, line):
    values = {
        "date": line["date"],
        "name": line["name"],
        "quantity": float(line["quantity"]),
        "unit_price": float(line["unit_price"]),
        "invoice_number": line["invoice_number"],
        "partner_id": _seller(env, row).id,
        "fund_id": env["party.fund"]._by_code(line["fund"] or "13").id,
    }
    if line["item"]:
        values["item_id"] = env["party.budget.item"]._by_code(line["item"]).id
    return values


def bring_to(claim, outcome, reason):
    """Let the persons in duty act until the claim is where the table says."""
    if outcome == "draft":
        return
    # invoices lie in the accountant's folder, as they did before there were files
    claim.on_paper_kind_ids = claim._papers_missing().paper_kind_id
    claim.action_submit()
    _approve(claim, STOP_BEFORE.get(outcome))
    if outcome == "returned":
        _return(claim, outcome, reason)
    elif outcome == "refused":
        _acting(claim).action_refuse(reason)
    elif outcome == "cancelled":
        claim.action_cancel(reason)
    elif outcome == "corrected":
        _return(claim, outcome, reason)
        claim.description = f"{claim.description} (đã bổ sung bảng kê)"
        claim.action_submit()
        _approve(claim)
        _pay(claim)
    elif outcome == "posted":
        _post(claim)
    elif outcome == "paid":
        _pay(claim)


def _approve(claim, stop_before=None):
    """Approve step by step, until a step of the given role waits."""
    while claim.state == "submitted":
        step = claim.sudo()._pending_approval()
        if step.role == stop_before:
            return
        waiting = _acting(claim)
        waiting.with_context(approval_seen=waiting.content_hash).action_approve()
        claim.invalidate_recordset()


def _return(claim, outcome, reason):
    code = RETURN_REASONS[outcome]
    listed = claim.env.ref(f"party_office_base.return_reason_{code}")
    _acting(claim).action_return(reason, listed.ids)


def _post(claim):
    accountant = _acting(claim)
    if accountant._papers_awaited():
        accountant.action_receive_papers()
    accountant.action_post()


def _pay(claim):
    _post(claim)
    if claim.payment_method == "cash":
        _acting(claim).action_pay()
    else:
        transfer_at_treasury(_acting(claim))


def _acting(claim):
    """Return the claim as the person has it on whom it waits now."""
    claim.invalidate_recordset()
    return as_user(claim, claim.sudo().waiting_user_id)


def _hand_over(env):
    """One board gets another accountant, who takes over what is open."""
    chief = record(env, "user", "ketoantruong")
    board = record(env, "board", "btgdv")
    former = record(env, "user", "ketoan3")
    as_user(env["party.handover"], chief).create(
        {
            "board_id": board.id,
            "from_user_id": former.id,
            "to_user_id": record(env, "user", "ketoan2").id,
            "date": HANDOVER_DAY,
            "note": "Hợp đồng in tờ rơi quý II chưa thanh lý, còn chờ biên bản nghiệm "
            "thu. Dự toán bổ sung đợt 1 đã có quyết định.",
        }
    ).action_confirm()
    as_user(env["party.board.assignment"], chief).create(
        {
            "board_id": board.id,
            "user_id": former.id,
            "role": "backup",
            "date_from": HANDOVER_DAY,
        }
    )
