"""The clerk registers papers by keyboard alone; keys and seconds are counted."""

import sys
import time
import unittest
import uuid

from .base import DESK, PHONE, BrowserCase

SYMBOL = "#entry_symbol"
NUMBER = ".o_party_entry_number"
#: a practised clerk types five characters a second
PAUSE = 200
MOST_SECONDS = 20
TEXT = "V/v chuẩn bị hội nghị sơ kết sáu tháng"


class TestPaperEntry(BrowserCase):
    """Its senders and symbols are its own: other papers do not matter."""

    def _open(self, size=DESK):
        page = self.open_as("vanthu", size)
        page.goto(page.url.split("/odoo")[0] + "/odoo/paper-entry")
        page.wait_for_selector(SYMBOL)
        page.wait_for_timeout(500)
        self.key = uuid.uuid4().hex[:6].upper()
        self.keys = 0
        return page

    def _focus(self, page, field):
        page.wait_for_function(
            "field => document.activeElement.dataset.field === field", arg=field
        )

    def _type(self, page, text, pause=0):
        page.keyboard.type(text, delay=pause)
        page.keyboard.press("Enter")
        self.keys += len(text) + 1

    def _number(self, page):
        return int(page.inner_text(NUMBER).split("/")[0].split()[-1])

    def _first(self, page):
        """The first paper of a new sender: one more field."""
        self._type(page, f"1-cv/{self.key}")
        self._focus(page, "sender")
        self._type(page, f"Nơi gửi {self.key}")
        self._focus(page, "day")
        self._type(page, "0101")
        self._focus(page, "abstract")
        self._type(page, TEXT)
        page.wait_for_selector(NUMBER)
        self._focus(page, "symbol")
        return self._number(page)

    def test_one_paper_in_twenty_seconds(self):
        page = self._open()
        first = self._first(page)
        self.keys = 0
        began = time.monotonic()
        self._type(page, f"2-cv/{self.key.lower()}", PAUSE)
        # kind and sender are known from the symbol, the date is that of the last one
        self._focus(page, "day")
        self._type(page, "")
        self._focus(page, "abstract")
        self._type(page, TEXT, PAUSE)
        page.wait_for_function(
            "([box, number]) => document.querySelector(box).innerText.includes(number)",
            arg=[NUMBER, f" {first + 1}/"],
        )
        self._focus(page, "symbol")
        seconds = time.monotonic() - began
        sys.stderr.write(f"\none paper: {self.keys} keys, {seconds:.1f} s\n")
        self.assertLess(seconds, MOST_SECONDS)
        self.picture(page, "paper-entry-1280")
        self.assert_fits(page)
        self.assert_no_complaint()

    def test_same_paper_is_shown_and_what_was_typed_stays(self):
        page = self._open()
        first = self._first(page)
        self._type(page, f"01 – CV / {self.key}")
        page.wait_for_selector(".o_party_entry_duplicates")
        self._focus(page, "day")
        self._type(page, "99")
        page.wait_for_selector(".o_party_entry_error")
        self._focus(page, "day")
        self._type(page, "0101")
        self._focus(page, "abstract")
        self._type(page, "Bản chính")
        self._focus(page, "duplicate_reason")
        self.assertEqual(page.input_value("#entry_abstract"), "Bản chính")
        self.picture(page, "paper-entry-twice-1280")
        self._type(page, "Bản chính đến sau")
        self._focus(page, "symbol")
        self.assertEqual(self._number(page), first + 1)
        self.assert_no_complaint()

    def test_phone(self):
        page = self._open(PHONE)
        self.picture(page, "paper-entry-390")
        self.assert_fits(page)
        self.assert_no_complaint()


if __name__ == "__main__":
    unittest.main()
