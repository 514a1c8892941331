from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.rules.report import ReportOptions, totals

from .common import TODAY
from .treasury_case import TreasuryCase

LIMIT = 150_000_000
DAY = date(2026, 6, 15)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestTreasuryReports(TreasuryCase):
    """Figures of the reports after a few movements, as of several days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allocate(cls.board_a, 30_000_000, fund=cls.fund_12)
        cls._allocate(cls.board_a, 5_000_000, kind="reduce")
        cls.advance = cls._paper("cash_advance", 20_000_000, date="2026-03-05")
        cls._paper("settle_advance", 12_000_000, origin=cls.advance, date="2026-04-20")
        cls._paper("repay_advance", 1_000_000, origin=cls.advance, date="2026-05-02")
        cls.claim = cls._posted_claim([4_000_000])
        cls.unpaid = cls._posted_claim([2_500_000])
        cls.transfer = cls._paper(
            "transfer_actual",
            claim_ids=[Command.set(cls.claim.ids)],
            date="2026-06-12",
        )
        cls.paper_b = cls._paper(
            "cash_actual", 3_000_000, user="accountant_b", board=cls.board_b
        )

    def _report(self, code, user="chief_accountant", **values):
        defaults = {"day": DAY, "year": 2026, "fund_ids": tuple(self.funds.ids)}
        options = ReportOptions(**(defaults | values))
        provider = self.env[f"party.report.{code}"].with_user(self.user[user])
        report = provider._report(options)
        return report, list(report.rows)

    def _accounts(self, user="chief_accountant", **values):
        """Return ``{account: (opening, debit, credit, red, closing)}``."""
        _report, rows = self._report("estimate_accounts", user, **values)
        keys = ("opening", "debit", "credit", "red", "closing")
        return {
            row.cells["account"]: tuple(row.cells[key] for key in keys) for row in rows
        }

    # ------------------------------------------------------------ estimate accounts
    def test_estimate_accounts_of_the_year(self):
        found = self._accounts()
        estimate = LIMIT - 5_000_000
        # advance 20, settled 12 and repaid 1 in red
        self.assertEqual(found["008211"], (0, 0, 7_000_000, -13_000_000, -7_000_000))
        self.assertEqual(found["008212"], (0, 0, 19_000_000, 0, -19_000_000))
        self.assertEqual(
            found["00821"],
            (0, estimate, 26_000_000, -18_000_000, estimate - 26_000_000),
        )
        self.assertEqual(found["00822"], (0, 30_000_000, 0, 0, 30_000_000))
        self.assertEqual(found["008"][-1], estimate - 26_000_000 + 30_000_000)
        self.assertNotIn("0081", found)
        balance = self._balance()
        self.assertEqual(found["00821"][-1], balance.remaining)

    def test_estimate_accounts_of_a_period(self):
        found = self._accounts(since=date(2026, 4, 1), day=date(2026, 4, 30))
        self.assertEqual(
            found["008211"],
            (-20_000_000, 0, -12_000_000, -12_000_000, -8_000_000),
        )
        self.assertEqual(found["008212"], (0, 0, 12_000_000, 0, -12_000_000))

    def test_last_year_from_january(self):
        with freeze_time("2027-01-20 03:00:00"):
            self._paper("cash_actual", 2_000_000, date="2027-01-15")
        found = self._accounts(day=date(2027, 1, 20))
        remaining = LIMIT - 5_000_000 - 26_000_000
        self.assertEqual(
            found["00811"], (remaining, 0, 2_000_000, 0, remaining - 2_000_000)
        )
        self.assertEqual(found["008112"], (-19_000_000, 0, 2_000_000, 0, -21_000_000))
        self.assertNotIn("0082", found)

    def test_reversal_is_red(self):
        self._reversed(self.transfer)
        found = self._accounts()
        self.assertEqual(found["008212"], (0, 0, 15_000_000, -4_000_000, -15_000_000))

    def test_orders_and_kept_income(self):
        fund = {"fund_id": self.order_fund.id}
        self._allocate(self.board_a, 9_000_000, fund=self.order_fund)
        self._allocate(self.board_a, 8_000_000, fund=self.party_fund)
        order = self._paper("order_actual", 9_000_000, **fund)
        advance = self._paper("order_advance", 5_000_000, **fund)
        self._paper("cash_actual", 2_000_000, order_id=order.id, **fund)
        self._paper("repay_actual", 1_000_000, order_id=order.id, **fund)
        self._paper("cash_actual", 3_000_000, order_id=advance.id, **fund)
        self._paper("order_approved", 3_000_000, order_id=advance.id, **fund)
        self._paper("cash_actual", 500_000, fund_id=self.party_fund.id)
        found = self._accounts()
        self.assertEqual(
            found["01222"], (0, 8_000_000, 2_000_000, -1_000_000, 6_000_000)
        )
        self.assertEqual(found["01322"], (0, 5_000_000, 3_000_000, 0, 2_000_000))
        self.assertEqual(found["0181"], (0, 8_000_000, 500_000, 0, 7_500_000))
        self.assertEqual(found["014"], (0, 0, 0, 0, 0))

    def test_accountants_see_their_boards(self):
        found = self._accounts("accountant_b")
        self.assertEqual(found["008212"], (0, 0, 3_000_000, 0, -3_000_000))
        self.assertEqual(found["00821"][1], 50_000_000)
        asked = self._accounts("accountant_b", board_ids=(self.board_a.id,))
        self.assertNotIn("0082", asked)
        for user in ("head_a", "staff_a", "manager"):
            with self.assertRaises(AccessError):
                self._report("estimate_accounts", user)

    # --------------------------------------------------------------- reconciliation
    def test_reconciliation(self):
        report, rows = self._report("treasury_reconciliation")
        head = next(row for row in rows if row.cells["item"] == "T13")
        self.assertEqual(head.level, 1)
        item = next(row for row in rows if row.cells["item"] == "6503")
        expected = {
            "carried": 0,
            "given": LIMIT,
            "adjusted": -5_000_000,
            "total": LIMIT - 5_000_000,
            "advance": 7_000_000,
            "actual": 19_000_000,
            "repaid": 1_000_000,
            "remaining": LIMIT - 5_000_000 - 26_000_000,
            "spent": 6_500_000,
            "difference": 19_500_000,
            "unpaid": 2_500_000,
        }
        self.assertEqual({key: item.cells[key] for key in expected}, expected)
        self.assertEqual({key: head.cells[key] for key in expected}, expected)
        notes = "\n".join(report.notes)
        self.assertIn(self.unpaid.name, notes)
        self.assertNotIn(self.claim.name, notes)
        self.assertIn("7.000.000", notes)
        sums = totals(report.columns, rows)
        self.assertEqual(sums["total"], LIMIT - 5_000_000 + 30_000_000)

    def test_what_an_advance_covers_is_not_unpaid(self):
        advance = self.env["party.advance"].with_user(self.user["staff_a"])
        advance = advance.create(
            {
                "purpose": "Fuel of a long trip",
                "amount": 3_000_000,
                "date": "2026-06-10",
                "board_id": self.board_a.id,
                "kind_id": self.kind.id,
                "fund_id": self.fund.id,
                "item_id": self.fuel.id,
            }
        )
        advance.action_submit()
        self._approve(advance).with_user(self.user["cashier"]).action_pay()
        covered = self._posted_claim([1_800_000], advance_id=advance.id)
        excess = self._posted_claim([2_000_000], advance_id=advance.id)
        self.assertEqual((covered.amount_due, excess.amount_due), (0, 800_000))
        report, rows = self._report("treasury_reconciliation")
        item = next(row for row in rows if row.cells["item"] == "6503")
        self.assertEqual(item.cells["unpaid"], 2_500_000 + 800_000)
        notes = "\n".join(report.notes)
        self.assertIn(excess.name, notes)
        self.assertNotIn(covered.name, notes)

    def test_reconciliation_as_of_a_day_by_item(self):
        _report, rows = self._report(
            "treasury_reconciliation", day=date(2026, 3, 31), level="item"
        )
        item = next(row for row in rows if row.cells["item"] == "6500")
        self.assertEqual(item.cells["advance"], 20_000_000)
        self.assertEqual(item.cells["actual"], 0)
        self.assertEqual(item.cells["unpaid"], 0)

    def test_reconciliation_of_own_boards(self):
        report, rows = self._report("treasury_reconciliation", "accountant_b")
        sums = totals(report.columns, rows)
        self.assertEqual(sums["given"], 50_000_000)
        self.assertEqual(sums["actual"], 3_000_000)
        self.assertEqual(sums["unpaid"], 0)
        self.assertNotIn(self.unpaid.name, "\n".join(report.notes))

    # ------------------------------------------------------------------------ books
    def _trial(self, **values):
        report, rows = self._report("trial_balance", **values)
        keys = [column.key for column in report.columns[2:]]
        found = {
            row.cells["account"]: tuple(row.cells[key] for key in keys) for row in rows
        }
        return found, totals(report.columns, rows)

    def test_trial_balance(self):
        before, _sums = self._trial(day=date(2026, 2, 28))
        found, sums = self._trial(since=date(2026, 4, 1))
        for side in ("opening_{}", "{}", "year_{}", "closing_{}"):
            self.assertEqual(
                sums[side.format("debit")], sums[side.format("credit")], side
            )
        start = before.get("3371", (0,) * 8)
        self.assertEqual(found["3371"][1] - start[7], 20_000_000)
        self.assertEqual(found["3371"][2:4], (1_000_000, 3_000_000))
        self.assertEqual(found["3371"][4:6], (1_000_000, 23_000_000))
        self.assertEqual(found["3371"][7] - start[7], 22_000_000)
        self.assertEqual(found["331"][2:4], (4_000_000, 6_500_000))
        # the account of three digits is the sum of those below
        self.assertEqual(found["111"], tuple(found["1111"]))

    def test_general_journal_is_streamed_in_order(self):
        report = self.env["party.report.general_journal"]._report(
            ReportOptions(day=DAY, year=2026)
        )
        self.assertNotIsInstance(report.rows, list)
        rows = list(report.rows)
        days = [row.cells["date"] for row in rows]
        self.assertEqual(days, sorted(days))
        sums = totals(report.columns, rows)
        self.assertEqual(sums["debit"], sums["credit"])
        entry = self.transfer.sudo().move_id
        own = [row for row in rows if row.link == ("account.move", entry.id)]
        self.assertEqual(
            [(row.cells["account"], row.cells["debit"]) for row in own],
            [("331", 4_000_000), ("5111", 0)],
        )
        first = next(
            self.env["party.report.general_journal"]
            ._report(ReportOptions(day=DAY, year=2026))
            .rows
        )
        self.assertEqual(first.cells["date"], days[0])

    def test_books_are_for_who_answers_for_them(self):
        for code in ("trial_balance", "general_journal"):
            for user in ("chief_accountant", "office_chief"):
                self.assertTrue(self._report(code, user)[1])
            for user in ("accountant_a", "cashier", "head_a", "staff_a", "manager"):
                with self.subTest(code=code, user=user), self.assertRaises(AccessError):
                    self._report(code, user)

    def test_queries_do_not_grow(self):
        def queries(code):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._report(code)
            return self.env.cr.sql_log_count - before

        codes = ("estimate_accounts", "treasury_reconciliation", "trial_balance")
        few = {}
        for code in codes:
            queries(code)
            few[code] = queries(code)
        for number in range(5):
            self._paper("cash_actual", 1_000 + number)
        for code in codes:
            with self.subTest(code):
                self.assertLessEqual(queries(code), few[code] + 1)
