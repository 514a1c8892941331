"""What tests need on the desk first, made by the persons whose part it is."""

import uuid
from datetime import date

from .base import Session

YEAR = date.today().year
LAST_APPROVER = "phochanhvp"


def approve(session, document_id, model="party.claim"):
    """Approve what waits on a user, as he sees it now."""
    (document,) = session.call(model, "read", [document_id], ["content_hash"])
    session.call(
        model,
        "action_approve",
        [document_id],
        context={"approval_seen": document["content_hash"], "lang": "vi_VN"},
    )


def photo_of(session, code):
    """Return the values of a file that is a paper of a kind."""
    (kind,) = session.call("party.paper.kind", "search", [["code", "=", code]])
    return {
        "name": f"{code}.txt",
        "datas": "c2lnbmVk",
        "party_paper_kind_id": kind,
    }


def claim_at_last_step(board, fund, lines):
    """Return a claim of Ban Tổ chức that only its last approver has not decided.

    :param list lines: (item id, amount đồng)
    """
    staff = Session("chuyenvien.btc")
    claim_id = staff.call(
        "party.claim",
        "create",
        {
            "board_id": board,
            # one whose amounts are typed
            "kind_id": staff.call(
                "party.claim.kind", "search", [["calculation", "=", False]], limit=1
            )[0],
            "description": f"Thử {uuid.uuid4().hex[:8]}",
            "date": f"{YEAR}-06-15",
            "line_ids": [
                [
                    0,
                    0,
                    {"name": "Thử", "amount": amount, "fund_id": fund, "item_id": item},
                ]
                for item, amount in lines
            ],
            "attachment_ids": [[0, 0, photo_of(staff, "invoice")]],
        },
    )
    staff.call("party.claim", "action_submit", [claim_id])
    for login in ("truongban.btc", "ketoan1", "ketoantruong"):
        approve(Session(login), claim_id)
    return claim_id


def new_budget_lines(board, amounts):
    """Allocate amounts (đồng) to sub-items that the board has no budget for.

    Drafted by the board's accountant, approved by the chief of office, posted by the
    chief accountant.

    :returns: the fund's id and the items' ids
    """
    chief, author = Session("ketoantruong"), Session("ketoan1")
    fund = chief.call("party.fund", "search", [["code", "=", "13"]])[0]
    used = chief.call(
        "party.budget.line", "search_read", [["board_id", "=", board]], ["item_id"]
    )
    items = chief.call(
        "party.budget.item",
        "search",
        [
            ["level", "=", "sub_item"],
            ["parent_id.code", "in", ["6600", "6700", "6550", "6750"]],
            ["id", "not in", [row["item_id"][0] for row in used]],
        ],
        limit=len(amounts),
    )
    decision = author.call(
        "party.budget.decision",
        "create",
        {
            "name": f"{uuid.uuid4().hex[:6]}-QĐ/VPTU",
            "date": f"{YEAR}-06-01",
            "issuer": "Văn phòng Tỉnh ủy",
            "kind": "allocate",
            "year": YEAR,
            "attachment_ids": [[0, 0, {"name": "qd.txt", "datas": "c2lnbmVk"}]],
            "line_ids": [
                [
                    0,
                    0,
                    {
                        "board_id": board,
                        "fund_id": fund,
                        "item_id": item,
                        "amount": amount,
                    },
                ]
                for item, amount in zip(items, amounts, strict=True)
            ],
        },
    )
    author.call("party.budget.decision", "action_submit", [decision])
    approve(Session("chanhvp"), decision, "party.budget.decision")
    chief.call("party.budget.decision", "action_post", [decision])
    return fund, items
