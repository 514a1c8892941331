"""Reports as plain data: sums, shares and the text of cells."""

import doctest
import unittest
from decimal import Decimal

from .loader import load_rule

report = load_rule("party_office_base", "report")
text = load_rule("party_office_base", "report_text")

COLUMNS = [
    report.Column("name", "Name"),
    report.Column("given", "Given", "money", total=True),
    report.Column("spent", "Spent", "money", total=True),
    report.Column("left", "Left", "money"),
    report.Column("share", "Share", "share", ratio=(("spent",), "given")),
]


class TestReport(unittest.TestCase):
    def test_sums_leave_out_headings_and_unknown_cells(self):
        rows = [
            report.Row({"given": 100, "spent": 30}, level=1),
            report.Row({"given": 60, "spent": None}),
            report.Row({"given": 40, "spent": 30, "left": 5}),
        ]
        self.assertEqual(report.totals(COLUMNS, rows), {"given": 100, "spent": 30})

    def test_counted_hands_rows_on_one_by_one(self):
        read = []

        def rows():
            for number in range(3):
                read.append(number)
                yield report.Row({"given": number})

        sums = {}
        counted = report.counted(COLUMNS, rows(), sums)
        next(counted)
        self.assertEqual(read, [0])
        self.assertEqual(len(list(counted)), 2)
        self.assertEqual(sums["given"], 3)

    def test_shares_follow_from_sums(self):
        sums = {"given": 3, "spent": 1}
        self.assertEqual(report.with_shares(COLUMNS, sums)["share"], Decimal("33.3"))
        sums["given"] = 0
        self.assertIsNone(report.with_shares(COLUMNS, sums)["share"])

    def test_cells(self):
        for kind, value, expected in (
            ("money", Decimal(1234567), "1.234.567"),
            ("number", -1000, "-1.000"),
            ("share", Decimal("0"), "0,0"),
            ("share", None, ""),
            ("text", "=1+1", "=1+1"),
            ("date", False, ""),
        ):
            with self.subTest(kind=kind, value=value):
                self.assertEqual(text.cell_text(kind, value), expected)


def load_tests(_loader, tests, _pattern):
    """Add the examples of the docstrings."""
    for module in (report, text):
        tests.addTests(doctest.DocTestSuite(module))
    return tests
