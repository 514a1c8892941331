"""Agenda, lists of delegates and seats: the doctests and what they leave out."""

import doctest
import unittest
from datetime import datetime

from tests.rules.loader import load_rule

agenda = load_rule("party_office_events", "agenda")
delegate_list = load_rule("party_office_events", "delegate_list")
seating = load_rule("party_office_events", "seating")


def load_tests(_loader, tests, _pattern):
    for module in (agenda, delegate_list, seating):
        tests.addTests(doctest.DocTestSuite(module))
    return tests


class TestDelegateList(unittest.TestCase):
    def test_bad_rows_are_named_and_the_rest_is_read(self):
        persons, bad = delegate_list.read(
            [
                ["Lê A", "Bí thư", "Xã 1", "x", "khách mời"],
                ["", "Bí thư"],
                ["Lê A", "Phó", "Xã 1"],
                ["Lê A", "Phó", "Xã 2"],
                ["Vũ B", "", "", "đôi khi"],
                ["Hồ C", "", "", "", "thành viên lạ"],
                ["x" * 200],
                ["12345"],
            ]
        )
        self.assertEqual([p.unit for p in persons], ["Xã 1", "Xã 2"])
        self.assertEqual(persons[0].kind, "guest")
        self.assertEqual(
            [(row, problem) for row, problem, _cell in bad],
            [
                (2, "no_name"),
                (3, "twice"),
                (5, "salaried"),
                (6, "kind"),
                (7, "long_name"),
                (8, "no_name"),
            ],
        )

    def test_columns_in_any_order(self):
        persons, bad = delegate_list.read(
            [
                ["Hưởng lương", "Đơn vị công tác", "HỌ TÊN", "Chức danh"],
                ["Không", "Xã 1", "Lê A", "Bí thư"],
            ]
        )
        self.assertEqual(bad, [])
        self.assertEqual(
            persons, [delegate_list.Person("Lê A", "Bí thư", "Xã 1", False)]
        )

    def test_already_on_the_list(self):
        persons, bad = delegate_list.read([["Lê  a", "", "Xã 1"]], ["Lê A Xã 1"])
        self.assertEqual((persons, bad[0][1]), ([], "twice"))


class TestSeats(unittest.TestCase):
    def test_rows_end_with_the_last_who_sits(self):
        rows, beside = seating.plan([("A1", "a"), ("C2", "c"), ("Z9", "z")], 3)
        self.assertEqual([letters for letters, _names in rows], ["A", "B", "C"])
        self.assertEqual(rows[2][1], ["", "c", ""])
        self.assertEqual(beside, [("Z9", "z")])

    def test_nobody(self):
        self.assertEqual(seating.plan([], 10), ([], []))


class TestAgenda(unittest.TestCase):
    def test_a_second_day(self):
        rows = agenda.times(
            datetime(2026, 7, 10, 8),
            [(None, 60), (datetime(2026, 7, 11, 7, 30), 30), (None, 15)],
        )
        self.assertEqual(rows[2][0], datetime(2026, 7, 11, 8))
        self.assertEqual(agenda.overlaps(rows), [])
