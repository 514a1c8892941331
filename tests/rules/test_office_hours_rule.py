"""Promised hours of the service desk over weekends and holidays."""

import csv
import doctest
import random
import unittest
from datetime import date, datetime, time, timedelta

from .loader import CASES, load_rule

office_hours = load_rule("party_office_events", "office_hours")

WEEK = office_hours.Week(time(7, 30), time(11, 30), time(13), time(17))
HOLIDAYS = {date(2026, 4, 30), date(2026, 5, 1), date(2026, 9, 2), date(2027, 1, 1)}


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(office_hours))
    return tests


def is_rest(day):
    return day.weekday() >= 5 or day in HOLIDAYS


class TestOfficeHours(unittest.TestCase):
    def test_cases(self):
        with (CASES / "office_hours.csv").open(encoding="utf-8") as file:
            cases = list(csv.DictReader(file))
        self.assertGreater(len(cases), 15)
        for case in cases:
            asked = datetime.fromisoformat(case["asked"])
            due = datetime.fromisoformat(case["due"])
            minutes = int(case["minutes"])
            with self.subTest(case["comment"]):
                self.assertEqual(office_hours.due(asked, minutes, WEEK, is_rest), due)
                self.assertEqual(
                    office_hours.minutes_between(asked, due, WEEK, is_rest), minutes
                )

    def test_what_is_due_and_what_passed_agree(self):
        dice = random.Random(7)
        for _number in range(300):
            asked = datetime(2026, 4, 20) + timedelta(minutes=dice.randrange(30 * 1440))
            minutes = dice.randrange(1, 5000)
            due = office_hours.due(asked, minutes, WEEK, is_rest)
            self.assertEqual(
                office_hours.minutes_between(asked, due, WEEK, is_rest), minutes
            )
            # it never ends while nobody works
            self.assertFalse(is_rest(due.date()))
            self.assertTrue(any(a < due <= b for a, b in WEEK.spans(due.date())))

    def test_time_passes_in_order(self):
        dice = random.Random(8)
        for _number in range(100):
            asked = datetime(2026, 4, 20) + timedelta(minutes=dice.randrange(30 * 1440))
            first, second = sorted(dice.randrange(3000) for _n in range(2))
            self.assertLessEqual(
                office_hours.due(asked, first, WEEK, is_rest),
                office_hours.due(asked, second, WEEK, is_rest),
            )

    def test_nobody_works(self):
        with self.assertRaises(ValueError):
            office_hours.due(datetime(2026, 7, 10), 1, WEEK, lambda day: True)
        with self.assertRaises(ValueError):
            never = office_hours.Week(time(8), time(8), time(13), time(13))
            office_hours.due(datetime(2026, 7, 10), 1, never, is_rest)

    def test_before_is_nothing(self):
        late, early = datetime(2026, 7, 10, 9), datetime(2026, 7, 10, 8)
        self.assertEqual(office_hours.minutes_between(late, early, WEEK, is_rest), 0)
