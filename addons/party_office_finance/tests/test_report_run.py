import io
import re
from datetime import date
from unittest.mock import patch

from lxml import html
from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.party_office_base import report_workbook
from odoo.addons.party_office_base.tests.test_form_report import pdf_pages
from odoo.addons.party_office_base.wizards import party_report_run

from .common import TODAY
from .test_reports import ReportCase

PRINT = "party_office_base.party_report_print"
OWN = (
    "execution",
    "board_book",
    "changes",
    "holds_by_age",
    "publication",
    "ledger",
)


class RunCase(ReportCase):
    def _run(self, code, user="chief_accountant", **values):
        boards = values.pop("boards", self.board_a | self.board_b)
        return (
            self.env["party.report.run"]
            .with_user(self.user[user])
            .with_context(default_code=code)
            .create(
                {
                    "board_ids": [Command.set(boards.ids)],
                    "day": date(2026, 6, 15),
                    "since": date(2026, 1, 1),
                    "year": 2026,
                    **values,
                }
            )
        )

    def _sheet(self, run):
        file = io.BytesIO()
        run._write_xlsx(file)
        return load_workbook(file).active

    def _xlsx_rows(self, run):
        """Return the cells below the head, with the total row."""
        rows = list(self._sheet(run).iter_rows(values_only=True))
        titles = [column.title for column in run._vietnamese()._build().columns]
        start = next(
            number for number, row in enumerate(rows) if list(row)[:2] == titles[:2]
        )
        rows = rows[start + 1 :]
        total = run._vietnamese().env._("Total")
        end = next(n for n, row in enumerate(rows) if row[0] == total)
        return rows[: end + 1]

    def _html_rows(self, run):
        tree = html.fromstring(run.content)
        return [
            [cell.text_content() for cell in row.iter("td")]
            for row in tree.iterfind(".//tbody/tr")
        ]

    def _pdf_text(self, run):
        reports = self.env["ir.actions.report"].with_user(run.env.user)
        content, _kind = reports._render_qweb_pdf(PRINT, run.ids)
        return pdf_pages(content)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportRun(RunCase):
    # -------------------------------------------------------------- framework
    def test_every_report_is_offered(self):
        codes = [
            code for code, _title in self.env["party.report.run"]._selection_code()
        ]
        self.assertLessEqual(set(OWN), set(codes))
        self.assertNotIn("provider", codes)

    def test_every_report_has_its_menu(self):
        for code in OWN[:-1]:
            action = self.env.ref(f"party_office_finance.party_report_{code}_action")
            self.assertIn(f"'{code}'", action.context)
            self.assertTrue(action.path)
            menu = self.env.ref(f"party_office_finance.party_report_{code}_menu")
            self.assertEqual(menu.action, action)

    def test_every_report_is_drawn_in_three_ways(self):
        for code in OWN:
            for user in ("chief_accountant", "accountant_a"):
                boards = self.board_a
                if user == "chief_accountant":
                    boards |= self.board_b
                with self.subTest(code=code, user=user):
                    run = self._run(code, user, boards=boards)
                    self.assertTrue(self._html_rows(run))
                    self.assertTrue(self._pdf_text(run))
                    self.assertTrue(self._sheet(run).max_row > 5)

    def test_same_figures_on_screen_paper_and_in_the_workbook(self):
        for code, values in {
            "execution": {"detailed": True},
            "board_book": {},
            "changes": {},
            "holds_by_age": {},
            "publication": {"form": "75", "months": "3"},
        }.items():
            with self.subTest(code):
                run = self._run(code, **values)
                report = run._build()
                kinds = [column.kind for column in report.columns]
                screen = self._html_rows(run)
                sheet = self._xlsx_rows(run)
                text = " ".join(self._pdf_text(run))
                self.assertEqual(len(screen), len(sheet))
                self.assertGreater(len(screen), 2)
                figures = 0
                for shown, cells in zip(screen, sheet, strict=True):
                    for kind, left, right in zip(kinds, shown, cells, strict=False):
                        if kind not in ("money", "share", "number"):
                            continue
                        expected = "" if right is None else self._written(kind, right)
                        self.assertEqual(left, expected)
                        self.assertIn(expected, text)
                        figures += bool(expected)
                self.assertGreater(figures, 10)

    def _written(self, kind, number):
        text = f"{number:,.1f}" if kind == "share" else f"{number:,.0f}"
        return text.translate(str.maketrans(",.", ".,"))

    def test_total_row(self):
        run = self._run("execution")
        last = self._html_rows(run)[-1]
        self.assertEqual(last[0], "Total")
        self.assertEqual(
            last[-5:], ["17.000.000", "4.000.000", "25.000.000", "124.000.000", "27,1"]
        )
        self.assertEqual(self._xlsx_rows(run)[-1][4], 17_000_000)

    def test_links_open_records(self):
        tree = html.fromstring(self._run("execution").content)
        links = [link.get("href") for link in tree.iter("a")]
        self.assertIn(f"/odoo/party.budget.line/{self.line_a.id}", links)
        self.assertIn(f"/odoo/party.budget/{self.line_b.budget_id.id}", links)

    def test_content_follows_the_options(self):
        run = self._run("execution")
        run.day = date(2026, 2, 28)
        self.assertIn("30.000.000", run.content)
        self.assertNotIn("25.000.000", run.content)

    def test_default_options(self):
        runs = self.env["party.report.run"].with_user(self.user["accountant_a"])
        names = ["code", "form", "months", "level", "day", "since", "year"]
        self.assertEqual(
            runs.with_context(default_code="publication").default_get(names),
            {
                "code": "publication",
                "form": "75",
                "months": "3",
                "level": "item",
                "day": date(2026, 6, 15),
                "since": date(2026, 1, 1),
                "year": 2026,
            },
        )
        run = runs.with_context(default_code="publication").new({})
        self.assertEqual(run.display_name, "Publication tables")
        self.assertIn("level", run.option_names)

    def test_long_reports(self):
        with (
            patch.object(party_report_run, "SCREEN_ROWS", 3),
            patch.object(party_report_run, "PRINTED_ROWS", 3),
        ):
            run = self._run("board_book")
            self.assertEqual(len(self._html_rows(run)), 3)
            self.assertIn("o_party_report_cut", run.content)
            # printed in Vietnamese, whatever the language of the test
            with self.assertRaisesRegex(UserError, r"\b3\b"):
                self._pdf_text(run)
            self.assertGreater(len(self._xlsx_rows(run)), 3)

    def test_nonsense_is_refused(self):
        for values in (
            {"year": 26},
            {"since": date(2026, 7, 1)},
            {"day": date(1900, 1, 1)},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self._run("changes", **values)._build()

    def test_names_are_escaped_and_no_formulas(self):
        self.board_a.analytic_account_id.name = "=1+1<script>alert(1)</script>"
        self._book(self.line_a, "2026-06-10", "hold", '=HYPERLINK("x")', 7, held=1)
        run = self._run("board_book")
        self.assertNotIn("<script>", run.content)
        cells = [
            cell for row in self._sheet(run).iter_rows() for cell in row if cell.value
        ]
        self.assertFalse([cell for cell in cells if cell.data_type == "f"])
        self.assertIn('=HYPERLINK("x")', [cell.value for cell in cells])

    def test_workbook_is_a_form(self):
        sheet = self._sheet(self._run("execution"))
        values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
        self.assertIn("Đơn vị tính: đồng", values)
        self.assertIn("Ngày 15 tháng 6 năm 2026", values)
        self.assertEqual(values[0], self.company.name)
        self.assertEqual(sheet.freeze_panes, "B7")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        money = sheet["C8"]
        self.assertEqual((money.value, money.number_format), (100_000_000, "#,##0"))

    # ----------------------------------------------------------------- access
    def test_accountant_sees_his_boards_in_every_format(self):
        for code in OWN:
            run = self._run(code, "accountant_a", boards=self.board_a.browse())
            with self.subTest(code):
                texts = [
                    run.content,
                    " ".join(self._pdf_text(run)),
                    str(list(self._sheet(run).iter_rows(values_only=True))),
                ]
                for text in texts:
                    self.assertNotIn(self.board_b.name, text)
                    self.assertFalse(re.search(r"7\.?000\.?000\b", text), "B's hold")

    def test_head_sees_his_board(self):
        run = self._run("execution", "head_b", boards=self.board_b)
        self.assertIn(self.board_b.name, run.content)
        self.assertNotIn(self.board_a.name, run.content)

    def test_foreign_board_is_refused(self):
        for user in ("accountant_a", "head_a"):
            run = self._run("execution", user, boards=self.board_b)
            with self.subTest(user):
                for draw in (
                    lambda run=run: run.content,
                    lambda run=run: self._pdf_text(run),
                    lambda run=run: self._sheet(run),
                ):
                    with self.assertRaises(AccessError):
                        draw()

    def test_staff_gets_nothing(self):
        for user in ("staff_a", "manager", "driver", "clerk"):
            with self.subTest(user), self.assertRaises(AccessError):
                self._run("execution", user)._build()

    def test_groups_of_a_report(self):
        run = self._run("publication", "head_a", boards=self.board_a)
        for action in (run.action_pdf, run.action_xlsx, run._build):
            with self.assertRaisesRegex(AccessError, "Publication"):
                action()

    def test_a_run_is_its_own_users(self):
        run = self._run("execution", "accountant_a", boards=self.board_a)
        foreign = run.with_user(self.user["accountant_b"])
        foreign.invalidate_recordset()
        with self.assertRaises(AccessError):
            foreign.read(["content"])
        with self.assertRaises(AccessError):
            foreign._of_request("execution", str(run.id))
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(
                self.user["accountant_b"]
            )._render_qweb_pdf(PRINT, run.ids)
        with self.assertRaises(MissingError):
            run._of_request("changes", str(run.id))
        with self.assertRaises(MissingError):
            run._of_request("execution", "1 OR 1=1")

    def test_providers_are_not_called_from_outside(self):
        for code in OWN:
            provider = self.env[f"party.report.{code}"]
            for name in ("_report", "_stream", "_lines_of"):
                with self.assertRaises(AccessError):
                    get_public_method(provider, name)
        for name in ("_build", "_write_xlsx", "_plain", "_provider", "_draw"):
            with self.assertRaises(AccessError):
                get_public_method(self.env["party.report.run"], name)

    # --------------------------------------------------------------- the list
    def test_export_of_the_ledger_list(self):
        moves = self.env["party.budget.move"].with_user(self.user["accountant_a"])
        domain = [["delta_held", "!=", 0]]
        action = moves.with_context(
            active_domain=domain, active_ids=[]
        ).action_export_ledger()
        self.assertEqual(action["type"], "ir.actions.act_url")
        run = moves.env["party.report.run"].browse(
            int(action["url"].partition("run=")[2])
        )
        rows = self._xlsx_rows(run)
        self.assertEqual([row[1] for row in rows[:-1]], ["DN1", "DN1", "DN2"])
        ids = (moves.search(domain, limit=1) | self.line_b.move_ids).ids
        # as the button of the list calls it
        context = {"active_domain": domain, "active_ids": ids}
        action = call_kw(moves, "action_export_ledger", [ids], {"context": context})
        run = run.browse(int(action["url"].partition("run=")[2]))
        self.assertEqual(len(self._xlsx_rows(run)), 2, "ticked, total; nothing of B")

    def test_a_selection_that_the_client_cut_means_the_whole_filter(self):
        self.env["ir.config_parameter"].set_param("web.active_ids_limit", "1")
        moves = self.env["party.budget.move"].with_user(self.user["accountant_a"])
        domain = [["delta_held", "!=", 0]]
        action = moves.with_context(
            active_domain=domain, active_ids=moves.search(domain, limit=1).ids
        ).action_export_ledger()
        run = moves.env["party.report.run"].browse(
            int(action["url"].partition("run=")[2])
        )
        self.assertEqual(len(self._xlsx_rows(run)), 3 + 1)

    def test_more_rows_than_a_worksheet_takes(self):
        run = self._run("board_book")
        with (
            patch.object(report_workbook, "MAX_ROWS", 8),
            self.assertRaisesRegex(UserError, "A workbook takes"),
        ):
            self._sheet(run)


@tagged("post_install", "-at_install")
class TestReportController(RunCase, HttpCase):
    def _get(self, user, address):
        self.authenticate(
            user and self.user[user].login, user and self.user[user].login
        )
        return self.url_open(address)

    def _address(self, run):
        return f"/party_office/report/{run.code}.xlsx?run={run.id}"

    def test_download(self):
        run = self._run("execution", "accountant_a", boards=self.board_a)
        response = self._get("accountant_a", self._address(run))
        self.assertEqual(response.status_code, 200)
        self.assertIn("spreadsheetml", response.headers["Content-Type"])
        self.assertIn(".xlsx", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        cells = list(load_workbook(io.BytesIO(response.content)).active.values)
        self.assertIn(100_000_000, [value for row in cells for value in row])

    def test_default_options_without_a_run(self):
        response = self._get("accountant_a", "/party_office/report/execution.xlsx")
        self.assertEqual(response.status_code, 200)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_refused(self):
        own = self._run("execution", "accountant_a", boards=self.board_a)
        foreign_board = self._run("execution", "accountant_b", boards=self.board_a)
        publication = self._run("publication", "head_a", boards=self.board_a)
        for user, address in (
            ("accountant_b", self._address(own)),
            ("accountant_b", self._address(foreign_board)),
            ("head_a", self._address(publication)),
            ("staff_a", "/party_office/report/execution.xlsx"),
            ("accountant_a", "/party_office/report/provider.xlsx"),
            ("accountant_a", "/party_office/report/res.users.xlsx"),
            ("accountant_a", f"/party_office/report/changes.xlsx?run={own.id}"),
            ("accountant_a", "/party_office/report/execution.xlsx?run=x"),
        ):
            with self.subTest(user=user, address=address):
                response = self._get(user, address)
                self.assertIn(response.status_code, (400, 403, 404))
                self.assertNotIn("spreadsheetml", response.headers["Content-Type"])

    def test_strangers_log_in_first(self):
        self.authenticate(None, None)
        response = self.url_open(
            "/party_office/report/execution.xlsx", allow_redirects=False
        )
        self.assertIn("/web/login", response.headers.get("Location", ""))

    def test_print_route(self):
        run = self._run("execution", "accountant_a", boards=self.board_a)
        action = run.action_pdf()
        self.assertEqual(action["report_type"], "party-pdf")
        response = self._get("accountant_a", f"/report/pdf/{PRINT}/{run.id}")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
