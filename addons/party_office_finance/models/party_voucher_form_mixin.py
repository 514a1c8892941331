from odoo import models

from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words
from odoo.addons.party_office_base.rules.money import whole


class PartyVoucherFormMixin(models.AbstractModel):
    """A document that is printed as a voucher (phiếu thu, phiếu chi).

    What every voucher says: unit code, book, accounts, amount in words, who signs. All
    is read in superuser mode by the caller, after the right to read was checked.
    """

    _name = "party.voucher.form.mixin"
    _description = "Document Printed As A Voucher"
    _inherit = ["party.form.mixin"]

    def _form_unit_code(self):
        """Return the budget-unit code (mã ĐVQHNS): the board's, else the office's."""
        if self.board_id.budget_unit_code:
            return self.board_id.budget_unit_code
        office = self.env["party.board"].search(
            [
                ("kind", "=", "office"),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            limit=1,
        )
        return office.budget_unit_code or ""

    def _form_item(self, fund, item, amount):
        """Return a row that says what pays: fund, item, sub-item, name, amount."""
        return {
            "fund": fund.code or "",
            "fund_name": fund.name or "",
            "item": (item.parent_id if item.level == "sub_item" else item).code,
            "sub_item": item.code if item.level == "sub_item" else "",
            "name": item.name or "",
            "amount": amount,
        }

    def _form_amount(self, amount):
        """Return an amount (đồng) in figures and words."""
        return {"amount": whole(amount), "words": amount_in_words(whole(amount))}

    def _form_book(self, number):
        """Return the book (quyển số) that a number of this document stands in."""
        numbers = self.env["party.series.number"]._of(self)
        return numbers.filtered(lambda n: n.text == number)[:1].period or ""

    def _form_signers(self, signed=None):
        """Return who signs a voucher beside those who make it.

        :param dict signed: see ``_form_signed``; else the office's persons
        """
        company = self.company_id
        nobody = {"person": "", "capacity": "", "own_title": ""}
        head = (signed or {}).get("head", nobody)
        chief = (signed or {}).get("chief_accountant", nobody)
        return {
            # what was approved on a request is signed anew on its voucher
            "head": head | {"at": ""}
            if head["person"]
            else nobody | {"person": company.office_chief_id.name},
            "chief_accountant": chief | {"at": ""}
            if chief["person"]
            else nobody | {"person": company.chief_accountant_id.name},
        }

    def _form_entries(self, items=None):
        """Return the journal entry by account, debits first: ``side, code, name,
        amount``.

        :param items: values of journal items, for an entry that is yet to be made
        """
        accounts = self.env["account.account"]
        rows = (
            [(line.account_id, line.balance) for line in self.move_id.line_ids]
            if items is None
            else [
                (accounts.browse(item["account_id"]), item["debit"] - item["credit"])
                for item in items
            ]
        )
        totals = {}
        for account, balance in rows:
            if account:
                key = "debit" if balance > 0 else "credit", account
                totals[key] = totals.get(key, 0) + abs(balance)
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
