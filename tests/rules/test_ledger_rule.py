"""The arithmetic of budget lines, and random years of work on one of them."""

import doctest
import random
import unittest
from datetime import date
from decimal import Decimal

from .loader import load_rule

rule = load_rule("party_office_finance", "ledger")
progress = load_rule("party_office_finance", "progress")
distribution = load_rule("party_office_finance", "distribution")


class TestLedger(unittest.TestCase):
    def test_available_as_in_circular_113_2008(self):
        counters = rule.Counters(allocated=500, held=40, spent=310)
        self.assertEqual(counters.available, 150)

    def test_net_is_sorted_and_summed(self):
        entries = [
            rule.BudgetEntry(9, "hold", held=3),
            rule.BudgetEntry(2, "hold", held=5),
            rule.BudgetEntry(9, "spend", held=-3, spent=3),
        ]
        net = rule.net_by_line(entries)
        self.assertEqual(list(net), [2, 9])
        self.assertEqual(net, {2: (0, 5, 0, 0), 9: (0, 0, 0, 3)})

    def test_asked(self):
        self.assertEqual(rule.BudgetEntry(1, "hold", held=5).asked, 5)
        self.assertEqual(rule.BudgetEntry(1, "reduce", allocated=-5).asked, 5)
        self.assertEqual(rule.BudgetEntry(1, "spend", held=-5, spent=5).asked, 0)

    def test_consume_never_loses_a_dong(self):
        rng = random.Random(7)
        for _number in range(5_000):
            amount, hold = rng.randrange(-100, 100), rng.randrange(0, 100)
            taken = rule.consume(amount, hold)
            self.assertEqual(taken.from_hold + taken.from_available, amount)
            self.assertTrue(0 <= taken.from_hold <= hold)
            self.assertEqual(taken.from_advance, 0)

    def test_consume_takes_the_advance_first(self):
        rng = random.Random(17)
        for _number in range(5_000):
            amount, hold = rng.randrange(-100, 100), rng.randrange(0, 100)
            advance = rng.randrange(0, 100)
            taken = rule.consume(amount, hold, advance)
            parts = (taken.from_advance, taken.from_hold, taken.from_available)
            self.assertEqual(sum(parts), amount)
            if amount <= 0:
                self.assertEqual(parts[:2], (0, 0))
                continue
            self.assertEqual(taken.from_advance, min(amount, advance))
            self.assertEqual(taken.from_hold, min(amount - taken.from_advance, hold))

    def test_random_years_never_overspend(self):
        rng = random.Random(11)
        for _year in range(300):
            counters = rule.Counters(allocated=rng.randrange(1, 1_000))
            ledger = [(counters.allocated, 0, 0, 0)]
            holds = []
            for _step in range(60):
                deltas = self._step(rng, holds)
                after = counters.plus(deltas)
                if not after.is_allowed():
                    continue
                if deltas[1] > 0:
                    holds.append(deltas[1])
                elif deltas[1] < 0:
                    holds.remove(-deltas[1])
                counters = after
                ledger.append(deltas)
                self.assertGreaterEqual(counters.available, 0)
                self.assertEqual(counters.held, sum(holds))
            sums = [sum(row[i] for row in ledger) for i in range(4)]
            self.assertEqual(rule.Counters(*sums), counters)

    def _step(self, rng, holds):
        amount = rng.randrange(1, 400)
        choices = [(amount, 0, 0, 0), (-amount, 0, 0, 0), (0, amount, 0, 0)]
        choices += [(0, 0, 0, amount), (0, 0, 0, -amount)]
        if holds:
            hold = rng.choice(holds)
            choices += [(0, -hold, 0, hold), (0, -hold, 0, 0)]
        return rng.choice(choices)


class TestProgress(unittest.TestCase):
    def test_year_elapsed(self):
        cases = {
            date(2025, 12, 31): "0",
            date(2026, 1, 1): "0.3",
            date(2026, 7, 2): "50.1",
            date(2026, 12, 31): "100.0",
            date(2027, 1, 5): "100",
        }
        for day, share in cases.items():
            with self.subTest(day):
                self.assertEqual(progress.year_elapsed(2026, day), Decimal(share))

    def test_levels(self):
        cases = {79: "", 80: "80", 89: "80", 90: "90", 100: "100"}
        for used, level in cases.items():
            self.assertEqual(progress.usage_level(used, 100), level)
        self.assertEqual(progress.usage_level(0, 0), "")


class TestDistribution(unittest.TestCase):
    def test_single_board(self):
        boards = {7: 1, 8: 2}
        cases = [
            ({"7": 100}, (1, "")),
            ({"7,99": 60.0, "7": 40.0}, (1, "")),
            ({"7": 99.99}, (None, "share")),
            ({"7": 100, "8": 0}, (None, "several")),
            ({"7,8": 100}, (None, "several")),
            ({"99": 100}, (None, "none")),
            ({}, (None, "none")),
            (None, (None, "none")),
            ({"7": 33.33, "7,99": 66.67}, (1, "")),
        ]
        for given, expected in cases:
            with self.subTest(given):
                self.assertEqual(distribution.single_board(given, boards), expected)


class TestExamples(unittest.TestCase):
    def test_examples_in_the_modules(self):
        for module in (rule, progress, distribution):
            self.assertFalse(doctest.testmod(module).failed)


if __name__ == "__main__":
    unittest.main()
