"""The calendar of circular 26/2026, and proposals that never exceed what is left."""

import doctest
import random
import unittest
from datetime import date

from .loader import load_rule

rule = load_rule("party_office_finance", "year_end")


class TestCalendar(unittest.TestCase):
    def test_dates_of_the_circular(self):
        days = {step.code: step.day for step in rule.calendar(2026)}
        self.assertEqual(
            days,
            {
                "papers": date(2026, 12, 30),
                "allocate_next": date(2026, 12, 30),
                "spend": date(2026, 12, 31),
                "quarter_report": date(2027, 1, 10),
                # 31 January 2027 is a Sunday
                "settle_papers": date(2027, 1, 28),
                "savings": date(2027, 1, 30),
                "cancel": date(2027, 1, 31),
                "reconcile": date(2027, 2, 10),
                "repay": date(2027, 2, 14),
            },
        )

    def test_order_and_articles(self):
        for year in (2025, 2026, 2027, 2028):
            steps = rule.calendar(year)
            self.assertEqual([s.day for s in steps], sorted(s.day for s in steps))
            for step in steps:
                self.assertTrue(step.article and step.regulation, step)

    def test_what_was_not_read_says_so(self):
        unread = [step.code for step in rule.calendar(2026) if not step.is_verified]
        self.assertEqual(unread, ["allocate_next"])

    def test_working_days(self):
        cases = {
            (date(2026, 1, 31), 2): date(2026, 1, 29),  # a Saturday
            (date(2028, 1, 31), 2): date(2028, 1, 27),  # a Monday
            (date(2029, 1, 31), 2): date(2029, 1, 29),  # a Wednesday
            (date(2029, 1, 31), 0): date(2029, 1, 31),
        }
        for (day, count), expected in cases.items():
            self.assertEqual(rule.working_days_before(day, count), expected)


class TestProposals(unittest.TestCase):
    def test_reasons(self):
        cases = {
            (100, True, 0, 0): (100, "autonomous"),
            (100, False, 0, 0): (0, "unused"),
            (100, False, 30, 0): (30, "late_addition"),
            (100, False, 0, 40): (40, "contract"),
            (100, False, 30, 40): (70, "contract_and_late"),
            (50, False, 30, 40): (50, "contract_and_late"),
            (20, False, 30, 0): (20, "late_addition"),
            (0, False, 30, 0): (0, "unused"),
            (-5, True, 0, 0): (0, "autonomous"),
            (100, False, -30, 0): (0, "unused"),
        }
        for arguments, (carry, reason) in cases.items():
            with self.subTest(arguments):
                proposal = rule.propose(*arguments)
                self.assertEqual((proposal.carry, proposal.reason), (carry, reason))

    def test_never_more_than_is_left(self):
        chance = random.Random(26)
        for _round in range(500):
            left, late, signed = (chance.randint(0, 10**12) for _number in range(3))
            proposal = rule.propose(left, chance.random() < 0.5, late, signed)
            self.assertEqual(proposal.carry + proposal.cancel, left)
            self.assertGreaterEqual(min(proposal.carry, proposal.cancel), 0)

    def test_after_30_september(self):
        self.assertEqual(rule.late_from(2026), date(2026, 10, 1))


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(rule))
    return tests
