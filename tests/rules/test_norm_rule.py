"""The rows of ``cases/norm.csv`` are the norms as the texts state them; an accountant
can review them without reading Python."""

import csv
import doctest
import unittest
from datetime import date
from decimal import Decimal

from .loader import CASES, load_rule

norm = load_rule("party_office_base", "norm")
DAY = date(2026, 6, 1)
START = date(2026, 1, 1)


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(norm))
    return tests


def row(layer, value, **kw):
    kw.setdefault("date_from", START)
    return norm.NormRow(layer, Decimal(value), **kw)


def parse(text):
    """ "layer value from to rank area regulation; ..." as rows ("-" is empty)."""
    rows = []
    for index, part in enumerate(filter(None, map(str.strip, text.split(";")))):
        layer, value, start, end, rank, area, regulation = (
            None if word == "-" else word for word in part.split()
        )
        rows.append(
            norm.NormRow(
                layer=layer,
                value=Decimal(value),
                date_from=date.fromisoformat(start),
                date_to=date.fromisoformat(end) if end else None,
                rank=rank,
                area=area,
                regulation=regulation or "",
                key=index,
            )
        )
    return rows


class TestNormCases(unittest.TestCase):
    def test_cases(self):
        with (CASES / "norm.csv").open(encoding="utf-8", newline="") as file:
            cases = list(csv.DictReader(file))
        self.assertGreater(len(cases), 15)
        for number, case in enumerate(cases, start=2):
            with self.subTest(line=number, comment=case["comment"]):
                result = norm.pick(
                    parse(case["rows"]),
                    date.fromisoformat(case["date"]),
                    case["ranks"].split(),
                    case["areas"].split(),
                    case["bound"] or "ceiling",
                )
                if not case["expected"]:
                    self.assertIsNone(result)
                    continue
                self.assertEqual(result.value, Decimal(case["expected"]))
                self.assertEqual(result.layer, case["layer"])
                self.assertEqual(result.regulation, case["regulation"])
                self.assertEqual(result.exceeds, case["exceeds"] == "yes")


class TestPick(unittest.TestCase):
    def test_nothing(self):
        self.assertIsNone(norm.pick([], DAY))

    def test_order_of_rows_does_not_matter(self):
        rows = [row("national", 300), row("province", 280), row("internal", 250)]
        for order in (rows, rows[::-1], [rows[1], rows[2], rows[0]]):
            self.assertEqual(norm.pick(order, DAY).value, 250)

    def test_ceiling_and_its_source(self):
        result = norm.pick(
            [
                row("national", 300, regulation="12/2025/TT-BTC", article="Điều 1"),
                row("internal", 350, regulation="QC", article="Điều 9", verified=True),
            ],
            DAY,
        )
        self.assertEqual((result.value, result.stated), (300, 350))
        self.assertEqual(result.ceiling_source, "12/2025/TT-BTC, Điều 1")
        self.assertEqual(result.ceiling_layer, "national")
        self.assertEqual(result.regulation, "QC")
        self.assertTrue(result.verified)

    def test_a_capped_province_caps_the_internal_rules(self):
        rows = [
            row("national", 300, regulation="TT"),
            row("province", 400, regulation="NQ"),
            row("internal", 350, regulation="QC"),
        ]
        result = norm.pick(rows, DAY)
        self.assertEqual(result.value, 300)
        self.assertEqual(result.ceiling_source, "TT")
        self.assertEqual(result.ceiling_layer, "national")

    def test_own_row_beats_the_common_one(self):
        rows = [row("internal", 200), row("internal", 100, own=True)]
        self.assertEqual(norm.pick(rows, DAY).value, 100)

    def test_free_norm_has_no_ceiling(self):
        result = norm.pick([row("national", 1), row("internal", 9)], DAY, bound="free")
        self.assertEqual((result.value, result.exceeds), (9, False))
        self.assertIsNone(result.ceiling)

    def test_unknown_bound(self):
        rows = [row("national", 1), row("internal", 2)]
        self.assertRaises(ValueError, norm.pick, rows, DAY, bound="roof")

    def test_both_ends_belong_to_the_row(self):
        one = row("national", 1, date_to=DAY)
        self.assertTrue(one.is_in_force(START))
        self.assertTrue(one.is_in_force(DAY))
        self.assertFalse(one.is_in_force(date(2026, 6, 2)))
        self.assertFalse(one.is_in_force(date(2025, 12, 31)))


class TestFindBreach(unittest.TestCase):
    def test_none(self):
        self.assertIsNone(norm.find_breach(row("internal", 5), []))
        self.assertIsNone(norm.find_breach(row("internal", 5), [row("national", 5)]))
        self.assertIsNone(norm.find_breach(row("national", 9), [row("national", 5)]))

    def test_first_day_of_the_overlap(self):
        rows = [
            row("national", 300, date_to=date(2026, 3, 31)),
            row("national", 200, date_from=date(2026, 4, 1)),
        ]
        day, limit = norm.find_breach(row("internal", 250), rows)
        self.assertEqual((day, limit.value), (date(2026, 4, 1), 200))
        short = row("internal", 250, date_to=date(2026, 3, 31))
        self.assertIsNone(norm.find_breach(short, rows))

    def test_national_shows_again_when_the_province_ends(self):
        rows = [
            row("national", 200, rank="rest"),
            row("province", 200, rank="rest", date_to=DAY),
            row("national", 300),
        ]
        day, limit = norm.find_breach(row("internal", 250, rank="rest"), rows, ["rest"])
        self.assertEqual((day, limit.value), (START, 200))

    def test_narrower_ceilings(self):
        rows = [row("national", 600, area="tw"), row("national", 500, area="province")]
        self.assertIsNone(norm.find_breach(row("internal", 600), rows))
        self.assertIsNotNone(norm.find_breach(row("internal", 601), rows))
        commune = row("internal", 501, area="commune")
        self.assertIsNotNone(
            norm.find_breach(commune, rows, areas=["commune", "province"])
        )

    def test_floor_and_free(self):
        rows = [row("national", 15)]
        self.assertIsNotNone(norm.find_breach(row("internal", 12), rows, bound="floor"))
        self.assertIsNone(norm.find_breach(row("internal", 20), rows, bound="floor"))
        self.assertIsNone(norm.find_breach(row("internal", 20), rows, bound="free"))
