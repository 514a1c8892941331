from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetDecision(FinanceCase):
    def _draft(self, amounts, kind="supplement", user="chief_accountant", **values):
        boards = (self.board_a, self.board_b)
        return (
            self.env["party.budget.decision"]
            .with_user(self.user[user])
            .create(
                {
                    "name": f"QĐ-{kind}-{user}-{amounts}",
                    "issuer": "Test",
                    "kind": kind,
                    "year": 2026,
                    "line_ids": [
                        Command.create(
                            {
                                "board_id": board.id,
                                "fund_id": self.fund.id,
                                "item_id": self.fuel.id,
                                "amount": amount,
                            }
                        )
                        for board, amount in zip(boards, amounts, strict=False)
                    ],
                    **values,
                }
            )
        )

    def test_supplement_and_reduce(self):
        self._draft([1_000_000, 2_000_000]).action_post()
        self.assertCounters(self.line_a, allocated=101_000_000)
        self.assertCounters(self.line_b, allocated=52_000_000)
        self._draft([1_000_000], "reduce").action_post()
        self.assertCounters(self.line_a, allocated=100_000_000)

    def test_transfer_adds_up_to_zero(self):
        self._draft([-5_000_000, 5_000_000], "transfer").action_post()
        self.assertCounters(self.line_a, allocated=95_000_000)
        self.assertCounters(self.line_b, allocated=55_000_000)
        with self.assertRaisesRegex(UserError, "zero"):
            self._draft([-5_000_000, 4_000_000], "transfer").action_post()

    def test_two_decisions_at_once(self):
        first, second = self._draft([1]), self._draft([2, 3])
        (first | second).action_post()
        self.assertEqual(first.state, "posted")
        self.assertEqual(second.state, "posted")
        self.assertCounters(self.line_a, allocated=100_000_003)

    def test_wrong_states_and_amounts(self):
        decision = self._draft([1])
        decision.action_post()
        with self.assertRaisesRegex(UserError, "already posted"):
            decision.action_post()
        with self.assertRaisesRegex(UserError, "no lines"):
            self._draft([]).action_post()
        with self.assertRaisesRegex(UserError, "above zero"):
            self._draft([-1]).action_post()

    def test_only_the_chief_accountant_posts(self):
        decision = self._draft([5_000_000], user="accountant_a")
        with self.assertRaises(AccessError):
            decision.action_post()
        for role in ("staff_a", "head_a", "cashier", "office_chief", "manager"):
            with self.assertRaises(AccessError):
                decision.with_user(self.user[role]).action_post()
        decision.with_user(self.user["chief_accountant"]).action_post()
        self.assertEqual(decision.state, "posted")

    def test_state_is_not_written(self):
        decision = self._draft([5], user="accountant_a")
        with self.assertRaises(AccessError):
            decision.write({"state": "posted"})
        forged = decision.with_context(default_state="posted").copy({"name": "copy"})
        self.assertEqual(forged.state, "draft")

    def test_posted_decision_is_frozen(self):
        decision = self._draft([5])
        decision.action_post()
        for change in (
            lambda: decision.write({"year": 2025}),
            lambda: decision.line_ids.write({"amount": 7}),
            lambda: decision.write({"line_ids": [Command.clear()]}),
            lambda: decision.unlink(),
        ):
            with self.assertRaises(UserError):
                change()

    def test_accountant_prepares_for_his_boards_only(self):
        with self.assertRaises(AccessError):
            self._draft([1, 2], user="accountant_a")
        decision = self._draft([1, 2])
        self.env.invalidate_all()
        mine = decision.with_user(self.user["accountant_a"])
        self.assertEqual(mine.line_ids.board_id, self.board_a)
        mine.invalidate_recordset()
        self.assertEqual(mine.amount_total, 1)
        with self.assertRaises(AccessError):
            mine.write({"note": "not his"})

    def test_new_line_is_made(self):
        line = self._allocate(self.board_a, 3_000_000, item=self.supplies)
        self.assertEqual(line.budget_id, self.line_a.budget_id)
        self.assertCounters(line, allocated=3_000_000)
