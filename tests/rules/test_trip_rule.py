import doctest
import random
import unittest
from datetime import datetime, timedelta
from decimal import Decimal

from .loader import load_rule

trip = load_rule("party_office_fleet", "trip")
DAY = datetime(2026, 6, 15)


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(trip))
    return tests


def codes(*args, **kwargs):
    return [
        oddity.code for oddity in trip.trip_oddities(trip.TripFacts(*args, **kwargs))
    ]


class TestOddities(unittest.TestCase):
    def test_a_gap_of_one_km_is_rounding(self):
        self.assertEqual(codes(1000, 1001), [])
        self.assertEqual(codes(1000, 1002), ["gap"])
        self.assertEqual(codes(1000, 999), ["backwards"])
        # the first trip of a car has none before
        self.assertEqual(codes(0, 1002), [])

    def test_a_detour_is_no_jump(self):
        # 100 km planned: 30 % and 20 km are a detour
        self.assertEqual(codes(0, 1000, 1150, Decimal(100)), [])
        self.assertEqual(codes(0, 1000, 1151, Decimal(100)), ["jump"])
        self.assertEqual(codes(0, 1000, 9999), [])

    def test_legs_that_do_not_add_up(self):
        self.assertEqual(codes(0, 1000, 1100, legs_km=Decimal(95)), [])
        self.assertEqual(codes(0, 1000, 1100, legs_km=Decimal("94.9")), ["legs"])
        self.assertEqual(codes(0, 1000, 1010, legs_km=Decimal(12)), [])
        self.assertEqual(codes(0, 1000, 1010, legs_km=Decimal(13)), ["legs"])

    def test_faster_than_anybody_drives(self):
        self.assertEqual(codes(0, 1000, 1090, hours=Decimal(1)), [])
        self.assertEqual(codes(0, 1000, 1091, hours=Decimal(1)), ["too_fast"])

    def test_a_trip_that_did_not_move(self):
        self.assertEqual(codes(1000, 1000, 1000, Decimal(60)), ["not_moved"])


class TestLeftOver(unittest.TestCase):
    def test_minute_by_minute(self):
        source = random.Random(20260615)
        minute = timedelta(minutes=1)
        for _round in range(300):
            start, stop = sorted(source.sample(range(60), 2))
            taken = [
                tuple(sorted(source.sample(range(60), 2)))
                for _number in range(source.randrange(5))
            ]
            parts = trip.left_over(
                (DAY + start * minute, DAY + stop * minute),
                [(DAY + a * minute, DAY + b * minute) for a, b in taken],
            )
            left = {
                m
                for a, b in parts
                for m in range((a - DAY) // minute, (b - DAY) // minute)
            }
            free = set(range(start, stop)) - {m for a, b in taken for m in range(a, b)}
            self.assertEqual(left, free)
            self.assertEqual(parts, sorted(parts))
            self.assertTrue(all(a < b for a, b in parts))
