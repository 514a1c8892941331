from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..rules.ledger import BudgetEntry
from .common import TODAY, FinanceCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestBudgetLedger(FinanceCase):
    def _entry(self, kind="hold", line=None, **deltas):
        return BudgetEntry(
            line_id=(line or self.line_a).id,
            kind=kind,
            document=("res.partner", 1),
            document_name="Doc",
            **deltas,
        )

    def _book(self, *entries):
        return self.env["party.budget.line"]._book(list(entries))

    def test_constraints_are_in_the_database(self):
        self.env.cr.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'party_budget_line'::regclass AND contype IN ('c', 'u')"
        )
        found = dict(self.env.cr.fetchall())
        self.assertIn("<= allocated", found["party_budget_line_not_overspent"])
        self.assertIn("held", found["party_budget_line_not_negative"])
        self.assertIn("party_budget_line_line_unique", found)
        self.env.cr.execute(
            "SELECT attgenerated FROM pg_attribute WHERE attname = 'available' "
            "AND attrelid = 'party_budget_line'::regclass"
        )
        self.assertEqual(self.env.cr.fetchone(), ("s",))
        self.env.cr.execute(
            "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal "
            "AND tgrelid = 'party_budget_move'::regclass AND tgenabled = 'O'"
        )
        self.assertEqual(self.env.cr.fetchone(), (2,))

    def test_hold_spend_release(self):
        self._book(self._entry(held=60_000_000))
        self.assertCounters(self.line_a, held=60_000_000, available=40_000_000)
        self._book(self._entry("spend", held=-50_000_000, spent=50_000_000))
        self._book(self._entry("release", held=-10_000_000))
        self.assertCounters(
            self.line_a,
            allocated=100_000_000,
            held=0,
            spent=50_000_000,
            available=50_000_000,
        )

    def test_exactly_everything_then_one_more(self):
        self._book(self._entry(held=100_000_000))
        self.assertCounters(self.line_a, held=100_000_000, available=0)
        with self.assertRaises(UserError):
            self._book(self._entry(held=1))

    def test_refusal_gives_all_figures(self):
        self._book(self._entry(held=30_000_000), self._entry("spend", spent=25_000_000))
        entry = BudgetEntry(
            self.line_a.id,
            "hold",
            held=60_000_000,
            document=("res.partner", 2),
            document_name="Claim 7",
        )
        with self.assertRaises(UserError) as refused:
            self._book(entry)
        text = str(refused.exception)
        for part in (
            self.board_a.name,
            "100.000.000",  # limit
            "25.000.000",  # spent
            "Doc: 30.000.000",  # held by
            "45.000.000",  # available
            "60.000.000",  # asked
            "Claim 7",
            "15.000.000",  # missing
            "supplement",
        ):
            self.assertIn(part, text)
        self.assertCounters(self.line_a, held=30_000_000, spent=25_000_000)

    def test_all_or_nothing_over_two_lines(self):
        with self.assertRaises(UserError) as refused:
            self._book(
                self._entry(held=1_000_000),
                self._entry(held=50_000_001, line=self.line_b),
            )
        self.assertIn(self.board_b.name, str(refused.exception))
        self.assertNotIn(self.board_a.name, str(refused.exception))

    def test_counters_never_negative(self):
        with self.assertRaises(UserError):
            self._book(self._entry("release", held=-1))
        with self.assertRaises(UserError):
            self._book(self._entry("reverse", spent=-1))

    def test_reduce_below_use_is_refused(self):
        self._book(self._entry(held=80_000_000))
        with self.assertRaises(UserError):
            self._allocate(self.board_a, 30_000_000, kind="reduce")

    def test_closed_year_refuses(self):
        budget = self.line_a.budget_id.with_user(self.user["chief_accountant"])
        budget.action_close()
        with self.assertRaisesRegex(UserError, "closed"):
            self._book(self._entry(held=1))
        budget.action_reopen()
        self._book(self._entry(held=1))
        self.assertCounters(self.line_a, held=1)

    @mute_logger("odoo.sql_db")
    def test_ledger_is_append_only_for_sql_too(self):
        move = self._book(self._entry(held=5))
        for query in (
            "UPDATE party_budget_move SET delta_held = 4 WHERE id = %s",
            "DELETE FROM party_budget_move WHERE id = %s",
        ):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env.cr.execute(query, [move.id])
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute("TRUNCATE party_budget_move CASCADE")

    def test_ledger_is_append_only_for_the_orm(self):
        move = self._book(self._entry(held=5)).sudo()
        with self.assertRaises(UserError):
            move.write({"note": "x"})
        with self.assertRaises(UserError):
            move.unlink()
        with self.assertRaises(UserError):
            move.create({"line_id": self.line_a.id})

    def test_counters_are_not_written_by_the_orm(self):
        for name in ("allocated", "held", "advanced", "spent", "available"):
            with self.assertRaises(UserError):
                self.line_a.sudo().write({name: 1})
        with self.assertRaises(UserError):
            self.env["party.budget.line"].create(
                {"budget_id": self.line_a.budget_id.id, "allocated": 5}
            )

    def test_default_keys_of_the_context_set_no_counter(self):
        line = (
            self.env["party.budget.line"]
            .with_context(default_allocated=10**9, default_held=5)
            .create(
                {
                    "budget_id": self.line_a.budget_id.id,
                    "fund_id": self.fund.id,
                    "item_id": self.supplies.id,
                }
            )
        )
        line.flush_recordset()
        self.assertCounters(line, allocated=0, held=0, available=0)

    @mute_logger("odoo.sql_db")
    def test_check_is_the_last_wall(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE party_budget_line SET held = allocated + 1 WHERE id = %s",
                [self.line_a.id],
            )

    def test_line_of_the_item_pays_for_its_sub_item(self):
        line = self._allocate(self.board_a, 7_000_000, item=self.services)
        lines = self.env["party.budget.line"]
        water = self.env.ref("party_office_finance.item_6502")
        args = (self.board_a, 2026, self.fund)
        self.assertEqual(lines._find(*args, water), line)
        self.assertEqual(lines._find(*args, self.fuel), self.line_a, "nearest first")
        self.services.control_level = "sub_item"
        self.assertFalse(lines._find(*args, water))
        with self.assertRaisesRegex(UserError, "6502"):
            lines._find_or_refuse(*args, water)
        self.assertFalse(lines._find(self.board_a, 2026, self.fund_12, self.fuel))

    def test_constant_queries(self):
        self._book(self._entry(held=1))
        with self.assertQueryCount(7):
            self._book(self._entry(held=1), self._entry(held=1, line=self.line_b))
