"""Each role opens what it uses, on a desk and on a phone, and nothing complains."""

import csv
import os
import unittest
from pathlib import Path

from .base import DESK, PHONE, BrowserCase

ROLES = {
    # role -> actions (by path) that it opens
    "staff": ["waits-on-me", "asked-by-me", "party-claims"],
    "board_head": [
        "waits-on-me",
        "party-claims",
        "party-budget-execution",
        "approvals",
    ],
    "accountant": [
        "waits-on-me",
        "party-claims",
        "party-budget-execution",
        "party-boards",
    ],
    "cashier": ["waits-on-me", "party-claims"],
    "office_chief": [
        "waits-on-me",
        "work-in-progress",
        "clock",
        "party-budget-execution",
        "party-boards",
    ],
    "chief_accountant": ["board-accountants", "hand-overs", "norms", "regulations"],
}


def login_of(role):
    """Return the first demo login of a role."""
    path = Path(os.environ["OFFICE_E2E_DEMO"], "data", "demo_logins.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return next(row["login"] for row in csv.DictReader(file) if row["role"] == role)


class TestRoles(BrowserCase):
    def _tour(self, size, name):
        for role, paths in ROLES.items():
            page = self.open_as(login_of(role), size)
            for path in paths:
                with self.subTest(role=role, path=path):
                    self.complaints.clear()
                    self.go(page, path)
                    self.picture(page, f"{role}-{path}-{name}")
                    self.assert_fits(page)
                    self.assert_no_complaint()

    def test_on_a_desk(self):
        self._tour(DESK, "1280")

    def test_on_a_phone(self):
        self._tour(PHONE, "390")


if __name__ == "__main__":
    unittest.main()
