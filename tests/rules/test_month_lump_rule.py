"""The rows of ``cases/month_lump.csv``, with the rates that ship."""

import csv
import unittest
from datetime import date

from .loader import CASES, load_rule
from .shipped_norms import rate_book, shipped_book
from .test_travel_rule import plain

allowance = load_rule("party_office_base", "allowance")
month_lump = load_rule("party_office_base", "month_lump")


def workers(text):
    """ "name=days | name=days" as field workers."""
    people = (part.strip().split("=") for part in filter(None, text.split("|")))
    return [month_lump.FieldWorker(name, int(days), "rest") for name, days in people]


def told(row):
    amounts = f"{plain(row.quantity)}x{plain(row.price)}={plain(row.amount)}"
    return " ".join(filter(None, (row.person, amounts, row.remark)))


class TestMonthLumpCases(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.book = shipped_book()

    def outcome(self, case):
        try:
            rows = month_lump.compute(
                date.fromisoformat(case["month"]), workers(case["workers"]), self.book
            )
        except allowance.CalculationRefused as refused:
            return "", "", refused.reason
        except rate_book.RateMissing as missing:
            return "", "", f"no_rate {missing.code} {missing.day}"
        return "; ".join(map(told, rows)), plain(allowance.total(rows)), ""

    def test_cases(self):
        with (CASES / "month_lump.csv").open(encoding="utf-8", newline="") as file:
            cases = list(csv.DictReader(file))
        self.assertGreaterEqual(len(cases), 12)
        for number, case in enumerate(cases, start=2):
            with self.subTest(line=number, comment=case["comment"]):
                self.assertEqual(
                    self.outcome(case),
                    (case["expected"], case["total"], case["refused"]),
                )

    def test_each_line_names_its_text(self):
        paid, unpaid = month_lump.compute(
            date(2026, 3, 1), workers("An=11 | Bình=10"), self.book
        )
        self.assertEqual(paid.rate.code, "travel_month_lump")
        # who is not paid is told which number of days is needed
        self.assertEqual(unpaid.rate.code, "travel_month_lump_min_days")
        self.assertEqual(
            (paid.day_from, paid.day_to), (date(2026, 3, 1), date(2026, 3, 31))
        )
