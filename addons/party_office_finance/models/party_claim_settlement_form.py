from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.money import whole

from ..rules.advance import settlement_figures
from .party_claim_advance import FIXED

SETTLEMENT = "party_office_finance.claim_advance_settlement"


class PartyClaim(models.Model):
    """What a claim that settles an advance says on C43-BB (giấy thanh toán tạm ứng)."""

    _inherit = "party.claim"

    def _check_can_print(self, report):
        """Refuse the settlement of an advance when the claim names none."""
        result = super()._check_can_print(report)
        if report.report_name == SETTLEMENT:
            for claim in self.filtered(lambda c: not c.advance_id):
                raise UserError(
                    self.env._("%s settles no advance.", claim.display_name)
                )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        if report.report_name == SETTLEMENT:
            # see _form_values of the claim: the figures are of its requester's advance
            values |= self.sudo()._form_settlement()
        return values

    def _form_settlement(self):
        """Return the figures of the settlement (đồng) and the papers behind them."""
        advance = self.advance_id
        figures = settlement_figures(
            whole(advance.paid or advance.amount),
            whole(self._advance_used_before()),
            whole(self.amount_total),
        )
        return {
            "figures": figures,
            **self._form_amount(figures.spent),
            "advance_number": advance.name,
            "advance_voucher": advance.voucher_number or "",
            "advance_date": advance.paid_on,
            "date": self.date,
            "entries": self._form_entries() if self.move_id else [],
            "accountant": self.posted_by_id.name or "",
            "voucher_number": self.voucher_number or "",
            "receipts": [
                {"number": receipt.name, "date": receipt.received_on}
                for receipt in advance.receipt_ids
                if receipt.state == "received"
            ],
        }

    def _advance_used_before(self):
        """Return what of the advance was settled or returned before this claim (đồng).

        Once the claim is approved this does not change any more: other claims count
        when they were approved earlier, receipts when they came on an earlier day.
        """
        advance = self.advance_id
        if self.state not in FIXED:
            return advance.settled + advance.returned + advance.reserved
        approved_at = self._approved_at()
        claims = advance.claim_ids.filtered(
            lambda c: c.state in FIXED and c != self and c._approved_at() < approved_at
        )
        day = local(self.env, approved_at).date()
        receipts = advance.receipt_ids.filtered(
            lambda r: r.state == "received" and r.received_on < day
        )
        return sum(claims.line_ids.mapped("advance_amount")) + sum(
            receipts.mapped("amount")
        )

    def _approved_at(self):
        """Return when the last step was decided (UTC)."""
        return max(self._current_approvals().mapped("decided_at"))
