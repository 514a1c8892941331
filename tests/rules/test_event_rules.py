"""The rows of ``cases/conference.csv``, ``guest.csv`` and ``foreign_guest.csv``: what a
conference or a reception may cost, by the rates that ship."""

import doctest
import unittest
from datetime import date
from decimal import Decimal

from .event_cases import cases, facts_of, parts
from .loader import load_rule
from .shipped_norms import norm, rate_book, shipped_book

BASE = "party_office_base"
allowance = load_rule(BASE, "allowance")
papers = load_rule(BASE, "papers")
conference = load_rule(BASE, "conference")
guest = load_rule(BASE, "guest")
DAY = date(2026, 6, 10)


def load_tests(loader, tests, pattern):
    for module in (papers, conference, guest):
        tests.addTests(doctest.DocTestSuite(module))
    return tests


def expected_rows(text):
    """``component amount [remark]; …``"""
    for part in parts(text):
        component, amount, *remark = part.split()
        yield component, Decimal(amount), remark


class EventCases(unittest.TestCase):
    def check(self, name, rule, cls, book):
        count = 0
        for line, case in cases(name):
            count += 1
            with self.subTest(line=line, comment=case["comment"]):
                self.check_case(case, rule, cls, book)
        self.assertGreaterEqual(count, 12)

    def check_case(self, case, rule, cls, book):
        facts = facts_of(
            cls,
            case["facts"],
            papers=tuple(
                papers.Paper(part.split()[0], Decimal(part.split()[1]), DAY)
                for part in parts(case["papers"])
            ),
        )
        reason, _space, code = case["refused"].partition(" ")
        if reason == "rate":
            with self.assertRaises(rate_book.RateMissing) as missing:
                rule(facts, book)
            self.assertEqual(missing.exception.code, code)
        elif reason:
            with self.assertRaises(allowance.CalculationRefused) as refused:
                rule(facts, book)
            self.assertEqual(refused.exception.reason, reason)
        else:
            rows = rule(facts, book)
            expected = list(expected_rows(case["expected"]))
            self.assertEqual(
                [(row.component, row.amount) for row in rows],
                [(component, amount) for component, amount, _remark in expected],
            )
            for row, (_component, _amount, remark) in zip(rows, expected, strict=True):
                if remark:
                    self.assertEqual([row.remark], remark)
            self.assertEqual(allowance.total(rows), Decimal(case["total"]))


class TestEventCases(EventCases):
    def setUp(self):
        self.book = shipped_book()

    def test_conferences(self):
        self.check(
            "conference", conference.conference, conference.Conference, self.book
        )

    def test_domestic_guests(self):
        self.check("guest", guest.domestic, guest.DomesticGuests, self.book)

    def test_foreign_guests(self):
        self.check("foreign_guest", guest.foreign, guest.ForeignGuests, self.book)

    def test_every_asked_norm_ships(self):
        days = {"lecturer_fee"}  # its value is entered by the office
        for code in (
            *conference.CODES,
            *guest.DOMESTIC_CODES,
            *guest.FOREIGN_CODES,
        ):
            with self.subTest(code=code):
                self.assertTrue(code in days or self.book._types[code].rows)


class TestRates(unittest.TestCase):
    def test_an_internal_rate_holds_and_is_cited(self):
        row = norm.NormRow(
            "internal", Decimal(30_000), date(2026, 6, 1), regulation="QC", key="own"
        )
        facts = conference.Conference(DAY, DAY, delegates=10, half_days=1)
        (tea,) = conference.conference(facts, shipped_book([("conference_tea", row)]))
        self.assertEqual(tea.amount, 300_000)
        self.assertEqual((tea.rate.regulation, tea.rate.key), ("QC", "own"))

    def test_lecturers_by_the_rate_of_the_office(self):
        row = norm.NormRow("internal", Decimal(800_000), date(2026, 1, 1))
        facts = conference.Conference(DAY, DAY, delegates=10, lecturer_half_days=3)
        (fee,) = conference.conference(facts, shipped_book([("lecturer_fee", row)]))
        self.assertEqual(fee.amount, 2_400_000)

    def test_every_line_cites_its_article(self):
        facts = guest.ForeignGuests(
            DAY, DAY, "b", members=4, half_days=1, nights=1, food_days=1, flowers=True
        )
        for row in guest.foreign(facts, shipped_book()):
            with self.subTest(component=row.component):
                self.assertEqual(row.rate.regulation, "35/2026/TT-BTC")
                self.assertIn("Điều", row.rate.article)
                self.assertTrue(row.rate.verified)

    def test_what_the_lead_unit_pays_is_named(self):
        facts = guest.ForeignGuests(
            DAY, DAY, "b", is_lead=False, nights=1, food_days=1, half_days=1
        )
        with self.assertRaises(allowance.CalculationRefused) as refused:
            guest.foreign(facts, shipped_book())
        self.assertEqual(
            refused.exception.values,
            {"components": ["foreign_lodging", "foreign_food"]},
        )
