from odoo import models
from odoo.exceptions import UserError

VOUCHER = "party_office_finance.claim_payment_voucher"


class PartyClaim(models.Model):
    """What a payment claim says on its forms: payment request and payment voucher."""

    _name = "party.claim"
    _inherit = ["party.claim", "party.voucher.form.mixin"]

    def _check_can_print(self, report):
        """Refuse the voucher (phiếu chi) before it is posted, or without cash."""
        result = super()._check_can_print(report)
        if report.report_name != VOUCHER:
            return result
        for claim in self:
            if claim.state not in ("posted", "paid") or not claim.voucher_number:
                raise UserError(
                    self.env._(
                        "%(claim)s has no voucher yet: it is printed after posting.",
                        claim=claim.display_name,
                    )
                )
            if claim.payment_method != "cash":
                raise UserError(
                    self.env._(
                        "%(claim)s is paid by bank transfer: there is no cash voucher.",
                        claim=claim.display_name,
                    )
                )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        # who may read the claim may read what stands on its form: names, codes and
        # the figures of this claim alone
        claim = self.sudo()
        approvals = claim._form_approvals()
        values |= {
            "unit_code": claim._form_unit_code(),
            "requester_board": claim.requester_id.own_board_id.name,
            "paper_count": claim._paper_count(),
            "budget": claim._form_budget(),
            "approvals": approvals,
            "signed": claim._form_signed(approvals),
            "advance": claim.advance_id.name or "",
        }
        if report.report_name == VOUCHER:
            values |= claim._form_voucher(values["signed"])
        return values

    def _form_budget(self):
        """Return the claim's amounts by fund and budget item, as plain rows."""
        totals = {}
        for line in self.line_ids:
            key = line.fund_id, line.item_id
            totals[key] = totals.get(key, 0) + line.amount
        return [
            self._form_item(fund, item, amount)
            for (fund, item), amount in totals.items()
        ]

    def _form_voucher(self, signed):
        """Return what only the voucher says: receiver, accounts, who hands out."""
        company = self.company_id
        partner = self.partner_id
        receiver = self.payee_name or partner.name or self.requester_id.name
        if partner and not self.payee_name:
            address = ", ".join(filter(None, (partner.street, partner.city)))
        else:
            address = self.requester_id.own_board_id.name or self.board_id.name
        return {
            **self._form_amount(self.amount_due),
            **self._form_signers(signed),
            "date": self.move_id.date,
            "number": self.voucher_number,
            "book": self._form_book(self.voucher_number),
            "receiver": receiver,
            "address": address or "",
            "reason": self.description,
            # Vietnamese on every form
            "request": "đề nghị thanh toán",
            "entries": self._form_entries(),
            "accountant": self.posted_by_id.name or "",
            "cashier": (self.paid_by_id or company.cashier_id).name or "",
        }
