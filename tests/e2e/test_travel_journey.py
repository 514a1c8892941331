"""A trip of three people and two nights: who fills in what, from phone to money."""

import unittest

from .base import PHONE
from .journey import JourneyCase

STAFF = "chuyenvien.btc"
COMPANIONS = ("Cao Thế Phiệt", "Đinh Xuân Lợi")


class TestTravelJourney(JourneyCase):
    picture_name = "travel"

    def _choose_companions(self, page):
        """Add two persons in the phone's dialog; the requester is there already."""
        for person in COMPANIONS:
            self.tap(page, STAFF, "[name=traveller_employee_ids] input")
            card = f".modal .o_kanban_record:has-text('{person}')"
            page.wait_for_selector(card)
            self.picture(page, "travel-1-persons-390")
            self.tap(page, STAFF, card)
            page.wait_for_selector(".modal", state="detached")
            self.fields[STAFF] += 1

    def _ask(self):
        page = self.open_as(STAFF, PHONE)
        self.go(page, "new-business-trip")
        words = f"Làm việc với Ban Tổ chức Trung ương {self.mark}"
        self.fill(page, STAFF, "description", words)
        self.fill(page, STAFF, "travel_destination", "Hà Nội")
        self.fill(page, STAFF, "travel_departure", "08/06/2026 06:30")
        page.keyboard.press("Tab")
        self.fill(page, STAFF, "travel_return", "10/06/2026 17:00")
        page.keyboard.press("Tab")
        self._choose_companions(page)
        page.wait_for_selector("[name=calculation_box] >> text=6.300.000 đ")
        self.photograph(page, STAFF, "Văn bản cử đi công tác")
        self.photograph(page, STAFF, "Giấy đi đường")
        self.picture(page, "travel-2-papers-390")
        self.tap(page, STAFF, "button[name=action_submit]:visible")
        page.wait_for_selector("[name=waiting_user_id] >> text=Thân Văn Trực")
        self.settle(page)
        self.picture(page, "travel-2-sent-390")
        self.assert_fits(page)
        self.assert_no_complaint()

    def test_three_people_two_nights(self):
        self._ask()
        self.approve_all()
        self.act("ketoan1", "party-claims-to-post", "action_post", "4-post")
        claim = self.claim("ketoan1", "amount_total", "amount_words")
        self.assertEqual(claim["state"], "posted")
        # 3 persons × (3 days × 300,000 + 2 nights × 600,000)
        self.assertEqual(claim["amount_total"], 6_300_000)
        self.assertEqual(claim["amount_words"], "Sáu triệu ba trăm nghìn đồng")
        self.tell()
        self.assertLessEqual(self.fields[STAFF], 8)
        # approve on the card, open the claim, post
        self.assertLessEqual(self.taps["ketoan1"], 3)


if __name__ == "__main__":
    unittest.main()
