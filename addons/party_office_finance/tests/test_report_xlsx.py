import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase

REPORT = "report.party_office_finance.budget_execution_xlsx"
MONEY = ("allocated", "held", "advanced", "spent", "available")


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportXlsx(FinanceCase):
    def _sheet(self, lines, user):
        report = (
            self.env[REPORT]
            .with_user(self.user[user])
            .with_context(active_model="party.budget.line")
        )
        content, kind = report.create_xlsx_report(lines.ids, {})
        self.assertEqual(kind, "xlsx")
        return load_workbook(io.BytesIO(content)).active

    def _figures(self, sheet):
        rows = list(sheet.iter_rows(min_row=7, values_only=True))
        end = next(i for i, row in enumerate(rows) if row[2] in (None, ""))
        return rows[:end], rows[end]

    def test_same_figures_as_the_list(self):
        self._approved_claim([1_234_567])
        self._new_entry(7_654_321).action_post()
        user = "chief_accountant"
        lines = (
            self.env["party.budget.line"]
            .with_user(self.user[user])
            .search([("board_id", "in", (self.board_a | self.board_b).ids)])
        )
        shown = lines.web_search_read(
            [("id", "in", lines.ids)], {name: {} for name in MONEY}
        )["records"]
        rows, totals = self._figures(self._sheet(lines, user))
        self.assertEqual(
            [tuple(row[4:9]) for row in rows],
            [tuple(record[name] for name in MONEY) for record in shown],
        )
        self.assertEqual(
            tuple(totals[4:9]), tuple(sum(lines.mapped(name)) for name in MONEY)
        )
        self.assertEqual(rows[0][2], "6503")

    def test_accountant_gets_his_boards_only(self):
        both = self.line_a | self.line_b
        rows, _totals = self._figures(self._sheet(both, "accountant_a"))
        self.assertEqual([row[0] for row in rows], [self.board_a.name])

    def test_staff_gets_nothing(self):
        with self.assertRaises(AccessError):
            self._sheet(self.line_a, "staff_a")

    def test_list_of_480_lines_reads_in_few_queries(self):
        items = self.env["party.budget.item"].search([("level", "=", "sub_item")])
        self.env["party.budget.line"].create(
            [
                {"budget_id": line.budget_id.id, "fund_id": fund.id, "item_id": item.id}
                for line in self.line_a | self.line_b
                for fund in (self.fund_12,)
                for item in items
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        fields_spec = {name: {} for name in (*MONEY, "used_share", "usage_level")}
        for name in ("board_id", "fund_id", "item_id"):
            fields_spec[name] = {"fields": {"display_name": {}}}
        lines = self.env["party.budget.line"].with_user(self.user["accountant_a"])
        lines.web_search_read([], fields_spec, limit=80)
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            lines.web_search_read([], fields_spec, limit=80)

    def test_pivot_sums_available(self):
        lines = self.env["party.budget.line"].with_user(self.user["accountant_a"])
        groups = lines.formatted_read_group(
            [], ["board_id"], [f"{name}:sum" for name in MONEY]
        )
        self.assertEqual(len(groups), 1)
        self.assertEqual(groups[0]["available:sum"], 100_000_000)
