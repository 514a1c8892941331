"""Dates and seals of archive files: known cases."""

import doctest
import unittest
from datetime import date

from .loader import load_rule

rule = load_rule("party_office_docs", "archive")

# work ended, construction -> hand over until (decree 30/2020/NĐ-CP, article 30)
DUE = [
    (date(2026, 6, 10), False, date(2027, 6, 10)),
    (date(2024, 2, 29), False, date(2025, 2, 28)),
    (date(2026, 12, 31), False, date(2027, 12, 31)),
    (date(2026, 11, 30), True, date(2027, 2, 28)),
    (date(2026, 10, 31), True, date(2027, 1, 31)),
]

# work ended, years -> last day of the retention
KEPT = [
    (date(2026, 1, 1), 1, date(2027, 12, 31)),
    (date(2026, 12, 31), 70, date(2096, 12, 31)),
]


class TestArchiveRule(unittest.TestCase):
    def test_cases(self):
        for ended, construction, expected in DUE:
            with self.subTest(ended):
                self.assertEqual(rule.handover_due(ended, construction), expected)
        for ended, years, expected in KEPT:
            with self.subTest(ended):
                self.assertEqual(rule.kept_until(ended, years), expected)

    def test_a_seal_changes_with_every_line(self):
        lines = [rule.digest({"sequence": n}) for n in range(5)]
        seals = {rule.seal(lines)}
        for n in range(5):
            seals.add(rule.seal(lines[:n] + lines[n + 1 :]))
            seals.add(rule.seal(lines[:n] + ["x"] + lines[n + 1 :]))
        self.assertEqual(len(seals), 11)

    def test_doctests(self):
        self.assertEqual(doctest.testmod(rule).failed, 0)
