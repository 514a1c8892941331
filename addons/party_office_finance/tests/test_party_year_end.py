from datetime import date

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import FinanceCase

MILLION = 1_000_000
IN_TIME = "2027-01-15 03:00:00"


@freeze_time(IN_TIME)
@tagged("post_install", "-at_install")
class TestPartyYearEnd(FinanceCase):
    """What is left of 2026 is carried over or cancelled by decision, to the đồng."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # non-autonomous money of board A: 30 million, and 8 more in October
        cls.line_12 = cls._allocate(cls.board_a, 30 * MILLION, fund=cls.fund_12)
        cls._post_decision(
            cls._new_decision(
                "supplement",
                [(cls.board_a, cls.fund_12, cls.fuel, 8 * MILLION)],
                date="2026-10-01",
            )
        )
        cls.end = (
            cls.env["party.year.end"]
            .with_user(cls.user["chief_accountant"])
            .create({"year": 2026})
        )

    def _spend(self, amount, fund=None, board=None):
        entry = self._new_entry(
            amount, board=board, party_fund_id=(fund or self.fund).id
        )
        entry.action_post()
        return entry

    def _line(self, budget_line):
        return self.end.line_ids.filtered(
            lambda line: line.budget_line_id == budget_line
        )

    def _own(self, end=None):
        """Return the lines of the test's boards: a database may have others."""
        return (end or self.end).line_ids.filtered(
            lambda line: line.board_id in self.board_a | self.board_b
        )

    def _post_decisions(self):
        for number, decision in enumerate(self.end.decision_ids, 1):
            if decision.state != "draft":
                continue
            decision.write(
                {
                    "name": f"{number}-{decision.id}-QĐ/TEST",
                    "attachment_ids": [Command.create({"name": "a.txt", "raw": b"x"})],
                }
            )
            self._post_decision(decision)

    # ----------------------------------------------------------------- calendar
    def test_calendar(self):
        steps = {step.code: step for step in self.end.step_ids}
        self.assertEqual(steps["papers"].date, date(2026, 12, 30))
        self.assertEqual(steps["spend"].date, date(2026, 12, 31))
        self.assertEqual(steps["cancel"].date, date(2027, 1, 31))
        self.assertEqual(steps["reconcile"].date, date(2027, 2, 10))
        self.assertEqual(steps["repay"].date, date(2027, 2, 14))
        self.assertEqual(steps["repay"].regulation_id.number, "26/2026/TT-BTC")
        self.assertEqual(steps["repay"].article, "19.4.c")
        late = self.end.step_ids.filtered("is_overdue")
        self.assertEqual(
            set(late.mapped("code")),
            {"papers", "allocate_next", "spend", "quarter_report"},
        )
        self.assertEqual(self.end.overdue_count, 4)
        steps["spend"].action_done()
        self.assertRecordValues(
            steps["spend"],
            [
                {
                    "state": "done",
                    "done_by_id": self.user["chief_accountant"].id,
                    "done_on": date(2027, 1, 15),
                }
            ],
        )
        with self.assertRaisesRegex(UserError, "Already done"):
            steps["spend"].action_done()
        steps["spend"].action_not_done()
        self.assertEqual(steps["spend"].state, "overdue")

    # ------------------------------------------------------------------ compute
    def test_proposals(self):
        self._spend(40 * MILLION)
        self._spend(35 * MILLION, self.fund_12)
        self.end.action_compute()
        self.assertRecordValues(
            self._line(self.line_a),
            [
                {
                    "allocated": 100 * MILLION,
                    "spent": 40 * MILLION,
                    "available": 60 * MILLION,
                    "reason": "autonomous",
                    "carry_amount": 60 * MILLION,
                    "cancel_amount": 0,
                }
            ],
        )
        self.assertRecordValues(
            self._line(self.line_12),
            [
                {
                    "available": 3 * MILLION,
                    "late_additions": 8 * MILLION,
                    "reason": "late_addition",
                    "carry_amount": 3 * MILLION,
                    "cancel_amount": 0,
                    "article": "article 31, 73/2026/NĐ-CP",
                }
            ],
        )

    def test_late_additions_and_contracts(self):
        self.end.action_compute()
        line = self._line(self.line_12)
        self.assertEqual(
            (line.available, line.carry_amount, line.cancel_amount),
            (38 * MILLION, 8 * MILLION, 30 * MILLION),
        )
        line.contract_amount = 5 * MILLION
        self.assertEqual(line.reason, "contract_and_late")
        self.assertEqual(line.carry_amount, 13 * MILLION)
        self.end.action_compute()
        self.assertEqual(line.carry_amount, 13 * MILLION, "the contract is kept")
        box = self.end.totals_box
        for part in ("12 Non-autonomous", "13.000.000", "25.000.000"):
            self.assertIn(part, box)

    def test_undone_late_additions_do_not_count(self):
        chief = self.user["chief_accountant"]
        decision = self.env["party.budget.decision"].search(
            [("kind", "=", "supplement"), ("board_ids", "=", self.board_a.id)], limit=1
        )
        undo = decision.with_user(chief).browse(
            decision.with_user(chief).action_undo()["res_id"]
        )
        undo.write(
            {
                "name": "undo",
                "date": "2026-12-01",
                "attachment_ids": [Command.create({"name": "a.txt", "raw": b"x"})],
            }
        )
        self._post_decision(undo)
        self.end.action_compute()
        self.assertRecordValues(
            self._line(self.line_12),
            [{"late_additions": 0, "reason": "unused", "carry_amount": 0}],
        )

    def test_a_change_needs_a_reason(self):
        self.end.action_compute()
        line = self._line(self.line_a)
        with self.assertRaisesRegex(ValidationError, "Say why"):
            line.carry_amount = 50 * MILLION
        line.write({"carry_amount": 50 * MILLION, "change_reason": "Nhiệm vụ đã xong"})
        self.assertEqual(line.cancel_amount, 50 * MILLION)
        self._spend(70 * MILLION)
        self.end.action_compute()
        self.assertRecordValues(
            line, [{"available": 30 * MILLION, "carry_amount": 30 * MILLION}]
        )

    @mute_logger("odoo.sql_db")
    def test_not_more_than_is_left(self):
        self.end.action_compute()
        line = self._line(self.line_a)
        for amount in (100 * MILLION + 1, -1):
            with self.assertRaises(CheckViolation) as refusal:
                line.write({"carry_amount": amount, "change_reason": "x"})
                line.flush_recordset()
            self.assertIn("party_year_end_line", str(refusal.exception))

    def test_open_holds_and_advances_are_listed(self):
        claim = self._approved_claim([4 * MILLION])
        self.end.action_compute()
        opens = self.end.open_ids.filtered(lambda o: o.board_id == self.board_a)
        self.assertRecordValues(
            opens,
            [{"name": claim.name, "held": 4 * MILLION, "advanced": 0}],
        )
        self.assertEqual(opens.action_open_document()["res_id"], claim.id)
        self.assertEqual(self._line(self.line_a).available, 96 * MILLION)

    # ---------------------------------------------------------------- decisions
    def test_from_the_first_step_to_the_closed_year(self):
        self._spend(40 * MILLION)
        self.end.action_compute()
        self._own().filtered(lambda line: line.board_id == self.board_b).write(
            {"carry_amount": 0, "change_reason": "Không còn nhiệm vụ"}
        )
        with self.assertRaisesRegex(UserError, "cannot be closed yet"):
            self.end.action_close_year()
        self.end.action_make_decisions()
        self.assertEqual(
            set(self.end.decision_ids.mapped("kind")), {"carry_over", "cancel"}
        )
        for decision in self.end.decision_ids:
            with self.assertRaisesRegex(UserError, "instead of “[?]”"):
                decision.action_submit()
        with self.assertRaisesRegex(UserError, "posted or cancelled first"):
            self.end.action_compute()
        with self.assertRaisesRegex(UserError, "posted or cancelled first"):
            self.end.action_close_year()
        self._post_decisions()
        self.assertCounters(self.line_a, allocated=40 * MILLION, available=0)
        self.assertCounters(self.line_12, allocated=0)
        self.assertCounters(self.line_b, allocated=0)
        following = self.env["party.budget.line"].search(
            [("year", "=", 2027), ("board_id", "=", self.board_a.id)]
        )
        self.assertEqual(
            {line.fund_id.code: line.allocated for line in following},
            {"13": 60 * MILLION, "12": 8 * MILLION},
        )
        self.end.action_close_year()
        self.assertEqual(self.end.state, "closed")
        self.assertEqual(self.line_a.budget_id.state, "closed")
        budgets = self.env["party.budget"].search(
            [("year", "=", 2027), ("board_id", "in", (self.board_a + self.board_b).ids)]
        )
        self.assertEqual(budgets.mapped("state"), ["open", "open"])
        for action in ("action_compute", "action_close_year"):
            with self.assertRaisesRegex(UserError, "is closed"):
                getattr(self.end, action)()

    def test_spending_in_between_makes_the_decision_short(self):
        self.end.action_compute()
        self.end.action_make_decisions()
        self._spend(1)
        with self.assertRaises(UserError) as refusal:
            self._post_decisions()
        for part in ("100.000.000", "99.999.999", "Missing: 1 đ"):
            self.assertIn(part, str(refusal.exception))
        self.assertCounters(self.line_a, allocated=100 * MILLION, spent=1)

    def test_what_was_freed_later_is_decided_again(self):
        claim = self._approved_claim([4 * MILLION])
        self.end.action_compute()
        self.end.action_make_decisions()
        self._post_decisions()
        with self.assertRaisesRegex(UserError, "held 4.000.000"):
            self.end.action_close_year()
        claim.with_user(self.user["accountant_a"]).action_cancel("Too late")
        with self.assertRaisesRegex(UserError, "left 4.000.000"):
            self.end.action_close_year()
        with self.assertRaisesRegex(UserError, "Compute first"):
            self.end.action_make_decisions()
        self.end.action_compute()
        self.assertEqual(self._own().carry_amount, 4 * MILLION)
        self.end.action_make_decisions()
        self._post_decisions()
        self.end.action_close_year()
        self.assertEqual(self.end.state, "closed")

    def test_lines_are_locked_once_decided(self):
        self.end.action_compute()
        self.end.action_make_decisions()
        with self.assertRaisesRegex(UserError, "decisions are made"):
            self._line(self.line_a).write({"carry_amount": 1, "change_reason": "x"})
        with self.assertRaisesRegex(UserError, "kept"):
            self.end.unlink()

    # ------------------------------------------------------------------- access
    def test_who_works_it_and_who_reads_what(self):
        self.end.action_compute()
        sees = {
            "accountant_a": self.board_a,
            "accountant_b": self.board_b,
            "office_chief": self.board_a | self.board_b,
            "chief_accountant": self.board_a | self.board_b,
        }
        for name, boards in sees.items():
            end = self.end.with_user(self.user[name])
            end.invalidate_recordset()
            self.env.invalidate_all()
            self.assertEqual(self._own(end).board_id, boards, name)
            if name == "accountant_b":
                self.assertEqual(end.available_total, 50 * MILLION)
        for name in ("staff_a", "head_a", "cashier", "manager", "driver"):
            with self.assertRaises(AccessError):
                self.end.with_user(self.user[name]).read(["state"])
        for name in ("accountant_a", "office_chief", "manager"):
            end = self.end.with_user(self.user[name])
            for action in (
                "action_compute",
                "action_make_decisions",
                "action_close_year",
            ):
                with self.assertRaises(AccessError):
                    getattr(end, action)()
            with self.assertRaises(AccessError):
                self.end.step_ids[0].with_user(self.user[name]).action_done()
            with self.assertRaises(AccessError):
                self._line(self.line_a).with_user(self.user[name]).write(
                    {"contract_amount": 1}
                )

    def test_nothing_is_forged(self):
        self.end.action_compute()
        chief = self.user["chief_accountant"]
        forged = (
            (self.end, {"state": "closed"}),
            (self.end, {"computed_at": "2026-01-01 00:00:00"}),
            (self.end, {"year": 2025}),
            (self._line(self.line_a), {"available": 10**9}),
            (self._line(self.line_a), {"budget_line_id": self.line_b.id}),
            (self.end.step_ids[0], {"done_by_id": chief.id}),
            (self.end.step_ids[0], {"date": "2030-01-01"}),
        )
        for record, vals in forged:
            with self.subTest(vals), self.assertRaises(UserError):
                record.with_user(chief).write(vals)
        made = (
            self.env["party.year.end"]
            .with_user(chief)
            .with_context(default_state="closed")
            .create({"year": 2030})
        )
        self.assertEqual(made.state, "open")

    def test_constant_queries(self):
        self.end.action_compute()
        self.env.flush_all()
        self.env.invalidate_all()
        counts = []
        for _round in range(2):
            before = self.env.cr.sql_log_count
            self.end.action_compute()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            for item in self.env["party.budget.item"].search([], limit=8, offset=30):
                self._allocate(self.board_a, 1_000, item=item)
            self.end.action_compute()
            self.env.flush_all()
        self.assertLess(abs(counts[1] - counts[0]), 15, counts)
