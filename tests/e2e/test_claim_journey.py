"""A fuel claim from the requester's phone to the cashier's voucher."""

import base64
import sys
import unittest
import uuid

from .base import DESK, PHONE, BrowserCase, Session

#: one white point
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJ"
    "RU5ErkJggg=="
)


class TestClaimJourney(BrowserCase):
    """Staff and head on phones, accountants on desks; fields and taps are counted."""

    def setUp(self):
        super().setUp()
        self.fields = self.taps = 0
        self.text = f"Mua xăng đi cơ sở {uuid.uuid4().hex[:8]}"

    def _fill(self, page, name, value, inside=""):
        page.fill(f"{inside} [name={name}] :is(input, textarea)".strip(), value)
        self.fields += 1

    def _tap(self, page, selector):
        page.locator(selector).first.click()
        self.taps += 1

    def _claim(self, login, *fields):
        """Return the claim of this test as a user reads it."""
        (claim,) = Session(login).call(
            "party.claim",
            "search_read",
            [["description", "=", self.text]],
            ["name", "state", "voucher_number", "waiting_user_id", *fields],
        )
        return claim

    def _photograph(self, page):
        """Photograph the missing paper: one tap, then the phone's camera."""
        with page.expect_file_chooser() as camera:
            self._tap(page, ".o_party_photo.btn-primary")
        camera.value.set_files(
            {"name": "image.png", "mimeType": "image/png", "buffer": PHOTO}
        )
        page.wait_for_selector(".o_party_paper_file")
        self.picture(page, "journey-1-paper-390")

    def _ask(self):
        """Fill in the claim on a phone and send it."""
        page = self.open_as("chuyenvien.btc", PHONE)
        self.go(page, "party-claims/new")
        self._fill(page, "description", self.text)
        self._tap(page, "[name=line_ids] .o-kanban-button-new")
        page.wait_for_selector(".modal [name=name]")
        self._fill(page, "name", "Xăng RON95-III", ".modal")
        self._fill(page, "quantity", "20", ".modal")
        self._fill(page, "unit_price", "20500", ".modal")
        self._fill(page, "invoice_number", "0001234", ".modal")
        self.picture(page, "journey-1-line-390")
        self._tap(page, ".modal .o_form_button_save")
        page.wait_for_selector(".modal", state="detached")
        self._photograph(page)
        self._tap(page, "button[name=action_submit]:visible")
        page.wait_for_selector("[name=waiting_user_id] >> text=Thân Văn Trực")
        self.picture(page, "journey-2-sent-390")
        self.assert_fits(page)
        self.assert_no_complaint()
        sys.stderr.write(f"\nrequester: {self.fields} fields, {self.taps} taps\n")
        self.assertLessEqual(self.fields, 8)

    def _decide(self, login, size):
        """Approve on the card of My work: one tap."""
        number = self._claim(login)["name"]
        page = self.open_as(login, size)
        self.go(page, "waits-on-me")
        card = f".o_kanban_record:has-text('{number}')"
        self.picture(page, f"journey-3-{login}-{size['width']}")
        page.locator(f"{card} button[name=action_approve]").click()
        page.wait_for_selector(card, state="detached")
        self.assert_fits(page)
        self.assert_no_complaint()
        page.context.close()

    def _act(self, login, path, button, picture):
        """Open the claim from a list and press a button of the form."""
        number = self._claim(login)["name"]
        page = self.open_as(login, DESK)
        self.go(page, path)
        page.get_by_text(number).first.click()
        page.wait_for_selector(f"button[name={button}]:visible")
        self.settle(page)
        self.picture(page, f"{picture}-before-1280")
        page.locator(f"button[name={button}]:visible").click()
        confirm = page.locator(".modal .btn-primary")
        if button == "action_pay":
            confirm.click()
        page.wait_for_selector(f"button[name={button}]:visible", state="detached")
        self.settle(page)
        self.picture(page, f"{picture}-after-1280")
        self.assert_no_complaint()
        page.context.close()

    def test_from_request_to_voucher(self):
        self._ask()
        self._decide("truongban.btc", PHONE)
        self._decide("ketoan1", DESK)
        self._decide("ketoantruong", PHONE)
        self._decide("phochanhvp", PHONE)
        claim = self._claim("ketoan1")
        self.assertEqual(claim["state"], "approved")
        self._act("ketoan1", "party-claims-to-post", "action_post", "journey-4-post")
        self.assertEqual(self._claim("ketoan1")["state"], "posted")
        self._act("thuquy", "party-claims-to-pay", "action_pay", "journey-5-pay")
        claim = self._claim("ketoan1", "amount_total", "amount_words", "move_id")
        self.assertEqual(claim["state"], "paid")
        self.assertEqual(claim["amount_total"], 410_000)
        self.assertEqual(claim["amount_words"], "Bốn trăm mười nghìn đồng")
        self.assertRegex(claim["voucher_number"], r"^\S*2026\S*\d+$")
        self.assertFalse(claim["waiting_user_id"])
        self.assertTrue(claim["move_id"])


if __name__ == "__main__":
    unittest.main()
