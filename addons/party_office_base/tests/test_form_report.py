import io
import os
import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import form_printer
from ..form_printer import (
    FORM_HOST,
    FormAddressRefused,
    PrinterMissing,
    print_forms,
    read_static,
)
from ..form_worker import open_below
from .common import PartyOfficeCase

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def pdf_pages(content):
    """Return the text of each page, white space made plain."""
    reader = PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


class _Listener(BaseHTTPRequestHandler):
    def do_GET(self):  # the name is given by http.server
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing: what was asked is kept in ``asked``."""


@tagged("post_install", "-at_install")
class TestFormReport(PartyOfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls._new_report("<p>Đơn vị: <t t-out='doc.name'/></p>")

    @classmethod
    def _new_report(cls, body, model="party.board", **values):
        name = f"party_office_base.test_form_{cls.env['ir.ui.view'].search_count([])}"
        cls.env["ir.ui.view"].create(
            {
                "name": name,
                "key": name,
                "type": "qweb",
                "arch": f"""<t t-name="{name}">
                    <t t-call="party_office_base.form_page">
                        <t t-set="form_title" t-value="'Test'"/>{body}
                    </t></t>""",
            }
        )
        return cls.env["ir.actions.report"].create(
            {
                "name": "Test form",
                "model": model,
                "report_type": "party-pdf",
                "report_name": name,
                **values,
            }
        )

    def _print(self, docs, user="staff_a", report=None):
        reports = self.env["ir.actions.report"].with_user(self.user[user])
        report = report or self.report
        return reports._render_qweb_pdf(report.report_name, docs.ids)[0]

    def test_two_documents_make_one_pdf(self):
        pages = pdf_pages(self._print(self.board_b | self.board_a))
        self.assertEqual(
            pages, [f"Đơn vị: {self.board_b.name}", f"Đơn vị: {self.board_a.name}"]
        )

    def test_a_document_is_printed_once(self):
        both = self.board_a + self.board_a
        self.assertEqual(len(pdf_pages(self._print(both))), 1)

    def test_other_ways_to_print_give_the_same(self):
        reports = self.env["ir.actions.report"]
        content, kind = reports._render(self.report.report_name, self.board_a.ids)
        self.assertEqual(kind, "pdf")
        self.assertEqual(pdf_pages(content), [f"Đơn vị: {self.board_a.name}"])

    def test_each_document_counts_its_own_pages(self):
        report = self._new_report(
            "<table class='grid'><thead><tr><th>Tên cột</th></tr></thead><tbody>"
            "<tr t-foreach='range(120)' t-as='n'><td>Dòng <t t-out='n'/></td></tr>"
            "</tbody></table>"
        )
        pages = pdf_pages(self._print(self.board_a | self.board_b, report=report))
        size = len(pages) // 2
        self.assertGreater(size, 1)
        for first in (0, size):
            self.assertNotIn(f"1/{size}", pages[first])
            self.assertIn(f"{size}/{size}", pages[first + size - 1])
        self.assertTrue(all("Tên cột" in page for page in pages), "head not repeated")
        rows = re.findall(r"Dòng (\d+)", " ".join(pages[:size]))
        self.assertEqual(rows, [str(number) for number in range(120)])

    def test_vietnamese_letters_come_from_one_font(self):
        text = "Nguyễn Thị Ước, Đặng Hữu Kỷ: 1.000.000 ₫ ẶỠỪỴ ăâđêôơư"
        report = self._new_report(f"<p>{text}</p><p><b>{text}</b> <i>{text}</i></p>")
        content = self._print(self.board_a, report=report)
        page = PdfReader(io.BytesIO(content)).pages[0]
        fonts = page["/Resources"]["/Font"].values()
        names = {font.get_object()["/BaseFont"] for font in fonts}
        self.assertEqual(len(names), 3)
        self.assertTrue(all("Tinos" in name for name in names), names)
        self.assertEqual(pdf_pages(content)[0].count(text), 3)

    # ----------------------------------------------------------------- rights
    def test_groups_of_the_form_are_honoured(self):
        group = self.env.ref("party_office_base.group_cashier")
        report = self._new_report("<p>Phiếu</p>", group_ids=[(6, 0, group.ids)])
        self._print(self.board_a, "cashier", report)
        with self.assertRaises(AccessError):
            self._print(self.board_a, "staff_a", report)

    def test_only_readable_documents_are_printed(self):
        cron = self.env["ir.cron"].search([], limit=1)
        report = self._new_report("<p><t t-out='doc.id'/></p>", model="ir.cron")
        with self.assertRaises(AccessError):
            self._print(cron, report=report)
        # superuser mode of the caller does not widen the user's rights
        reports = self.env["ir.actions.report"].with_user(self.user["staff_a"]).sudo()
        with self.assertRaises(AccessError):
            reports._render_qweb_pdf(report.report_name, cron.ids)

    def test_nothing_to_print(self):
        with self.assertRaises(UserError):
            self._print(self.board_a.browse())

    def test_what_a_client_sends_does_not_reach_the_template(self):
        report = self._new_report("<p>Đơn vị: <t t-out='company.name'/></p>")
        reports = self.env["ir.actions.report"].with_user(self.user["staff_a"])
        forged = {"company": {"name": "Forged"}, "doc": self.board_b}
        content, _kind = reports._render_qweb_pdf(
            report.report_name, self.board_a.ids, data=forged
        )
        self.assertNotIn("Forged", pdf_pages(content)[0])

    def test_only_pdf(self):
        reports = self.env["ir.actions.report"]
        for render in (reports._render_qweb_html, reports._render_qweb_text):
            with self.assertRaises(UserError):
                render(self.report.report_name, self.board_a.ids)

    # -------------------------------------------------------------- addresses
    @mute_logger("weasyprint")
    def test_nothing_is_fetched_from_outside(self):
        server = HTTPServer(("127.0.0.1", 0), _Listener)
        server.asked = []
        self.addCleanup(server.server_close)
        Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        host = f"http://127.0.0.1:{server.server_port}"
        report = self._new_report(
            f"""<base href="{host}/"/><link rel="stylesheet" href="{host}/a.css"/>
            <link rel="attachment" href="{host}/b"/>
            <style>@import url({host}/c.css); p {{ background: url({host}/d.png) }}
            @font-face {{ font-family: X; src: url({host}/e.ttf) }}</style>
            <p style="font-family: X">Văn bản</p><img src="{host}/f.png" alt=""/>
            <img src="file:///etc/passwd" alt=""/><img src="g.png" alt=""/>
            <svg xmlns="http://www.w3.org/2000/svg"
                xmlns:xlink="http://www.w3.org/1999/xlink">
              <image xlink:href="{host}/h.png" width="9" height="9"/></svg>
            <object data="{host}/i.svg"/><embed src="{host}/j.svg"/>"""
        )
        content = self._print(self.board_a, report=report)
        self.assertIn("Văn bản", pdf_pages(content)[0])
        self.assertFalse(server.asked)
        self.assertFalse(PdfReader(io.BytesIO(content)).attachments)

    def test_images_of_our_own_are_printed(self):
        report = self._new_report(
            f"<img src='{PIXEL}' alt=''/>"
            "<img src='/party_office_base/static/description/icon.png' alt=''/>"
        )
        page = PdfReader(io.BytesIO(self._print(self.board_a, report=report))).pages[0]
        self.assertEqual(len(page["/Resources"]["/XObject"]), 2)

    def test_addresses(self):
        own = "party_office_base/static/src/forms.css"
        body, kind = read_static(FORM_HOST + own)
        self.assertIn(b"@page", body)
        self.assertEqual(kind, "text/css")
        for url in (
            "http://169.254.169.254/latest/meta-data",
            "https://forms.invalid/" + own,
            "file:///etc/passwd",
            "ftp://forms.invalid/" + own,
            "http://forms.invalid@127.0.0.1/" + own,
            "http://forms.invalid:8069/" + own,
            FORM_HOST + "party_office_base/__manifest__.py",
            FORM_HOST + "party_office_base/static/../__manifest__.py",
            FORM_HOST + "party_office_base/static/%2e%2e/__manifest__.py",
            FORM_HOST + "static/../../../etc/passwd",
            FORM_HOST + "/etc/passwd",
        ):
            with self.subTest(url), self.assertRaises(FormAddressRefused):
                read_static(url)
        for url in (FORM_HOST + "no_such_addon/static/x.png",):
            with self.assertRaises(OSError):
                read_static(url)

    # ------------------------------------------------------------------ server
    def test_a_large_batch_is_the_same_as_single_forms(self):
        """Printed in processes of its own, in the order asked for, pages counted."""
        pages = [f"<h1>Phiếu {number}</h1>" for number in range(5)]
        long = "".join(f"<p>Dòng {number}</p>" for number in range(120))
        pages[3] += long
        icon = "<img src='/party_office_base/static/description/icon.png' alt=''/>"
        pages[4] += icon
        alone = pdf_pages(print_forms(pages))
        with (
            patch.object(form_printer, "BATCH", 2),
            patch.object(form_printer, "PROCESSES", 2),
            patch.object(os, "cpu_count", return_value=2),
            patch.object(form_printer, "_print_here") as here,
        ):
            content = print_forms(pages)
        here.assert_not_called()
        self.assertEqual(pdf_pages(content), alone)
        self.assertIn("2/4", alone[4])
        last = PdfReader(io.BytesIO(content)).pages[-1]
        self.assertEqual(len(last["/Resources"]["/XObject"]), 1)

    def test_a_large_batch_without_helpers(self):
        pages = ["<p>Một</p>", "<p>Hai</p>"]
        for broken in ("/nowhere/python", "/bin/false"):
            with (
                patch.object(form_printer, "BATCH", 2),
                patch.object(os, "cpu_count", return_value=2),
                patch.object(form_printer.sys, "executable", broken),
            ):
                self.assertEqual(pdf_pages(print_forms(pages)), ["Một", "Hai"])

    def test_helpers_open_nothing_else(self):
        root = str(Path(form_printer.__file__).parents[1])
        open_static = open_below([root])
        with open_static("party_office_base/static/src/forms.css") as file:
            self.assertIn(b"@page", file.read())
        for path in (
            "party_office_base/static/../../../../../../../../etc/passwd",
            "/etc/passwd",
            "no_such_addon/static/x.png",
        ):
            with self.subTest(path), self.assertRaises(FileNotFoundError):
                open_static(path)

    @mute_logger("odoo.addons.party_office_base.models.ir_actions_report")
    def test_missing_pango_is_said(self):
        missing = PrinterMissing("cannot load library 'libpango-1.0-0'")
        with (
            patch.object(form_printer, "_drawing", side_effect=missing),
            self.assertRaisesRegex(UserError, "libpango-1.0-0"),
        ):
            self._print(self.board_a)

    def test_core_reports_stay_as_they_are(self):
        report = self._new_report("<p>HTML</p>", report_type="qweb-pdf")
        reports = self.env["ir.actions.report"]
        html, kind = reports._render_qweb_html(report.report_name, self.board_a.ids)
        self.assertEqual(kind, "html")
        self.assertIn(b"HTML", html)
