"""A paper that comes in and ends, one that goes out, and one that stays outside."""

import base64
import io
import re
import uuid

from pypdf import PdfReader

from .base import DESK, PHONE, Session
from .journey import JourneyCase

CLERK, CHIEF, HEAD = "vanthu", "chanhvp", "truongban.btc"
DEPUTY, STAFF, STRANGER = "phoban.btc", "chuyenvien.btc", "chuyenvien.tgdv"
PAPER, DRAFT = "party.document", "party.document.draft"
#: most urgent: it is the first on the leader's desk
MOST_URGENT = "3"
TOP_SECRET = "secret"
CARD = ".o_kanban_record:has-text('{}')"
LINE = ".o_data_row:has-text('{}') td[name=abstract]"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 49>>stream\nBT /F1 18 Tf 72 770 Td (Van ban mau, scan) Tj ET "
    b"\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


class TestPaperJourney(JourneyCase):
    picture_name = "paper"

    def setUp(self):
        super().setUp()
        self.title = f"V/v báo cáo công tác cán bộ {self.mark}"

    def read(self, model, *fields):
        """Return the paper or the draft of this test as the clerk reads it."""
        (row,) = Session(CLERK).call(
            model,
            "search_read",
            [["abstract" if model == PAPER else "title", "like", self.mark]],
            ["state", "waiting_user_id", *fields],
        )
        return row

    def see(self, page, name):
        """Take a picture of a page that fits its screen and complains of nothing."""
        page.wait_for_timeout(300)
        self.picture(page, f"paper-{name}-{page.viewport_size['width']}")
        self.assert_fits(page)
        self.assert_no_complaint()

    def open_screen(self, page, path, selector):
        """Open a page that is no view, and wait for something on it."""
        page.goto(page.url.split("/odoo")[0] + f"/odoo/{path}")
        page.wait_for_selector(selector)
        page.wait_for_timeout(500)

    def open_card(self, role, path, size):
        """Open the paper of this test from its card, on a desk from its line."""
        page = self.open_as(role, size)
        self.go(page, path)
        self.tap(page, role, (CARD if size == PHONE else LINE).format(self.mark))
        page.wait_for_selector(".o_form_view")
        self.settle(page)
        return page

    def press(self, page, role, button):
        """Press a button of the form; on a phone all but one are in a menu."""
        selector = f"button[name={button}]:visible"
        if not page.locator(selector).count():
            self.tap(page, role, ".o_statusbar_buttons .dropdown-toggle")
            page.wait_for_selector(selector)
        self.tap(page, role, selector)

    def dialog(self, page, role, button):
        """Open the dialog of a step: one tap."""
        self.press(page, role, button)
        page.wait_for_selector(".modal .o_form_view")
        page.wait_for_timeout(300)

    def confirm(self, page, role):
        self.tap(page, role, ".modal footer .btn-primary:visible")
        page.wait_for_selector(".modal", state="detached")
        self.settle(page)

    def choose(self, page, role, name, text, inside=".o_form_view"):
        """Type a part of a name into a field and take what is found."""
        box = f"{inside} [name={name}] input"
        page.fill(box, text)
        option = f".o-autocomplete--dropdown-item:has-text('{text}')"
        page.locator(option).first.click()
        self.fields[role] += 1


class TestIncoming(TestPaperJourney):
    def _register(self):
        page = self.open_as(CLERK)
        self.open_screen(page, "paper-entry", "#entry_symbol")
        page.set_input_files(
            ".o_party_entry_files",
            {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": PDF},
        )
        page.wait_for_selector("iframe.o_party_entry_scan")
        number = uuid.uuid4().int % 100_000
        page.select_option("#entry_urgency", MOST_URGENT)
        page.focus("#entry_symbol")
        for text, following in (
            (f"{number}-cv/btctw", "day"),
            ("0101", "abstract"),
        ):
            page.keyboard.type(text)
            page.keyboard.press("Enter")
            page.wait_for_function(
                "field => document.activeElement.dataset.field === field",
                arg=following,
            )
        page.keyboard.type(self.title)
        self.fields[CLERK] += 4
        self.see(page, "in-1-entry")
        page.keyboard.press("Enter")
        page.wait_for_selector(".o_party_entry_number")
        self.see(page, "in-1-number")
        page.context.close()

    def _direct(self):
        page = self.open_as(CHIEF, PHONE)
        self.open_screen(page, "direction-desk", ".o_party_desk_page")
        self.assertIn(self.mark, page.inner_text(".o_party_desk_abstract"))
        self.see(page, "in-2-desk")
        board = ".o_party_desk_board:has-text('Ban Tổ chức') button"
        self.tap(page, CHIEF, board)
        self.tap(page, CHIEF, ".o_party_desk_agree")
        page.wait_for_selector(".o_party_desk_done")
        self.see(page, "in-2-directed")
        page.context.close()

    def _pass(self):
        page = self.open_card(HEAD, "my-papers", PHONE)
        self.see(page, "in-3-paper")
        self.dialog(page, HEAD, "action_open_pass")
        self.see(page, "in-3-pass")
        self._name_person(page)
        self.confirm(page, HEAD)
        page.context.close()

    def _name_person(self, page):
        self.tap(page, HEAD, ".modal [name=person_id] input")
        card = ".modal .o_kanban_record:has-text('Thùy Dương')"
        self.tap(page, HEAD, card)
        page.wait_for_selector(card, state="detached")

    def _do(self):
        page = self.open_card(STAFF, "my-papers", DESK)
        self.see(page, "in-4-paper")
        self.tap(page, STAFF, ".o_notebook .nav-link[name=doing]")
        self.dialog(page, STAFF, "action_open_evidence")
        self.fill(page, STAFF, "symbol", "09-BC/BTCTU", ".modal")
        self.see(page, "in-4-evidence")
        self.confirm(page, STAFF)
        self.dialog(page, STAFF, "action_open_result")
        self.fill(page, STAFF, "result", "Đã ban hành báo cáo.", ".modal")
        self.confirm(page, STAFF)
        self.see(page, "in-4-sent")
        page.context.close()

    def _accept(self):
        page = self.open_card(CHIEF, "my-papers", PHONE)
        self.see(page, "in-5-result")
        self.dialog(page, CHIEF, "action_open_accept")
        self.see(page, "in-5-accept")
        self.confirm(page, CHIEF)
        self.see(page, "in-5-closed")
        page.context.close()

    def test_from_the_envelope_to_the_end(self):
        self._register()
        self.assertEqual(self.read(PAPER)["state"], "registered")
        self._direct()
        self.assertLessEqual(self.taps[CHIEF], 3)
        self._pass()
        self.assertIn("Thùy Dương", self.read(PAPER)["waiting_user_id"][1])
        self._do()
        self._accept()
        paper = self.read(PAPER, "closed_at", "quality")
        self.assertEqual(
            (paper["state"], paper["quality"], paper["waiting_user_id"]),
            ("done", "done", False),
        )
        self.assertTrue(paper["closed_at"])
        self.tell()


class TestOutgoing(TestPaperJourney):
    def _write(self):
        page = self.open_as(STAFF)
        self.go(page, "drafts/new")
        self.fill(page, STAFF, "title", self.title)
        self.choose(page, STAFF, "signer_id", "Kim Huệ")
        page.click(".o_form_view [name=content] .odoo-editor-editable")
        page.keyboard.type("Thực hiện chương trình công tác, Ban Tổ chức báo cáo.")
        self.fields[STAFF] += 1
        self.tap(page, STAFF, ".o_notebook .nav-link[name=recipients]")
        self.tap(page, STAFF, "[name=recipient_ids] .o_field_x2many_list_row_add a")
        row = "[name=recipient_ids] .o_selected_row"
        self.choose(page, STAFF, "correspondent_id", "Đảng ủy xã Khe Vàng", row)
        self.see(page, "out-1-draft")
        self.press(page, STAFF, "action_submit")
        page.wait_for_selector(
            ".o_form_view button[name=action_submit]:visible", state="detached"
        )
        self.settle(page)
        self.see(page, "out-1-sent")
        page.context.close()

    def _agree(self):
        page = self.open_as(HEAD, PHONE)
        self.go(page, "waits-on-me")
        card = CARD.format(self.mark)
        page.locator(card).scroll_into_view_if_needed()
        self.see(page, "out-2-card")
        self.tap(page, HEAD, f"{card} button[name=action_approve]")
        page.wait_for_selector(card, state="detached")
        page.context.close()

    def _check_form(self):
        page = self.open_as(CLERK)
        self.go(page, "drafts")
        self.tap(page, CLERK, f".o_data_row:has-text('{self.mark}') td[name=title]")
        page.wait_for_selector(".o_form_view")
        self.settle(page)
        self.see(page, "out-3-draft")
        self.dialog(page, CLERK, "action_open_form_check")
        self.see(page, "out-3-check")
        self.confirm(page, CLERK)
        page.context.close()

    def _sign(self):
        page = self.open_as(DEPUTY, PHONE)
        self.go(page, "waits-on-me")
        self.tap(page, DEPUTY, CARD.format(self.mark))
        page.wait_for_selector(".o_form_view")
        self.settle(page)
        self.see(page, "out-4-paper")
        self.press(page, DEPUTY, "action_approve")
        self.tap(page, DEPUTY, ".modal .btn-primary")
        page.wait_for_selector(".modal", state="detached")
        self.settle(page)
        self.see(page, "out-4-signed")
        page.context.close()

    def _issue(self):
        """Give the number, and return it as it stands on the paper."""
        page = self.open_as(CLERK)
        self.go(page, "papers-to-issue")
        self.see(page, "out-5-to-issue")
        self.tap(page, CLERK, f".o_data_row:has-text('{self.mark}') td[name=title]")
        page.wait_for_selector(".o_form_view")
        self.settle(page)
        self.press(page, CLERK, "action_issue")
        page.wait_for_selector(".o_form_view button[name=action_paper_pdf]:visible")
        page.wait_for_selector("button[name=action_issue]:visible", state="detached")
        self.settle(page)
        self.see(page, "out-5-issued")
        number = self.read(PAPER, "name")["name"]
        self.assertRegex(number, r"^\d+-CV/BTCTU$")
        self.assertIn(number, page.inner_text(".oe_title"))
        with page.expect_download() as download:
            self.press(page, CLERK, "action_paper_pdf")
        for words in (
            self._words_of_the_file(),
            self._words(download.value.path()),
        ):
            self.assertIn(number, re.sub(r"\s", "", words))
            self.assertIn(self.mark, words)
        self.assert_no_complaint()
        page.context.close()

    def _words_of_the_file(self):
        """Return the text of the paper's file: its print, with the number in it."""
        ids = self.read(PAPER, "attachment_ids")["attachment_ids"]
        (file,) = Session(CLERK).call("ir.attachment", "read", ids, ["datas"])
        return self._words(io.BytesIO(base64.b64decode(file["datas"])))

    def _words(self, pdf):
        return "".join(page.extract_text() for page in PdfReader(pdf).pages)

    def _not_for_others(self):
        page = self.open_as(STRANGER)
        self.go(page, "issued-papers")
        page.fill(".o_searchview_input", self.mark)
        page.keyboard.press("Enter")
        page.wait_for_selector(".o_searchview_facet")
        self.settle(page)
        self.see(page, "out-6-others")
        self.assertEqual(page.locator(".o_data_row").count(), 0)

    def test_from_the_draft_to_the_number(self):
        self._write()
        self._agree()
        self._check_form()
        self._sign()
        self._issue()
        self.assertEqual(self.read(DRAFT)["state"], "issued")
        self._not_for_others()
        self.tell()
        # one tap on the card; card, button and question
        self.assertEqual((self.taps[HEAD], self.taps[DEPUTY]), (1, 3))


class TestSecret(TestPaperJourney):
    def test_nothing_of_a_secret_paper_enters(self):
        page = self.open_as(CLERK)
        self.go(page, "incoming-papers/new")
        self.assertFalse(page.locator("[name=secret_box]").is_visible())
        page.wait_for_selector(".o_form_view input[type=file]", state="attached")
        self.see(page, "secret-1-open")
        self._mark(page)
        page.wait_for_selector("[name=secret_box]:visible")
        self.assertEqual(page.locator(".o_form_view input[type=file]").count(), 0)
        self.see(page, "secret-1-marked")
        # a page that is left saves what was chosen
        page.click(".o_form_button_cancel")
        page.wait_for_selector("[name=secret_box]:visible", state="detached")

    def _mark(self, page):
        page.click(".o_form_view [name=secrecy] input")
        # after "not secret" comes the lowest mark
        page.locator(".o_select_menu_item").nth(1).click()

    def test_page_of_the_clerk(self):
        page = self.open_as(CLERK)
        self.open_screen(page, "paper-entry", "#entry_symbol")
        page.select_option("#entry_secrecy", TOP_SECRET)
        page.wait_for_selector("#entry_symbol", state="detached")
        self.assertEqual(page.locator("input[type=file]").count(), 0)
        self.see(page, "secret-2-entry")
