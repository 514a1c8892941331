"""The list on paper and as a workbook: the same rows, to the đồng."""

from io import BytesIO

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.rules.form_text import figure

from .common import TODAY
from .payment_case import PaymentCase

PDF = "party_office_finance.payment_batch_list_report"
XLSX = "party_office_finance.party_payment_batch_xlsx"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPaymentBatchList(PaymentCase):
    def _workbook(self, batch):
        report = self.env["ir.actions.report"].with_user(batch.env.user)
        content, kind = report._render_xlsx(XLSX, batch.ids, {})
        self.assertEqual(kind, "xlsx")
        return openpyxl.load_workbook(BytesIO(content))

    def _cells(self, sheet):
        """Return the rows of the table, as dicts of its head."""
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        first = next(number for number, row in enumerate(rows) if row[0] == "STT")
        table = []
        for row in rows[first + 1 :]:
            if not isinstance(row[0], int):
                break
            table.append(dict(zip(rows[first], row, strict=True)))
        return table, dict(zip(rows[first], row, strict=True))

    def _pages(self, batch):
        reports = self.env["ir.actions.report"].with_user(batch.env.user)
        report = reports._get_report(PDF)
        (page,) = reports._party_pages(report, reports._party_documents(report, batch.ids))
        return page

    def _transfer(self):
        self._bank_account(self.user["head_a"].partner_id, "0004444", True)
        # a name that a spreadsheet would calculate, an account with zeros in front
        self.user["staff_b"].employee_ids.name = "=1+1"
        claim = self._journey(
            [("staff_a", 2_100_000), ("staff_b", 1_900_000), ("head_a", 1)]
        )
        claim.with_user(self.user["staff_a"]).action_submit()
        self._approve(claim)
        claim.with_user(self.user["accountant_a"]).action_post()
        return self._ready_batch(claim | self._posted_claim([5_000_000]))

    def test_workbook_says_what_the_paper_says(self):
        batch = self._transfer()
        workbook = self._workbook(batch)
        cells, total = self._cells(workbook.active)
        form = batch._form_values(None)
        self.assertEqual(len(cells), 4)
        for cell, row in zip(cells, form["rows"], strict=True):
            self.assertEqual(
                (
                    cell["STT"],
                    cell["Họ và tên"],
                    cell["Số tài khoản"],
                    cell["Ngân hàng"],
                    cell["Số tiền (đồng)"],
                    cell["Nội dung"],
                    cell["Ghi chú"] or "",
                ),
                (
                    row["number"],
                    row["name"],
                    row["account"],
                    row["bank"],
                    row["amount"],
                    row["content"],
                    row["note"],
                ),
            )
        self.assertEqual(total["Số tiền (đồng)"], form["total"])
        self.assertEqual(form["total"], 9_000_001)
        page = self._pages(batch)
        for row in form["rows"]:
            for text in (row["account"], row["bank"], figure(row["amount"])):
                self.assertIn(text, page)
        self.assertIn(figure(form["total"]), page)
        self.assertIn("Chín triệu không trăm linh một đồng", page.replace("lẻ", "linh"))

    def test_no_formula_and_no_lost_zero(self):
        sheet = self._workbook(self._transfer()).active
        cells, _total = self._cells(sheet)
        self.assertEqual(cells[1]["Họ và tên"], "=1+1")
        self.assertEqual(cells[2]["Số tài khoản"], "0004444")
        for row in sheet.iter_rows():
            for cell in row:
                self.assertNotEqual(cell.data_type, "f")

    def test_untrusted_account_is_marked(self):
        notes = [row["note"] for row in self._transfer()._payment_rows()]
        self.assertEqual(
            notes,
            ["", "Chủ TK: staff_b; Tài khoản chưa xác nhận", "", ""],
        )

    def test_cash_list(self):
        claim = self._waiting_claim(1_250_000, payee_name="Nguyễn Văn An")
        batch = self._ready_batch(claim | self._waiting_claim(2_000_000))
        cells, total = self._cells(self._workbook(batch).active)
        self.assertEqual(
            [
                (cell["Người nhận tiền"], cell["Số tiền (đồng)"], cell["Số chứng từ"])
                for cell in cells
            ],
            [
                (row["name"], row["amount"], row["voucher"])
                for row in batch._payment_rows()
            ],
        )
        self.assertEqual(cells[0]["Người nhận tiền"], "Nguyễn Văn An")
        self.assertNotIn("Số tài khoản", cells[0])
        self.assertEqual(total["Số tiền (đồng)"], 3_250_000)
        page = self._pages(batch.with_user(self.user["cashier"]))
        for text in ("Nguyễn Văn An", claim.voucher_number, "3.250.000", "Ký nhận"):
            self.assertIn(text, page)

    def test_draft_and_cancelled_are_not_printed(self):
        batch = self._new_batch(self._waiting_claim(1_000_000))
        for act in (self._pages, self._workbook):
            with self.subTest(act), self.assertRaises(UserError):
                act(batch)
        batch.action_make()
        batch.action_cancel()
        with self.assertRaises(UserError):
            self._workbook(batch)

    def test_who_may_not_see_the_list_prints_nothing(self):
        batch = self._transfer()
        for user in ("accountant_b", "cashier", "staff_a", "head_a", "manager"):
            for act in (self._pages, self._workbook):
                with self.subTest(user=user, act=act), self.assertRaises(AccessError):
                    act(batch.with_user(self.user[user]))
        for user in ("chief_accountant", "office_chief"):
            self._pages(batch.with_user(self.user[user]))

    def test_pdf(self):
        self.allow_pdf_render()
        batch = self._transfer()
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(batch.env.user)
            ._render_qweb_pdf(PDF, batch.ids)
        )
        self.assertEqual((kind, content[:4]), ("pdf", b"%PDF"))
