import doctest
import random
import unittest
from dataclasses import FrozenInstanceError
from decimal import Decimal

from .loader import load_rule

cost = load_rule("party_office_base", "cost")


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(cost))
    return tests


class TestSplitAmount(unittest.TestCase):
    def test_sum_is_exact(self):
        source = random.Random(20260701)
        for _round in range(500):
            weights = [source.randrange(0, 500) for _ in range(source.randrange(1, 9))]
            weights.append(1)
            total = source.randrange(0, 10**11)
            parts = cost.split_amount(total, weights)
            self.assertEqual(sum(parts), total)
            whole = sum(weights)
            for part, weight in zip(parts, weights, strict=True):
                self.assertEqual(part, part.to_integral_value())
                self.assertLess(abs(part * whole - total * weight), whole)

    def test_larger_remainder_gets_the_last_dong(self):
        self.assertEqual(cost.split_amount(10, [1, 1, 2]), [3, 2, 5])
        self.assertEqual(cost.split_amount(100, [334, 333, 333]), [34, 33, 33])

    def test_weights_with_decimals(self):
        weights = [Decimal("0.1"), Decimal("0.25"), Decimal("1E+1")]
        parts = cost.split_amount(1035, weights)
        self.assertEqual(parts, [10, 25, 1000])
        self.assertEqual(cost.split_amount(7, [Decimal("0.3"), Decimal("0.3")]), [4, 3])

    def test_zero_weight_pays_nothing(self):
        self.assertEqual(cost.split_amount(5, [0, 1, 0]), [0, 5, 0])

    def test_negative_total_mirrors(self):
        self.assertEqual(cost.split_amount(-100, [1, 1, 1]), [-34, -33, -33])

    def test_refusals(self):
        for total, weights in (
            (Decimal("0.5"), [1]),
            (1, []),
            (1, [0, 0]),
            (1, [1, -1]),
        ):
            with self.subTest(total=total, weights=weights):
                self.assertRaises(ValueError, cost.split_amount, total, weights)

    def test_cost_line_is_frozen(self):
        line = cost.CostLine("board", "6702", Decimal(300000), "3 days")
        self.assertIsNone(line.fund_code)
        with self.assertRaises(FrozenInstanceError):
            line.amount = Decimal(1)
