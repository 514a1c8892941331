"""An entry that moves budget without a claim needs a second person."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import FinanceCase


@tagged("post_install", "-at_install")
class TestAccountMoveCheck(FinanceCase):
    @classmethod
    def _typed(cls, user, amount=10_000, board=None):
        """Return a draft entry that a user has typed himself (đồng)."""
        board = board or cls.board_a
        return (
            cls.env["account.move"]
            .with_user(cls.user[user])
            .create(
                {
                    "move_type": "entry",
                    "date": "2026-06-10",
                    "journal_id": cls.company.party_general_journal_id.id,
                    "line_ids": [
                        Command.create(
                            {
                                "name": "Expense",
                                "account_id": cls.expense.id,
                                "balance": amount,
                                "analytic_distribution": {
                                    str(board.analytic_account_id.id): 100
                                },
                                "party_fund_id": cls.fund.id,
                                "party_item_id": cls.fuel.id,
                            }
                        ),
                        Command.create({"account_id": cls.cash.id, "balance": -amount}),
                    ],
                }
            )
        )

    def test_author_cannot_post_alone(self):
        entry = self._typed("accountant_a")
        self.assertTrue(entry.party_needs_check)
        self.assertFalse(entry.party_can_check)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            entry.action_post()
        with self.assertRaises(AccessError):
            entry.action_party_check()
        self.assertCounters(self.line_a, spent=0)

    def test_chief_agrees_then_author_posts(self):
        entry = self._typed("accountant_a")
        chief = entry.with_user(self.user["chief_accountant"])
        self.assertTrue(chief.party_can_check)
        chief.action_party_check()
        self.assertEqual(entry.party_checked_by_id, self.user["chief_accountant"])
        self.assertFalse(entry.party_needs_check)
        entry.action_post()
        self.assertCounters(self.line_a, spent=10_000)

    def test_chief_agrees_by_posting(self):
        entry = self._typed("accountant_a")
        entry.with_user(self.user["chief_accountant"]).action_post()
        self.assertEqual(entry.party_checked_by_id, self.user["chief_accountant"])

    def test_change_after_agreement_is_agreed_again(self):
        entry = self._typed("accountant_a")
        self._agreed(entry)
        debit = entry.line_ids.filtered("debit")
        credit = entry.line_ids - debit
        entry.write(
            {
                "line_ids": [
                    Command.update(debit.id, {"balance": 20_000}),
                    Command.update(credit.id, {"balance": -20_000}),
                ]
            }
        )
        self.assertTrue(entry.party_needs_check)
        with self.assertRaises(UserError):
            entry.action_post()

    def test_who_edits_is_an_author_too(self):
        entry = self._typed("accountant_a")
        chief = self.user["chief_accountant"]
        debit = entry.line_ids.filtered("debit")
        debit.with_user(chief).party_item_id = self.services
        with self.assertRaises(AccessError):
            entry.with_user(chief).action_party_check()
        with self.assertRaises(UserError):
            entry.with_user(chief).action_post()

    def test_chiefs_own_entry_needs_an_accountant_of_the_board(self):
        entry = self._typed("chief_accountant")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            entry.action_post()
        with self.assertRaises(AccessError):
            entry.with_user(self.user["accountant_b"]).action_party_check()
        entry.with_user(self.user["accountant_a"]).action_party_check()
        entry.action_post()
        self.assertCounters(self.line_a, spent=10_000)

    def test_giving_back_needs_a_second_person_too(self):
        self._typed("accountant_a").with_user(
            self.user["chief_accountant"]
        ).action_post()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._typed("accountant_a", -10_000).action_post()
        self.assertCounters(self.line_a, spent=10_000)

    def test_cron_posts_only_what_was_agreed(self):
        entry = self._typed("accountant_a")
        entry.auto_post = "at_date"
        with self.assertRaises(UserError), self.env.cr.savepoint():
            entry.with_user(1)._post()
        self.assertEqual(entry.state, "draft")

    def test_reversal_by_the_wizard_stays_a_draft(self):
        claim = self._approved_claim([5_000])
        claim.with_user(self.user["accountant_a"]).action_post()
        claim.with_user(self.user["cashier"]).action_pay()
        wizard = (
            self.env["account.move.reversal"]
            .with_user(self.user["accountant_a"])
            .with_context(
                active_model="account.move", active_ids=claim.sudo().move_id.ids
            )
            .create({"journal_id": claim.sudo().move_id.journal_id.id})
        )
        wizard.reverse_moves()
        self.assertEqual(wizard.new_move_ids.state, "draft")
        self.assertCounters(self.line_a, spent=5_000)

    def test_agreement_is_not_forged(self):
        entry = self._typed("accountant_a")
        chief = self.user["chief_accountant"].id
        for values in (
            {"party_checked_by_id": chief},
            {"party_editor_ids": [Command.clear()]},
            {"party_checked_hash": "x"},
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                entry.write(values)
        forged = self.env["account.move"].with_user(self.user["accountant_a"])
        copy = forged.with_context(default_party_checked_by_id=chief).create(
            {"move_type": "entry", "date": "2026-06-10"}
        )
        self.assertFalse(copy.party_checked_by_id)

    def test_claims_need_no_second_agreement(self):
        claim = self._approved_claim([5_000])
        claim.with_user(self.user["accountant_a"]).action_post()
        self.assertFalse(claim.sudo().move_id.party_checked_by_id)

    def test_list_of_what_waits(self):
        entry = self._typed("accountant_a")
        moves = self.env["account.move"].with_user(self.user["chief_accountant"])
        self.assertIn(entry, moves.search([("party_needs_check", "=", True)]))
        self._agreed(entry)
        self.assertNotIn(entry, moves.search([("party_needs_check", "=", True)]))
