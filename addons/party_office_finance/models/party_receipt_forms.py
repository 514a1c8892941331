from odoo import models
from odoo.exceptions import UserError


class PartyReceipt(models.Model):
    """What a receipt says on its voucher (phiếu thu, C40-BB)."""

    _name = "party.receipt"
    _inherit = ["party.receipt", "party.voucher.form.mixin"]

    def _check_can_print(self, report):
        """Refuse the voucher of a draft: it has no number."""
        result = super()._check_can_print(report)
        for receipt in self:
            if receipt.state == "draft":
                raise UserError(
                    self.env._(
                        "A draft has no number yet: hand it to the cashier first."
                    )
                )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        # who may read the receipt may read what stands on its form
        receipt = self.sudo()
        payer = receipt.advance_id.requester_id
        partner = receipt.partner_id
        address = ", ".join(filter(None, (partner.street, partner.city)))
        entry = None if receipt.move_id else receipt._prepare_entry()["line_ids"]
        return (
            values
            | receipt._form_amount(receipt.amount)
            | receipt._form_signers()
            | {
                "unit_code": receipt._form_unit_code(),
                "date": receipt.received_on or receipt.date,
                "book": receipt._form_book(receipt.name),
                "payer": receipt.payer_name or partner.name or payer.name or "",
                "address": address or payer.own_board_id.name or "",
                "advance": receipt.advance_id.name or "",
                "entries": receipt._form_entries(entry),
                "accountant": receipt.requester_id.name,
                "cashier": (
                    receipt.received_by_id or receipt.company_id.cashier_id
                ).name
                or "",
            }
        )
