"""Days of a plan counted back from a conference, and their move with it."""

import csv
import doctest
import unittest
from datetime import date, timedelta

from .loader import CASES, load_rule

countdown = load_rule("party_office_base", "countdown")
working_day = load_rule("party_office_base", "working_day")

HOLIDAYS = {date(2026, *day) for day in ((4, 30), (5, 1), (9, 1), (9, 2))}


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(countdown))
    return tests


class TestCountdown(unittest.TestCase):
    def test_cases(self):
        with (CASES / "countdown.csv").open(encoding="utf-8") as file:
            for case in csv.DictReader(file):
                day = {
                    name: date.fromisoformat(case[name])
                    for name in ("first", "last", "today", "planned", "day")
                }
                with self.subTest(case["comment"]):
                    due = countdown.due(
                        day["first"],
                        day["last"],
                        int(case["days_before"]),
                        day["today"],
                        HOLIDAYS,
                    )
                    self.assertEqual(due.planned, day["planned"])
                    self.assertEqual(due.day, day["day"])
                    self.assertEqual(due.squeezed, day["planned"] < day["today"])

    def test_there_and_back_is_nothing(self):
        start = date(2026, 4, 20)
        days = [start + timedelta(days=number) for number in range(30)]
        for first in days:
            for last in days:
                count = countdown.working_days_between(first, last, HOLIDAYS)
                back = countdown.working_days_between(last, first, HOLIDAYS)
                self.assertEqual(count, -back)

    def test_between_working_days_it_is_the_shift(self):
        start = date(2026, 4, 20)
        for number in range(-20, 21):
            day = working_day.shift_working_days(start, number, HOLIDAYS)
            self.assertEqual(
                countdown.working_days_between(start, day, HOLIDAYS), number
            )

    def test_moved_there_and_back(self):
        today = date(2026, 4, 1)
        planned = date(2026, 4, 20)
        for count in range(-12, 13):
            there = countdown.moved(planned, planned, count, today, HOLIDAYS)
            back = countdown.moved(there.planned, there.day, -count, today, HOLIDAYS)
            self.assertEqual((back.planned, back.day), (planned, planned))
