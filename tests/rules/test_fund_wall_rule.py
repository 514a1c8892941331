"""Which fund may pay: nearest item, kind and item together, dates."""

import doctest
import unittest
from datetime import date

from .loader import load_rule

rule = load_rule("party_office_finance", "fund_wall")

CHAIN = ("6952", "6950", "0132")


def fund_rule(number, funds, **values):
    return rule.FundRule(number, frozenset(funds.split()), **values)


class TestFundWall(unittest.TestCase):
    def allowed(self, fund, rules, chain=CHAIN, is_estimate=True, **values):
        return rule.verdict(fund, is_estimate, rules, chain, **values).is_allowed

    def test_nearest_item_wins(self):
        group = fund_rule(1, "12 13", item="0132")
        cars = fund_rule(2, "12", item="6952")
        self.assertTrue(self.allowed("13", [group]))
        self.assertFalse(self.allowed("13", [group, cars]))
        self.assertTrue(self.allowed("13", [group, cars], chain=CHAIN[1:]))
        self.assertFalse(self.allowed("14", [group, cars], chain=CHAIN[1:]))

    def test_no_rule(self):
        self.assertTrue(self.allowed("13", []))
        self.assertFalse(self.allowed("DP", [], is_estimate=False))
        self.assertTrue(self.allowed("DP", [], is_estimate=False, kind_fund="DP"))
        self.assertFalse(self.allowed("LCT", [], is_estimate=False, kind_fund="DP"))
        other = fund_rule(1, "12", item="6001")
        self.assertTrue(self.allowed("13", [other]))

    def test_kind_and_item_must_both_allow(self):
        item = fund_rule(1, "12 13", item="6950")
        kind = fund_rule(2, "13 DP", kind="gift")
        rules = [item, kind]
        self.assertTrue(self.allowed("13", rules, kind="gift"))
        self.assertFalse(self.allowed("12", rules, kind="gift"))
        self.assertFalse(self.allowed("DP", rules, kind="gift", is_estimate=False))
        self.assertTrue(self.allowed("12", rules, kind="other"))
        verdict = rule.verdict("12", True, rules, CHAIN, "gift")
        self.assertEqual((verdict.rules, verdict.funds), ((1, 2), frozenset({"13"})))

    def test_a_kind_on_an_item_is_nearer_than_the_item(self):
        rules = [
            fund_rule(1, "12", item="6952", kind="car"),
            fund_rule(2, "13", item="6952"),
        ]
        for order in (rules, rules[::-1]):
            self.assertTrue(self.allowed("12", order, kind="car"))
            self.assertFalse(self.allowed("13", order, kind="car"))
            self.assertTrue(self.allowed("13", order))

    def test_dates(self):
        dated = fund_rule(1, "12", date_from=date(2026, 5, 1), date_to=date(2026, 6, 1))
        on = {
            date(2026, 4, 30): False,
            date(2026, 5, 1): True,
            date(2026, 6, 1): True,
            date(2026, 6, 2): False,
        }
        for day, expected in on.items():
            self.assertEqual(dated.is_on(day), expected, day)
        self.assertTrue(fund_rule(1, "12").is_on(date(1999, 1, 1)))


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(rule))
    return tests
