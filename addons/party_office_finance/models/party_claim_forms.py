from odoo import models
from odoo.exceptions import UserError

VOUCHER = "party_office_finance.claim_payment_voucher"

#: Who signs as head of the unit, the one with the last word first.
HEADS = ("office_chief", "deputy_office_chief")


class PartyClaim(models.Model):
    """What a payment claim says on its forms: payment request and payment voucher."""

    _name = "party.claim"
    _inherit = ["party.claim", "party.form.mixin"]

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
        values |= {
            "unit_code": claim._form_unit_code(),
            "requester_board": claim.requester_id.own_board_id.name,
            "paper_count": len(claim.attachment_ids),
            "budget": claim._form_budget(),
            "approvals": claim._form_approvals(),
            "signed": claim._form_signed(),
            "advance": claim.advance_id.name or "",
        }
        if report.report_name == VOUCHER:
            values |= claim._form_voucher()
        return values

    def _form_unit_code(self):
        """Return the budget-unit code (mã ĐVQHNS): the board's, else the office's."""
        office = self.env["party.board"].search(
            [
                ("kind", "=", "office"),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            limit=1,
        )
        return self.board_id.budget_unit_code or office.budget_unit_code or ""

    def _form_budget(self):
        """Return the claim's amounts by fund and budget item, as plain rows."""
        totals = {}
        for line in self.line_ids:
            key = line.fund_id, line.item_id
            totals[key] = totals.get(key, 0) + line.amount
        return [
            {
                "fund": fund.code or "",
                "fund_name": fund.name or "",
                "item": (item.parent_id if item.level == "sub_item" else item).code,
                "sub_item": item.code if item.level == "sub_item" else "",
                "name": item.name or "",
                "amount": amount,
            }
            for (fund, item), amount in totals.items()
        ]

    def _form_signed(self):
        """Return who signed in the system, by the place on the form.

        :return: dict of ``requester, board_head, accountant, chief_accountant, head``,
            each a dict of text: ``person, capacity, at`` (all empty when not signed)
        """
        by_role = {
            approval["role"]: approval
            for approval in self._form_approvals()
            if approval["state"] == "approved"
        }
        head = next((by_role[role] for role in HEADS if role in by_role), None)
        nobody = {"person": "", "capacity": "", "at": ""}
        return {
            "requester": nobody | {"person": self.requester_id.name},
            "board_head": by_role.get("board_head", nobody),
            "accountant": by_role.get("assigned_accountant", nobody),
            "chief_accountant": by_role.get("chief_accountant", nobody),
            "head": head or nobody,
        }

    def _form_voucher(self):
        """Return what only the voucher says: receiver, accounts, who hands out."""
        company = self.company_id
        partner = self.partner_id
        receiver = self.payee_name or partner.name or self.requester_id.name
        if partner and not self.payee_name:
            address = ", ".join(filter(None, (partner.street, partner.city)))
        else:
            address = self.requester_id.own_board_id.name or self.board_id.name
        signed = self._form_signed()
        numbers = self.env["party.series.number"]._of(self)
        number = numbers.filtered(lambda n: n.text == self.voucher_number)[:1]
        return {
            "date": self.move_id.date,
            "book": number.period or "",
            "receiver": receiver,
            "address": address or "",
            "entries": self._form_entries(),
            "head": signed["head"]["person"] or company.office_chief_id.name,
            "head_capacity": signed["head"]["capacity"],
            "chief_accountant": signed["chief_accountant"]["person"]
            or company.chief_accountant_id.name,
            "chief_accountant_capacity": signed["chief_accountant"]["capacity"],
            "accountant": self.posted_by_id.name or "",
            "cashier": (self.paid_by_id or company.cashier_id).name or "",
        }

    def _form_entries(self):
        """Return the journal entry by account, debits first: ``side, code, name,
        amount``.
        """
        totals = {}
        for line in self.move_id.line_ids.filtered("account_id"):
            key = "debit" if line.balance > 0 else "credit", line.account_id
            totals[key] = totals.get(key, 0) + abs(line.balance)
        return [
            {
                "side": side,
                "code": account.with_company(self.company_id).code,
                "name": account.name,
                "amount": amount,
            }
            for (side, account), amount in sorted(
                totals.items(), key=lambda item: item[0][0] == "credit"
            )
        ]
