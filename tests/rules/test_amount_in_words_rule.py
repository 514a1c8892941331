"""Amounts in Vietnamese words, read back by a reader that knows nothing of the rule."""

import doctest
import random
import unittest
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st
from num2words import num2words

from .loader import load_rule

rule = load_rule("party_office_base", "amount_in_words")

CASES = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1000: "một nghìn",
    1001: "một nghìn không trăm linh một",
    1005: "một nghìn không trăm linh năm",
    1021: "một nghìn không trăm hai mươi mốt",
    21_000: "hai mươi mốt nghìn",
    100_000: "một trăm nghìn",
    1_000_000: "một triệu",
    1_000_015: "một triệu không trăm mười lăm",
    1_005_000: "một triệu không trăm linh năm nghìn",
    1_000_000_000: "một tỷ",
    1_000_000_001: "một tỷ không trăm linh một",
    1_000_500_000_000: "một nghìn tỷ năm trăm triệu",
    10**15: "một triệu tỷ",
    -2_530_000: "âm hai triệu năm trăm ba mươi nghìn",
    -15: "âm mười lăm",
    -1: "âm một",
    1121: "một nghìn một trăm hai mươi mốt",
    40_404: "bốn mươi nghìn bốn trăm linh bốn",
    10_000_010: "mười triệu không trăm mười",
    10**15 - 1: (
        "chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ chín trăm chín "
        "mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín"
    ),
}

DECIMALS = {
    "0.5": "không phẩy năm",
    "1.50": "một phẩy năm",
    "40.05": "bốn mươi phẩy không năm",
    "12.25": "mười hai phẩy hai mươi lăm",
    "-0.001": "âm không phẩy không không một",
    "3.0": "ba",
}

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4,
    "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
SCALES = {"nghìn": 10**3, "triệu": 10**6}


def read_back(text):
    """Return the number that a person reads in the words."""
    sign = 1
    words = text.split()
    if words[0] == "âm":
        sign, words = -1, words[1:]
    total = group = 0
    pending = None
    for word in words:
        if word in DIGITS:
            if pending is not None:
                raise ValueError(f"two digits in a row: {text}")
            pending = DIGITS[word]
            continue
        digit, pending = pending, None
        if word == "trăm":
            group += digit * 100
        elif word == "mươi":
            group += digit * 10
        elif word == "mười":
            group += 10
        elif word == "linh":
            pass
        elif word in SCALES:
            group += digit or 0
            total += group * SCALES[word]
            group = 0
        elif word == "tỷ":
            total = (total + group + (digit or 0)) * 10**9
            group = 0
        else:
            raise ValueError(f"unknown word {word}: {text}")
        if word in ("linh", "mười") and digit is not None:
            raise ValueError(f"digit before {word}: {text}")
    return sign * (total + group + (pending or 0))


def samples():
    rng = random.Random(20260615)
    yield from range(2_200)
    for exponent in range(3, 16):
        base = 10**exponent
        yield from (base - 1, base, base + 1, base + 5, base + 15, base + 105)
    for _number in range(20_000):
        yield rng.randrange(10 ** rng.randrange(1, 16))


class TestAmountInWords(unittest.TestCase):
    def test_cases(self):
        for number, words in CASES.items():
            with self.subTest(number):
                self.assertEqual(rule.number_in_words(number), words)

    def test_round_trip(self):
        for number in samples():
            self.assertEqual(read_back(rule.number_in_words(number)), number)
            if number:
                text = rule.number_in_words(-number)
                self.assertEqual(read_back(text), -number)

    @settings(max_examples=5_000, deadline=None, derandomize=True)
    @given(st.integers(-(10**15), 10**15))
    @example(10**15)
    @example(-(10**15))
    @example(1_000_000_000_015)
    def test_round_trip_of_any_amount(self, number):
        words = rule.number_in_words(number)
        self.assertEqual(read_back(words), number)
        self.assertEqual(words, " ".join(words.split()))
        self.assertEqual(words, words.lower())

    @settings(max_examples=500, deadline=None, derandomize=True)
    @given(st.integers(0, 10**12), st.integers(1, 10**15))
    def test_round_trip_of_neighbours(self, number, more):
        self.assertNotEqual(
            rule.number_in_words(number), rule.number_in_words(number + more)
        )

    def test_what_the_library_says_wrongly(self):
        """The day the library is corrected, its subclass can go."""
        for number in (1021, 10**15):
            wrong = num2words(number, lang="vi")
            self.assertNotEqual(wrong, rule.number_in_words(number))
        # and where it is right nothing else is said
        for number in (*range(20), 20, 25, 100, 999, 1000, 21_000, 10**6, 10**9):
            self.assertEqual(
                num2words(number, lang="vi"), rule.number_in_words(number), number
            )

    def test_decimals(self):
        words = rule.VietnameseWords()
        for number, text in DECIMALS.items():
            with self.subTest(number):
                self.assertEqual(words.to_cardinal(Decimal(number)), text)
                self.assertEqual(words.to_cardinal(float(number)), text)

    def test_no_two_amounts_read_the_same(self):
        numbers = set(samples())
        self.assertEqual(len({rule.number_in_words(n) for n in numbers}), len(numbers))

    def test_money(self):
        self.assertEqual(rule.amount_in_words(0), "Không đồng")
        self.assertEqual(rule.amount_in_words(15.0), "Mười lăm đồng")
        self.assertEqual(rule.amount_in_words(1, "lít"), "Một lít")

    def test_refused(self):
        for wrong in (0.5, 10**18, -(10**18), "x", float("nan"), float("inf"), None):
            with self.assertRaises(ValueError):
                rule.amount_in_words(wrong)

    def test_examples_in_the_module(self):
        self.assertFalse(doctest.testmod(rule).failed)


if __name__ == "__main__":
    unittest.main()
