"""Colours, reminders and the line of late papers."""

import csv
import doctest
import unittest
from datetime import date, timedelta

from .loader import CASES, load_rule

escalation = load_rule("party_office_base", "escalation")


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(escalation))
    return tests


class TestEscalation(unittest.TestCase):
    def test_cases(self):
        with (CASES / "escalation.csv").open(encoding="utf-8") as file:
            for case in csv.DictReader(file):
                deadline = date.fromisoformat(case["deadline"])
                today = date.fromisoformat(case["today"])
                with self.subTest(case["comment"]):
                    self.assertEqual(escalation.level(deadline, today), case["level"])
                    self.assertEqual(
                        escalation.days_late(deadline, today), int(case["late"])
                    )
                    self.assertEqual(
                        escalation.rung(deadline, today), int(case["rung"])
                    )

    def test_span_and_level_agree_on_every_day(self):
        today = date(2026, 6, 10)
        for shift in range(-40, 41):
            deadline = today + timedelta(days=shift)
            inside = [
                colour
                for colour in (
                    escalation.NONE,
                    escalation.YELLOW,
                    escalation.RED,
                    escalation.SPECIAL,
                )
                if (escalation.span(colour, today)[0] or date.min)
                <= deadline
                <= (escalation.span(colour, today)[1] or date.max)
            ]
            self.assertEqual(inside, [escalation.level(deadline, today)], deadline)

    def test_each_reminder_once_whatever_days_are_skipped(self):
        due = date(2026, 6, 30)
        for step in (1, 2, 3, 5):
            sent, stages = None, []
            for shift in range(-20, 21, step):
                stage = escalation.reminder(due, due + timedelta(days=shift), sent)
                if stage is not None:
                    stages.append(stage)
                    sent = stage
            self.assertEqual(stages, sorted(set(stages), reverse=True))
            self.assertEqual(stages[-1], 0)
        self.assertIsNone(escalation.reminder(None, due, None))
