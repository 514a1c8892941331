"""The list of norms: every norm in force, with its source and whether it holds."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .test_report_run import RunCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportNorms(RunCase):
    def _rows(self, day):
        report = self._run("norms", day=day)._build()
        return report, [row.cells for row in report.rows if not row.level]

    def test_each_norm_in_force_with_its_source(self):
        report, rows = self._rows(date(2026, 6, 15))
        norms = self.env["party.norm"].search([("in_force_today", "=", True)])
        self.assertEqual(len(rows), len(norms))
        self.assertTrue(all(row["source"] and row["value"] for row in rows))
        unverified = [row for row in rows if row["verified"] == "No"]
        self.assertEqual(len(unverified), len(norms.filtered("needs_check")))
        self.assertTrue(unverified)
        self.assertIn(f"{len(unverified)} not verified", report.subtitles[1])

    def test_as_of_an_earlier_day(self):
        _report, rows = self._rows(date(2025, 5, 3))
        (allowance,) = [
            row for row in rows if row["name"] == "Travel allowance" and not row["case"]
        ]
        self.assertRegex(allowance["value"], r"^200[.,]000 ")
        self.assertTrue(allowance["source"].startswith("40/2017/TT-BTC"))

    def test_workbook_and_paper_say_the_same(self):
        run = self._run("norms", day=date(2026, 6, 15))
        cells = [row[0] for row in self._sheet(run).iter_rows(values_only=True)]
        text = "".join("".join(self._pdf_text(run)).split())
        names = {row.cells["name"] for row in run._vietnamese()._build().rows}
        for name in names:
            self.assertIn(name, cells)
        self.assertIn("12/2025/TT-BTC", text)

    def test_staff_do_not_run_reports(self):
        with self.assertRaises(AccessError):
            self._run("norms", user="staff_a")._build()
