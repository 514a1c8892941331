from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    party_untaken_days = fields.Integer(
        string="Days to take a task",
        default=2,
        help="Working days after which a task that nobody took has a red flag.",
    )

    _untaken_days_possible = models.Constraint(
        "CHECK (party_untaken_days BETWEEN 1 AND 30)",
        "Between 1 and 30 working days.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    party_untaken_days = fields.Integer(
        related="company_id.party_untaken_days", readonly=False
    )
