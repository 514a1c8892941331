"""Test API of payment lists: claims that wait, persons with bank accounts."""

from odoo import Command

from .advance_common import AdvanceCase
from .treasury_case import TreasuryCase


class PaymentCase(TreasuryCase, AdvanceCase):
    """Boards with posted claims; staff_a and staff_b have bank accounts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.env["res.bank"].create({"name": "Agribank (thử)"})
        cls.account_a = cls._bank_account(cls.user["staff_a"].partner_id, "1111", True)
        cls.account_b = cls._bank_account(cls.user["staff_b"].partner_id, "2222")
        cls.account_payee = cls._bank_account(cls.payee, "9999", True)

    @classmethod
    def _bank_account(cls, partner, number, trusted=False, bank=None):
        return cls.env["res.partner.bank"].create(
            {
                "partner_id": partner.id,
                "acc_number": number,
                "bank_id": (bank or cls.bank).id,
                "allow_out_payment": trusted,
            }
        )

    @classmethod
    def _waiting_claim(cls, amount, user="staff_a", board=None, **values):
        """Return a posted claim that waits for cash (đồng)."""
        board = board or cls.board_a
        claim = cls._approved_claim([amount], user, board=board, **values)
        accountant = "accountant_a" if board == cls.board_a else "accountant_b"
        claim.with_user(cls.user[accountant]).action_post()
        return claim

    @classmethod
    def _new_batch(cls, documents, user="accountant_a"):
        """Return the draft list of documents."""
        batches = cls.env["party.payment.batch"].with_user(cls.user[user])
        return batches._make(documents.with_user(cls.user[user]))

    @classmethod
    def _ready_batch(cls, documents, user="accountant_a"):
        batch = cls._new_batch(documents, user)
        batch.action_make()
        return batch

    def _pay_batch(self, batch, user="cashier"):
        """Let somebody pay a list; return what became of it."""
        action = batch.with_user(self.user[user]).action_pay()
        return self.env["party.payment.outcome"].browse(action["res_id"])

    def _book_rows(self, documents):
        """Return ``[(document id, đồng, number)]`` of the cash book."""
        rows = self.env["party.cash.entry"].search(
            [("res_model", "=", documents._name), ("res_id", "in", documents.ids)]
        )
        return [(row.res_id, row.amount_out, row.number) for row in rows.sorted("id")]

    @classmethod
    def _journey(cls, shares, **values):
        """Return a draft claim by transfer whose persons are named (user, đồng)."""
        claim = cls._new_claim(
            [sum(amount for _user, amount in shares)],
            payment_method="transfer",
            **values,
        )
        component = cls.env["party.claim.component"].search([], limit=1)
        claim.sudo().write(
            {
                "allowance_ids": [
                    Command.create(
                        {
                            "component_id": component.id,
                            "employee_id": cls.user[user].employee_ids.id,
                            "person": user,
                            "quantity": 1,
                            "price": amount,
                            "amount": amount,
                        }
                    )
                    for user, amount in shares
                ]
            }
        )
        return claim
