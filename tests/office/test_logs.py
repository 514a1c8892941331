import re
import unittest

from office.odoo_log import OdooLog, read_allowed
from office.tally import Tally, odoo_tally, unittest_tally

from .support import folder, write

HEAD = "2026-11-22 06:20:46,480 11895"
FAIL = f"{HEAD} ERROR db odoo.addons.x.tests.test_y: FAIL: TestY.test_z"
DONE = f"{HEAD} ERROR db odoo.tests.result: 1 failed, 2 error(s) of 10 tests when loading database 'db'"  # noqa: E501


def read(*lines, allowed=()):
    log = OdooLog([re.compile(pattern) for pattern in allowed])
    for line in lines:
        log.feed(line)
    log.finish()
    return log


class TestOdooLog(unittest.TestCase):
    def test_failed_tests_are_no_unexpected_lines(self):
        log = read(f"{HEAD} INFO db x: fine", FAIL, "Traceback", "  line", DONE)
        self.assertEqual(log.problems, [f"{FAIL}\nTraceback\n  line"])
        self.assertEqual(log.unexpected, [])
        self.assertEqual(str(log.tally), "9 passed, 1 failed")

    def test_sub_tests_count_as_one_test(self):
        part = FAIL.replace("TestY.test_z", "Subtest TestY.test_z [%s]")
        log = read(part % 1, part % 2, DONE)
        self.assertEqual(len(log.problems), 2)
        self.assertEqual(str(log.tally), "9 passed, 1 failed")

    def test_a_warning_is_unexpected_with_all_its_lines(self):
        log = read(f"{HEAD} WARNING db x.y: boo", "more", f"{HEAD} INFO db x: fine")
        self.assertEqual(log.unexpected, [f"{HEAD} WARNING db x.y: boo\nmore"])

    def test_a_warning_at_the_very_end(self):
        self.assertEqual(len(read(f"{HEAD} CRITICAL db x.y: boo").unexpected), 1)

    def test_allowed_warnings(self):
        log = read(f"{HEAD} WARNING db x.y: boo", "the reason", allowed=["the reason"])
        self.assertEqual(log.unexpected, [])

    def test_allowed_file(self):
        path = write(folder(self) / "allow", "# why\n\nboo.*\n")
        self.assertEqual([p.pattern for p in read_allowed(path)], ["boo.*"])
        self.assertEqual(read_allowed(path.with_name("none")), [])


class TestTally(unittest.TestCase):
    def test_odoo(self):
        self.assertEqual(odoo_tally(DONE), Tally(7, 3))
        self.assertIsNone(odoo_tally("something else"))

    def test_unittest(self):
        for tail, status, expected in (
            ("Ran 3 tests in 0.1s\n\nOK\n", 0, Tally(3, 0)),
            ("Ran 1 test in 0.1s\n\nOK (skipped=1)\n", 0, Tally(0, 0)),
            (
                "Ran 9 tests in 1s\n\nFAILED (failures=1, errors=2, skipped=1)\n",
                1,
                Tally(5, 3),
            ),
            (
                "FAIL: test_a (m.T.test_a) (i=1)\nFAIL: test_a (m.T.test_a) (i=2)\n"
                "Ran 2 tests in 1s\n\nFAILED (failures=2)\n",
                1,
                Tally(1, 1),
            ),
            ("Ran 0 tests in 0.0s\n\nNO TESTS RAN\n", 5, Tally(0, 0)),
            ("Segmentation fault\n", -11, Tally(0, 1)),
            ("Ran 2 tests in 0.1s\n\nOK\n", -9, Tally(1, 1)),
        ):
            with self.subTest(tail):
                self.assertEqual(unittest_tally(tail, status), expected)

    def test_sum(self):
        total = Tally(1, 0)
        total.add(Tally(2, 3))
        self.assertEqual(str(total), "3 passed, 3 failed")
