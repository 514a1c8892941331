"""The log book: pages by car and month, sums, who sees what; the order on paper."""

import io
from datetime import date, timedelta

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import MORNING, FleetCase


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 14:00:00")
class TestPartyReportCarLog(FleetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.june = cls._issued(hours=2)
        # 1 July in Ha Noi, still 30 June in UTC
        night = MORNING.replace(month=6, day=30, hour=18)
        cls.july = cls._issued(key="staff_b", start=night, hours=2)
        mine = cls.june.with_user(cls.user["driver"])
        mine.action_start(1000, cls.june.start)
        mine.action_add_fill(
            {
                "litres": 30.5,
                "amount": 610000,
                "invoice_number": "7",
                "date": "2026-06-15",
            }
        )
        mine.action_add_toll({"amount": 35000})
        mine.action_end(1060, cls.june.stop)
        cls._drive(cls.july, 1090, 1150)
        cls.env["party.fuel.fill"].create(
            {
                "car_id": cls.car_1.id,
                "driver_id": cls.driver_1.id,
                "date": "2026-06-20",
                "litres": 10,
                "unit_price": 20000,
            }
        )

    def _run(self, key, **values):
        return (
            self.env["party.report.run"]
            .with_user(self.user[key])
            .create(
                {
                    "code": "car_log",
                    "since": date(2026, 6, 1),
                    "day": date(2026, 7, 20),
                    "car_ids": [(6, 0, (self.car_1 | self.car_2).ids)],
                    **values,
                }
            )
        )

    def _rows(self, key, **values):
        return list(self._run(key, **values)._build().rows)

    def test_pages_by_car_and_month(self):
        rows = self._rows("dispatcher")
        self.assertEqual([row.level for row in rows], [1, 0, 0, 1, 0])
        june, trip, loose, july, night = (row.cells for row in rows)
        self.assertEqual(
            (june["km"], june["litres"], june["fuel"], june["tolls"]),
            (60, 40.5, 810000, 35000),
        )
        self.assertEqual(june["name"], "20A-000.01 · 06/2026")
        self.assertEqual((trip["out"], trip["back"]), (1000, 1060))
        self.assertEqual(loose["fuel"], 200000)
        self.assertIn("07/2026", july["name"])
        self.assertEqual(night["day"], date(2026, 7, 1))
        self.assertRegex(night["remark"], "30 km")

    def test_the_first_and_the_last_day_count(self):
        day = date(2026, 7, 1)
        rows = self._rows("dispatcher", since=day, day=day)
        self.assertEqual([row.cells.get("km") for row in rows], [60, 60])
        self.assertFalse(
            self._rows(
                "dispatcher", since=day + timedelta(days=1), day=date(2026, 7, 9)
            )
        )

    def test_a_board_and_a_car(self):
        rows = self._rows("office_chief", board_ids=[(6, 0, self.board_a.ids)])
        self.assertEqual(
            [row.link for row in rows if not row.level][0][1], self.june.id
        )
        self.assertFalse(self._rows("dispatcher", car_ids=[(6, 0, self.car_2.ids)]))

    def test_everybody_sees_what_he_may(self):
        for key, trips in (
            ("dispatcher", self.june | self.july),
            ("office_chief", self.june | self.july),
            ("driver", self.june | self.july),
            ("driver_2", self.env["party.dispatch"]),
            ("head_a", self.june),
            ("head_b", self.july),
        ):
            with self.subTest(key):
                links = [row.link for row in self._rows(key) if row.link]
                ids = {i for model, i in links if model == "party.dispatch"}
                self.assertEqual(ids, set(trips.ids))
        with self.assertRaises(AccessError):
            self._rows("staff_a")

    def test_the_workbook_has_the_same_figures(self):
        target = io.BytesIO()
        self._run("dispatcher")._write_xlsx(target)
        sheet = load_workbook(io.BytesIO(target.getvalue())).active
        values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        for figure in (1000, 1060, 30.5, 610000, 35000):
            self.assertIn(figure, values)

    def test_the_log_and_the_order_are_printed(self):
        report = self.env.ref("party_office_base.party_report_run_report")
        pdf, kind = report.with_user(self.user["dispatcher"])._render_party_pdf(
            report, self._run("dispatcher").ids
        )
        self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))
        report = self.env.ref("party_office_fleet.party_dispatch_order_report")
        for key in ("driver", "staff_a", "dispatcher"):
            with self.subTest(key):
                own = report.with_user(self.user[key])
                pdf, kind = own._render_party_pdf(report, self.june.ids)
                self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))
        with self.assertRaises(AccessError):
            report.with_user(self.user["staff_b"])._render_party_pdf(
                report, self.june.ids
            )

    def test_what_the_order_on_paper_says(self):
        report = self.env.ref("party_office_fleet.party_dispatch_order_report")
        values = self.june.with_user(self.user["driver"])._form_values(report)
        self.assertEqual(values["plate"], "20A-000.01")
        self.assertEqual(values["start"], "07:00 ngày 15/06/2026")
        self.assertEqual(values["signed"]["head"]["capacity"], "K/T")
        self.assertEqual(values["signed"]["head"]["person"], "deputy_chief")
        self.assertEqual(values["served"][0]["board"], self.board_a.name)
        self.assertEqual(values["remarks"], ["Phí cầu đường: 35.000 đồng"])
        self.assertTrue(values["qr"].startswith("data:"))

    def test_the_form_of_the_order_asks_the_same_questions(self):
        order = self._issued(start=MORNING.replace(month=7, day=19))
        trip = self.env["party.dispatch.trip"].with_user(self.user["driver"])

        def step(step, user=None, **values):
            wizard = trip.with_user(user) if user else trip
            return wizard.create(
                {"dispatch_id": order.id, "step": step, **values}
            ).action_confirm()

        with self.assertRaises(AccessError):
            step("start", self.user["driver_2"], odometer=1150)
        step("start", odometer=1150, moment=order.start)
        self.assertEqual(order.odometer_before, 1150)
        step("end", odometer=1290, moment=order.stop, hard_km=30)
        self.assertEqual((order.km, order.hard_km), (140, 30))
        step("explain", reason="Đường tránh")
        self.assertEqual(order.explanation, "Đường tránh")
        with self.assertRaises(AccessError):
            step("correct", odometer=1150, odometer_in=1210, reason="Gõ sai")
        desk = self.user["dispatcher"]
        step("correct", desk, odometer=1150, odometer_in=1210, reason="Gõ sai")
        self.assertEqual(order.km, 60)
