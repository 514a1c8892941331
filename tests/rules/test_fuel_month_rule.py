import doctest
import random
import unittest
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from .loader import load_rule

norm = load_rule("party_office_fleet", "fuel_norm")
share = load_rule("party_office_fleet", "fuel_share")
check = load_rule("party_office_fleet", "fuel_check")
cost = load_rule("party_office_base", "cost")

MONDAY = date(2026, 6, 1)


def load_tests(loader, tests, pattern):
    for module in (norm, share, check):
        tests.addTests(doctest.DocTestSuite(module))
    return tests


class TestTripLitres(unittest.TestCase):
    def litres(self, km, supplements=(), **values):
        trip = norm.Trip(MONDAY, Decimal(km), **values)
        return norm.trip_litres(
            trip,
            norm.CarNorm(
                Decimal(12),
                hard_pct=Decimal(10),
                idle_litres=Decimal("1.5"),
                supplements=tuple(supplements),
            ),
        )

    def test_roads_and_standing(self):
        self.assertEqual(self.litres(100).total, Decimal("12.000"))
        self.assertEqual(self.litres(100, hard_km=Decimal(50)).total, Decimal("12.600"))
        self.assertEqual(
            self.litres(100, idle_hours=Decimal(2)).total, Decimal("15.000")
        )
        # more hard km than km are all km
        self.assertEqual(
            self.litres(100, hard_km=Decimal(500)).total, Decimal("13.200")
        )

    def test_supplements_hold_by_day_odometer_and_length(self):
        old = norm.Supplement(Decimal(5), "old", day_from=MONDAY)
        later = norm.Supplement(Decimal(5), "later", day_from=date(2026, 6, 2))
        far = norm.Supplement(Decimal(10), "far", odometer_from=200_000)
        short = norm.Supplement(Decimal(20), "short", km_below=Decimal(5))
        every = (old, later, far, short)
        self.assertEqual(self.litres(100, every).labels, ("old",))
        self.assertEqual(self.litres(100, every).total, Decimal("12.600"))
        driven = self.litres(100, every, odometer=200_000)
        self.assertEqual(driven.labels, ("old", "far"))
        self.assertEqual(driven.total, Decimal("13.800"))
        self.assertEqual(self.litres(5, every).labels, ("old",))
        self.assertEqual(self.litres(4, every).total, Decimal("0.600"))
        # standing has no supplement
        standing = self.litres(100, every, idle_hours=Decimal(2))
        self.assertEqual(standing.total, Decimal("15.600"))

    def test_below_zero_is_refused(self):
        with self.assertRaises(ValueError):
            self.litres(-1)


class TestShares(unittest.TestCase):
    def test_shares_sum_to_the_bill_and_are_fair(self):
        source = random.Random(20261122)
        for _round in range(400):
            trips, exact = [], {}
            for _trip in range(source.randrange(1, 25)):
                litres = Decimal(source.randrange(1, 90_000)) / 1000
                boards = source.sample("ABCDEF", source.randrange(1, 5))
                weights = {
                    board: share.passenger_km(
                        source.randrange(1, 9),
                        Decimal(source.randrange(0, 4000)) / 10,
                        Decimal(source.randrange(1, 4000)) / 10,
                    )
                    for board in boards
                }
                trips.append((litres, weights))
                whole = sum(map(Fraction, weights.values()))
                for board, weight in weights.items():
                    part = Fraction(litres) * Fraction(weight) / whole
                    exact[board] = exact.get(board, 0) + part
            bill = source.randrange(0, 10**9)
            weights = share.month_weights(trips)
            parts = cost.split_amount(bill, list(weights.values()))
            self.assertEqual(sum(parts), bill)
            of_all = sum(exact.values())
            for board, part in zip(weights, parts, strict=True):
                fair = Fraction(bill) * exact[board] / of_all
                self.assertLess(abs(Fraction(part) - fair), 1)

    def test_nothing_driven_has_no_weights(self):
        self.assertEqual(share.month_weights([]), {})
        self.assertEqual(share.month_weights([(Decimal(0), {"A": Decimal(1)})]), {})
        self.assertEqual(share.month_weights([(Decimal(3), {})]), {})

    def test_a_request_without_persons_or_km_counts(self):
        self.assertEqual(share.passenger_km(0, Decimal(0), Decimal(0)), 1)


class TestChecks(unittest.TestCase):
    def trip(self, key, day, out, back, hours=(7, 17), driver="x", stop_day=None):
        return check.LoggedTrip(
            key,
            f"LĐX{key}",
            datetime(2026, 6, day, hours[0]),
            datetime(2026, 6, stop_day or day, hours[1]),
            out,
            back,
            driver,
        )

    def fill(self, day, odometer=0, driver="x"):
        return check.LoggedFill(day, "HĐ", date(2026, 6, day), odometer, driver)

    def codes(self, *args, **kwargs):
        return [finding.code for finding in check.check_month(*args, **kwargs)]

    def test_what_fits_is_silent(self):
        trips = [self.trip(1, 1, 1000, 1100), self.trip(2, 2, 1100, 1200)]
        fills = [self.fill(1, 1050), self.fill(2)]
        self.assertEqual(self.codes(trips, fills, last_odometer=1000), [])

    def test_each_finding(self):
        trip = self.trip(1, 1, 1000, 1100)
        for code, arguments in {
            "fill_no_trip": ([trip], [self.fill(3)]),
            "fill_other": ([trip], [self.fill(1, driver="y")]),
            "fill_odometer": ([trip], [self.fill(1, 1101)]),
            "km_no_order": ([trip, self.trip(2, 2, 1150, 1200)], []),
            "km_twice": ([trip, self.trip(2, 2, 1050, 1200)], []),
            "weekend": ([self.trip(1, 6, 1000, 1100)], []),
            "two_places": (
                [trip, self.trip(2, 1, 1100, 1200, hours=(16, 18))],
                [],
            ),
        }.items():
            with self.subTest(code):
                self.assertEqual(self.codes(*arguments), [code])

    def test_a_trip_over_a_holiday_and_a_weekend(self):
        trip = self.trip(1, 5, 1000, 1100, stop_day=8)
        self.assertEqual(self.codes([trip], []), ["weekend"])
        free = {date(2026, 6, 8)}
        self.assertEqual(self.codes([trip], [], holidays=free), ["holiday"])

    def test_trips_of_the_statement_before_are_not_asked_again(self):
        before = self.trip(1, 1, 1000, 1100)
        mine = self.trip(2, 2, 1100, 1200)
        every = [before, mine]
        self.assertEqual(self.codes([mine], [], every, last_odometer=1100), [])
        twice = self.trip(2, 2, 1050, 1200)
        every = [before, twice]
        found = self.codes([twice], [], every, last_odometer=1100)
        self.assertEqual(found, ["km_twice"])

    def test_km_since_the_month_before_and_of_other_drivers(self):
        mine = self.trip(2, 2, 1100, 1200)
        theirs = self.trip(1, 1, 1000, 1100, driver="y")
        self.assertEqual(self.codes([mine], [], last_odometer=1000), ["km_no_order"])
        self.assertEqual(self.codes([mine], [], [theirs, mine], last_odometer=1000), [])
