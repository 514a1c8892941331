"""Care, life and use of cars: days on the edge, and sums that have to agree."""

import doctest
import random
import unittest
from datetime import date, datetime, timedelta
from decimal import Decimal

from .loader import load_rule

care = load_rule("party_office_fleet", "car_care")
life = load_rule("party_office_fleet", "car_life")
use = load_rule("party_office_fleet", "fleet_use")

TODAY = date(2026, 6, 15)
MONDAY = datetime(2026, 6, 15)


def load_tests(loader, tests, pattern):
    for module in (care, life, use):
        tests.addTests(doctest.DocTestSuite(module))
    return tests


class TestCare(unittest.TestCase):
    def test_next_due_keeps_to_the_month(self):
        for done, months, due in (
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2023, 8, 31), 6, date(2024, 2, 29)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2026, 12, 1), 1, date(2027, 1, 1)),
        ):
            with self.subTest(done):
                self.assertEqual(care.next_due(done, 0, months, 0)[0], due)

    def test_an_unknown_odometer_gives_no_km(self):
        self.assertEqual(care.next_due(TODAY, 0, 0, 5000), (None, None))

    def test_stages(self):
        for days, stage in (
            (31, None),
            (30, 30),
            (8, 30),
            (7, 7),
            (2, 7),
            (1, 1),
            (0, 1),
            (-1, 0),
        ):
            with self.subTest(days):
                due = TODAY + timedelta(days=days)
                self.assertEqual(care.stage(due, None, TODAY, 0), stage)

    def test_kilometres(self):
        for odometer, stage in ((4500, None), (4501, 7), (5000, 7), (5001, 0)):
            with self.subTest(odometer):
                self.assertEqual(care.stage(None, 5000, TODAY, odometer), stage)
        # the nearer of both counts
        self.assertEqual(care.stage(date(2026, 6, 16), 5000, TODAY, 4600), 1)
        self.assertEqual(care.stage(date(2027, 6, 16), 5000, TODAY, 5001), 0)

    def test_each_stage_is_told_once(self):
        told, sent = None, []
        for days in range(40, -5, -1):
            stage = care.stage(TODAY + timedelta(days=days), None, TODAY, 0)
            if (now := care.to_tell(stage, told)) is not None:
                told = now
                sent.append((days, now))
        self.assertEqual(sent, [(30, 30), (7, 7), (1, 1), (-1, 0)])


class TestLife(unittest.TestCase):
    def codes(self, **facts):
        return [s.code for s in life.signals(life.Life(**facts), TODAY)]

    def test_fifteen_years_have_to_be_over(self):
        self.assertEqual(self.codes(in_use_since=date(2011, 6, 15)), [])
        self.assertEqual(self.codes(in_use_since=date(2011, 6, 14)), ["age"])

    def test_km_by_area(self):
        self.assertEqual(self.codes(km=200_001), [])
        self.assertEqual(self.codes(km=200_001, mountain=True), ["km"])
        self.assertEqual(self.codes(km=250_000), [])
        self.assertEqual(self.codes(km=250_001), ["km"])

    def test_repair_counts_when_nothing_else_does(self):
        facts = {"price": Decimal(900_000_000), "repair": Decimal(270_000_000)}
        self.assertEqual(self.codes(**facts), [])
        facts["repair"] += 1_000_000
        self.assertEqual(self.codes(**facts), ["repair"])
        self.assertEqual(self.codes(**facts, km=300_000), ["km"])
        self.assertEqual(self.codes(price=Decimal(0), repair=Decimal(1)), [])


class TestUse(unittest.TestCase):
    def test_office_hours(self):
        for begin, end, hours in (
            (0, 24, "8"),
            (7.5, 11.5, "4"),
            (11.5, 13.5, "0"),
            (12, 14, "0.5"),
            (18, 30, "0"),
            (24 * 4, 24 * 7, "8"),
        ):
            with self.subTest(begin=begin, end=end):
                span = (MONDAY + timedelta(hours=h) for h in (begin, end))
                self.assertEqual(use.office_hours(*span), Decimal(hours))
        self.assertEqual(use.office_hours(MONDAY + timedelta(1), MONDAY), 0)

    def test_parts_sum_to_the_whole(self):
        dice = random.Random(5)
        for _round in range(50):
            minutes = sorted(dice.randrange(60 * 24 * 20) for _cut in range(5))
            cuts = [MONDAY + timedelta(minutes=m) for m in minutes]
            parts = sum(
                use.office_hours(*pair) for pair in zip(cuts, cuts[1:], strict=False)
            )
            whole = use.office_hours(cuts[0], cuts[-1])
            self.assertAlmostEqual(parts, whole, 12)

    def test_could_serve(self):
        span = (MONDAY, MONDAY + timedelta(hours=4))
        seats = {"small": 5, "large": 16}
        self.assertEqual(use.could_serve(span, 4, seats, {}), ["small", "large"])
        # the driver takes a seat
        self.assertEqual(use.could_serve(span, 5, seats, {}), ["large"])
        self.assertEqual(use.could_serve(span, 16, seats, {}), [])
        nested = {"large": [(MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2))]}
        self.assertEqual(use.could_serve(span, 1, seats, nested), ["small"])
        touching = {"small": [(MONDAY + timedelta(hours=4), MONDAY + timedelta(1))]}
        self.assertEqual(use.could_serve(span, 4, seats, touching), ["small", "large"])


if __name__ == "__main__":
    unittest.main()
