import random
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..rules.ledger import COUNTERS, BudgetEntry, Counters
from .common import TODAY, FinanceCase

ZERO = Counters()


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetMonth(FinanceCase):
    def _book(self, line, day, **deltas):
        kind = "hold" if deltas.get("held", 0) > 0 else "spend"
        entry = BudgetEntry(
            line_id=line.id, kind=kind, day=date.fromisoformat(day), **deltas
        )
        return self.env["party.budget.line"]._book([entry])

    def _months(self, line):
        return self.env["party.budget.month"].search(
            [("line_id", "=", line.id)], order="month"
        )

    def _plain_sum(self, line, day):
        """The figures of a line by one sum over the whole ledger."""
        self.env.cr.execute(
            "SELECT sum(delta_allocated), sum(delta_held), sum(delta_advanced), "
            "sum(delta_spent) FROM party_budget_move WHERE line_id = %s AND date <= %s",
            [line.id, day],
        )
        return Counters(*(int(value or 0) for value in self.env.cr.fetchone()))

    # ----------------------------------------------------------------- keeping
    def test_one_row_for_each_month(self):
        self._book(self.line_a, "2026-03-31", held=5)
        self._book(self.line_a, "2026-04-01", held=7)
        self._book(self.line_a, "2026-03-01", held=-2, spent=2)
        self.assertRecordValues(
            self._months(self.line_a),
            [
                {
                    "month": date(2026, 1, 1),
                    "allocated": 100_000_000,
                    "held": 0,
                    "spent": 0,
                    "board_id": self.board_a.id,
                    "fund_id": self.fund.id,
                    "item_id": self.fuel.id,
                    "year": 2026,
                    "company_id": self.company.id,
                },
                *(
                    {
                        "month": date(2026, month, 1),
                        "allocated": 0,
                        "held": held,
                        "spent": spent,
                        "board_id": self.board_a.id,
                        "fund_id": self.fund.id,
                        "item_id": self.fuel.id,
                        "year": 2026,
                        "company_id": self.company.id,
                    }
                    for month, held, spent in ((3, 3, 2), (4, 7, 0))
                ),
            ],
        )

    def test_many_entries_cost_one_statement(self):
        entries = [
            BudgetEntry(line_id=line.id, kind="hold", held=1, day=date(2026, month, 1))
            for month in range(1, 7)
            for line in (self.line_a, self.line_b)
        ]
        self.env["party.budget.line"]._book(entries)
        with self.assertQueryCount(7):
            self.env["party.budget.line"]._book(entries)
        self.assertFalse(self.env["party.budget.month"]._differences())

    def test_refused_booking_leaves_no_sum(self):
        before = self._months(self.line_a).mapped("held")
        with self.assertRaises(UserError), self.cr.savepoint():
            self._book(self.line_a, "2026-05-05", held=100_000_001)
        self.assertEqual(self._months(self.line_a).mapped("held"), before)

    def test_filled_from_an_older_ledger(self):
        self._book(self.line_a, "2026-03-31", held=5)
        self.env.cr.execute("DELETE FROM party_budget_month")
        self.env.invalidate_all()
        self.env["party.budget.month"].init()
        self.assertFalse(self.env["party.budget.month"]._differences())
        self.assertEqual(self._months(self.line_a).mapped("held"), [0, 5])
        # a second time nothing is counted twice
        self.env["party.budget.month"].init()
        self.assertFalse(self.env["party.budget.month"]._differences())

    # ---------------------------------------------------------------- checking
    def test_differences_show_a_hand_in_the_database(self):
        months = self.env["party.budget.month"]
        self._book(self.line_a, "2026-03-31", held=5)
        self.assertEqual(months._differences(), [])
        self.env.cr.execute(
            "UPDATE party_budget_month SET held = held + 3 "
            "WHERE line_id = %s AND month = '2026-03-01'",
            [self.line_a.id],
        )
        self.assertEqual(
            months._differences(),
            [
                {
                    "line_id": self.line_a.id,
                    "board_id": self.board_a.id,
                    "company_id": self.company.id,
                    "month": date(2026, 3, 1),
                    "expected": (0, 5, 0, 0),
                    "found": (0, 8, 0, 0),
                }
            ],
        )
        self.env.cr.execute(
            "DELETE FROM party_budget_month WHERE line_id = %s", [self.line_a.id]
        )
        self.assertEqual(
            [(row["month"].month, row["found"]) for row in months._differences()],
            [(1, (0, 0, 0, 0)), (3, (0, 0, 0, 0))],
        )

    def test_differences_show_a_row_moved_to_another_board(self):
        self.env.cr.execute(
            "UPDATE party_budget_month SET board_id = %s WHERE line_id = %s",
            [self.board_b.id, self.line_a.id],
        )
        boards = [
            row["board_id"] for row in self.env["party.budget.month"]._differences()
        ]
        self.assertCountEqual(boards, (self.board_a | self.board_b).ids)

    # ------------------------------------------------------------------- as of
    def test_any_day_equals_the_sum_over_the_ledger(self):
        generator = random.Random(20260615)
        lines = self.line_a | self.line_b
        lines_model = self.env["party.budget.line"]
        first, last = date(2025, 12, 20), date(2026, 4, 10)
        for _number in range(60):
            line = generator.choice(lines)
            line.invalidate_recordset()
            day = first + timedelta(generator.randrange((last - first).days))
            amount = generator.randrange(1, 1_000_000)
            deltas = generator.choice(
                [
                    {"held": amount},
                    {"held": -min(amount, line.held)},
                    {"spent": amount},
                    {"spent": -min(amount, line.spent)},
                    {"advanced": amount},
                    {"advanced": -min(amount, line.advanced), "spent": 1},
                    {"allocated": amount},
                ]
            )
            self._book(line, day.isoformat(), **deltas)
        day = first - timedelta(2)
        while day <= last + timedelta(2):
            figures = lines_model._figures_as_of(day)
            for line in lines:
                expected = self._plain_sum(line, day)
                self.assertEqual(figures.get(line.id, ZERO), expected, (line, day))
            day += timedelta(1)
        self.assertFalse(self.env["party.budget.month"]._differences())
        for line in lines:
            line.invalidate_recordset()
            now = Counters(*(int(line[name]) for name in COUNTERS))
            self.assertEqual(figures[line.id], now)

    def test_as_of_costs_one_query(self):
        lines = self.env["party.budget.line"].with_user(self.user["accountant_a"])
        lines._figures_as_of(date(2026, 5, 5))
        with self.assertQueryCount(1):
            figures = lines._figures_as_of(date(2026, 5, 5))
        self.assertEqual(list(figures), self.line_a.ids, "his boards only")

    def test_as_of_takes_a_domain(self):
        lines = self.env["party.budget.line"]
        figures = lines._figures_as_of(
            date(2026, 5, 5), [("board_id", "=", self.board_b.id)]
        )
        self.assertEqual(figures, {self.line_b.id: Counters(allocated=50_000_000)})

    # ------------------------------------------------------------------ access
    def test_nobody_writes(self):
        row = self._months(self.line_a)
        for user in (self.env.user, *self.user.values()):
            months = row.with_user(user)
            with self.subTest(user=user.name):
                with self.assertRaises(UserError):
                    months.create({"line_id": self.line_a.id})
                with self.assertRaises(UserError):
                    months.write({"held": 1})
                with self.assertRaises(UserError):
                    months.unlink()
        with self.assertRaises(UserError):
            row.sudo().unlink()

    def test_who_reads(self):
        reads = {
            "accountant_a": True,
            "head_a": True,
            "cashier": True,
            "chief_accountant": True,
            "office_chief": True,
            "accountant_b": False,
            "head_b": False,
            "staff_a": None,
            "manager": None,
            "driver": None,
        }
        domain = [("board_id", "=", self.board_a.id)]
        for user, expected in reads.items():
            months = self.env["party.budget.month"].with_user(self.user[user])
            with self.subTest(user=user):
                if expected is None:
                    with self.assertRaises(AccessError):
                        months.search(domain)
                    continue
                self.assertEqual(bool(months.search(domain)), expected)
                groups = months.formatted_read_group(
                    domain, ["board_id", "month:month"], ["allocated:sum"]
                )
                self.assertEqual(bool(groups), expected)

    def test_ledger_behind_a_sum(self):
        self._book(self.line_a, "2026-03-31", held=5)
        self._book(self.line_a, "2026-04-01", held=7)
        row = self._months(self.line_a).filtered(lambda r: r.month.month == 3)
        action = row.with_user(self.user["accountant_a"]).action_open_ledger()
        moves = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(moves.mapped("delta_held"), [5])
