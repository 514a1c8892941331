"""A fuel claim from the requester's phone to the cashier's voucher."""

import unittest

from .base import PHONE
from .journey import JourneyCase

STAFF = "chuyenvien.btc"


class TestClaimJourney(JourneyCase):
    """Staff and head on phones, accountants on desks; fields and taps are counted."""

    picture_name = "journey"

    def _ask(self):
        """Fill in the claim on a phone and send it."""
        page = self.open_as(STAFF, PHONE)
        self.go(page, "new-fuel-purchase")
        self.fill(page, STAFF, "description", f"Mua xăng đi cơ sở {self.mark}")
        self.tap(page, STAFF, "[name=line_ids] .o-kanban-button-new")
        page.wait_for_selector(".modal [name=name]")
        self.fill(page, STAFF, "name", "Xăng RON95-III", ".modal")
        self.fill(page, STAFF, "quantity", "20", ".modal")
        self.fill(page, STAFF, "unit_price", "20500", ".modal")
        self.fill(page, STAFF, "invoice_number", "0001234", ".modal")
        self.picture(page, "journey-1-line-390")
        self.tap(page, STAFF, ".modal .o_form_button_save")
        page.wait_for_selector(".modal", state="detached")
        self.photograph(page, STAFF, "Hóa đơn")
        self.tap(page, STAFF, "button[name=action_submit]:visible")
        page.wait_for_selector("[name=waiting_user_id] >> text=Thân Văn Trực")
        self.picture(page, "journey-2-sent-390")
        self.assert_fits(page)
        self.assert_no_complaint()
        self.assertLessEqual(self.fields[STAFF], 8)

    def test_from_request_to_voucher(self):
        self._ask()
        self.approve_all()
        self.assertEqual(self.claim("ketoan1")["state"], "approved")
        self.act("ketoan1", "party-claims-to-post", "action_post", "4-post")
        self.assertEqual(self.claim("ketoan1")["state"], "posted")
        self.act("thuquy", "party-claims-to-pay", "action_pay", "5-pay")
        claim = self.claim("ketoan1", "amount_total", "amount_words", "move_id")
        self.assertEqual(claim["state"], "paid")
        self.assertEqual(claim["amount_total"], 410_000)
        self.assertEqual(claim["amount_words"], "Bốn trăm mười nghìn đồng")
        self.assertRegex(claim["voucher_number"], r"^\S*2026\S*\d+$")
        self.assertFalse(claim["waiting_user_id"])
        self.assertTrue(claim["move_id"])
        self.tell()


if __name__ == "__main__":
    unittest.main()
