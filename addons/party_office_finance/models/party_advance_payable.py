from odoo import api, models

from odoo.addons.party_office_base.rules.money import whole


class PartyAdvance(models.Model):
    """How payment lists and the cashier's screen see an advance."""

    _name = "party.advance"
    _inherit = ["party.advance", "party.payable.mixin"]

    _payable_state = "approved"
    _payable_voucher_report = "party_office_finance.advance_payment_voucher_report"
    _payable_paper_field = "advance_ids"

    def _payable_amount(self):
        return whole(self.amount)

    def _payable_content(self):
        return self.purpose or ""

    def _payable_is_paid(self):
        return self.paid > 0

    def _payable_fund(self):
        return self.fund_id

    @api.model
    def _payable_search_fields(self):
        return [*super()._payable_search_fields(), "purpose"]

    def _payable_shares(self):
        self.ensure_one()
        # the requester's account is needed by who pays him
        user = self.sudo().requester_id
        employee = user.employee_ids.filtered(
            lambda employee: employee.company_id == self.company_id
        )[:1]
        return [self._payable_share(self._payable_amount(), user.partner_id, employee)]
