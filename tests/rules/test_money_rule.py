"""Amounts as people type them in a workbook."""

import doctest
import unittest
from decimal import Decimal

from .loader import load_rule

rule = load_rule("party_office_base", "money")

GOOD = {
    1200000: 1_200_000,
    12.0: 12,
    Decimal("7"): 7,
    "1200000": 1_200_000,
    "1.200.000": 1_200_000,
    "1,200,000": 1_200_000,
    "12.500": 12_500,
    " 1 200 000 ": 1_200_000,
    "1\u00a0200\u00a0000": 1_200_000,
    "1.200.000 đ": 1_200_000,
    "1.200.000 đồng": 1_200_000,
    "1.200.000 VND": 1_200_000,
    "1.200.000,00": 1_200_000,
    "1,200,000.00": 1_200_000,
    "999999999999999": 999_999_999_999_999,
}
WRONG = {
    None: "empty",
    "": "empty",
    "  ": "empty",
    "abc": "not_a_number",
    "1.2e3": "not_a_number",
    True: "not_a_number",
    float("nan"): "not_a_number",
    "1.20": "decimals",
    "1.200,5": "decimals",
    "1.200.00": "decimals",
    "12,34,567": "decimals",
    0.5: "decimals",
    -5: "negative",
    "-1.200": "negative",
    "(1.200)": "negative",
    0: "zero",
    "0": "zero",
    10**15: "too_large",
}


class TestMoney(unittest.TestCase):
    def test_read(self):
        for value, amount in GOOD.items():
            with self.subTest(value):
                self.assertEqual(rule.parse_dong(value), amount)

    def test_refused_with_a_reason(self):
        for value, reason in WRONG.items():
            with self.subTest(value), self.assertRaises(rule.AmountError) as refused:
                rule.parse_dong(value)
            self.assertEqual(refused.exception.reason, reason)

    def test_written_amounts_are_read_back(self):
        for amount in (1, 999, 1000, 12_345, 1_234_567_890_123):
            self.assertEqual(rule.parse_dong(rule.format_dong(amount)), amount)

    def test_whole(self):
        self.assertEqual(rule.whole(5.0000001), 5)
        with self.assertRaises(ValueError):
            rule.whole(5.5)

    def test_examples_in_the_module(self):
        self.assertFalse(doctest.testmod(rule).failed)


if __name__ == "__main__":
    unittest.main()
