from odoo import models
from odoo.exceptions import UserError

MINUTES = "party_office_fleet.car_repair_minutes"


class PartyCarRepair(models.Model):
    """Forms: the request with its quotes, the minutes of acceptance."""

    _inherit = "party.car.repair"

    def _check_can_print(self, report):
        """Refuse minutes of what was not approved."""
        result = super()._check_can_print(report)
        if report.report_name == MINUTES:
            for repair in self:
                if repair.state != "approved":
                    raise UserError(
                        self.env._(
                            "%(repair)s is not approved: there is nothing to accept.",
                            repair=repair.display_name,
                        )
                    )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        # names, posts and codes of the office stand on every form
        repair = self.sudo()
        company = repair.company_id
        office = self.env["party.board"].search(
            [("kind", "=", "office"), ("company_id", "in", [False, company.id])],
            limit=1,
        )
        approvals = repair._form_approvals()
        return values | {
            "unit_code": office.budget_unit_code or "",
            "approvals": approvals,
            "signed": repair._form_signed(approvals),
            "dispatcher": (repair.accepted_by_id or company.dispatcher_id).name or "",
            "driver": repair._form_driver(),
            "sums": {
                "quote": int(repair.amount),
                "invoice": int(repair.parts_amount),
            },
        }

    def _form_driver(self):
        """Return the name of the driver: who reported it, or the car's usual one."""
        self.ensure_one()
        drivers = self.env["party.driver"]
        reporter = drivers.search([("user_id", "=", self.requester_id.id)], limit=1)
        return (reporter or self.car_id.usual_driver_id).name or ""
