"""What is still due of a document is shared out among its persons, to the đồng."""

import doctest
import random
import unittest

from .loader import load_rule

rule = load_rule("party_office_finance", "payout")


class TestSplitDue(unittest.TestCase):
    def test_cases(self):
        cases = [
            # three travellers, no advance: each his own
            (
                [("an", 5), ("b", 3), ("c", 2)],
                10,
                10,
                "an",
                [("an", 5), ("b", 3), ("c", 2)],
            ),
            # a hotel invoice that no row gives to a person: the requester laid it out
            ([("an", 5), ("b", 3)], 12, 12, "b", [("an", 5), ("b", 7)]),
            # the requester's advance covers his own part first
            ([("an", 5), ("b", 3)], 8, 5, "b", [("an", 5)]),
            # then the last of the others
            ([("an", 5), ("c", 2), ("b", 3)], 10, 4, "b", [("an", 4)]),
            # the requester was not on the journey
            ([("an", 5)], 5, 4, "b", [("an", 4)]),
            ([], 5, 5, "b", [("b", 5)]),
            # all covered
            ([("an", 5)], 5, 0, "an", []),
        ]
        for shares, total, due, owner, expected in cases:
            with self.subTest(shares=shares, due=due):
                self.assertEqual(rule.split_due(shares, total, due, owner), expected)

    def test_nothing_is_lost_and_nobody_gets_more(self):
        rng = random.Random(4)
        for _number in range(3_000):
            shares = [
                (person, rng.randrange(0, 40)) for person in range(rng.randrange(5))
            ]
            total = sum(amount for _person, amount in shares) + rng.randrange(0, 9)
            due = rng.randrange(0, total + 1)
            owner = rng.randrange(6)
            result = rule.split_due(shares, total, due, owner)
            self.assertEqual(sum(amount for _person, amount in result), due)
            own = dict(shares)
            for person, amount in result:
                self.assertGreater(amount, 0)
                if person != owner:
                    self.assertLessEqual(amount, own[person])

    def test_refuses_what_cannot_be(self):
        for shares, total, due in (([("a", 5)], 4, 4), ([], 4, 5), ([], 4, -1)):
            with self.subTest(shares=shares, due=due), self.assertRaises(ValueError):
                rule.split_due(shares, total, due, "a")

    def test_examples(self):
        self.assertEqual(doctest.testmod(rule).failed, 0)
