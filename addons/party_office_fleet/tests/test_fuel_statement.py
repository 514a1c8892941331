"""The month of one car: litres, what is paid, shares, approval, checks, form."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.party_office_base.tests.test_form_report import pdf_pages

from .fuel_case import FuelCase


@tagged("post_install", "-at_install")
@freeze_time("2026-07-02 01:00:00")
class TestFuelStatement(FuelCase):
    # ------------------------------------------------------------------------- figures
    def test_the_month_by_norm(self):
        self._trip(1, 1000, 1600, ("staff_a", 2, 0), ("staff_b", 1, 0))
        self._trip(2, 1600, 2000, ("staff_b", 1, 0))
        self._fill(1, 60, 1_200_000, odometer=1100)
        self._fill(2, 56, 1_120_000, "2", odometer=1700)
        statement = self._statement()
        # 1000 km × 12 % = 120; 120 + 15 − 20 = 115 may be paid of 116; burnt 121
        self.assertRecordValues(
            statement,
            [
                {
                    "km": 1000,
                    "norm_litres": 120,
                    "filled_litres": 116,
                    "burnt_litres": 121,
                    "limit_litres": 115,
                    "over_litres": 1,
                    "filled_amount": 2_320_000,
                    "paid_amount": 2_300_000,
                    "odometer_start": 1000,
                    "odometer_end": 2000,
                }
            ],
        )
        self.assertEqual(
            statement.fill_ids.sorted("date").mapped("paid_amount"),
            [1_200_000, 1_100_000],
        )
        # A: 2/3 of 72 l = 48 of 120; B: 24 + 48 = 72 of 120
        self.assertRecordValues(
            statement.share_ids.sorted("id"),
            [
                {"board_id": self.board_a.id, "amount": 920_000, "litres": 48},
                {"board_id": self.board_b.id, "amount": 1_380_000, "litres": 72},
            ],
        )
        self.assertEqual(
            [(c.board, int(c.amount), c.item_code) for c in statement._cost_lines()],
            [(self.board_a, 920_000, "6503"), (self.board_b, 1_380_000, "6503")],
        )

    def test_shares_sum_to_the_bill(self):
        self._trip(1, 1000, 1137, ("staff_a", 2, 41), ("staff_b", 2, 137))
        self._trip(2, 1137, 1190, ("staff_b", 1, 53))
        self._fill(1, 27.5, 549_999, odometer=1001)
        statement = self._statement(opening=20, closing=24.7)
        self.assertTrue(statement.paid_amount)
        self.assertEqual(
            sum(statement.share_ids.mapped("amount")), statement.paid_amount
        )

    def test_what_is_over_needs_a_reason_and_is_not_paid(self):
        self._trip(1, 1000, 1100)
        self._fill(1, 40, 800_000, odometer=1050)
        statement = self._statement(opening=10, closing=30)
        self.assertEqual(statement.over_litres, 8)
        with self.assertRaisesRegex(UserError, "say why|lý do|giải trình"):
            statement.action_submit()
        statement.over_reason = "Đường ngập, đi vòng"
        self._settled(statement)
        self.assertEqual(statement.paid_amount, 640_000)
        self.assertRegex(statement.name, r"^QTNL2026/\d{4}$")

    def test_only_the_chief_of_office_allows_paying_over_the_norm(self):
        self._trip(1, 1000, 1100)
        self._fill(1, 40, 800_000, odometer=1050)
        statement = self._statement(
            opening=10, closing=30, pay_over=True, over_reason="Đi vòng"
        )
        self.assertEqual(statement.paid_amount, 800_000)
        statement.action_submit()
        self._decide(statement, "chief_accountant")
        self.assertEqual(statement.waiting_user_id, self.user["office_chief"])
        with self.assertRaises(AccessError):
            self._decide(statement, "deputy_chief")
        self._decide(statement, "office_chief")
        self.assertEqual(statement.state, "approved")
        self.assertEqual(sum(statement.share_ids.mapped("amount")), 800_000)

    def test_a_norm_that_changes_later_changes_nothing(self):
        self._trip(1, 1000, 1100)
        self._fill(1, 12, 240_000, odometer=1050)
        statement = self._settled(self._statement(opening=20, closing=20))
        self.norm.litres = 6
        self.assertEqual(statement.norm_litres, 12)
        self.assertEqual(statement.line_ids.norm_rate, 12)
        statement._check_approval_intact()

    def test_tank_goes_on_from_the_statement_before(self):
        self._trip(1, 1000, 1100)
        self._fill(1, 12, 240_000, odometer=1050)
        self._settled(self._statement(opening=20, closing=20))
        july = (
            self.env["party.fuel.statement"]
            .with_user(self.user["dispatcher"])
            .create(
                {
                    "car_id": self.car_1.id,
                    "driver_id": self.driver_1.id,
                    "month": "2026-07-31",
                }
            )
        )
        self.assertEqual(july.opening, 20)
        self.assertEqual(str(july.month), "2026-07-01")
        july.opening = 25
        self.assertRegex(july.check_box, "25 l.*20 l|25 lít.*20 lít")

    def test_impossible_levels_are_refused_in_words(self):
        self._trip(1, 1000, 1100)
        self._fill(1, 12, 240_000, odometer=1050)
        for opening, closing, words in (
            (20, 61, "60"),
            (5, 30, "17"),
            (20, 0, "measured|đo"),
        ):
            statement = self._statement(
                opening=opening, closing=closing, over_reason="x"
            )
            with (
                self.subTest(closing=closing),
                self.assertRaisesRegex(UserError, words),
            ):
                statement.action_submit()
            statement.unlink()
        with self.assertRaisesRegex(Exception, "cannot be|không"):
            self._statement(opening=float("nan"))

    def test_a_car_without_norm_is_refused(self):
        self._trip(1, 1000, 1100)
        self.norm.date_from = "2026-06-02"
        with self.assertRaisesRegex(UserError, "20A-000.01.*(norm|định mức)"):
            self._statement()

    # ------------------------------------------------------------------------- collect
    def test_the_month_of_the_office(self):
        # back at 00:30 on 1 July at the office: July's
        last = self._trip(30, 1000, 1100, hour=17)
        last.sudo().actual_stop = self._day(30, 23).replace(minute=59)
        statement = self._statement()
        self.assertEqual(statement.line_ids.dispatch_id, last)
        last.sudo().actual_stop = self._day(30, 17).replace(day=30, hour=17)
        statement.action_collect()
        self.assertFalse(statement.line_ids)
        self.assertFalse(last.statement_id)

    def test_each_trip_and_fill_once(self):
        self._trip(1, 1000, 1100)
        self._fill(1, 12, 240_000)
        first = self._settled(self._statement(opening=20, closing=20))
        self._trip(2, 1100, 1200)
        second = self._statement()
        self.assertEqual(len(first.line_ids), 1)
        self.assertEqual(second.line_ids.odometer_out, 1100)
        self.assertFalse(second.fill_ids)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._statement()

    def test_a_fill_that_is_corrected_moves_the_figures(self):
        self._trip(1, 1000, 1100)
        fill = self._fill(1, 12, 240_000)
        statement = self._statement(opening=20, closing=20)
        fill.with_user(self.user["dispatcher"]).write({"litres": 10, "amount": 200_000})
        self.assertEqual(statement.paid_amount, 200_000)
        self.assertEqual(sum(statement.share_ids.mapped("amount")), 200_000)
        statement.action_submit()
        for change in (
            lambda: fill.write({"litres": 11}),
            lambda: fill.unlink(),
            lambda: self.env["party.dispatch.toll"].create(
                {
                    "dispatch_id": statement.line_ids.dispatch_id.id,
                    "amount": 15_000,
                    "station": "BOT",
                }
            ),
        ):
            with self.assertRaisesRegex(UserError, "20A-000.01"):
                change()

    def test_making_a_month_at_once(self):
        self._trip(1, 1000, 1100)
        self._fill(2, 12, 240_000, car_id=self.car_2.id, driver_id=self.driver_2.id)
        make = self.env["party.fuel.statement.make"].with_user(self.user["dispatcher"])
        action = make.create({"month": "2026-06-10"}).action_make()
        made = self.env["party.fuel.statement"].search(action["domain"])
        self.assertEqual(made.car_id, self.car_1 | self.car_2)
        with self.assertRaisesRegex(UserError, "06/2026"):
            make.create({"month": "2026-06-10"}).action_make()

    # ------------------------------------------------------------------ cancel, refuse
    def test_refused_and_cancelled_statements_free_trips_and_fills(self):
        order = self._trip(1, 1000, 1100)
        fill = self._fill(1, 12, 240_000)
        statement = self._statement(opening=20, closing=20)
        statement.action_submit()
        statement.with_user(self.user["chief_accountant"]).action_refuse("Sai số km")
        self.assertFalse(order.statement_id or fill.statement_id or fill.paid_amount)
        self.assertTrue(statement.line_ids)
        again = self._settled(self._statement(opening=20, closing=20))
        self.assertEqual(order._cost_lines(), [])
        again.with_user(self.user["dispatcher"]).action_cancel()
        self.assertFalse(order.statement_id)
        self.assertEqual(sum(int(c.amount) for c in order._cost_lines()), 240_000)
        self.assertTrue(self._statement().line_ids)

    # -------------------------------------------------------------------------- checks
    def test_what_an_inspector_asks(self):
        self._trip(1, 1000, 1100)
        self._trip(6, 1150, 1250)  # a Saturday; 50 km in no order
        self._fill(3, 70, 1_400_000, "7")  # no trip; more than the tank
        self._fill(
            1, 10, 200_000, "00007", car_id=self.car_2.id, odometer=1050
        )  # the same invoice on another car
        planned = self._issued(start=self._day(12), car=self.car_1)
        statement = self._statement(opening=0, closing=50)
        found = " ".join(statement._fuel_findings())
        for words in (
            "no trip on that day|không có chuyến",
            "the tank takes 60|60",
            "20A-000.02",
            "50 km",
            "weekend|cuối tuần",
            f"{planned.name}.*(not driven|không)",
        ):
            self.assertRegex(found, words)
        self.assertEqual(statement.check_count, len(statement._fuel_findings()))
        notes = statement.with_user(self.user["chief_accountant"])._decision_notes()
        self.assertIn("20A-000.02", notes[statement.id])

    def test_what_fits_asks_nothing(self):
        self._trip(1, 1000, 1100)
        self._fill(1, 12, 240_000, odometer=1050)
        self.assertEqual(self._statement()._fuel_findings(), [])

    # ---------------------------------------------------------------------------- form
    def test_printed(self):
        self._trip(1, 1000, 1600, ("staff_a", 2, 0), ("staff_b", 1, 0))
        self._fill(1, 60, 1_200_000, odometer=1100)
        statement = self._settled(self._statement(opening=20, closing=30))
        reports = self.env["ir.actions.report"].with_user(self.user["head_b"])
        content, _kind = reports._render_qweb_pdf(
            "party_office_fleet.fuel_statement_form", statement.ids
        )
        text = " ".join(pdf_pages(content))
        for part in (
            "BẢNG QUYẾT TOÁN NHIÊN LIỆU THÁNG 06/2026",
            statement.name,
            "1.200.000",
            "1C26TAB 1",
            self.board_a.name,
            self.board_b.name,
            "Đã duyệt trên hệ thống",
        ):
            self.assertIn(part, text)

    def test_reports(self):
        self._trip(1, 1000, 1600, ("staff_a", 2, 0), ("staff_b", 1, 0))
        self._fill(1, 60, 1_200_000, odometer=1100)
        self._statement(opening=20, closing=30)
        for key, boards in (("dispatcher", 2), ("head_b", 1), ("accountant_b", 1)):
            run = self.env["party.report.run"].with_user(self.user[key])
            run = run.create(
                {"code": "fuel_month", "since": "2026-06-01", "day": "2026-06-30"}
            )
            rows = list(run._build().rows)
            with self.subTest(key):
                self.assertEqual([row.level for row in rows], [0] + [1] * boards)
        run = self.env["party.report.run"].with_user(self.user["dispatcher"])
        run = run.create(
            {"code": "car_tank", "since": "2026-06-01", "day": "2026-06-30"}
        )
        levels = [
            row.cells.get("level") and float(row.cells["level"])
            for row in run._build().rows
        ]
        # car; measured 20; +60; −72 by norm; measured 30
        self.assertEqual(levels, [None, 20, 80, 8, 30])

    # ------------------------------------------------------------------------- queries
    def test_queries_do_not_grow_with_the_trips(self):
        for number in range(3):
            self._trip(1 + number, 1000 + 100 * number, 1100 + 100 * number)
        statement = self._statement()
        self.env.flush_all()
        counts = []
        for _round in range(2):
            self.env.invalidate_all()
            with self.assertQueryCount(__system__=40):
                before = self.env.cr.sql_log_count
                statement.sudo()._fuel_findings()
                counts.append(self.env.cr.sql_log_count - before)
            for number in range(3, 6):
                if not _round:
                    self._trip(1 + number, 1000 + 100 * number, 1100 + 100 * number)
            statement.action_collect()
            self.env.flush_all()
        self.assertLessEqual(counts[1], counts[0] + 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-07-02 01:00:00")
class TestFuelStatementAccess(FuelCase):
    def setUp(self):
        super().setUp()
        self._trip(1, 1000, 1600, ("staff_a", 2, 0))
        self._fill(1, 60, 1_200_000, odometer=1100)
        self.statement = self._statement(opening=20, closing=30).sudo(False)

    def _as(self, key):
        return self.statement.with_user(self.user[key])

    def test_who_reads(self):
        readers = {
            "dispatcher", "driver", "staff_a", "head_a", "accountant_a",
            "chief_accountant", "office_chief", "deputy_chief", "manager", "cashier",
        }  # fmt: skip
        for key in self.user:
            with self.subTest(key):
                self.assertEqual(self._as(key).has_access("read"), key in readers)
                shares = self.statement.share_ids.with_user(self.user[key])
                self.assertEqual(shares.has_access("read"), key in readers - {"driver"})

    def test_only_the_desk_makes_and_changes_them(self):
        for key in self.user:
            if key == "dispatcher":
                continue
            with self.subTest(key):
                with self.assertRaises(AccessError):
                    self._as(key).write({"closing": 1})
                with self.assertRaises(AccessError):
                    self.env["party.fuel.statement"].with_user(self.user[key]).create(
                        {
                            "car_id": self.car_2.id,
                            "driver_id": self.driver_2.id,
                            "month": "2026-06-01",
                        }
                    )
                for action in ("action_submit", "action_collect", "action_cancel"):
                    with self.assertRaises(AccessError):
                        getattr(self._as(key), action)()
                with self.assertRaises(AccessError):
                    self._as(key).action_claim()

    def test_figures_are_not_forged(self):
        statement = self._as("dispatcher")
        order = self.statement.dispatch_ids.with_user(self.user["dispatcher"])
        fill = self.statement.fill_ids.with_user(self.user["dispatcher"])
        for forge in (
            lambda: statement.write({"paid_amount": 9}),
            lambda: statement.write({"norm_litres": 999}),
            lambda: statement.write({"state": "approved"}),
            lambda: statement.write({"share_ids": [Command.clear()]}),
            lambda: statement.write({"line_ids": [Command.clear()]}),
            lambda: statement.share_ids.write({"amount": 1}),
            lambda: statement.line_ids.write({"litres": 1}),
            lambda: order.write({"statement_id": False}),
            lambda: fill.write({"statement_id": False}),
            lambda: fill.write({"paid_amount": 1}),
            lambda: self._statement(month="2026-05-01", paid_amount=5),
        ):
            with self.assertRaises(AccessError):
                forge()

    def test_it_is_not_approved_by_who_made_it(self):
        self._as("dispatcher").action_submit()
        for key in ("dispatcher", "driver", "accountant_a", "deputy_chief"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._decide(self.statement, key)
        with self.assertRaises(UserError):
            self._as("dispatcher").write({"closing": 29})
