from odoo import models
from odoo.exceptions import UserError

VOUCHER = "party_office_finance.advance_payment_voucher"


class PartyAdvance(models.Model):
    """What an advance says on its forms: request (C42-HD) and payment voucher."""

    _name = "party.advance"
    _inherit = ["party.advance", "party.voucher.form.mixin"]

    def _check_can_print(self, report):
        """Refuse the voucher (phiếu chi) before the cash is paid out."""
        result = super()._check_can_print(report)
        if report.report_name != VOUCHER:
            return result
        for advance in self:
            if advance.payment_method != "cash":
                raise UserError(
                    self.env._(
                        "%(advance)s is paid by bank transfer: there is no cash "
                        "voucher.",
                        advance=advance.display_name,
                    )
                )
            if not advance.voucher_number:
                raise UserError(
                    self.env._(
                        "%(advance)s has no voucher yet: it is printed when the "
                        "cashier pays.",
                        advance=advance.display_name,
                    )
                )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        # who may read the advance may read what stands on its form
        advance = self.sudo()
        approvals = advance._form_approvals()
        signed = advance._form_signed(approvals)
        values |= {
            "unit_code": advance._form_unit_code(),
            "requester_board": advance.requester_id.own_board_id.name,
            "paper_count": len(advance.attachment_ids),
            "budget": [
                advance._form_item(advance.fund_id, advance.item_id, advance.amount)
            ],
            "approvals": approvals,
            "signed": signed,
            **advance._form_amount(advance.amount),
        }
        if report.report_name == VOUCHER:
            values |= advance._form_voucher(signed)
        return values

    def _form_voucher(self, signed):
        """Return what only the voucher says: receiver, accounts, who hands out."""
        return {
            **self._form_signers(signed),
            "date": self.move_id.date,
            "number": self.voucher_number,
            "book": self._form_book(self.voucher_number),
            "receiver": self.requester_id.name,
            "address": self.requester_id.own_board_id.name or self.board_id.name or "",
            # Vietnamese on every form
            "reason": f"Tạm ứng: {self.purpose}",
            "request": "đề nghị tạm ứng",
            "entries": self._form_entries(),
            "accountant": signed["accountant"]["person"],
            "cashier": self.paid_by_id.name or "",
        }
