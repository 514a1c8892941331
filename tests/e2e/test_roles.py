"""Each role opens what it uses, on a desk and on a phone, and nothing complains."""

import unittest

from .base import DESK, PHONE, BrowserCase

#: demo login -> paths of the actions that this role opens
ROLES = {
    "chuyenvien.btc": [
        "waits-on-me",
        "asked-by-me",
        "party-claims",
        "my-claims",
        "new-business-trip",
        "new-conference",
    ],
    "truongban.btc": ["waits-on-me", "party-claims", "approvals", "substitutions"],
    "ketoan1": [
        "waits-on-me",
        "party-claims-to-post",
        "party-budget-execution",
        "party-payment-lists",
        "party-advances-by-age",
        "claim-returns",
    ],
    "thuquy": ["waits-on-me", "party-claims-to-pay"],
    "chanhvp": [
        "work-in-progress",
        "clock",
        "party-budget-execution",
        "party-boards",
        "party-budget-decisions",
        "party-year-ends",
    ],
    "ketoantruong": [
        "board-accountants",
        "hand-overs",
        "party-norms-today",
        "party-regulations",
        "party-budget-decisions",
        "party-budget-ledger",
        "party-year-ends",
        "party-fund-rules",
        "party-fuel-prices",
        "party-cars",
    ],
    "quantri": ["party-boards", "approval-routes", "party-series"],
}


class TestRoles(BrowserCase):
    def _tour(self, size, name):
        for login, paths in ROLES.items():
            page = self.open_as(login, size)
            for path in paths:
                with self.subTest(login=login, path=path):
                    self.complaints.clear()
                    self.go(page, path)
                    self.picture(page, f"{login}-{path}-{name}")
                    self.assert_fits(page)
                    self.assert_no_complaint()

    def test_on_a_desk(self):
        self._tour(DESK, "1280")

    def test_on_a_phone(self):
        self._tour(PHONE, "390")


if __name__ == "__main__":
    unittest.main()
