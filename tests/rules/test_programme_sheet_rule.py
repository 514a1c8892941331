import doctest
import unittest
from datetime import date, datetime

from .loader import load_rule

programme = load_rule("party_office_base", "programme")
lesson = load_rule("party_office_events", "lesson")
working_day = load_rule("party_office_base", "working_day")


class TestSheet(unittest.TestCase):
    def test_doctests(self):
        for rule in (programme, lesson, working_day):
            result = doctest.testmod(rule)
            self.assertEqual(result.failed, 0)
            self.assertGreater(result.attempted, 0)

    def one(self, start, stop, title="Họp"):
        return programme.Appointment(
            datetime.fromisoformat(start), datetime.fromisoformat(stop), title
        )

    def test_a_weekend_stands_there_when_something_takes_place(self):
        saturday = self.one("2026-07-11 08:00", "2026-07-11 10:00")
        days = programme.sheet([saturday], date(2026, 7, 6), date(2026, 7, 12))
        self.assertEqual([d.day for d, _lines in days], [6, 7, 8, 9, 10, 11])
        self.assertEqual([len(lines) for _d, lines in days], [0, 0, 0, 0, 0, 1])

    def test_lines_are_in_order(self):
        days = programme.sheet(
            [
                self.one("2026-07-06 14:00", "2026-07-06 15:00", "b"),
                self.one("2026-07-06 07:30", "2026-07-06 09:00", "a"),
                self.one("2026-07-05 08:00", "2026-07-07 10:00", "c"),
            ],
            date(2026, 7, 6),
            date(2026, 7, 12),
        )
        self.assertEqual(
            [(line.session, line.appointment.title) for line in days[0][1]],
            [("Sáng", "c"), ("Sáng", "a"), ("Chiều", "b")],
        )
        self.assertEqual([x.hours for x in days[1][1]], ["tiếp theo"])

    def test_half_days_at_their_borders(self):
        clock = datetime.fromisoformat
        for text, name in (
            ("2026-07-06 11:59", "Sáng"),
            ("2026-07-06 12:00", "Chiều"),
            ("2026-07-06 17:29", "Chiều"),
            ("2026-07-06 17:30", "Tối"),
        ):
            with self.subTest(text):
                self.assertEqual(programme.session(clock(text).time()), name)


class TestLessons(unittest.TestCase):
    def test_once_late_is_no_rule(self):
        once = lesson.Done("In tài liệu", 3, row=7, days_late=2)
        self.assertEqual(lesson.lessons([once]), [])
        in_time = lesson.Done("In tài liệu", 3, row=7)
        self.assertEqual(lesson.lessons([once, once, in_time]), [])

    def test_never_needed_is_dropped(self):
        never = lesson.Done("Đặt hoa", 2, row=9, is_done=False)
        found = lesson.lessons([never, never])
        self.assertEqual([(x.kind, x.row, x.times) for x in found], [("drop", 9, 2)])

    def test_by_hand_once_each(self):
        tasks = [
            lesson.Done("Kiểm tra  máy phát", 2),
            lesson.Done("kiểm tra máy phát", 4),
            lesson.Done("Không làm", 4, is_done=False),
        ]
        found = lesson.lessons(tasks)
        self.assertEqual(
            [(x.kind, x.days_before, x.times) for x in found], [("add", 4, 2)]
        )

    def test_it_counts_what_shifting_counts(self):
        holidays = {date(2026, 9, 1), date(2026, 9, 2)}
        last = date(2026, 9, 4)
        for count in range(-10, 11):
            day = working_day.shift_working_days(last, -count, holidays)
            with self.subTest(count):
                self.assertEqual(
                    working_day.working_days_until(day, last, holidays), count
                )
