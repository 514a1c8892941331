"""Counting tests, whoever ran them."""

import re
from dataclasses import dataclass

ODOO_RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
UNITTEST_RAN = re.compile(r"^Ran (\d+) tests? in", re.MULTILINE)
UNITTEST_PROBLEMS = re.compile(r"^FAILED \((.*)\)$", re.MULTILINE)
# One test may fail in several sub-tests; its name is what counts.
UNITTEST_FAILED = re.compile(r"^(?:FAIL|ERROR): (\S+ \([\w.]+\))", re.MULTILINE)
UNITTEST_SKIPPED = re.compile(r"\bskipped=(\d+)")


@dataclass
class Tally:
    """How many tests passed and failed; a failure may also be no test at all."""

    passed: int = 0
    failed: int = 0

    def add(self, other):
        """Count another tally in."""
        self.passed += other.passed
        self.failed += other.failed

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed"


def odoo_tally(line, failed_tests=()):
    """The tally in Odoo's summary line, or None when it is another line.

    Odoo counts each failed sub-test; with the names of the failed tests each
    test counts once.
    """
    found = ODOO_RESULT.search(line)
    if not found:
        return None
    failed = min(int(found[1]) + int(found[2]), len(failed_tests) or 1 << 30)
    return Tally(max(0, int(found[3]) - failed), failed)


def unittest_tally(output, status):
    """The tally of a `python -m unittest` run from its output.

    A run that broke before its summary counts as one failure.
    """
    found = UNITTEST_RAN.search(output)
    if not found:
        return Tally(0, 1)
    ran = int(found[1])
    problems = UNITTEST_PROBLEMS.search(output)
    counts = dict(re.findall(r"(\w[\w ]*)=(\d+)", problems[1])) if problems else {}
    failed = len(set(UNITTEST_FAILED.findall(output)))
    failed = failed or int(counts.get("failures", 0)) + int(counts.get("errors", 0))
    failed += int(counts.get("unexpected successes", 0))
    skipped = sum(map(int, UNITTEST_SKIPPED.findall(output)))
    # 5 says that nothing was selected, which is no failure.
    if status not in (0, 5):
        failed = max(failed, 1)
    return Tally(max(0, ran - failed - skipped), failed)
