"""Advances: when they are due, how a claim settles them; the notes of a cash count."""

import doctest
import random
import unittest
from datetime import date, timedelta

from .loader import load_rule

rule = load_rule("party_office_finance", "advance")
cash = load_rule("party_office_finance", "cash")


class TestAdvance(unittest.TestCase):
    def test_due_at_the_end_of_the_following_month(self):
        cases = {
            date(2026, 1, 1): date(2026, 2, 28),
            date(2026, 1, 31): date(2026, 2, 28),
            date(2028, 1, 15): date(2028, 2, 29),
            date(2026, 6, 30): date(2026, 7, 31),
            date(2026, 11, 2): date(2026, 12, 31),
            date(2026, 12, 1): date(2027, 1, 31),
        }
        for day, due in cases.items():
            with self.subTest(day):
                self.assertEqual(rule.settlement_due(day), due)

    def test_shares_never_lose_a_dong(self):
        rng = random.Random(5)
        for _number in range(3_000):
            lines = [
                (rng.randrange(0, 50), rng.random() < 0.5)
                for _line in range(rng.randrange(0, 6))
            ]
            remaining = rng.randrange(0, 120)
            shares = rule.share_advance(remaining, lines)
            total = sum(amount for amount, _own in lines)
            self.assertEqual(sum(shares), min(total, remaining))
            for share, (amount, _own) in zip(shares, lines, strict=True):
                self.assertTrue(0 <= share <= amount)
            own = sum(amount for amount, is_own in lines if is_own)
            from_own = sum(
                share
                for share, (_amount, is_own) in zip(shares, lines, strict=True)
                if is_own
            )
            self.assertEqual(from_own, min(own, remaining), "own lines come first")

    def test_days_overdue(self):
        due = date(2026, 7, 31)
        cases = {date(2026, 7, 1): 0, date(2026, 7, 31): 0, date(2026, 8, 31): 31}
        for today, days in cases.items():
            self.assertEqual(rule.days_overdue(due, today), days)
        self.assertEqual(rule.days_overdue(None, due), 0)

    def test_settlement_always_adds_up(self):
        rng = random.Random(8)
        for _number in range(3_000):
            paid = rng.randrange(1, 100)
            used, spent = rng.randrange(0, paid + 1), rng.randrange(0, 150)
            figures = rule.settlement_figures(paid, used, spent)
            self.assertEqual(figures.advanced, paid - used)
            self.assertEqual(figures.advanced - spent, figures.left - figures.excess)
            self.assertFalse(figures.left and figures.excess)
            self.assertFalse(figures.carried and figures.received)

    def test_reminders_are_sent_once_each(self):
        due = date(2026, 7, 31)
        for step in range(1, 12):
            sent, said = None, []
            for number in range(0, 60, step):
                today = due - timedelta(days=20) + timedelta(days=number)
                stage = rule.reminder(due, today, sent)
                if stage is not None:
                    left = (due - today).days
                    self.assertTrue(left <= stage if stage else left < 0)
                    self.assertTrue(sent is None or stage < sent)
                    said.append(stage)
                    sent = stage
            self.assertEqual(said[-1], 0)
            self.assertEqual(said, sorted(set(said), reverse=True))
            if step == 1:
                self.assertEqual(said, list(rule.REMINDERS))


class TestCash(unittest.TestCase):
    def test_notes(self):
        self.assertEqual(len(cash.DENOMINATIONS), len(set(cash.DENOMINATIONS)))
        self.assertEqual(
            list(cash.DENOMINATIONS), sorted(cash.DENOMINATIONS, reverse=True)
        )
        self.assertEqual(cash.counted([(value, 1) for value in (500, 200)]), 700)
        self.assertEqual(cash.counted([]), 0)

    def test_what_notes_can_make_up(self):
        sums = {200 * twos + 500 * fives for twos in range(20) for fives in range(8)}
        for amount in range(3_000):
            self.assertEqual(cash.is_countable(amount), amount in sums, amount)

    def test_a_count_agrees_to_the_dong(self):
        for book in (0, 200, 1_000, 1_500_000):
            self.assertTrue(cash.agrees(book, book))
            for gap in (1, 100, 199, 200, 1_000):
                self.assertFalse(cash.agrees(book, book + gap))
        self.assertTrue(cash.agrees(300, 200))
        self.assertFalse(cash.agrees(927, 700))

    def test_difference(self):
        self.assertEqual(cash.difference(5, 5), (0, 0))


class TestExamples(unittest.TestCase):
    def test_examples_in_the_modules(self):
        for module in (rule, cash):
            self.assertFalse(doctest.testmod(module).failed)


if __name__ == "__main__":
    unittest.main()
