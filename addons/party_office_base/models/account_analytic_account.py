from odoo import fields, models


class AccountAnalyticAccount(models.Model):
    _inherit = "account.analytic.account"

    is_party_board = fields.Boolean(
        string="Party board",
        readonly=True,
        copy=False,
        help="Set when a board stands behind this analytic account: its money is "
        "visible only to those who follow that board.",
    )
