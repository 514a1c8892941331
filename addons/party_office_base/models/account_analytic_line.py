from odoo import models


class AccountAnalyticLine(models.Model):
    _inherit = "account.analytic.line"

    def write(self, vals):
        result = super().write(vals)
        if {"account_id", "auto_account_id"} & vals.keys():
            # record rules look at a line before it is written; this looks at where
            # it was moved to
            self.check_access("write")
        return result
