from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _sees_partner_totals(self):
        return self.env.su or self.env.user.sees_all_boards

    def _credit_debit_get(self):
        """Core sums payables over all boards without record rules; only those who see
        all boards may read that sum.
        """
        if self._sees_partner_totals():
            return super()._credit_debit_get()
        self.debit = False
        self.credit = False
        return None

    def _asset_difference_search(self, account_type, operator, operand):
        if self._sees_partner_totals():
            return super()._asset_difference_search(account_type, operator, operand)
        return Domain.FALSE
