from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetDrift(FinanceCase):
    def _check(self):
        """Run the nightly check; return the alarms of this run."""
        return self.env["party.budget.drift"]._cron_check()

    def setUp(self):
        super().setUp()
        self._check()

    def test_a_year_of_work_gives_no_alarm(self):
        claim = self._approved_claim([5_000, 6_000])
        claim.with_user(self.user["accountant_a"]).action_post()
        claim.with_user(self.user["cashier"]).action_pay()
        self._approved_claim([7_000])
        move = self._new_entry(9_000)
        move.action_post()
        self._agreed(move._reverse_moves()).action_post()
        back = self._new_entry(4_000)
        back.action_post()
        back.button_draft()
        self.assertFalse(self._check())

    def test_counter_changed_by_hand(self):
        self.env.cr.execute(
            "UPDATE party_budget_line SET spent = spent + 7 WHERE id = %s",
            [self.line_a.id],
        )
        self.line_a.invalidate_recordset()
        alarm = self._check()
        self.assertRecordValues(
            alarm,
            [
                {
                    "check_kind": "counter",
                    "line_id": self.line_a.id,
                    "expected": 0,
                    "found": 7,
                    "state": "open",
                }
            ],
        )
        self.assertEqual(alarm.activity_ids.user_id, self.user["chief_accountant"])
        self.assertFalse(self._check(), "one alarm for one difference")
        self.env.cr.execute(
            "UPDATE party_budget_line SET spent = spent - 7 WHERE id = %s",
            [self.line_a.id],
        )
        self.line_a.invalidate_recordset()
        self._check()
        self.assertEqual(alarm.state, "gone")

    def test_hold_without_claim(self):
        claim = self._approved_claim([5_000])
        self.env.cr.execute(
            "UPDATE party_claim SET state = 'cancelled' WHERE id = %s", [claim.id]
        )
        claim.invalidate_recordset()
        alarm = self._check()
        self.assertEqual(alarm.mapped("check_kind"), ["hold"])
        self.assertEqual(alarm.found, 5_000)

    def test_journal_item_changed_by_hand(self):
        move = self._new_entry(9_000)
        move.action_post()
        self.env.cr.execute(
            "UPDATE account_move_line SET balance = 8000 WHERE id = %s",
            [move.line_ids.filtered("debit").id],
        )
        move.line_ids.invalidate_recordset()
        alarms = self._check()
        # the ledger and the analytic lines both say otherwise
        self.assertEqual(alarms.mapped("check_kind"), ["books", "books"])
        ledger = alarms.filtered(lambda alarm: alarm.key.startswith("books:"))
        self.assertRecordValues(ledger, [{"expected": 8_000, "found": 9_000}])

    def test_entry_posted_while_the_control_was_off(self):
        self.expense.budget_controlled_since = "2026-01-01"
        self.expense.budget_controlled = False
        self._new_entry(9_000).action_post()
        alarm = self._check()
        self.assertEqual(alarm.mapped("check_kind"), ["uncontrolled"])

    def test_runs_on_empty_data_and_for_nobody_else(self):
        for role in ("staff_a", "accountant_a", "cashier", "chief_accountant"):
            with self.assertRaises(AccessError):
                self.env["party.budget.drift"].with_user(self.user[role]).create(
                    {"name": "x", "check_kind": "hold", "key": "k"}
                )

    # ------------------------------------------------- what is derived from the ledger
    def _alarm_after(self, query, *values):
        """Return the one alarm that a hand in the database causes."""
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.env.invalidate_all()
        alarm = self._check()
        self.assertEqual(len(alarm), 1, alarm.mapped("name"))
        return alarm

    def test_analytic_line_changed_by_hand(self):
        move = self._new_entry(9_000)
        move.action_post()
        alarm = self._alarm_after(
            "UPDATE account_analytic_line SET amount = amount + 1 "
            "WHERE move_line_id IN %s",
            tuple(move.line_ids.ids),
        )
        self.assertEqual((alarm.expected, alarm.found), (9_000, 8_999))
