import io
import unittest
from unittest.mock import patch

import docx
import pypdf
import weasyprint
from PIL import Image, ImageDraw

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, freeze_time, tagged

from .. import file_text
from ..file_text import read_file
from .common import DocsCase

WORDS = "Về việc quy hoạch cán bộ lãnh đạo nhiệm kỳ tới"


def pdf_of(*lines):
    """Return a PDF with a layer of text."""
    body = "".join(f"<p style='font-size:16pt'>{line}</p>" for line in lines)
    return weasyprint.HTML(string=body).write_pdf()


def scan_of(*lines, as_pdf=True):
    """Return the same page as a picture, in a PDF or as a PNG."""
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf_of(*lines))[0]
    target = io.BytesIO()
    page.render(scale=200 / 72).to_pil().save(
        target, "PDF" if as_pdf else "PNG", resolution=200
    )
    return target.getvalue()


def docx_of(*lines):
    """Return a Word file."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def locked(content):
    """Return a PDF that asks for a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt("khoa", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def has_library():
    try:
        import pypdfium2  # noqa: F401
        import tesserocr  # noqa: F401
    except ImportError:
        return False
    return True


def needs_recognition(test):
    """Skip a test where scans cannot be recognised."""
    ready = has_library() and file_text.tessdata()
    return unittest.skipUnless(ready, "no recognition of Vietnamese here")(test)


@tagged("post_install", "-at_install")
class TestFileText(TransactionCase):
    """A file gives its words, or says why not. The clock runs: limits of time."""

    def test_why_not_read(self):
        pdf = pdf_of(WORDS)
        huge = io.BytesIO()
        Image.new("1", (8000, 8000)).save(huge, "PNG")
        cases = (
            (b"", "empty"),
            (b"chu thuong", "kind"),
            (b"%PDF-1.7 hong", "broken"),
            (pdf[: len(pdf) // 3], "broken"),
            (locked(pdf), "locked"),
            (b"PK\x03\x04 hong", "broken"),
            (b"\x89PNG\r\n hong", "broken" if file_text.tessdata() else "data"),
            (huge.getvalue(), "large" if file_text.tessdata() else "data"),
        )
        for content, reason in cases:
            self.assertEqual(read_file(content), ("", reason), content[:20])

    @unittest.skipUnless(has_library(), "pypdfium2 is not installed")
    def test_limits_and_missing_parts(self):
        scan = scan_of(WORDS)
        self.assertEqual(read_file(scan, scans=False).reason, "scan")
        self.assertEqual(read_file(scan, seconds=0.01).reason, "time")
        with patch.object(file_text, "tessdata", lambda: ""):
            self.assertEqual(read_file(scan).reason, "data")
        with patch.object(file_text, "MOST_BYTES", 10):
            self.assertEqual(read_file(scan).reason, "large")
        with patch.object(file_text.sys, "executable", "/không/có"):
            self.assertEqual(read_file(scan).reason, "broken")

    def test_word_file(self):
        found = read_file(docx_of("A & B < C", WORDS))
        self.assertEqual(found.reason, "")
        self.assertIn(f"A & B < C\n{WORDS}", found.text)

    def test_a_drawing_has_no_words(self):
        target = io.BytesIO()
        image = Image.new("L", (600, 400), 255)
        ImageDraw.Draw(image).line((10, 10, 500, 300), fill=0, width=3)
        image.save(target, "PNG")
        found = read_file(target.getvalue())
        self.assertIn(found.reason, ("blank", "data", "library", ""))


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestDocumentFileText(DocsCase):
    """Words of files are found; what was not read says why."""

    def _paper(self, content, name="van-ban.pdf", **values):
        file = {"name": name, "raw": content}
        return self._new_paper(attachment_ids=[(0, 0, file)], **values)

    def _found(self, words, key="clerk"):
        papers = self.env["party.document"].with_user(self.user[key])
        return papers.search([("search_text", "ilike", words)]).sudo()

    def _read_waiting(self):
        """Read what waits, as the queue does."""
        for row in self.env["party.document.file.text"].search(
            [("state", "=", "waiting")]
        ):
            row._keep_later(read_file(row.attachment_id.raw), row.checksum)

    # ------------------------------------------------------------- the search
    @unittest.skipUnless(has_library(), "pypdfium2 is not installed")
    def test_text_is_found_at_once_and_leaves_with_the_file(self):
        for content in (pdf_of(WORDS), docx_of(WORDS)):
            paper = self._paper(content, body_id=self.body_a.id)
            self.assertEqual(paper.text_state, "read")
            for words in ("quy hoach can bo", '"Quy hoạch cán bộ"', "lãnh đạo"):
                self.assertEqual(self._found(words), paper.sudo(), words)
            for key in ("staff_b", "head_b", "accountant_b", "manager"):
                self.assertFalse(self._found("quy hoach can bo", key), key)
                rows = self.env["party.document.file.text"].with_user(self.user[key])
                self.assertFalse(rows.search([("body", "ilike", "quy hoach")]), key)
            # replaced
            paper.sudo().attachment_ids.raw = pdf_of("Quyết toán ngân sách quý")
            self.assertFalse(self._found("quy hoach can bo"))
            self.assertEqual(self._found("quyet toan ngan sach"), paper.sudo())
            # removed
            paper.sudo().attachment_ids.unlink()
            self.assertFalse(self._found("quyet toan ngan sach"))
            self.assertFalse(paper.text_state)

    def test_unlinked_from_the_paper(self):
        paper = self._paper(docx_of(WORDS))
        paper.attachment_ids = [(5,)]
        self.assertFalse(self._found("quy hoach can bo"))
        self.assertFalse(paper.file_text_ids)

    @needs_recognition
    def test_scans_wait_for_the_queue(self):
        paper = self._paper(scan_of(WORDS))
        other = self._paper(scan_of("Báo cáo phòng chống thiên tai", as_pdf=False))
        self.assertEqual((paper | other).mapped("text_state"), ["waiting"] * 2)
        self._read_waiting()
        self.assertEqual((paper | other).mapped("text_state"), ["read"] * 2)
        self.assertEqual(self._found("quy hoach can bo"), paper.sudo())
        self.assertEqual(self._found("phong chong thien tai"), other.sudo())

    def test_the_queue_skips_what_changed(self):
        paper = self._paper(b"\x89PNG\r\n hong", "a.png")
        row = paper.sudo().file_text_ids
        row._keep_later(file_text.FileText("cũ", ""), "another checksum")
        self.assertEqual(row.state, "waiting")
        crons = type(self.env["ir.cron"])
        with patch.object(crons, "_commit_progress", lambda *a, **k: 1):
            self.env["party.document.file.text"]._cron_read()
        self.assertEqual((row.state, paper.text_state), ("failed", "failed"))
        self.assertTrue(row.reason)
        unread = [("text_state", "in", ("waiting", "failed"))]
        self.assertIn(paper, paper.search(unread))

    def test_nobody_writes_texts(self):
        paper = self._paper(docx_of(WORDS))
        row = paper.sudo().file_text_ids
        for key in ("staff_a", "clerk", "office_chief", "manager"):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(row.with_user(self.user[key]).has_access(operation))
        for values in ({"found_mark": False}, {"text_state": "read"}):
            with self.assertRaises(AccessError):
                paper.with_user(self.user["clerk"]).write(values)

    # --------------------------------------------------------------- the mark
    def _marked(self):
        return self._paper(docx_of("TỈNH ỦY (thử)", "TỐI MẬT", WORDS))

    def test_a_mark_stops_the_registering(self):
        paper = self._marked()
        self.assertEqual(paper.found_mark, "high")
        with self.assertRaises(UserError):
            paper.action_register()
        self.assertFalse(paper.name)
        for reason in ("", "  "):
            with self.assertRaises(UserError):
                paper.action_not_secret(reason)
        for key in ("staff_a", "head_a", "manager"):
            with self.assertRaises(AccessError):
                paper.with_user(self.user[key]).action_not_secret("vì thế")
        paper.action_not_secret("mẫu dấu trong phụ lục")
        decision = paper.mark_decision_ids
        self.assertEqual(decision.user_id, self.user["clerk"])
        self.assertEqual((decision.mark, paper.found_mark), ("high", False))
        paper.action_register()
        self.assertTrue(paper.name)
        # the next file is another question
        file = {"name": "b.docx", "raw": docx_of("MẬT", "khác")}
        paper.sudo().attachment_ids = [(0, 0, file)]
        self.assertEqual(paper.found_mark, "secret")
        self.assertTrue(paper.activity_ids)

    def test_marked_secret_forgets_the_text(self):
        paper = self._marked()
        paper.action_mark_secret("high", "đóng dấu tối mật")
        paper.invalidate_recordset()
        self.assertFalse(paper.found_mark or paper.text_state or paper.file_text_ids)
        self.env.cr.execute(
            "SELECT count(*) FROM party_document_file_text WHERE document_id = %s",
            [paper.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))

    @needs_recognition
    def test_a_mark_on_a_scan(self):
        paper = self._paper(scan_of("ĐẢNG BỘ TỈNH", "TUYỆT MẬT", WORDS))
        self._read_waiting()
        self.assertEqual(paper.found_mark, "top")
        with self.assertRaises(UserError):
            paper.action_register()

    def test_a_mark_in_a_file_of_a_mail(self):
        threads = self.env["mail.thread"]
        for content, mark in ((docx_of("MẬT", WORDS), "secret"), (b"x", "")):
            mail = {"subject": "Gửi", "body": "", "attachments": [("a", content, {})]}
            self.assertEqual(threads._refuse_secret_mail(mail), mark)
