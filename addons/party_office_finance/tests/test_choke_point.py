from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase

HOSTILE = {
    "force_delete": True,
    "skip_readonly_check": True,
    "check_move_validity": False,
    "skip_account_move_synchronization": True,
    "dynamic_unlink": True,
    "tracking_disable": True,
    "no_budget_check": True,
    "validate_analytic": False,
    "move_reverse_cancel": True,
}


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestChokePoint(FinanceCase):
    """Whichever way an entry is posted or taken back, the budget moves with it."""

    def test_post_spends(self):
        self._new_entry(30_000_000).action_post()
        self.assertCounters(self.line_a, spent=30_000_000, available=70_000_000)

    def test_every_path_is_refused_when_short(self):
        move = self._new_entry(100_000_001)
        wizard = self.env["validate.account.move"].create(
            {"move_ids": [Command.set(move.ids)]}
        )
        paths = {
            "button": move.action_post,
            "_post": move._post,
            "hard _post": lambda: move._post(soft=False),
            "hostile context": move.with_context(**HOSTILE)._post,
            "list wizard": wizard.validate_move,
            "write": lambda: move.write({"state": "posted"}),
            "hostile write": lambda: move.with_context(**HOSTILE).write(
                {"state": "posted"}
            ),
        }
        for name, path in paths.items():
            with (
                self.subTest(name),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                path()
            self.env.invalidate_all()
            self.assertEqual(move.state, "draft", name)
        self.assertCounters(self.line_a, spent=0)

    def test_auto_post_cron(self):
        good, bad = self._new_entry(10), self._new_entry(100_000_000)
        (good | bad).write({"auto_post": "at_date"})
        # the cron rolls back a batch that fails; here the pair is posted one by one
        good._post()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            bad._post()
        self.env.invalidate_all()
        self.assertEqual((good.state, bad.state), ("posted", "draft"))
        self.assertCounters(self.line_a, spent=10)

    def test_future_entry_is_not_spent_yet(self):
        move = self._new_entry(10)
        move.date = "2026-12-01"
        move._post(soft=True)
        self.assertEqual(move.state, "draft")
        self.assertCounters(self.line_a, spent=0)

    def test_write_of_the_state_is_refused_even_with_money(self):
        move = self._new_entry(10)
        with self.assertRaisesRegex(UserError, "posted by its button"):
            move.write({"state": "posted"})

    def test_incomplete_lines_are_named_not_ignored(self):
        other = self.board_b.analytic_account_id.id
        mine = self.board_a.analytic_account_id.id
        cases = {
            "no board": {"analytic_distribution": False},
            "several boards": {
                "analytic_distribution": {str(mine): 50, str(other): 50}
            },
            "100 %": {"analytic_distribution": {str(mine): 60}},
            "fund is missing": {"party_fund_id": False},
            "item is missing": {"party_item_id": False},
        }
        for text, values in cases.items():
            move = self._new_entry(10, **values)
            with (
                self.subTest(text),
                self.assertRaisesRegex(UserError, text) as refused,
                self.env.cr.savepoint(),
            ):
                move.action_post()
            self.assertIn("Expense", str(refused.exception))

    def test_reversal_gives_back(self):
        move = self._new_entry(40_000)
        move.action_post()
        reverse = move._reverse_moves(cancel=True)
        self.assertEqual(reverse.state, "draft")
        self._agreed(reverse).action_post()
        self.assertCounters(self.line_a, spent=0, available=100_000_000)
        kinds = self.env["party.budget.move"].search(
            [("account_move_id", "in", (move | reverse).ids)], order="id"
        )
        self.assertEqual(kinds.mapped("kind"), ["spend", "reverse"])

    def test_draft_cancel_and_repost(self):
        move = self._new_entry(40_000)
        move.action_post()
        move.button_draft()
        self.assertCounters(self.line_a, spent=0)
        move.action_post()
        self.assertCounters(self.line_a, spent=40_000)
        move.button_cancel()
        self.assertEqual(move.state, "cancel")
        self.assertCounters(self.line_a, spent=0)
        move.button_draft()
        self.assertCounters(self.line_a, spent=0)

    def test_write_of_another_state_also_gives_back(self):
        move = self._new_entry(40_000)
        move.action_post()
        move.write({"state": "draft"})
        self.assertCounters(self.line_a, spent=0)

    def test_posted_lines_are_frozen(self):
        move = self._new_entry(40_000)
        move.action_post()
        line = move.line_ids.filtered("debit")
        changes = {
            "analytic": {
                "analytic_distribution": {str(self.board_b.analytic_account_id.id): 100}
            },
            "fund": {"party_fund_id": self.fund_12.id},
            "item": {"party_item_id": self.supplies.id},
            "account": {"account_id": self.cash.id},
            "amount": {"debit": 5},
        }
        for name, values in changes.items():
            for context in ({}, HOSTILE):
                with (
                    self.subTest(name),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    line.with_context(**context).write(values)
            self.env.invalidate_all()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            move.with_context(**HOSTILE).write(
                {"line_ids": [Command.update(line.id, {"debit": 5})]}
            )
        self.env.invalidate_all()
        self.assertCounters(self.line_a, spent=40_000)

    def test_forged_parent_state_does_not_thaw_a_line(self):
        move = self._new_entry(40_000)
        move.action_post()
        line = move.line_ids.filtered("debit")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.write({"parent_state": "draft"})
            line.write({"party_item_id": self.supplies.id})

    def test_no_lines_slip_into_a_posted_entry(self):
        move = self._new_entry(40_000)
        move.action_post()
        values = move.line_ids.copy_data()
        for row in values:
            row["move_id"] = move.id
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.env["account.move.line"].with_context(**HOSTILE).create(values)

    def test_uncontrolled_posted_line_cannot_move_to_a_controlled_account(self):
        move = self._new_entry(40_000, account_id=self.cash.copy({"code": "1119"}).id)
        move.action_post()
        line = move.line_ids.filtered("debit")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.write({"account_id": self.expense.id})

    def test_entries_and_lines_with_history_are_never_deleted(self):
        move = self._new_entry(40_000)
        move.action_post()
        move.button_draft()
        for record in (move, move.line_ids.filtered("debit")):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                record.with_context(**HOSTILE).unlink()

    def test_date_stays_in_the_budget_year(self):
        move = self._new_entry(40_000)
        move.action_post()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            move.with_context(**HOSTILE).write({"date": "2025-12-31"})

    def test_claim_link_is_not_forged(self):
        claim = self._approved_claim([5_000])
        line = claim.line_ids
        accountant = self.user["accountant_a"]
        move = self._new_entry(5_000).with_user(accountant)
        debit = move.line_ids.filtered("debit")
        with self.assertRaises(AccessError):
            debit.write({"party_claim_line_id": line.id})
        with self.assertRaises(AccessError):
            self.env["account.move.line"].with_user(accountant).with_context(
                default_party_claim_line_id=line.id, check_move_validity=False
            ).create(
                {
                    "move_id": move.id,
                    "account_id": self.expense.id,
                    "debit": 0,
                    "credit": 0,
                }
            )

    def test_claim_link_with_another_amount_is_refused(self):
        claim = self._approved_claim([5_000])
        move = self._new_entry(9_000, party_claim_line_id=claim.line_ids.id)
        with self.assertRaisesRegex(UserError, "agree"):
            move.action_post()

    def test_control_is_switched_by_the_chief_accountant_only(self):
        account = self.expense.with_user(self.user["accountant_a"])
        with self.assertRaises(AccessError):
            account.write({"budget_controlled": False})
        account.with_user(self.user["chief_accountant"]).write(
            {"budget_controlled": False}
        )
        self.assertFalse(self.expense.budget_controlled)

    def test_payment_with_expense_counterpart(self):
        # an office has no purchase journal: claims are its bills
        journal = self.env["account.journal"].create(
            {"name": "Bills", "code": "BILLT", "type": "purchase"}
        )
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "journal_id": journal.id,
                "partner_id": self.env["res.partner"].create({"name": "Station"}).id,
                "invoice_date": "2026-06-10",
                "date": "2026-06-10",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Fuel",
                            "price_unit": 70_000,
                            "quantity": 1,
                            "tax_ids": [Command.clear()],
                            "account_id": self.expense.id,
                            "analytic_distribution": {
                                str(self.board_a.analytic_account_id.id): 100
                            },
                            "party_fund_id": self.fund.id,
                            "party_item_id": self.fuel.id,
                        }
                    )
                ],
            }
        )
        self._agreed(bill).action_post()
        self.assertCounters(self.line_a, spent=70_000)

    def test_closed_budget_stops_the_books(self):
        self.line_a.budget_id.with_user(self.user["chief_accountant"]).action_close()
        with self.assertRaisesRegex(UserError, "closed"):
            self._new_entry(10).action_post()

    def test_accountant_posts_his_boards_only(self):
        accountant = self.user["accountant_a"]
        self._new_entry(10).with_user(accountant).action_post()
        with self.assertRaises(AccessError):
            self._new_entry(10, self.board_b).with_user(accountant).action_post()

    def test_draft_cannot_be_turned_to_a_foreign_board(self):
        accountant = self.user["accountant_a"]
        move = self._new_entry(10).with_user(accountant)
        debit = move.line_ids.filtered("debit")
        other = {str(self.board_b.analytic_account_id.id): 100}
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            debit.write({"analytic_distribution": other})
        self.env.invalidate_all()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            move.write(
                {
                    "line_ids": [
                        Command.update(debit.id, {"analytic_distribution": other})
                    ]
                }
            )
        self.env.invalidate_all()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            move.copy().line_ids.filtered("debit").write(
                {"analytic_distribution": other}
            )
