"""The cashier pays people: scanner, phone, a list; the taps are counted."""

import sys
import unittest
from datetime import datetime
from zoneinfo import ZoneInfo

from .base import DESK, PHONE, BrowserCase, Session
from .paperwork import LAST_APPROVER, approve, claim_at_last_step, new_budget_lines

AMOUNT = 120_000
SEARCH = ".o_party_cashier_search"


class TestCashierDesk(BrowserCase):
    """Claims of Ban Tổ chức that wait for cash."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        accountant = Session("ketoan1")
        (cls.board,) = accountant.call("party.board", "search", [["code", "=", "BTC"]])
        cls.fund, items = new_budget_lines(cls.board, [10 * AMOUNT])
        cls.item = items[0]
        cls._fill_box()

    @classmethod
    def _fill_box(cls):
        """Let the cash be enough, whatever other tests took."""
        cashier = Session("thuquy")
        (box,) = cashier.call("party.cash.box", "search_read", [], ["balance"])
        if box["balance"] < 5 * AMOUNT:
            raise unittest.SkipTest("the box of the demo is too small")

    def setUp(self):
        super().setUp()
        self.taps = 0

    def _waiting_claim(self):
        """Return the id and number of a claim that waits for cash."""
        claim = claim_at_last_step(self.board, self.fund, [(self.item, AMOUNT)])
        approve(Session(LAST_APPROVER), claim)
        accountant = Session("ketoan1")
        accountant.call("party.claim", "action_post", [claim])
        (row,) = accountant.call("party.claim", "read", [claim], ["name"])
        return claim, row["name"]

    def _tap(self, page, selector):
        page.locator(selector).first.click()
        self.taps += 1

    def _open_desk(self, size):
        page = self.open_as("thuquy", size)
        page.goto(page.url.split("/odoo")[0] + "/odoo/party-cashier")
        page.wait_for_selector(SEARCH)
        page.wait_for_timeout(500)
        return page

    def _pay_and_print(self, page, claim):
        page.wait_for_selector(".o_party_cashier_pay")
        self.picture(page, f"desk-pay-{page.viewport_size['width']}")
        self.assert_fits(page)
        self._tap(page, ".o_party_cashier_pay")
        page.wait_for_selector(".o_party_cashier_next")
        with page.expect_download() as download:
            self._tap(page, ".o_party_cashier_print")
        self.assertTrue(download.value.suggested_filename.endswith(".pdf"))
        self.picture(page, f"desk-paid-{page.viewport_size['width']}")
        (row,) = Session("ketoan1").call("party.claim", "read", [claim], ["state"])
        self.assertEqual(row["state"], "paid")

    def test_scanner_on_a_desk(self):
        """Two codes one after the other: two taps for each, none to search."""
        claims = [self._waiting_claim() for _number in range(2)]
        page = self._open_desk(DESK)
        for claim, number in claims:
            # a scanner types where the cursor is, and sends Enter
            page.keyboard.type(f"PARTY:party.claim:{number}")
            page.keyboard.press("Enter")
            page.wait_for_selector(f".o_party_cashier_card:has-text('{number}')")
            self.taps = 0
            self._pay_and_print(page, claim)
            sys.stderr.write(f"\ncashier with a scanner: {self.taps} taps\n")
            self.assertLessEqual(self.taps, 2)
        self.assert_no_complaint()

    def test_name_on_a_phone(self):
        """Typed without tone marks: choose, pay, print."""
        claim, number = self._waiting_claim()
        page = self._open_desk(PHONE)
        self.picture(page, "desk-390")
        self.assert_fits(page)
        page.fill(SEARCH, number.lower())
        self._tap(page, f".o_party_cashier_row:has-text('{number}')")
        self._pay_and_print(page, claim)
        sys.stderr.write(f"\ncashier on a phone: {self.taps} taps\n")
        self.assertLessEqual(self.taps, 3)
        self.assert_no_complaint()

    def test_list_from_the_accountant_to_the_cashier(self):
        claim, number = self._waiting_claim()
        accountant = Session("ketoan1")
        action = accountant.call("party.claim", "action_make_payment_batch", [claim])
        page = self.open_as("ketoan1")
        self.go(page, f"party-payment-lists/{action['res_id']}")
        self.picture(page, "payment-list-draft-1280")
        page.click("button[name=action_make]")
        page.wait_for_selector("button[name=action_make]", state="detached")
        page.context.close()
        page = self.open_as("thuquy", PHONE)
        self.go(page, f"party-payment-lists/{action['res_id']}")
        self.picture(page, "payment-list-ready-390")
        self.assert_fits(page)
        page.click("button[name=action_pay]")
        page.click(".modal .btn-primary")
        page.wait_for_selector(".modal [name=content] p")
        self.assertFalse(page.query_selector(".modal [name=content] li"))
        self.picture(page, "payment-list-outcome-390")
        (row,) = accountant.call(
            "party.claim", "read", [claim], ["state", "paid_on", "name"]
        )
        self.assertEqual((row["state"], row["name"]), ("paid", number))
        today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        self.assertEqual(row["paid_on"], str(today))
        self.assert_no_complaint()


if __name__ == "__main__":
    unittest.main()
