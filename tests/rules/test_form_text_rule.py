"""Dates and figures as forms write them."""

import doctest
import unittest
from datetime import date, datetime
from decimal import Decimal

from .loader import load_rule

rule = load_rule("party_office_base", "form_text")


class TestFormText(unittest.TestCase):
    def test_examples_in_the_rule(self):
        self.assertFalse(doctest.testmod(rule).failed)

    def test_long_date_guards_small_numbers(self):
        for day, text in (
            (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
            (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
            (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
            (datetime(2026, 12, 31, 23, 59), "ngày 31 tháng 12 năm 2026"),
        ):
            self.assertEqual(rule.long_date(day), text)

    def test_figure(self):
        for value, places, text in (
            (0, 0, "0"),
            (999, 0, "999"),
            (1_000, 0, "1.000"),
            (1_050_000_000.0, 0, "1.050.000.000"),
            (-1_500, 0, "-1.500"),
            (47.5, 3, "47,5"),
            (0.125, 3, "0,125"),
            (1_234.0, 3, "1.234"),
            (Decimal("2.5"), 0, "3"),
            (100, 3, "100"),
        ):
            self.assertEqual(rule.figure(value, places), text)


if __name__ == "__main__":
    unittest.main()
