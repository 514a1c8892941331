from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .advance_common import AdvanceCase
from .common import TODAY


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyReceipt(AdvanceCase):
    def _receipt(self, user="accountant_a", **values):
        return (
            self.env["party.receipt"]
            .with_user(self.user[user])
            .create({"description": "Money comes in", "amount": 3_000_000, **values})
        )

    def _return(self, advance, amount, user="accountant_a"):
        return self._receipt(
            user,
            kind="advance_return",
            advance_id=advance.id,
            amount=amount,
            payer_name="staff_a",
        )

    def _as(self, record, user):
        return record.with_user(self.user[user])

    def test_rest_of_an_advance(self):
        advance = self._paid_advance(10_000_000)
        self._post(self._settling_claim(advance, [7_000_000]))
        receipt = self._return(advance, 3_000_000)
        self.assertEqual(receipt.board_id, self.board_a)
        self.assertEqual(receipt.amount_words, "Ba triệu đồng")
        receipt.action_issue()
        self.assertRegex(receipt.name, r"^PT2026/\d{5}$")
        self.assertEqual(receipt.waiting_user_id, self.user["cashier"])
        self.assertAdvance(advance, returned=0, remaining=3_000_000)
        self._as(receipt, "cashier").action_receive()
        self.assertEqual(receipt.state, "received")
        self.assertEqual(
            self._balances(receipt.sudo().move_id),
            {"1111": 3_000_000, "141": -3_000_000},
        )
        self.assertAdvance(
            advance,
            state="settled",
            settled=7_000_000,
            returned=3_000_000,
            remaining=0,
        )
        self.assertCounters(
            self.line_a, advanced=0, spent=7_000_000, available=93_000_000
        )
        self.assertRecordValues(
            self.env["party.cash.entry"].search([], limit=1),
            [
                {
                    "direction": "in",
                    "amount": 3_000_000,
                    "balance_after": 993_000_000,
                    "number": receipt.name,
                    "partner_name": "staff_a",
                }
            ],
        )
        self.assertNoAlarm()

    def test_whole_advance_returned_in_two_parts(self):
        advance = self._paid_advance(10_000_000)
        for amount in (4_000_000, 6_000_000):
            receipt = self._return(advance, amount)
            receipt.action_issue()
            self._as(receipt, "cashier").action_receive()
        self.assertAdvance(advance, state="settled", returned=10_000_000)
        self.assertCounters(self.line_a, advanced=0, available=100_000_000)
        self.assertNoAlarm()

    def test_no_more_than_what_is_owed(self):
        advance = self._paid_advance(10_000_000)
        with self.assertRaisesRegex(UserError, "10.000.000"):
            self._return(advance, 10_000_001).action_issue()
        # what an approved claim will settle is not returned
        self._settling_claim(advance, [8_000_000])
        with self.assertRaisesRegex(UserError, "2.000.000"):
            self._return(advance, 2_000_001).action_issue()
        first, second = (self._return(advance, 2_000_000) for _n in range(2))
        (first | second).action_issue()
        self._as(first, "cashier").action_receive()
        with self.assertRaisesRegex(UserError, "0 đ to be returned"):
            self._as(second, "cashier").action_receive()

    def test_other_money(self):
        account = self.company._party_account("3371")
        receipt = self._receipt("chief_accountant", kind="other", account_id=account.id)
        self.assertEqual(receipt.board_id.kind, "office")
        receipt = self._receipt(kind="other", account_id=account.id)
        self.assertEqual(receipt.board_id, self.board_a, "he follows no other")
        receipt.action_issue()
        self._as(receipt, "cashier").action_receive()
        self.assertEqual(
            self._balances(receipt.sudo().move_id),
            {"1111": 3_000_000, "3371": -3_000_000},
        )
        self.assertNoAlarm()

    def test_other_money_does_not_hide_an_open_advance(self):
        owed = self.company._party_account("141")
        debtor = self.user["staff_a"].partner_id
        advance = self._paid_advance(10_000_000)
        receipt = self._receipt(kind="other", account_id=owed.id)
        with self.assertRaisesRegex(UserError, "say who pays"):
            receipt.action_issue()
        receipt.partner_id = debtor
        with self.assertRaisesRegex(UserError, f"10.000.000.*{advance.name}"):
            receipt.action_issue()
        # an old debt, or a supplier's, that no advance of the system names
        receipt.partner_id = self.env["res.partner"].create({"name": "Old debtor"})
        receipt.action_issue()
        self.assertEqual(receipt.state, "issued")

    def test_sources_that_are_none(self):
        for account, text in (
            (self.expense, "cannot be the source"),
            (self.cash, "cannot be the source"),
            (self.env["account.account"], "Name the account"),
        ):
            receipt = self._receipt(
                kind="other", account_id=account.id, board_id=self.board_a.id
            )
            with self.assertRaisesRegex(UserError, text):
                receipt.action_issue()

    def test_who_may(self):
        advance = self._paid_advance(1_000)
        for user in ("staff_a", "head_a", "cashier", "office_chief", "accountant_b"):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._return(advance, 1_000, user)
        receipt = self._return(advance, 1_000)
        for user in ("accountant_b", "cashier", "staff_a"):
            with self.assertRaises(AccessError):
                self._as(receipt, user).action_issue()
        receipt.action_issue()
        for user in ("accountant_a", "chief_accountant", "office_chief"):
            with self.assertRaises(AccessError):
                self._as(receipt, user).action_receive()
        self._as(receipt, "cashier").action_receive()
        with self.assertRaises(UserError):
            self._as(receipt, "cashier").action_receive()

    def test_nobody_confirms_his_own(self):
        # both hats on one head
        self._keep_one_cashier()
        self.user["cashier"].group_ids += self.env.ref(
            "party_office_base.group_chief_accountant"
        )
        account = self.company._party_account("3371")
        receipt = self._receipt("cashier", kind="other", account_id=account.id)
        with self.assertRaisesRegex(UserError, "no cashier"):
            receipt.action_issue()
        self._new_user("cashier_2", "cashier", self.office)
        receipt.action_issue()
        with self.assertRaisesRegex(AccessError, "does not confirm"):
            self._as(receipt, "cashier").action_receive()
        self._as(receipt, "cashier_2").action_receive()

    def test_cancel_keeps_the_number(self):
        receipt = self._return(self._paid_advance(1_000), 1_000)
        receipt.action_issue()
        with self.assertRaisesRegex(UserError, "Say why"):
            receipt.action_cancel()
        with self.assertRaises(AccessError):
            self._as(receipt, "cashier").action_cancel("x")
        wizards = self.env["party.receipt.cancel"].with_user(self.user["accountant_a"])
        wizards.create(
            {"receipt_id": receipt.id, "reason": "nobody came"}
        ).action_confirm()
        self.assertEqual(receipt.state, "cancelled")
        given = self.env["party.series.number"].search([("text", "=", receipt.name)])
        self.assertRecordValues(
            given, [{"state": "cancelled", "reason": "nobody came"}]
        )
        with self.assertRaises(UserError):
            self._as(receipt, "cashier").action_receive()
        self.assertFalse(given.series_id._gaps())

    def test_entry_is_neither_taken_back_nor_reversed(self):
        receipt = self._return(self._paid_advance(1_000), 1_000)
        receipt.action_issue()
        self._as(receipt, "cashier").action_receive()
        move = receipt.sudo().move_id
        with self.assertRaisesRegex(UserError, "in the cash box"), self.cr.savepoint():
            move.button_draft()
        with self.assertRaisesRegex(UserError, "cannot be reversed"):
            move._reverse_moves([{"date": "2026-06-15"}], cancel=True)

    def test_content_is_locked_once_numbered(self):
        receipt = self._return(self._paid_advance(1_000), 1_000)
        receipt.action_issue()
        for values in ({"amount": 5}, {"payer_name": "x"}, {"kind": "other"}):
            with self.assertRaises(UserError):
                receipt.write(values)
        with self.assertRaises(UserError):
            receipt.unlink()

    def test_cash_drawn_from_the_treasury(self):
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-06-15",
                "journal_id": self.company.party_cash_journal_id.id,
                "line_ids": [
                    (0, 0, {"account_id": self.cash.id, "debit": 5_000_000}),
                    (
                        0,
                        0,
                        {
                            "account_id": self.company._party_account("3371").id,
                            "credit": 5_000_000,
                        },
                    ),
                ],
            }
        )
        entry.action_post()
        receipts = self.env["party.receipt"].with_user(self.user["chief_accountant"])
        receipt = receipts._issue_withdrawal(entry, 5_000_000, "Cash for June")
        self.assertEqual(receipt.state, "issued")
        self._as(receipt, "cashier").action_receive()
        self.assertEqual(receipt.sudo().move_id, entry, "no second entry")
        self.cash_box.invalidate_recordset()
        self.assertEqual(self.cash_box.balance, 1_005_000_000)
        with self.assertRaises(AccessError):
            self._receipt(kind="withdrawal", board_id=self.board_a.id)
