import base64
import io
import time

from openpyxl import Workbook, load_workbook

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..wizards.budget_workbook import HEADINGS
from .common import TODAY, FinanceCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetImport(FinanceCase):
    def _xlsx(self, rows, headings=None):
        book = Workbook()
        sheet = book.active
        sheet.append(headings or list(HEADINGS.values()))
        for row in rows:
            sheet.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return base64.b64encode(stream.getvalue())

    def _wizard(self, rows=(), user="chief_accountant", data=None, **values):
        return (
            self.env["party.budget.import"]
            .with_user(self.user[user])
            .create(
                {
                    "year": 2026,
                    "decision_number": f"01-QĐ/{self.id()[-20:]}{len(values)}",
                    "decision_date": "2026-01-05",
                    "issuer": "Tỉnh ủy",
                    "data": data or self._xlsx(rows),
                    "filename": "du-toan.xlsx",
                    **values,
                }
            )
        )

    def _reasons(self, wizard):
        """Return ``{row number: reason}`` of the workbook that came back."""
        content = base64.b64decode(wizard.marked_data)
        sheet = load_workbook(io.BytesIO(content)).active
        head = [cell.value for cell in sheet[1]]
        column = head.index("Lỗi")
        return {
            number: row[column].value
            for number, row in enumerate(sheet.iter_rows(min_row=2), 2)
            if row[column].value
        }

    def test_good_rows_make_a_draft(self):
        action = self._wizard(
            [
                ["TA", "13", "6551", 1_200_000, "văn phòng phẩm"],
                ["TA", 13, 6502, "2.500.000", None],
                ["TB", 12.0, "6503", "3,000,000 đ", None],
            ]
        ).action_import()
        decision = self.env["party.budget.decision"].browse(action["res_id"])
        self.assertEqual(decision.state, "draft")
        author = decision.with_user(self.user["chief_accountant"])
        with self.assertRaisesRegex(UserError, "scanned"):
            author.action_submit()
        author.attachment_ids = [Command.create({"name": "a.txt", "raw": b"signed"})]
        self._post_decision(decision)
        self.assertEqual(decision.line_ids.mapped("amount"), [1.2e6, 2.5e6, 3e6])
        line = self.env["party.budget.line"].search(
            [("item_id", "=", self.supplies.id), ("board_id", "=", self.board_a.id)]
        )
        self.assertCounters(line, allocated=1_200_000, available=1_200_000)

    def test_all_reasons_come_back_at_once_and_nothing_is_stored(self):
        before = self.env["party.budget.move"].search_count([])
        wizard = self._wizard(
            [
                ["TA", "13", "6551", 1_000, None],  # right
                ["XX", "99", "1234", "abc", None],
                ["TA", "13", "6551", 2_000, None],  # twice
                ["TA", "13", "6502", -5, None],
                ["TA", "13", "6502", 0.5, None],
                ["TA", "13", "6502", None, None],
                ["TA", "13", "6504", 0, None],
            ]
        )
        action = wizard.action_import()
        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual((wizard.state, wizard.wrong_count), ("wrong", 6))
        reasons = self._reasons(wizard)
        self.assertEqual(sorted(reasons), [3, 4, 5, 6, 7, 8])
        for part in ("XX", "99", "1234", "not a number"):
            self.assertIn(part, reasons[3])
        self.assertIn("row 2", reasons[4])
        self.assertIn("negative", reasons[5])
        self.assertIn("fraction", reasons[6])
        self.assertIn("missing", reasons[7])
        self.assertIn("zero", reasons[8])
        self.assertEqual(self.env["party.budget.move"].search_count([]), before)

    def test_marked_workbook_can_be_corrected_and_sent_again(self):
        wizard = self._wizard([["TA", "13", "6551", "x", None]])
        wizard.action_import()
        book = load_workbook(io.BytesIO(base64.b64decode(wizard.marked_data)))
        book.active["D2"] = 5_000
        stream = io.BytesIO()
        book.save(stream)
        again = self._wizard(data=base64.b64encode(stream.getvalue()))
        again.action_import()
        self.assertFalse(again.wrong_count)

    def test_accountant_prepares_a_draft_of_his_boards(self):
        wizard = self._wizard([["TA", "13", "6551", 5_000, None]], "accountant_a")
        decision = self.env["party.budget.decision"].browse(
            wizard.action_import()["res_id"]
        )
        self.assertEqual(decision.state, "draft")
        wizard = self._wizard([["TB", "13", "6551", 5_000, None]], "accountant_a")
        wizard.action_import()
        self.assertIn("not one of yours", self._reasons(wizard)[2])

    def test_others_do_not_import(self):
        for role in ("staff_a", "head_a", "cashier"):
            with self.assertRaises(AccessError):
                self._wizard([["TA", "13", "6551", 1, None]], role)

    def test_closed_year(self):
        self.line_a.budget_id.with_user(self.user["chief_accountant"]).action_close()
        wizard = self._wizard([["TA", "13", "6551", 5_000, None]])
        wizard.action_import()
        self.assertIn("closed", self._reasons(wizard)[2])

    def test_item_controlled_by_sub_item(self):
        self.services.control_level = "sub_item"
        wizard = self._wizard([["TA", "13", "6500", 5_000, None]])
        wizard.action_import()
        self.assertIn("split", self._reasons(wizard)[2])

    def test_unusable_files(self):
        cases = {
            "not an Excel": base64.b64encode(b"just text"),
            "no rows": self._xlsx([]),
            "lacks these columns": self._xlsx([["a"]], ["Ban", "Tiền"]),
        }
        for text, data in cases.items():
            with self.subTest(text), self.assertRaisesRegex(UserError, text):
                self._wizard(data=data).action_import()
        wizard = self._wizard([["TA", "13", "6551", 5_000, None]])
        wizard.data = False
        with self.assertRaisesRegex(UserError, "Choose a workbook"):
            wizard.action_import()

    def test_template_can_be_filled(self):
        action = self._wizard([], "accountant_a").action_template()
        attachment = self.env["ir.attachment"].browse(
            int(action["url"].split("/")[3].split("?")[0])
        )
        book = load_workbook(io.BytesIO(attachment.raw))
        self.assertEqual([c.value for c in book.active[1]], list(HEADINGS.values()))
        codes = [row[0].value for row in book["Ban"].iter_rows(min_row=2)]
        self.assertIn("TA", codes)
        self.assertNotIn("TB", codes, "only boards that the user sees")

    def test_five_thousand_rows(self):
        items = self.env["party.budget.item"].search([("level", "!=", "group")])
        funds = self.env["party.fund"].search([])
        boards = [f"L{number:02d}" for number in range(6)]
        for code in boards:
            self._new_board(f"Board {code}", code)
        rows = [
            [board, fund.code, item.code, 1_000, None]
            for board in boards
            for fund in funds
            for item in items
            if item != self.services
        ][:5_000]
        wizard = self._wizard(rows)
        self.env.flush_all()
        started, queries = time.monotonic(), self.env.cr.sql_log_count
        decision = self.env["party.budget.decision"].browse(
            wizard.action_import()["res_id"]
        )
        self.env.flush_all()
        seconds = time.monotonic() - started
        queries = self.env.cr.sql_log_count - queries
        self.assertEqual(len(decision.line_ids), len(rows))
        self.assertEqual(decision.amount_total, 1_000 * len(rows))
        self.assertLess(queries, 80 * len(rows) / 1_000, (len(rows), seconds))
        self.assertLess(seconds, 60)
