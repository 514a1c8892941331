from odoo import models

from ..form_qr import qr_address
from ..office_time import local
from ..rules.form_text import moment

#: Vietnamese on every form, whatever the user's language: it is legal wording.
CAPACITIES = {"kt": "K/T", "tl": "T/L"}
#: Who signs as head of the unit, the one with the last word first.
HEADS = ("office_chief", "deputy_office_chief")
#: A deputy signs for the head (K/T) and below it as what he is.
DEPUTY_HEAD = "Phó Chánh Văn phòng"
NOBODY = {"person": "", "capacity": "", "own_title": "", "at": ""}
DECISIONS = {"approved": "Đồng ý", "returned": "Trả lại", "refused": "Từ chối"}


class PartyFormMixin(models.AbstractModel):
    """A document that is printed on a form of the office (report type party-pdf).

    Both hooks get the report, so that a document can have several forms. They run
    after the user's right to read the document was checked.
    """

    _name = "party.form.mixin"
    _description = "Document Printed On A Form"

    def _check_can_print(self, report):
        """Raise UserError when these documents may not be printed on this form.

        :param report: ``ir.actions.report``
        """

    def _form_values(self, report):
        """Return what the template gets as ``form``, beside the document ``doc``.

        :param report: ``ir.actions.report``
        :return: dict of plain values; ``qr`` is drawn by the page itself
        """
        self.ensure_one()
        return {"qr": self._form_qr()}

    def _form_qr(self):
        """Return the QR code that names this document, as a ``data:`` address.

        The cashier scans it: ``PARTY:<model>:<name>``, for example
        ``PARTY:party.claim:TT2026/00001``. A document without a number has none.
        """
        self.ensure_one()
        name = self["name"] if "name" in self._fields else ""
        if not name or name == "/":
            return ""
        return qr_address(f"PARTY:{self._name}:{name}")

    def _form_moment(self, value):
        """Return a stored (UTC) datetime as local text of the office."""
        if not value:
            return ""
        return moment(local(self.env, value))

    def _form_approvals(self):
        """Return the decided steps of the latest round, in order.

        For documents with approvals. Each is a dict of text: ``step, role, person,
        capacity`` (K/T, T/L or empty), ``own_title`` (his post), ``absent`` (whom he
        decided for), ``decision, state, at, comment``.
        """
        self.ensure_one()
        decided = self._current_approvals().filtered("decided_by_id")
        return [
            {
                "step": approval.name,
                "role": approval.role,
                "person": approval.decided_by_id.name,
                "capacity": CAPACITIES.get(approval.capacity, ""),
                # names and posts of who signs stand on every form
                "own_title": approval.decided_by_id.sudo().employee_id.job_title or "",
                "absent": (
                    approval.user_id.name
                    if approval.user_id != approval.decided_by_id
                    else ""
                ),
                "state": approval.state,
                "decision": DECISIONS.get(approval.state, ""),
                "at": self._form_moment(approval.decided_at),
                "comment": approval.comment or "",
            }
            for approval in decided
        ]

    def _form_signed(self, approvals):
        """Return who signed in the system, by the place on the form.

        For documents with approvals. Who signs for another (K/T, T/L) signs as what he
        is, below the title of the other (HD 36-HD/VPTW).

        :param list approvals: see ``_form_approvals``
        :return: dict of ``requester, board_head, accountant, chief_accountant, head``,
            each a dict of text: ``person, capacity, own_title, at`` (empty when not
            signed)
        """
        self.ensure_one()
        by_role = {
            approval["role"]: dict(approval)
            for approval in approvals
            if approval["state"] == "approved"
        }
        for signed in by_role.values():
            if not signed["capacity"] and signed["role"] != "deputy_office_chief":
                signed["own_title"] = ""
        deputy = by_role.get("deputy_office_chief")
        if deputy:
            deputy["own_title"] = deputy["own_title"] or DEPUTY_HEAD
            deputy["capacity"] = deputy["capacity"] or CAPACITIES["kt"]
        head = next((by_role[role] for role in HEADS if role in by_role), NOBODY)
        return {
            "requester": NOBODY | {"person": self.requester_id.name},
            "board_head": by_role.get("board_head", NOBODY),
            "accountant": by_role.get("assigned_accountant", NOBODY),
            "chief_accountant": by_role.get("chief_accountant", NOBODY),
            "head": head,
        }
