"""Reading Odoo's log: test failures, and warnings nobody expected."""

import re
from dataclasses import dataclass, field

from .tally import odoo_tally

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ "
    r"(?P<logger>[\w.]+): (?P<text>.*)"
)
LOUD = {"WARNING", "ERROR", "CRITICAL"}
TEST_PROBLEM = re.compile(r"^(?:FAIL|ERROR): (?:Subtest )?(\S+)")
# They only repeat what was counted already.
SUMMARY = re.compile(
    r"At least one test failed when loading|error\(s\) of \d+ tests when loading|"
    r"^Module \S+: \d+ failures, \d+ errors of \d+ tests"
)


def read_allowed(path):
    """The patterns of lines that may be in a log; comments give the reasons."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


@dataclass
class OdooLog:
    """Takes a log line by line and keeps what matters."""

    allowed: list
    problems: list = field(default_factory=list)  # failed tests, as shown
    unexpected: list = field(default_factory=list)  # warnings and errors
    tally: object = None
    failed_tests: set = field(default_factory=set)
    _record: list = field(default_factory=list)

    def feed(self, line):
        """Take one line."""
        if RECORD.match(line):
            self.finish()
            self._record = [line]
            self.tally = odoo_tally(line, self.failed_tests) or self.tally
        elif self._record:
            self._record.append(line)

    def finish(self):
        """Judge the last record; call it at the end of the log."""
        record, self._record = self._record, []
        if not record:
            return
        head = RECORD.match(record[0])
        if head["level"] not in LOUD:
            return
        whole = "\n".join(record)
        if found := TEST_PROBLEM.match(head["text"]):
            self.problems.append(whole)
            self.failed_tests.add((head["logger"], found[1]))
        elif not SUMMARY.search(head["text"]) and not self._is_allowed(whole):
            self.unexpected.append(whole)

    def _is_allowed(self, text):
        return any(pattern.search(text) for pattern in self.allowed)
