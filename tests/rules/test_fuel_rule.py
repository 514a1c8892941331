"""The rows of ``cases/fuel.csv``: litres and đồng of one car in a period."""

import doctest
import unittest
from datetime import date
from decimal import Decimal

from .event_cases import cases, facts_of, parts
from .loader import load_rule

allowance = load_rule("party_office_base", "allowance")
fuel = load_rule("party_office_base", "fuel")
JUNE = {"day_from": date(2026, 6, 1), "day_to": date(2026, 6, 30)}


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(fuel))
    return tests


def fill(day, litres, amount=0, **values):
    return fuel.Fill(
        date.fromisoformat(day), Decimal(litres), Decimal(amount), **values
    )


class TestFuelCases(unittest.TestCase):
    def test_cases(self):
        count = 0
        for line, case in cases("fuel"):
            count += 1
            with self.subTest(line=line, comment=case["comment"]):
                self.check_case(case)
        self.assertGreaterEqual(count, 12)

    def check_case(self, case):
        facts = facts_of(
            fuel.FuelPeriod,
            case["facts"],
            fills=tuple(fill(*part.split()) for part in parts(case["fills"])),
        )
        if case["refused"]:
            with self.assertRaises(allowance.CalculationRefused) as refused:
                fuel.fuel(facts)
            self.assertEqual(refused.exception.reason, case["refused"])
            return
        use = fuel.fuel_use(facts)
        for name in ("norm", "limit", "over"):
            self.assertEqual(getattr(use, name), Decimal(case[name]), name)
        self.assertEqual(allowance.total(fuel.fuel(facts)), Decimal(case["total"]))

    def test_nothing_beyond_the_limit_is_paid_and_nothing_else_is_cut(self):
        """Litres paid are the smaller one of what was filled and the limit."""
        for filled in range(0, 200, 7):
            fills = [fill("2026-06-05", 40, 800_000) for _fill in range(filled // 40)]
            fills += [fill("2026-06-09", filled % 40, 700_000)] if filled % 40 else []
            facts = fuel.FuelPeriod(
                **JUNE, norm=Decimal(10), km=Decimal(900), fills=tuple(fills)
            )
            paid = sum((row.quantity for row in fuel.fuel(facts)), Decimal(0))
            self.assertEqual(paid, min(Decimal(filled), Decimal(90)))


class TestOddities(unittest.TestCase):
    def codes(self, *fills, plate="", last_odometer=0, **values):
        facts = fuel.FuelPeriod(**JUNE, norm=Decimal(12), fills=fills, **values)
        found = fuel.oddities(facts, plate, last_odometer)
        return [(oddity.code, oddity.key) for oddity in found]

    def test_nothing_odd(self):
        fills = (
            fill("2026-06-01", 50, odometer=1000, invoice="A/1", plate="80A-1"),
            fill("2026-06-30", 50, odometer=1400, invoice="A/2", plate="80a1"),
        )
        limits = {"odometer_start": 1000, "odometer_end": 1400}
        self.assertEqual(
            self.codes(*fills, plate="80A1", tank=50, last_odometer=1000, **limits), []
        )

    def test_duplicate_in_the_claim(self):
        fills = (
            fill("2026-06-01", 50, invoice="A/1", key=1),
            fill("2026-06-02", 50, invoice="A/1", key=2),
            fill("2026-06-03", 50, invoice="", key=3),
            fill("2026-06-04", 50, invoice="", key=4),
        )
        self.assertEqual(self.codes(*fills), [("duplicate", 2)])

    def test_above_the_tank(self):
        borders = [fill("2026-06-01", litres, key=litres) for litres in ("60", "60.1")]
        self.assertEqual(
            self.codes(*borders, tank=Decimal(60)), [("above_tank", "60.1")]
        )
        self.assertEqual(self.codes(*borders), [])

    def test_outside_the_period(self):
        days = ("2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01")
        fills = [fill(day, 5, key=day) for day in days]
        self.assertEqual(
            self.codes(*fills), [("outside", "2026-05-31"), ("outside", "2026-07-01")]
        )

    def test_another_car(self):
        fills = [fill("2026-06-01", 5, plate="80A-99", key=1)]
        self.assertEqual(self.codes(*fills, plate="80A-1"), [("other_plate", 1)])

    def test_odometer(self):
        fills = (
            fill("2026-06-01", 5, odometer=1000, key=1),
            fill("2026-06-02", 5, odometer=990, key=2),
            fill("2026-06-03", 5, key=3),
            fill("2026-06-04", 5, odometer=1491, key=4),
        )
        self.assertEqual(
            self.codes(*fills, tank=Decimal(60)),
            [("odometer_back", 2), ("fill_missing", 4)],
        )
        self.assertEqual(
            self.codes(fills[0], odometer_start=1001, odometer_end=1400),
            [("odometer_outside", 1)],
        )

    def test_a_tank_lasts_exactly(self):
        fills = (
            fill("2026-06-01", 5, odometer=1000, key=1),
            fill("2026-06-02", 5, odometer=1500, key=2),
        )
        self.assertEqual(self.codes(*fills, tank=Decimal(60)), [])

    def test_gap_to_the_last_claim(self):
        self.assertEqual(
            self.codes(odometer_start=1001, last_odometer=1000),
            [("odometer_gap", None)],
        )
        self.assertEqual(
            self.codes(odometer_start=999, last_odometer=1000),
            [("odometer_overlap", None)],
        )

    def test_keys_of_invoices_and_plates(self):
        self.assertEqual(fuel.invoice_key("", " "), "")
        self.assertNotEqual(
            fuel.invoice_key("1C26TAA", "12"), fuel.invoice_key("1C26TAB", "12")
        )
        self.assertEqual(fuel.plate_key("80A 123.45"), fuel.plate_key("80a-12345"))
