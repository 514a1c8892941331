"""Papers drawn as PDF and as Word file, after Guidance 36-HD/VPTW."""

import base64
import io
from unittest.mock import patch

from docx import Document

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..rules.paper_sheet import Page
from .outgoing_case import OutgoingCase

TEXT = "<p>Căn cứ <b>Quy chế</b>;</p><ul><li>Một</li></ul>"


def words(data):
    """Return all text of a Word file, tables and heads included."""
    document = Document(io.BytesIO(data))
    return "\n".join(
        node.text or ""
        for node in document.element.body.iter()
        if node.tag.endswith("}t")
    )


def template(*lines):
    """Return a Word file (bytes) of these paragraphs; a list is one of runs."""
    document = Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for run in line if isinstance(line, list) else [line]:
            paragraph.add_run(run)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPaperSheet(OutgoingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body_a.write(
            {
                "superior": "Tỉnh ủy Phú Lương",
                "place": "Phú Lương",
                "collective": "Ban Thường vụ",
                "head_title": "Trưởng Ban",
            }
        )
        cls.report_kind = cls.env.ref("party_office_docs.kind_report")

    def _report_draft(self, **values):
        return self._new_draft(
            kind_id=self.report_kind.id,
            title="Kết quả sáu tháng",
            content=TEXT,
            **values,
        )

    def test_a_draft_says_so_and_has_no_number(self):
        sheet = self._report_draft()._paper_sheet()
        self.assertEqual(sheet.number, "Số …-BC/BAT")
        self.assertEqual(sheet.place_day, "Phú Lương, ngày … tháng … năm …")
        self.assertEqual(sheet.draft, "Dự thảo lần 1")
        self.assertEqual((sheet.kind, sheet.abstract), ("BÁO CÁO", "kết quả sáu tháng"))
        self.assertEqual(sheet.authority, "T/L BAN THƯỜNG VỤ")
        self.assertEqual(sheet.position, "PHÓ CHÁNH VĂN PHÒNG")
        self.assertEqual(sheet.signer, "deputy_chief")
        self.assertEqual(sheet.addressees, ())
        self.assertEqual(
            sheet.recipients,
            (
                f"- {self.board_b.name},",
                f"- {self.sender.name},",
                "- Lưu Văn phòng.",
            ),
        )
        self.assertEqual([block.kind for block in sheet.blocks], ["text", "item"])

    def test_an_issued_paper_has_number_and_date(self):
        paper = self._issued(kind_id=self.report_kind.id, content=TEXT)
        sheet = paper._paper_sheet()
        self.assertEqual(sheet.number, "Số 01-BC/BAT")
        self.assertEqual(sheet.place_day, "Phú Lương, ngày 15 tháng 6 năm 2026")
        self.assertEqual(sheet.draft, "")
        self.assertTrue(paper.has_sheet)

    def test_a_letter_names_who_shall_act_at_the_top(self):
        sheet = self._new_draft()._paper_sheet()
        self.assertTrue(sheet.is_letter)
        self.assertEqual(sheet.kind, "")
        self.assertEqual(
            sheet.addressees, (f"- {self.board_b.name},", f"- {self.sender.name}.")
        )
        self.assertEqual(sheet.recipients, ("- Như trên,", "- Lưu Văn phòng."))

    def test_words_are_vietnamese_whatever_the_user_reads(self):
        draft = self._report_draft()
        self.assertEqual(
            draft.with_context(lang="en_US")._paper_sheet().kind, "BÁO CÁO"
        )

    def test_word_file_and_pdf_say_the_same(self):
        paper = self._issued(kind_id=self.report_kind.id, content=TEXT)
        text = words(paper.with_user(self.user["staff_a"])._paper_docx())
        for part in (
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            "TỈNH ỦY PHÚ LƯƠNG",
            "Số 01-BC/BAT",
            "BÁO CÁO",
            "Quy chế",
            "T/L BAN THƯỜNG VỤ",
            "Nơi nhận",
        ):
            self.assertIn(part, text)
        report = self.env.ref("party_office_docs.party_document_sheet_report")
        pdf, kind = report.with_user(self.user["staff_a"])._render_party_pdf(
            report, paper.ids
        )
        self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))

    def test_each_button_prints_its_own_paper(self):
        paper = self._issued(content=TEXT)
        draft = paper.env["party.document.draft"].search(
            [("document_id", "=", paper.id)]
        )
        for record in (paper, draft):
            name = record.action_paper_pdf()["report_name"]
            # as the web client asks: by name alone
            report = self.env["ir.actions.report"]._get_report(name)
            self.assertEqual(report.model, record._name)
            pdf = report.with_user(self.user["staff_a"])._render_qweb_pdf(
                name, record.ids
            )
            self.assertEqual(pdf[0][:4], b"%PDF")

    def test_page_of_the_word_file(self):
        document = Document(io.BytesIO(self._report_draft()._paper_docx()))
        section = document.sections[0]
        self.assertEqual(round(section.page_width.mm), 210)
        self.assertEqual(round(section.left_margin.mm), Page().left)
        self.assertEqual(document.styles["Normal"].font.name, "Times New Roman")
        self.assertTrue(section.different_first_page_header_footer)

    def test_only_who_reads_the_paper_draws_it(self):
        paper = self._issued(
            kind_id=self.report_kind.id,
            content=TEXT,
            recipient_ids=[Command.create({"name": "Lưu", "role": "file"})],
        )
        report = self.env.ref("party_office_docs.party_document_sheet_report")
        for key in ("staff_b", "accountant_b", "cashier", "manager"):
            with self.assertRaises(AccessError, msg=key):
                paper.with_user(self.user[key]).action_paper_docx()
            with self.assertRaises(AccessError, msg=key):
                report.with_user(self.user[key])._render_party_pdf(report, paper.ids)
        for key in ("staff_a", "clerk", "office_chief"):
            paper.with_user(self.user[key]).action_paper_docx()

    def test_a_paper_without_its_text_or_a_secret_one_is_not_drawn(self):
        with self.assertRaises(UserError):
            self._registered().action_paper_docx()
        stub = (
            self.env["party.document"]
            .with_user(self.user["clerk"])
            .create({"body_id": self.body.id, "secrecy": "secret"})
        )
        for action in (stub.action_paper_docx, stub.action_paper_pdf):
            with self.assertRaises(UserError):
                action()

    # --------------------------------------------------------------- the layout
    def test_the_most_special_layout_is_taken(self):
        layouts = self.env["party.paper.layout"]
        own = layouts.create(
            {"name": "riêng", "body_id": self.body_a.id, "sequence": 99}
        )
        self.assertEqual(layouts._for(self.report_kind, self.body_a), own)
        both = own.copy({"kind_ids": [Command.link(self.report_kind.id)]})
        self.assertEqual(layouts._for(self.report_kind, self.body_a), both)
        letter = self.env.ref("party_office_docs.paper_layout_letter")
        self.assertEqual(layouts._for(self.kind, self.body), letter)

    def test_sizes_that_cannot_be(self):
        layout = self.env.ref("party_office_docs.paper_layout_kind")
        self.assertTrue(layout.needs_check)
        for name, value in (
            ("margin_left", 0),
            ("margin_left", 200),
            ("text_size", 500),
            ("kind_size", -1),
        ):
            with self.assertRaises(ValidationError, msg=name):
                layout[name] = value

    def test_own_template_is_filled(self):
        layout = self.env.ref("party_office_docs.paper_layout_kind")
        layout.template = base64.b64encode(
            template(
                "Mẫu riêng {{ number }}", ["{{aut", "hority}} ", "!"], "{{content}}"
            )
        )
        text = words(self._report_draft()._paper_docx())
        for part in ("Mẫu riêng Số …-BC/BAT", "T/L BAN THƯỜNG VỤ", "Căn cứ", "Một"):
            self.assertIn(part, text)
        self.assertNotIn("{{", text)

    def test_a_template_that_cannot_be_used_is_refused(self):
        layout = self.env.ref("party_office_docs.paper_layout_kind")
        for data in (
            b"no zip",
            template("không có chỗ điền"),
            template("{{number}} {{secret_field}}"),
        ):
            with self.assertRaises(ValidationError):
                layout.template = base64.b64encode(data)
        with (
            patch("odoo.addons.party_office_docs.paper_docx.MAX_UNPACKED", 100),
            self.assertRaises(ValidationError),
        ):
            layout.template = base64.b64encode(template("{{number}}"))

    def test_a_template_runs_no_code(self):
        layout = self.env.ref("party_office_docs.paper_layout_kind")
        layout.template = base64.b64encode(
            template("{{number}}", "{% for x in y %}{{ ''.__class__ }}")
        )
        self.assertIn("__class__", words(self._report_draft()._paper_docx()))

    def test_layouts_are_written_by_clerk_and_manager(self):
        layout = self.env.ref("party_office_docs.paper_layout_kind")
        for key in ("clerk", "manager"):
            layout.with_user(self.user[key]).motto = "ĐẢNG CỘNG SẢN VIỆT NAM"
        for key in ("staff_a", "head_a", "office_chief", "cashier"):
            with self.assertRaises(AccessError, msg=key):
                layout.with_user(self.user[key]).motto = "khác"


@tagged("post_install", "-at_install")
class TestPaperDownload(HttpCase, OutgoingCase):
    def test_download_by_address(self):
        draft = self._new_draft(content=TEXT)
        address = f"/party_office/paper/party.document.draft/{draft.id}.docx"
        self.user["staff_a"].password = self.user["staff_b"].password = "secret12"
        self.authenticate("test_staff_a", "secret12")
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("Căn cứ", words(answer.content))
        for wrong in (
            "/party_office/paper/res.users/1.docx",
            "/party_office/paper/party.document.draft/99999999.docx",
            "/party_office/paper/party.paper.sheet.mixin/1.docx",
        ):
            self.assertEqual(self.url_open(wrong).status_code, 404, wrong)
        self.authenticate("test_staff_b", "secret12")
        with mute_logger("odoo.http"):
            self.assertIn(self.url_open(address).status_code, (403, 404))
