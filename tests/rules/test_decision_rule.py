"""What decisions do to the budget: a table of kinds, and random decisions undone."""

import doctest
import random
import unittest

from .loader import load_rule

rule = load_rule("party_office_finance", "decision")

A, B = ("A", "13", "6503"), ("B", "13", "6503")
CROSSED = ("A", "12", "6503")


class TestEffects(unittest.TestCase):
    def test_every_kind(self):
        # kind: (allocated, held, allocated in the next year) for a line of 7
        expected = {
            "allocate": (7, 0, 0),
            "supplement": (7, 0, 0),
            "transfer": (7, 0, 0),
            "crossing": (7, 0, 0),
            "reduce": (-7, 0, 0),
            "withhold": (0, 7, 0),
            "restore": (0, -7, 0),
            "cancel": (-7, 0, 0),
            "carry_over": (-7, 0, 7),
        }
        self.assertEqual(set(expected), set(rule.FACTORS))
        for kind, (allocated, held, following) in expected.items():
            with self.subTest(kind):
                first, *others = rule.effects(kind, rule.Line(A, 7))
                self.assertEqual((first.allocated, first.held), (allocated, held))
                self.assertEqual(sum(effect.allocated for effect in others), following)

    def test_a_decision_and_its_reversal_are_nothing(self):
        chance = random.Random(3)
        for _round in range(300):
            kind = chance.choice(sorted(rule.FACTORS))
            line = rule.Line(A, chance.randint(-(10**12), 10**12))
            both = [
                *rule.effects(kind, line),
                *rule.effects("reverse", line, undone_kind=kind),
            ]
            for year in (0, 1):
                there = [effect for effect in both if effect.year == year]
                self.assertEqual(sum(effect.allocated for effect in there), 0)
                self.assertEqual(sum(effect.held for effect in there), 0)


class TestProblems(unittest.TestCase):
    def check(self, kind, *pairs, basis=""):
        return rule.problems(kind, [rule.Line(*pair) for pair in pairs], basis)

    def test_plain_kinds(self):
        for kind in ("allocate", "reduce", "withhold", "restore", "cancel"):
            with self.subTest(kind):
                self.assertEqual(self.check(kind, (A, 1), (B, 2)), [])
                self.assertEqual(self.check(kind, (A, -1)), ["negative"])
                self.assertEqual(self.check(kind, (A, 0)), ["zero"])
                self.assertEqual(self.check(kind, (A, 1), (A, 2)), ["twice"])
                self.assertEqual(self.check(kind), ["no_lines"])

    def test_transfer(self):
        self.assertEqual(self.check("transfer", (A, -5), (B, 5)), [])
        self.assertEqual(self.check("transfer", (A, -5), (B, 4)), ["sum"])
        self.assertEqual(self.check("transfer", (A, -5), (CROSSED, 5)), ["fund_sum"])

    def test_crossing(self):
        self.assertEqual(
            self.check("crossing", (A, -5), (CROSSED, 5), basis="Căn cứ"), []
        )
        self.assertEqual(self.check("crossing", (A, -5), (CROSSED, 5)), ["basis"])
        self.assertEqual(
            self.check("crossing", (A, -5), (B, 5), basis="x"), ["no_crossing"]
        )
        self.assertEqual(
            self.check("crossing", (A, -5), (CROSSED, 4), basis="x"), ["sum"]
        )

    def test_reversal_may_repeat_negative_lines(self):
        self.assertEqual(self.check("reverse", (A, -5), (B, 5)), [])

    def test_beyond(self):
        lines = [rule.Line(A, 5), rule.Line(B, 6)]
        self.assertEqual(rule.beyond(lines, {A: 5, B: 6}), [])
        self.assertEqual(
            rule.beyond(lines, {A: 4}),
            [rule.Excess(A, 5, 4), rule.Excess(B, 6, 0)],
        )

    def test_same_lines(self):
        lines = [rule.Line(A, 5), rule.Line(B, 6)]
        self.assertTrue(rule.same_lines(lines, lines[::-1]))
        self.assertFalse(rule.same_lines(lines, lines[:1]))
        self.assertFalse(rule.same_lines(lines, [rule.Line(A, 6), rule.Line(B, 5)]))


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(rule))
    return tests
