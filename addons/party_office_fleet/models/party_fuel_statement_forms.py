from odoo import models
from odoo.exceptions import UserError

FORM = "party_office_fleet.fuel_statement_form"


class PartyFuelStatement(models.Model):
    """The printed statement (bảng quyết toán nhiên liệu tháng)."""

    _inherit = "party.fuel.statement"

    def _check_can_print(self, report):
        super()._check_can_print(report)
        if report.report_name == FORM:
            for statement in self:
                if not (statement.sudo().line_ids or statement.sudo().fill_ids):
                    raise UserError(
                        self.env._("There is nothing to print: no trip and no fill.")
                    )

    def _form_values(self, report):
        values = super()._form_values(report)
        if report.report_name != FORM:
            return values
        # superuser mode: the form shows the whole month; who may read the statement was
        # checked. It is Vietnamese whoever prints it.
        statement = self.sudo()
        if self.env["res.lang"]._get_data(code="vi_VN"):
            statement = statement.with_context(lang="vi_VN")
        approvals = statement._form_approvals()
        return values | {
            "statement": statement,
            "fuel": dict(
                statement.car_id._fields["fuel"]._description_selection(statement.env)
            ).get(statement.car_id.fuel, ""),
            "lines": statement.line_ids,
            "fills": statement.fill_ids.sorted(lambda f: (f.date, f.odometer, f.id)),
            "shares": statement.share_ids,
            "findings": statement._fuel_findings() if statement.line_ids else [],
            "unverified": any(statement.line_ids.norm_id.mapped("needs_check")),
            "decisions": ", ".join(
                dict.fromkeys(statement.line_ids.norm_id.mapped("source"))
            ),
            "approvals": approvals,
            "signed": statement._form_signed(approvals),
        }
