"""Entries split into debit/credit pairs: no đồng is lost, on either side."""

import doctest
import random
import unittest
from collections import Counter

from .loader import load_rule

rule = load_rule("party_office_finance", "entry_pairs")
Line = rule.EntryLine


def pairs(*lines):
    return [(p.debit, p.credit, p.amount) for p in rule.entry_pairs(list(lines))]


class TestEntryPairs(unittest.TestCase):
    def test_one_to_many(self):
        self.assertEqual(
            pairs(Line("611", 70), Line("6118", 30), Line("111", -100)),
            [("611", "111", 70), ("6118", "111", 30)],
        )

    def test_companion_entries_stay_together(self):
        # domain: Dr 611 / Cr 141 and Dr 3371 / Cr 511 of the same amount
        self.assertEqual(
            pairs(
                Line("611", 50), Line("141", -50), Line("3371", 50), Line("511", -50)
            ),
            [("611", "141", 50), ("3371", "511", 50)],
        )
        self.assertEqual(
            pairs(
                Line("611", 60), Line("3371", 50), Line("141", -60), Line("511", -50)
            ),
            [("611", "141", 60), ("3371", "511", 50)],
        )

    def test_many_to_many(self):
        self.assertEqual(
            pairs(Line("a", 60), Line("b", 40), Line("c", -70), Line("d", -30)),
            [("a", "c", 60), ("b", "c", 10), ("b", "d", 30)],
        )

    def test_red_lines_stay_on_their_side(self):
        self.assertEqual(
            pairs(Line("611", -50, True), Line("111", 50, True)),
            [("611", "111", -50)],
        )
        self.assertEqual(
            pairs(
                Line("611", -50, True),
                Line("111", 50, True),
                Line("6118", 50),
                Line("1121", -50),
            ),
            [("6118", "1121", 50), ("611", "111", -50)],
        )

    def test_red_lines_that_do_not_balance_change_sides(self):
        self.assertEqual(
            pairs(Line("a", 100), Line("b", -30, True), Line("c", -70)),
            [("a", "b", 30), ("a", "c", 70)],
        )

    def test_zero_and_empty(self):
        self.assertEqual(pairs(), [])
        self.assertEqual(
            pairs(Line("a", 0), Line("b", 5), Line("c", -5)), [("b", "c", 5)]
        )

    def test_unbalanced(self):
        with self.assertRaises(ValueError):
            pairs(Line("a", 5), Line("b", -4))

    def test_random_entries_keep_every_sum(self):
        rng = random.Random(17)
        for _number in range(5_000):
            lines = [
                Line(
                    number,
                    rng.choice((-1, 1))
                    * rng.choice((0, 1, 5, 5, rng.randrange(10**9))),
                )
                for number in range(rng.randrange(1, 12))
            ]
            lines.append(Line(len(lines), -sum(line.amount for line in lines)))
            result = rule.entry_pairs(lines)
            self.assertEqual(result, rule.entry_pairs(list(lines)))
            given = Counter()
            for pair in result:
                self.assertGreater(pair.amount, 0)
                given[pair.debit] += pair.amount
                given[pair.credit] -= pair.amount
            for line in lines:
                self.assertEqual(given[line.key], line.amount)
            sides = [line for line in lines if line.amount]
            self.assertLessEqual(len(result), max(len(sides) - 1, 0))

    def test_random_red_entries_keep_both_sides(self):
        rng = random.Random(23)
        for _number in range(2_000):
            debits = [Line(("d", n), -rng.randrange(1, 999), True) for n in range(3)]
            total = sum(line.amount for line in debits)
            cut = rng.randrange(1, -total)
            reds = [
                *debits,
                Line(("c", 0), cut, True),
                Line(("c", 1), -total - cut, True),
            ]
            reds = [line for line in reds if line.amount]
            sums = Counter()
            for pair in rule.entry_pairs(reds):
                self.assertLess(pair.amount, 0)
                sums[pair.debit] += pair.amount
                sums[pair.credit] -= pair.amount
            for line in reds:
                self.assertEqual(sums[line.key], line.amount)


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(rule))
    return tests
