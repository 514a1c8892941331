"""The home page: what each role sees first, on the desk and on the phone."""

from .base import DESK, PHONE, BrowserCase

#: logins of the demo and the cards they see, in order
CARDS = {
    "chuyenvien.btc": ["waiting", "day", "asked"],
    "truongban.btc": ["waiting", "day", "unit", "money", "asked"],
    "chanhvp": ["waiting", "office", "overdue", "stuck", "money"],
    "ketoan1": ["waiting", "money", "day", "asked"],
    "vanthu": ["waiting", "desk", "day", "asked"],
    "dieuxe": ["waiting", "desk", "day", "asked"],
    "laixe1": ["waiting", "desk", "day", "asked"],
    "thuquy": ["waiting", "desk", "day", "asked"],
}
#: calls of one loading of the page that the issue allows
MOST_CALLS = 10
CARD = ".o_party_home_card"


class TestHome(BrowserCase):
    def _cards(self, page):
        page.wait_for_selector(CARD)
        return page.eval_on_selector_all(
            CARD, "cards => cards.map((card) => card.dataset.card)"
        )

    def test_everybody_lands_on_his_cards(self):
        for login, expected in CARDS.items():
            for size in (DESK, PHONE):
                with self.subTest(login, width=size["width"]):
                    page = self.open_as(login, size)
                    # the chief's diary is there when it says something
                    cards = self._cards(page)
                    if login == "chanhvp" and "day" in cards:
                        cards.remove("day")
                    self.assertEqual(cards, expected)
                    self.assert_fits(page)
                    # what waits is seen without scrolling
                    box = page.locator(CARD).first.bounding_box()
                    self.assertLess(box["y"], size["height"] / 4)
                    self.picture(page, f"home-{login}-{size['width']}")
                    page.context.close()
        self.assert_no_complaint()

    def test_few_calls(self):
        page = self.open_as("chanhvp", PHONE)
        self._cards(page)
        calls = []
        page.on(
            "request",
            lambda request: (
                request.resource_type in ("fetch", "xhr") and calls.append(request.url)
            ),
        )
        page.goto(page.url.split("/odoo")[0] + "/odoo")
        self._cards(page)
        page.wait_for_timeout(1500)
        self.assertLessEqual(len(calls), MOST_CALLS, calls)
        self.assertEqual(sum("get_home" in call for call in calls), 1)

    def test_a_row_opens_its_document(self):
        page = self.open_as("truongban.btc", PHONE)
        self._cards(page)
        page.click(f"{CARD}[data-card=waiting] .o_party_home_row")
        page.wait_for_selector(".o_form_view")
        page.go_back()
        page.wait_for_selector(CARD)
        self.assert_no_complaint()

    def test_return_asks_for_the_reason(self):
        page = self.open_as("truongban.btc", PHONE)
        self._cards(page)
        waiting = page.locator(f"{CARD}[data-card=waiting]")
        count = waiting.locator(".badge").inner_text()
        waiting.locator(".btn-secondary:visible").first.click()
        page.wait_for_selector(".modal .o_form_view")
        # it speaks the user's language
        self.assertIn("Trả lại", page.inner_text(".modal .modal-title"))
        page.click(".modal button.btn-close, .modal .o_form_button_cancel")
        page.wait_for_selector(".modal", state="detached")
        self.assertEqual(waiting.locator(".badge").inner_text(), count)
        self.assert_no_complaint()
