from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.form_text import long_date

ISSUE = "party_office_events.service_issue"


class PartyServiceRequest(models.Model):
    """Forms: the request for supplies and services, the issue note of the store."""

    _inherit = "party.service.request"

    def _check_can_print(self, report):
        """Refuse an issue note of what never left the store."""
        result = super()._check_can_print(report)
        if report.report_name == ISSUE:
            for request in self:
                if not any(request.line_ids.mapped("delivered")):
                    raise UserError(
                        self.env._(
                            "%(request)s: nothing was given out yet.",
                            request=request.display_name,
                        )
                    )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        # names, posts and codes of the office stand on every form
        request = self.sudo()
        office = self.env["party.board"].search(
            [
                ("kind", "=", "office"),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            limit=1,
        )
        issued = report.report_name == ISSUE
        day = (issued and request.done_at) or request.asked_at
        lines = request.line_ids
        if issued:
            lines = lines.filtered("delivered")
        return values | {
            "unit_code": office.budget_unit_code or "",
            "day": long_date(day and local(self.env, day).date()),
            "due": request._form_moment(request.due_at),
            "lines": [
                {
                    "code": line.supply_id.code or "",
                    "name": line.supply_id.name,
                    "unit": line.unit or "",
                    "quantity": line.quantity,
                    "granted": line.delivered if issued else line.granted,
                    "price": int(line.price),
                    "amount": int(
                        line.price * (line.delivered if issued else line.granted)
                    ),
                }
                for line in lines
            ],
            "requester": {
                "person": request.requester_id.name,
                "at": request._form_moment(request.asked_at),
            },
            "head": {
                "person": (request.agreed_by_id or request.norm_agreed_by_id).name or ""
            },
            "receiver": request._form_receiver(),
            "storekeeper": {
                "person": request.lead_id.name or "",
                "at": request._form_moment(request.done_at),
            },
        }

    def _form_receiver(self):
        """Return who signed for it: by a tap in the system, or nobody yet."""
        if self.state != "confirmed":
            return {"person": "", "at": ""}
        if self.is_auto_confirmed:
            return {"person": "Xác nhận tự động khi hết hạn", "at": ""}
        return {
            "person": self.confirmed_by_id.name,
            "at": self._form_moment(self.confirmed_at),
        }
