"""The forecast of a budget line: known cases, and what must hold for any of them."""

import doctest
import random
import unittest
from datetime import date, timedelta
from decimal import Decimal

from .loader import load_rule

rule = load_rule("party_office_finance", "forecast")
pace = load_rule("party_office_finance", "pace")

# day, allocated, spent, committed -> spending, runs out on, missing (year 2026)
CASES = [
    # 73 days are a fifth of the year
    (date(2026, 3, 14), 100, 20, 0, 100, None, 0),
    (date(2026, 3, 14), 99, 20, 0, 100, date(2026, 12, 28), 1),
    # what is committed counts once and in full
    (date(2026, 3, 14), 100, 20, 7, 107, date(2026, 12, 6), 7),
    (date(2026, 3, 14), 1_000, 0, 300, 300, None, 0),
    # used up and still spending: tomorrow cannot be paid
    (date(2026, 3, 14), 20, 20, 0, 100, date(2026, 3, 15), 80),
    # used up by a commitment, nothing spent: no pace, nothing is missing
    (date(2026, 3, 14), 50, 0, 50, 50, None, 0),
    # the last day: what is used is the forecast
    (date(2026, 12, 31), 100, 60, 30, 90, None, 0),
    (date(2027, 2, 1), 100, 60, 30, 90, None, 0),
    # nothing spent
    (date(2026, 6, 1), 100, 0, 0, 0, None, 0),
]


class TestForecast(unittest.TestCase):
    def test_cases(self):
        for day, allocated, spent, committed, *expected in CASES:
            with self.subTest(day=day, spent=spent, committed=committed):
                got = rule.forecast(
                    2026, day, allocated=allocated, spent=spent, committed=committed
                )
                self.assertEqual([got.spending, got.runs_out_on, got.missing], expected)

    def test_silent_in_the_first_thirty_days(self):
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 30)):
            self.assertEqual(
                rule.forecast(2026, day, allocated=1, spent=1), rule.NOTHING_SAID
            )
        first = rule.forecast(2026, date(2026, 1, 31), allocated=365, spent=31)
        self.assertEqual(first.spending, 365)

    def test_pattern_of_another_year(self):
        # everything is spent in December: the first half has hardly begun
        late = [1] * 11 + [89]
        got = rule.forecast(
            2026, date(2026, 6, 30), allocated=100, spent=6, pattern=late
        )
        self.assertEqual((got.spending, got.runs_out_on), (100, None))
        got = rule.forecast(
            2026, date(2026, 6, 30), allocated=50, spent=6, pattern=late
        )
        self.assertEqual((got.spending, got.runs_out_on.month), (100, 12))

    def test_pattern_that_says_nothing(self):
        straight = rule.forecast(2026, date(2026, 6, 30), allocated=9, spent=6)
        for pattern in ([0] * 12, [0] * 11 + [5], None, []):
            got = rule.forecast(
                2026, date(2026, 6, 30), allocated=9, spent=6, pattern=pattern
            )
            self.assertEqual(got, straight)
        with self.assertRaises(ValueError):
            rule.forecast(2026, date(2026, 6, 30), allocated=9, spent=6, pattern=[1])

    def test_random_lines(self):
        rng = random.Random(3)
        for _number in range(3_000):
            day = date(2026, 1, 31) + timedelta(days=rng.randrange(335))
            spent = rng.randrange(0, 10**9)
            committed = rng.randrange(0, 10**8)
            allocated = spent + committed + rng.randrange(0, 2 * 10**9)
            pattern = rng.choice([None, [rng.randrange(10**6) for _m in range(12)]])
            got = rule.forecast(
                2026,
                day,
                allocated=allocated,
                spent=spent,
                committed=committed,
                pattern=pattern,
            )
            self.assertIsInstance(got.spending, Decimal)
            self.assertGreaterEqual(got.spending, spent + committed)
            # it runs out exactly when the forecast is above the limit
            self.assertEqual(got.runs_out_on is not None, got.spending > allocated)
            self.assertEqual(got.missing, max(got.spending - allocated, 0))
            if got.runs_out_on:
                self.assertTrue(day < got.runs_out_on <= date(2026, 12, 31))

    def test_the_day_it_runs_out_is_the_first_one_not_paid(self):
        rng = random.Random(5)
        for _number in range(200):
            day = date(2026, 2, 10) + timedelta(days=rng.randrange(300))
            spent = rng.randrange(1, 10**6)
            free = rng.randrange(0, 10**6)
            got = rule.forecast(2026, day, allocated=spent + free, spent=spent)
            elapsed = (day - date(2025, 12, 31)).days
            days = 1
            while spent * days <= free * elapsed and day.year == 2026:
                days += 1
                if day + timedelta(days=days) > date(2026, 12, 31):
                    days = None
                    break
            if days and day + timedelta(days=days) > date(2026, 12, 31):
                days = None
            expected = day + timedelta(days=days) if days else None
            self.assertEqual(got.runs_out_on, expected)


class TestPace(unittest.TestCase):
    def test_levels(self):
        for used, year, expected in (
            (0, 10, "even"),
            (0, 30, "behind"),
            (50, 50, "even"),
            (55, 50, "even"),
            (56, 50, "ahead"),
            (65, 50, "ahead"),
            (66, 50, "far_ahead"),
            (100, 50, "used_up"),
            (100, 100, "even"),
        ):
            self.assertEqual(pace.pace(used, year), expected, (used, year))


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(rule))
    tests.addTests(doctest.DocTestSuite(pace))
    return tests
