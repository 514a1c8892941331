from odoo import api, fields, models


class AccountAnalyticAccount(models.Model):
    _name = "account.analytic.account"
    _inherit = ["account.analytic.account", "party.protected.mixin"]

    is_party_board = fields.Boolean(
        string="Party board",
        readonly=True,
        copy=False,
        help="Set when a board stands behind this analytic account: its money is "
        "visible only to those who follow that board.",
    )

    @api.model
    def _protected_fields(self):
        # it decides who sees the account
        return super()._protected_fields() | {"is_party_board"}
