"""A claim from the requester's phone to the money: steps, fields and taps counted."""

import sys
import uuid
from collections import Counter

from .base import DESK, PHONE, BrowserCase, Session


class JourneyCase(BrowserCase):
    """``fields`` and ``taps`` count what each role fills in and presses."""

    def setUp(self):
        super().setUp()
        self.fields, self.taps = Counter(), Counter()
        self.mark = uuid.uuid4().hex[:8]

    def fill(self, page, role, name, value, inside=""):
        page.fill(f"{inside} [name={name}] :is(input, textarea)".strip(), value)
        self.fields[role] += 1

    def tap(self, page, role, selector):
        page.locator(selector).first.click()
        self.taps[role] += 1

    def photograph(self, page, role, paper):
        """Take the photo of a paper on the checklist: one tap, then the camera."""
        photo = page.screenshot()
        row = page.locator(".o_party_paper", has_text=paper)
        with page.expect_file_chooser() as chooser:
            row.locator(".o_party_photo").click()
        self.taps[role] += 1
        chooser.value.set_files(
            {"name": "image.png", "mimeType": "image/png", "buffer": photo}
        )
        row.locator(".o_party_paper_file").wait_for()

    def claim(self, login, *fields):
        """Return the claim of this test as a user reads it."""
        (claim,) = Session(login).call(
            "party.claim",
            "search_read",
            [["description", "like", self.mark]],
            ["name", "state", "voucher_number", "waiting_user_id", *fields],
        )
        return claim

    def decide(self, login, size):
        """Approve on the card of My work: one tap."""
        number = self.claim(login)["name"]
        page = self.open_as(login, size)
        self.go(page, "waits-on-me")
        card = f".o_kanban_record:has-text('{number}')"
        self.picture(page, f"{self.picture_name}-3-{login}-{size['width']}")
        self.tap(page, login, f"{card} button[name=action_approve]")
        page.wait_for_selector(card, state="detached")
        self.assert_fits(page)
        self.assert_no_complaint()
        page.context.close()

    def approve_all(self):
        """Let everybody approve who is waited on, heads on phones."""
        while True:
            claim = self.claim("ketoan1")
            if claim["state"] != "submitted":
                return
            (user,) = Session("ketoan1").call(
                "res.users", "read", claim["waiting_user_id"][:1], ["login"]
            )
            login = user["login"]
            self.decide(login, DESK if login.startswith("ketoan") else PHONE)

    def act(self, login, path, button, picture):
        """Open the claim from a list and press a button of the form: two taps."""
        number = self.claim(login)["name"]
        page = self.open_as(login, DESK)
        self.go(page, path)
        self.tap(page, login, f"text={number}")
        page.wait_for_selector(f"button[name={button}]:visible")
        self.settle(page)
        self.picture(page, f"{self.picture_name}-{picture}-before-1280")
        self.tap(page, login, f"button[name={button}]:visible")
        if button == "action_pay":
            self.tap(page, login, ".modal .btn-primary")
        page.wait_for_selector(f"button[name={button}]:visible", state="detached")
        self.settle(page)
        self.picture(page, f"{self.picture_name}-{picture}-after-1280")
        self.assert_no_complaint()
        page.context.close()

    def tell(self):
        """Print what each role had to do."""
        for role in {*self.fields, *self.taps}:
            sys.stderr.write(
                f"\n{self.picture_name}, {role}: {self.fields[role]} fields, "
                f"{self.taps[role]} taps"
            )
        sys.stderr.write("\n")
