from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class PartyPositionChange(models.TransientModel):
    """Lets another position allowance coefficient hold from a day on."""

    _name = "party.position.change"
    _description = "Change of a Position Allowance"

    employee_id = fields.Many2one("hr.employee", required=True)
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    coefficient = fields.Float(digits=(4, 2), help="0: no position allowance.")
    paper = fields.Char(
        string="Decision", required=True, help="Number and day of the decision."
    )

    def action_confirm(self):
        """Record the coefficient.

        :raises AccessError: the user does not keep the coefficients
        :raises UserError: another office's person, or no possible coefficient
        """
        self.ensure_one()
        if not self.env.user.has_group("party_office_base.group_manager"):
            raise AccessError(
                self.env._("Only a manager of the office changes position allowances.")
            )
        if self.employee_id.company_id not in self.env.companies:
            raise UserError(
                self.env._(
                    "%(person)s works at another office.", person=self.employee_id.name
                )
            )
        if not 0 <= self.coefficient < 10:
            raise UserError(
                self.env._(
                    "A position allowance coefficient lies between 0 and 10, for "
                    "example 0.8."
                )
            )
        self.employee_id._set_position_coefficient(
            self.date_from, self.coefficient, self.paper
        )
        return {"type": "ir.actions.act_window_close"}
