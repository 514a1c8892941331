from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.rules.report import ReportOptions, totals

from .common import TODAY, FinanceCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetForecast(FinanceCase):
    """15 June is the 166th of 365 days."""

    def test_fields_of_a_line(self):
        self._approved_claim([3_000_000])
        self._new_entry(41_500_000).action_post()
        self.line_a.invalidate_recordset()
        # 250 000 a day
        self.assertRecordValues(
            self.line_a,
            [
                {
                    "forecast": 250_000 * 365 + 3_000_000,
                    "forecast_missing": 0,
                    "runs_out_on": False,
                }
            ],
        )
        self._new_entry(16_600_000).action_post()
        self.line_a.invalidate_recordset()
        # 350 000 a day and the hold; 38 900 000 last 111 whole days
        self.assertRecordValues(
            self.line_a,
            [
                {
                    "forecast": 130_750_000,
                    "forecast_missing": 30_750_000,
                    "runs_out_on": date(2026, 10, 5),
                }
            ],
        )

    def test_two_lines_at_once_and_silence_in_january(self):
        self._new_entry(1_000_000).action_post()
        both = self.line_a | self.line_b
        both.invalidate_recordset()
        self.assertGreater(both[0].forecast, 0)
        self.assertEqual(self.line_b.forecast, 0)
        with freeze_time("2026-01-20 03:00:00"):
            both.invalidate_recordset()
            self.assertEqual(both.mapped("forecast"), [0, 0])

    def _report(self, user, day=date(2026, 6, 15), **options):
        provider = self.env["party.report.forecast"].with_user(self.user[user])
        report = provider._report(ReportOptions(day=day, year=2026, **options))
        return report, list(report.rows)

    def test_report_is_scoped_and_adds_up(self):
        self._new_entry(41_500_000).action_post()
        report, rows = self._report("accountant_a")
        self.assertEqual([row.level for row in rows], [1, 0])
        line = rows[1]
        self.assertEqual(line.link, ("party.budget.line", self.line_a.id))
        self.assertEqual(line.cells["forecast"], 91_250_000)
        self.assertIsNone(line.cells["by_months"])
        self.assertEqual(rows[0].cells["spent"], 41_500_000)
        self.assertEqual(rows[0].cells["item"], self.board_a.name)
        self.assertEqual(
            {column.kind for column in report.columns}, {"text", "money", "date"}
        )
        _report, rows = self._report(
            "chief_accountant", board_ids=(self.board_a.id, self.board_b.id)
        )
        sums = totals(report.columns, rows)
        self.assertEqual(sums["allocated"], 150_000_000)
        self.assertEqual(sums["spent"], 41_500_000)
        _report, rows = self._report("accountant_a", board_ids=(self.board_b.id,))
        self.assertEqual(rows, [])

    def test_report_as_of_a_past_day(self):
        self._new_entry(41_500_000).action_post()  # dated 10 June
        _report, rows = self._report("accountant_a", day=date(2026, 6, 9))
        self.assertEqual(rows[1].cells["spent"], 0)
        self.assertEqual(rows[1].cells["forecast"], 0)

    def test_report_follows_the_months_of_last_year(self):
        self._allocate(self.board_a, 90_000_000, year=2025)
        for month, amount in ((3, 10_000_000), (12, 70_000_000)):
            entry = self._new_entry(amount)
            entry.date = f"2025-{month:02d}-05"
            self._agreed(entry).action_post()
        self._new_entry(5_000_000).action_post()
        _report, rows = self._report("accountant_a")
        # an eighth of last year's money had been spent by now
        self.assertEqual(rows[1].cells["by_months"], 40_000_000)
        self.assertLess(rows[1].cells["forecast"], 12_000_000)

    def test_report_costs_the_same_for_more_lines(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._report("chief_accountant")
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for item in self.env["party.budget.item"].search(
            [("level", "=", "sub_item")], limit=12
        ) - (self.fuel):
            self._allocate(self.board_a, 1_000, item=item)
            self._allocate(self.board_b, 1_000, item=item, fund=self.fund_12)
        queries()
        self.assertLessEqual(queries(), few)
