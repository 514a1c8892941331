"""Months and quarters of the meeting pack."""

import doctest
import unittest
from datetime import date, timedelta

from .loader import load_rule

month_pack = load_rule("party_office_base", "month_pack")


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(month_pack))
    return tests


class TestMonthPack(unittest.TestCase):
    def test_periods_of_every_day_of_four_years(self):
        day = date(2025, 1, 1)
        while day < date(2029, 1, 1):
            month = month_pack.month_of(day)
            quarter = month_pack.quarter_so_far(day)
            self.assertTrue(month.first <= day <= month.last)
            self.assertEqual((month.last + timedelta(days=1)).day, 1)
            self.assertEqual(
                month_pack.month_before(day).last + timedelta(days=1), month.first
            )
            self.assertEqual(
                month_pack.month_after(day).first - timedelta(days=1), month.last
            )
            self.assertIn(quarter.first.month, (1, 4, 7, 10))
            self.assertLessEqual((month.last - quarter.first).days, 92)
            self.assertEqual(quarter.last, month.last)
            day += timedelta(days=1)
