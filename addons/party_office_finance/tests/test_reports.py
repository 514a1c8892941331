from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.rules.report import ReportOptions, totals

from ..rules.ledger import BudgetEntry
from .common import TODAY, FinanceCase

JUNE = date(2026, 6, 15)


class ReportCase(FinanceCase):
    """Board A with fuel (13) and supplies (12), board B with fuel, some movement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line_a12 = cls._allocate(
            cls.board_a, 20_000_000, item=cls.supplies, fund=cls.fund_12
        )
        cls._book(cls.line_a, "2026-02-10", "hold", "DN1", 1, held=30_000_000)
        cls._book(
            cls.line_a,
            "2026-03-05",
            "spend",
            "DN1",
            1,
            held=-30_000_000,
            spent=25_000_000,
        )
        cls._book(cls.line_a, "2026-04-20", "hold", "DN2", 2, held=10_000_000)
        cls._book(cls.line_a12, "2026-05-01", "advance", "TU1", 3, advanced=4_000_000)
        cls._book(cls.line_b, "2026-06-01", "hold", "DN3", 4, held=7_000_000)

    @classmethod
    def _book(cls, line, day, kind, name, document, model="res.partner", **deltas):
        return cls.env["party.budget.line"]._book(
            [
                BudgetEntry(
                    line_id=line.id,
                    kind=kind,
                    day=date.fromisoformat(day),
                    document=(model, document),
                    document_name=name,
                    **deltas,
                )
            ]
        )

    def _options(self, **values):
        values = {"day": JUNE, "year": 2026, "since": date(2026, 1, 1)} | values
        return ReportOptions(**values)

    def _report(self, code, user="chief_accountant", **options):
        """Return the report with its rows read, of boards A and B."""
        options.setdefault("board_ids", (self.board_a.id, self.board_b.id))
        provider = self.env[f"party.report.{code}"].with_user(self.user[user])
        report = provider._report(self._options(**options))
        return report, list(report.rows)

    def _figures(self, rows, *keys):
        return [
            (row.level, *(row.cells.get(key) for key in ("content", *keys)))
            for row in rows
        ]


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportExecution(ReportCase):
    KEYS = ("allocated", "withheld", "held", "advanced", "spent", "available")

    def test_by_board_fund_and_item(self):
        self._book(
            self.line_a,
            "2026-06-02",
            "withhold",
            "QĐ",
            1,
            model="party.budget.decision",
            held=3_000_000,
        )
        report, rows = self._report("execution")
        name_a, name_b = self.board_a.name, self.board_b.name
        fund, fund_12 = self.fund.display_name, self.fund_12.display_name
        m = 1_000_000
        self.assertEqual(
            self._figures(rows, *self.KEYS),
            [
                (2, name_a, 120 * m, 3 * m, 10 * m, 4 * m, 25 * m, 78 * m),
                (1, fund, 100 * m, 3 * m, 10 * m, 0, 25 * m, 62 * m),
                (0, self.fuel.name, 100 * m, 3 * m, 10 * m, 0, 25 * m, 62 * m),
                (1, fund_12, 20 * m, 0, 0, 4 * m, 0, 16 * m),
                (0, self.supplies.name, 20 * m, 0, 0, 4 * m, 0, 16 * m),
                (2, name_b, 50 * m, 0, 7 * m, 0, 0, 43 * m),
                (1, fund, 50 * m, 0, 7 * m, 0, 0, 43 * m),
                (0, self.fuel.name, 50 * m, 0, 7 * m, 0, 0, 43 * m),
            ],
        )
        self.assertEqual(
            [str(row.cells["used_share"]) for row in rows],
            ["35.0", "38.0", "38.0", "20.0", "20.0", "14.0", "14.0", "14.0"],
        )
        self.assertEqual(totals(report.columns, rows)["available"], 121 * m)
        self.assertIn("45,5 %", report.subtitles[1], "166 of 365 days")
        self.assertEqual(rows[2].link, ("party.budget.line", self.line_a.id))
        self.assertEqual(rows[0].link, ("party.budget", self.line_a.budget_id.id))

    def test_as_of_a_past_day(self):
        _report, rows = self._report("execution", day=date(2026, 2, 28))
        self.assertEqual(
            self._figures(rows, "held", "spent", "available")[2],
            (0, self.fuel.name, 30_000_000, 0, 70_000_000),
        )
        _report, rows = self._report("execution", day=date(2026, 1, 1))
        self.assertEqual(rows, [], "nothing was allocated yet")

    def test_item_level(self):
        water = self.env.ref("party_office_finance.item_6502")
        self._allocate(self.board_a, 6_000_000, item=water)
        _report, rows = self._report("execution", level="item")
        self.assertEqual(
            self._figures(rows, "code", "allocated", "available")[2],
            (0, self.services.name, "6500", 106_000_000, 71_000_000),
        )
        self.assertIsNone(rows[2].link, "two lines")
        _report, rows = self._report("execution", level="group")
        self.assertEqual(rows[2].cells["code"], self.services.parent_id.code)

    def test_how_the_estimate_came_about(self):
        self._allocate(self.board_a, 5_000_000, kind="supplement")
        self._allocate(self.board_a, 2_000_000, kind="reduce")
        self._book(
            self.line_a, "2026-01-02", "carry_over", "CN", 9, allocated=1_000_000
        )
        # what goes to 2027 does not lower what came from 2025
        self._book(
            self.line_a, "2026-06-14", "carry_over", "CS", 10, allocated=-3_000_000
        )
        report, rows = self._report("execution", detailed=True)
        self.assertEqual(
            self._figures(rows, "given", "carried", "supplement", "adjusted")[2],
            (0, self.fuel.name, 100_000_000, 1_000_000, 5_000_000, -5_000_000),
        )
        self.assertEqual(rows[2].cells["allocated"], 101_000_000)
        self.assertEqual(totals(report.columns, rows)["adjusted"], -5_000_000)

    def test_only_visible_boards(self):
        for user, boards in {
            "accountant_a": [self.board_a.name],
            "head_b": [self.board_b.name],
        }.items():
            _report, rows = self._report("execution", user=user)
            with self.subTest(user):
                self.assertEqual(
                    [row.cells["content"] for row in rows if row.level == 2], boards
                )

    def test_constant_queries(self):
        provider = self.env["party.report.execution"].with_user(
            self.user["chief_accountant"]
        )
        options = self._options(detailed=True)
        list(provider._report(options).rows)
        counts = []
        items = self.env["party.budget.item"].search(
            [("level", "=", "sub_item")], limit=12
        )
        for more in (items[:0], items):
            for item in more:
                self._allocate(self.board_b, 1_000, item=item, fund=self.fund_12)
            # allocating clears caches that a report then fills once
            list(provider._report(options).rows)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            list(provider._report(options).rows)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 14)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportBoardBook(ReportCase):
    KEYS = ("date", "document", "held", "spent", "available")

    def test_every_row_with_what_remains(self):
        report, rows = self._report("board_book", since=date(2026, 2, 1))
        m = 1_000_000
        label = f"{self.board_a.name} · 13 · {self.fuel.display_name}"
        self.assertEqual(
            self._figures(rows, *self.KEYS)[:5],
            [
                (2, label, None, None, 0, 0, 100 * m),
                (0, "Hold", date(2026, 2, 10), "DN1", 30 * m, 0, 70 * m),
                (0, "Spending", date(2026, 3, 5), "DN1", -30 * m, 25 * m, 75 * m),
                (0, "Hold", date(2026, 4, 20), "DN2", 10 * m, 0, 65 * m),
                (1, "Closing balance", None, None, 10 * m, 25 * m, 65 * m),
            ],
        )
        self.assertEqual(rows[1].link, ("res.partner", 1))
        self.assertEqual(len(rows), 5 + 3 + 3)
        self.assertEqual(
            totals(report.columns, rows),
            {"allocated": 0, "held": 17 * m, "advanced": 4 * m, "spent": 25 * m},
        )
        self.assertEqual(report.form_code, "S101-H")

    def test_order_of_days_not_of_typing(self):
        self._book(self.line_a, "2026-02-01", "hold", "Late", 5, held=1_000_000)
        _report, rows = self._report("board_book", board_ids=(self.board_a.id,))
        names = [row.cells["document"] for row in rows if row.level == 0]
        self.assertEqual(names[1:4], ["Late", "DN1", "DN1"])
        self.assertEqual(rows[2].cells["available"], 99_000_000)

    def test_read_in_batches(self):
        for number in range(7):
            self._book(self.line_b, "2026-06-03", "hold", f"N{number}", 5, held=1)
        provider = self.env["party.report.board_book"]
        stream = type(provider)._stream

        def small(provider, query):
            return stream(provider, query, size=3)

        self.patch(type(provider), "_stream", small)
        _report, rows = self._report("board_book", board_ids=(self.board_b.id,))
        names = [row.cells["document"] for row in rows if row.level == 0]
        self.assertEqual(names[2:], [f"N{number}" for number in range(7)])

    def test_only_visible_boards(self):
        _report, rows = self._report("board_book", user="accountant_b")
        self.assertEqual(
            {row.cells["content"] for row in rows if row.level == 2},
            {f"{self.board_b.name} · 13 · {self.fuel.display_name}"},
        )


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportHoldsByAge(ReportCase):
    def test_buckets(self):
        for day, number in (
            ("2026-05-16", 30),
            ("2026-05-15", 31),
            ("2026-04-16", 60),
            ("2026-04-15", 61),
            ("2026-03-17", 90),
            ("2026-03-16", 91),
        ):
            self._book(self.line_b, day, "hold", f"{number}", number, held=number)
        _report, rows = self._report("holds_by_age", board_ids=(self.board_b.id,))
        self.assertEqual(
            self._figures(rows, "days", "to_30", "to_60", "to_90", "over_90"),
            [
                (1, self.board_b.name, None, 7_000_030, 91, 151, 91),
                (0, "91", 91, None, None, None, 91),
                (0, "90", 90, None, None, 90, None),
                (0, "61", 61, None, None, 61, None),
                (0, "60", 60, None, 60, None, None),
                (0, "31", 31, None, 31, None, None),
                (0, "30", 30, 30, None, None, None),
                (0, "DN3", 14, 7_000_000, None, None, None),
            ],
        )

    def test_settled_documents_hold_nothing(self):
        report, rows = self._report("holds_by_age", board_ids=(self.board_a.id,))
        self.assertEqual(
            self._figures(rows, "since", "held")[1:],
            [(0, "DN2", date(2026, 4, 20), 10_000_000)],
        )
        self.assertEqual(totals(report.columns, rows)["held"], 10_000_000)

    def test_a_hold_given_back_counts_anew(self):
        self._book(self.line_a, "2026-05-01", "release", "DN2", 2, held=-10_000_000)
        self._book(self.line_a, "2026-06-01", "hold", "DN2", 2, held=2_000_000)
        self._book(self.line_a, "2026-06-05", "hold", "DN2", 2, held=1_000_000)
        _report, rows = self._report("holds_by_age", board_ids=(self.board_a.id,))
        self.assertEqual(
            self._figures(rows, "since", "held")[1:],
            [(0, "DN2", date(2026, 6, 1), 3_000_000)],
        )

    def test_as_of_a_past_day(self):
        _report, rows = self._report("holds_by_age", day=date(2026, 2, 28))
        self.assertEqual(
            self._figures(rows, "held", "days")[1:], [(0, "DN1", 30_000_000, 18)]
        )

    def test_whom_it_waits_on(self):
        claim = self._approved_claim([1_234_000])
        _report, rows = self._report("holds_by_age", user="accountant_a")
        row = next(row for row in rows if row.cells["content"] == claim.name)
        self.assertEqual(row.cells["waiting"], claim.sudo().waiting_user_id.name)
        self.assertTrue(row.cells["waiting"])
        self.assertEqual(row.link, ("party.claim", claim.id))

    def test_only_visible_boards(self):
        _report, rows = self._report("holds_by_age", user="head_b")
        self.assertEqual([row.cells["content"] for row in rows][1:], ["DN3"])


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportChanges(ReportCase):
    def test_opening_changes_closing(self):
        report, rows = self._report(
            "changes", since=date(2026, 3, 1), board_ids=(self.board_a.id,)
        )
        m = 1_000_000
        self.assertEqual(
            self._figures(rows, "rows", "allocated", "held", "spent", "available")[:5],
            [
                (
                    2,
                    f"{self.board_a.name} · 13 · {self.fuel.display_name}",
                    *(None,) * 5,
                ),
                (1, "Opening balance", None, 100 * m, 30 * m, 0, 70 * m),
                (0, "Hold", 1, 0, 10 * m, 0, -10 * m),
                (0, "Spending", 1, 0, -30 * m, 25 * m, 5 * m),
                (1, "Closing balance", None, 100 * m, 10 * m, 25 * m, 65 * m),
            ],
        )
        self.assertEqual(totals(report.columns, rows)["available"], -9 * m)

    def test_unchanged_lines_are_left_out(self):
        _report, rows = self._report("changes", since=date(2026, 6, 1))
        self.assertEqual(
            {row.link for row in rows}, {("party.budget.line", self.line_b.id)}
        )

    def test_only_visible_boards(self):
        _report, rows = self._report("changes", user="accountant_b")
        self.assertEqual(
            {row.link for row in rows}, {("party.budget.line", self.line_b.id)}
        )


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportPublication(ReportCase):
    def _table(self, form, months=12, user="chief_accountant", **options):
        report, rows = self._report(
            "publication", user, form=form, months=months, level="item", **options
        )
        keys = ("number", "allocated", "spent", "share", "before", "compared")
        return report, [tuple(str(row.cells.get(key)) for key in keys) for row in rows]

    def test_execution_of_a_quarter(self):
        report, rows = self._table("75", 3)
        self.assertEqual(
            rows,
            [
                ("I", "170000000", "25000000", "14.7", "0", "None"),
                ("1", "150000000", "25000000", "16.7", "0", "None"),
                ("None", "150000000", "25000000", "16.7", "0", "None"),
                ("2", "20000000", "0", "0.0", "0", "None"),
                ("None", "20000000", "0", "0.0", "0", "None"),
            ],
        )
        self.assertIn("75", report.form_code)
        self.assertTrue(report.notes, "says that the form was not compared")

    def test_against_the_year_before(self):
        before = self._allocate(self.board_a, 40_000_000, year=2025)
        self._book(before, "2025-02-01", "spend", "C", 8, spent=10_000_000)
        self._book(before, "2025-05-01", "spend", "C", 8, spent=10_000_000)
        _report, rows = self._table("75", 3)
        self.assertEqual(rows[2][4:], ("10000000", "250.0"))
        _report, rows = self._table("75", 6)
        self.assertEqual(rows[2][4:], ("20000000", "125.0"))

    def test_estimate(self):
        self._allocate(self.board_a, 5_000_000, kind="supplement")
        report, rows = self._table("74")
        self.assertEqual([row[1] for row in rows][:2], ["175000000", "155000000"])
        self.assertEqual(
            [column.key for column in report.columns],
            ["content", "number", "allocated"],
        )

    def test_settlement_does_not_count_what_is_cancelled_later(self):
        self._book(self.line_a, "2027-01-20", "spend", "L", 9, spent=1_000_000)
        self._book(self.line_a, "2027-01-31", "cancel", "H", 9, allocated=-50_000_000)
        _report, rows = self._table("76", board_ids=(self.board_a.id,))
        self.assertEqual(rows[1][1:3], ("100000000", "26000000"))

    def test_purses_are_apart(self):
        dues = self.env.ref("party_office_finance.fund_dp")
        self._allocate(self.board_a, 9_000_000, fund=dues)
        _report, rows = self._table("74")
        self.assertEqual([row[0] for row in rows if row[0] in ("I", "II")], ["I", "II"])
        self.assertEqual(rows[0][1], "170000000")
        self.assertEqual(rows[-1][1], "9000000")

    def test_a_part_says_that_it_is_one(self):
        report, rows = self._table("74", user="accountant_b")
        self.assertEqual(rows[0][1], "50000000")
        self.assertEqual(len(report.notes), 2)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestReportLedger(ReportCase):
    def _rows(self, user, *domain):
        report, rows = self._report("ledger", user, domain=domain)
        return [
            (row.cells["document"], row.cells["board"], row.cells["held"])
            for row in rows
        ]

    def test_the_filtered_list(self):
        self.assertEqual(
            self._rows(
                "chief_accountant",
                ("delta_held", "!=", 0),
                ("board_id", "in", (self.board_a | self.board_b).ids),
            ),
            [
                ("DN1", self.board_a.name, 30_000_000),
                ("DN1", self.board_a.name, -30_000_000),
                ("DN2", self.board_a.name, 10_000_000),
                ("DN3", self.board_b.name, 7_000_000),
            ],
        )

    def test_a_filter_shows_nothing_of_other_boards(self):
        rows = self._rows("accountant_b", ("delta_held", "!=", 0))
        self.assertEqual(rows, [("DN3", self.board_b.name, 7_000_000)])
        self.assertEqual(
            self._rows("accountant_b", ("board_id", "=", self.board_a.id)), []
        )

    def test_names_of_persons(self):
        with self.env.cr.savepoint():
            self.env["party.budget.line"].with_user(self.user["accountant_a"])._book(
                [
                    BudgetEntry(
                        line_id=self.line_a.id,
                        kind="hold",
                        held=1,
                        requester_id=self.user["staff_a"].id,
                    )
                ]
            )
        _report, rows = self._report("ledger", domain=(("delta_held", "=", 1),))
        self.assertEqual(
            (rows[0].cells["requested_by"], rows[0].cells["done_by"]),
            ("staff_a", "accountant_a"),
        )
