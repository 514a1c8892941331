"""Days of the monthly programme."""

import doctest
import unittest
from datetime import date, timedelta

from .loader import load_rule

rule = load_rule("party_office_docs", "programme")


class TestProgramme(unittest.TestCase):
    def test_examples_in_the_rule(self):
        self.assertFalse(doctest.testmod(rule).failed)

    def test_each_step_is_told_once(self):
        deadline, told, said = date(2026, 6, 25), None, []
        for number in range(15):
            day = date(2026, 6, 15) + timedelta(days=number)
            step = rule.step_to_tell(deadline, day, told)
            if step is not None:
                told = step
                said.append((day.day, step))
        self.assertEqual(said, [(18, 7), (22, 3), (24, 1), (26, rule.OVERDUE)])

    def test_missed_days_are_told_once(self):
        self.assertEqual(rule.step_to_tell(date(2026, 6, 25), date(2026, 6, 24)), 1)
        self.assertEqual(rule.step_to_tell(date(2026, 6, 25), date(2026, 7, 9), 7), -1)
