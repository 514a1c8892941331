from zoneinfo import ZoneInfo

from odoo import models

from ..rules.form_text import moment
from ..tools import OFFICE_TIMEZONE

#: Vietnamese on every form, whatever the user's language: it is legal wording.
CAPACITIES = {"kt": "K/T", "tl": "T/L"}
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
        :return: dict of plain values
        """
        self.ensure_one()
        return {}

    def _form_moment(self, value):
        """Return a stored (UTC) datetime as local text of the office."""
        if not value:
            return ""
        # settings of the company are read for every user
        zone = self.env.company.sudo().partner_id.tz or OFFICE_TIMEZONE
        return moment(value.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)))

    def _form_approvals(self):
        """Return the decided steps of the latest round, in order.

        For documents with approvals. Each is a dict of text: ``step, role, person,
        capacity`` (K/T, T/L or empty), ``absent`` (whom he decided for), ``decision,
        state, at, comment``.
        """
        self.ensure_one()
        decided = self._current_approvals().filtered("decided_by_id")
        return [
            {
                "step": approval.name,
                "role": approval.role,
                "person": approval.decided_by_id.name,
                "capacity": CAPACITIES.get(approval.capacity, ""),
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
