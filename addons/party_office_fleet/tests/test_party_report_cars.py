"""Reports about cars: exact figures, and each sees his own boards."""

from datetime import date, timedelta
from io import BytesIO

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.rules.report import totals

from .common import MORNING
from .test_party_car_repair import RepairCase

JUNE = {"since": date(2026, 6, 1), "day": date(2026, 6, 30)}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestPartyReportCars(RepairCase):
    def _run(self, code, key="dispatcher", **values):
        return (
            self.env["party.report.run"]
            .with_user(self.user[key])
            .create({"code": code, **JUNE, **values})
        )

    def _rows(self, code, key="dispatcher", **values):
        """Return ``{first cell: cells}`` of a report, and its sums."""
        run = self._run(code, key, **values)
        report = run._build()
        rows = list(report.rows)
        first = report.columns[0].key
        run._plain(500)
        cells = {row.cells[first]: row.cells for row in rows}
        return cells, totals(report.columns, rows)

    def _shared_trip(self, km=61):
        """Two boards on one trip: 2 × 60 and 1 × 60 passenger-km."""
        requests = self._waiting_request(passenger_count=2) | self._waiting_request(
            key="staff_b"
        )
        return self._drive(self._issue(self._plan(requests)), back=1000 + km)

    def test_km_of_a_shared_trip_sum_to_what_was_driven(self):
        self._shared_trip()
        cells, sums = self._rows("car_km_board")
        self.assertEqual(cells[self.board_a.name]["km"], 41)
        self.assertEqual(cells[self.board_b.name]["km"], 20)
        self.assertEqual((sums["km"], sums["trips"], sums["persons"]), (61, 2, 3))
        # 61 km × 12 l/100 km × 20,000 đ
        self.assertEqual(cells[self.board_a.name]["cost"], 97_600)
        self.assertEqual(cells[self.board_b.name]["cost"], 48_800)
        self.assertEqual(sums["cost"], 146_400)

    def test_a_head_sees_the_km_of_his_board_only(self):
        self._shared_trip()
        cells, sums = self._rows("car_km_board", "head_a")
        self.assertEqual(cells[self.board_a.name]["km"], 41)
        self.assertNotIn(self.board_b.name, cells)
        self.assertEqual(sums["km"], 41)
        with self.assertRaises(AccessError):
            self._rows("car_km_board", "head_a", board_ids=self.board_b.ids)
        _cells, sums = self._rows(
            "car_km_board", "office_chief", board_ids=self.board_b.ids
        )
        self.assertEqual(sums["km"], 20)

    def test_what_statements_charge_is_settled(self):
        self._trip(1, 1000, 1600, ("staff_a", 2, 0), ("staff_b", 1, 0))
        self._fill(1, 60, 1_200_000, odometer=1100)
        with freeze_time("2026-07-02 01:00:00"):
            statement = self._settled(self._statement(over_reason="Đi vòng"))
        shares = {share.board_id: share.amount for share in statement.share_ids}
        cells, sums = self._rows("car_km_board")
        for board in (self.board_a, self.board_b):
            self.assertEqual(cells[board.name]["settled"], shares[board])
        self.assertEqual(sums["settled"], sum(shares.values()))
        cells, sums = self._rows("car_km_board", "head_a")
        self.assertEqual(sums["settled"], shares[self.board_a])
        cells, sums = self._rows(
            "car_km_board", since=date(2026, 7, 1), day=date(2026, 7, 31)
        )
        self.assertFalse(sums["settled"])

    def test_the_period_is_of_local_days(self):
        # 23:30 on 30 June in UTC is already July at the office
        self._drive(self._issued(start=MORNING.replace(day=30, hour=16, minute=59)))
        self._drive(
            self._issued(
                start=MORNING.replace(day=30, hour=23, minute=30),
                car=self.car_2,
                driver=self.driver_2,
            ),
            key="driver_2",
        )
        cells, sums = self._rows("car_km_driver")
        self.assertEqual(sums["trips"], 1)
        self.assertIn("06/2026", cells)
        self.assertEqual(cells["driver"]["hours"], 8)

    def test_cost_of_a_car(self):
        order = self._shared_trip(km=100)
        self.env["party.dispatch.toll"].create(
            {"dispatch_id": order.id, "date": "2026-06-15", "amount": 35_000}
        )
        self.env["party.fuel.fill"].create(
            {
                "car_id": self.car_1.id,
                "driver_id": self.driver_1.id,
                "date": "2026-06-15",
                "litres": 10,
                "unit_price": 20_000,
                "amount": 200_000,
            }
        )
        self._care("2027-06-14", date="2026-06-14", amount=340_000)
        self._care("2027-05-31", "insurance", date="2026-05-31", amount=480_000)
        self._finished(amount=2_400_000).action_accept()
        _cells, sums = self._rows("car_cost")
        self.assertEqual(
            [sums[key] for key in ("km", "fuel", "toll", "repair", "care", "sum")],
            [100, 200_000, 35_000, 2_400_000, 340_000, 2_975_000],
        )
        cells, _sums = self._rows("car_cost", "chief_accountant")
        self.assertEqual(cells[self.car_1.display_name]["per_km"], 29_750)

    def test_norm_against_real(self):
        self._shared_trip(km=100)
        self.env["party.fuel.fill"].create(
            {
                "car_id": self.car_1.id,
                "driver_id": self.driver_1.id,
                "date": "2026-06-15",
                "litres": 13.5,
                "unit_price": 20_000,
            }
        )
        _cells, sums = self._rows("car_norm")
        self.assertEqual(
            [float(sums[key]) for key in ("km", "norm", "filled", "over", "none")],
            [100, 12, 13.5, 1.5, 0],
        )

    # ------------------------------------------------------------- use and refusals
    def _decline(self, request, note="Hết xe"):
        request.with_user(self.user["dispatcher"])._give_answer("declined", note)
        return request

    def test_a_car_stood_while_a_request_was_refused(self):
        self._drive(self._issued())
        self._decline(self._waiting_request(passenger_count=4))
        self._decline(self._waiting_request(passenger_count=20), "Xe nhỏ")
        self._decline(self._waiting_request(start=MORNING + timedelta(days=1)))
        cells, sums = self._rows("car_use")
        first, second = (cells[car.display_name] for car in (self.car_1, self.car_2))
        # 07:00 to 15:00: 4 hours before and 1.5 after noon
        self.assertEqual((first["hours"], first["used"]), (8, 5.5))
        # 22 days of office hours in June 2026
        self.assertEqual(first["could"], 22 * 8)
        # the car that drove stood on the next day only
        self.assertEqual((first["stood"], first["stood_hours"]), (1, 8))
        self.assertEqual((second["stood"], second["stood_hours"]), (2, 16))
        self.assertEqual(sums["trips"], 1)
        cars = [row.cells["cars"] for row in self._run("car_refused")._build().rows]
        self.assertIn("20A-000.02", cars[0] + cars[1])
        self.assertIn("", cars)
        self.assertIn("20A-000.01", cars[2])

    def test_a_car_in_the_workshop_did_not_stand(self):
        self.env["party.car.absence"].create(
            {
                "car_id": self.car_2.id,
                "start": MORNING,
                "stop": MORNING + timedelta(days=1),
            }
        )
        self._decline(self._waiting_request(passenger_count=6))
        cells, _sums = self._rows("car_use")
        self.assertEqual(cells[self.car_2.display_name]["stood"], 0)
        self.assertEqual(cells[self.car_2.display_name]["absent"], 8)

    def test_answers_and_their_time(self):
        with freeze_time("2026-06-15 01:00:00"):
            first = self._waiting_request()
            second = self._waiting_request(key="staff_b")
            self._waiting_request()
            self._confirmed_only = self._new_request()
        with freeze_time("2026-06-15 03:00:00"):
            self._issue(self._plan(first))
        with freeze_time("2026-06-16 01:00:00"):
            self._decline(second)
        cells, sums = self._rows("car_answers")
        self.assertEqual(cells[self.board_a.name]["asked"], 2)
        self.assertEqual(cells[self.board_a.name]["open"], 1)
        self.assertEqual(cells[self.board_a.name]["hours"], 2)
        # 08:00 on Monday to 08:00 on Tuesday
        self.assertEqual(cells[self.board_b.name]["hours"], 8)
        self.assertEqual(cells[self.board_b.name]["share"], 100)
        self.assertEqual((sums["asked"], sums["declined"]), (3, 1))
        notes = self._run("car_answers")._build().notes
        self.assertTrue(any("Hết xe (1)" in note for note in notes), notes)
        cells, _sums = self._rows("car_answers", "head_b")
        self.assertEqual(list(cells), [self.board_b.name])

    # --------------------------------------------------------------------- the plan
    def test_the_plan_of_a_month(self):
        order = self._issued()
        later = self._plan(
            self._waiting_request(
                key="staff_b", start=MORNING.replace(day=30, hour=22), hours=10
            ),
            self.car_2,
            self.driver_2,
        )
        waiting = self._waiting_request(start=MORNING + timedelta(days=1))
        orders = self.env["party.dispatch"]
        plan = orders.with_user(self.user["dispatcher"]).get_month_plan("2026-06")
        self.assertEqual((plan["previous"], plan["next"]), ("2026-05", "2026-07"))
        trips = {
            (day["day"], trip["id"], trip["is_order"])
            for day in plan["days"]
            for trip in day["trips"]
        }
        self.assertLessEqual(
            {("2026-06-15", order.id, True), ("2026-06-16", waiting.id, False)}, trips
        )
        # 22:00 UTC on the 30th is July at the office
        self.assertNotIn(later.id, {trip for _day, trip, is_order in trips if is_order})
        days = orders.with_user(self.user["head_b"]).get_month_plan("2026-07")["days"]
        self.assertEqual([trip["id"] for d in days for trip in d["trips"]], [later.id])
        self.assertEqual(days[0]["trips"][0]["time"], "05:00–15:00")
        days = orders.with_user(self.user["head_b"]).get_month_plan()["days"]
        self.assertFalse(days)
        for key in ("staff_a", "driver", "clerk", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                orders.with_user(self.user[key]).get_month_plan()
        for month in ("2026", "x-y", "2026-13", "0001-01", [2026]):
            with self.subTest(month), self.assertRaises(UserError):
                orders.with_user(self.user["dispatcher"]).get_month_plan(month)

    def test_cars_at_a_glance(self):
        self._shared_trip()
        self._decline(self._waiting_request(start=MORNING + timedelta(days=1)))
        self._care("2026-06-14", car=self.car_2)
        figures = self.env["party.car.figures"]
        data = figures.with_user(self.user["office_chief"]).get_figures("2026-06")
        self.assertEqual(
            [data["answers"][key] for key in ("asked", "assigned", "without")],
            [3, 2, 1],
        )
        self.assertEqual((data["since"], data["day"]), ("2026-06-01", "2026-06-15"))
        cars = {car["id"]: car for car in data["cars"]}
        self.assertEqual(cars[self.car_1.id]["km"], 61)
        # 5.5 of 11 days of 8 hours
        self.assertEqual(cars[self.car_1.id]["share"], 6.25)
        boards = {board["id"]: board for board in data["boards"]}
        self.assertEqual(boards[self.board_a.id]["km"], 41)
        self.assertEqual(boards[self.board_a.id]["share"], 100)
        self.assertGreaterEqual(data["care"]["overdue"], 1)
        empty = figures.with_user(self.user["dispatcher"]).get_figures("2031-01")
        self.assertEqual((empty["answers"], empty["boards"]), ({"asked": 0}, []))
        for key in ("staff_a", "head_a", "driver", "accountant_a", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                figures.with_user(self.user[key]).get_figures()

    def test_the_plan_is_printed(self):
        self._issued()
        for key in ("dispatcher", "office_chief", "head_a"):
            action = (
                self.env["party.dispatch"]
                .with_user(self.user[key])
                .action_print_month_plan("2026-06")
            )
            self.assertEqual(action["report_type"], "party-pdf")
        orders = self.env["party.dispatch"]
        action = orders.with_user(self.user["head_a"]).action_open_month_plan("2026-02")
        run = self.env["party.report.run"].browse(action["res_id"])
        self.assertEqual((run.since, run.day), (date(2026, 2, 1), date(2026, 2, 28)))
        for key in ("staff_a", "driver", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                orders.with_user(self.user[key]).action_print_month_plan()

    # ----------------------------------------------------------------------- access
    def test_who_runs_which_report(self):
        open_to = {
            "car_km_board": {"dispatcher", "head_a", "accountant_a", "office_chief"},
            "car_answers": {"dispatcher", "head_a", "accountant_a", "office_chief"},
            "car_plan": {"dispatcher", "head_a", "office_chief"},
            "car_cost": {"dispatcher", "office_chief"},
            "car_norm": {"dispatcher", "office_chief"},
            "car_km_driver": {"dispatcher", "office_chief"},
            "car_use": {"dispatcher", "office_chief"},
            "car_refused": {"dispatcher", "office_chief"},
        }
        keys = {"staff_a", "driver", "clerk", "manager"}.union(*open_to.values())
        for code, readers in open_to.items():
            for key in sorted(keys):
                with self.subTest(code=code, key=key):
                    if key in readers:
                        self._rows(code, key)
                        continue
                    with self.assertRaises(AccessError):
                        self._rows(code, key)

    def test_screen_form_and_workbook_draw_the_same(self):
        self._shared_trip()
        self._decline(self._waiting_request())
        self.allow_pdf_render()
        for code in ("car_km_board", "car_cost", "car_use", "car_refused", "car_plan"):
            with self.subTest(code):
                run = self._run(code)
                self.assertIn("o_party_report", run.content)
                count = run._write_xlsx(BytesIO())
                self.assertEqual(count, len(list(run._build().rows)))
                report = self.env.ref("party_office_base.party_report_run_report")
                printer = self.env["ir.actions.report"].with_user(run.env.user)
                pdf, kind = printer._render(report.report_name, run.ids)
                self.assertEqual(kind, "pdf")
                self.assertTrue(pdf.startswith(b"%PDF"))


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestPartyCarRepairForms(RepairCase):
    def _pdf(self, name, repair):
        report = self.env.ref(f"party_office_fleet.{name}_report")
        return (
            self.env["ir.actions.report"]
            .with_user(self.user["dispatcher"])
            ._render(report.report_name, repair.ids)[0]
        )

    def test_both_forms_are_drawn(self):
        repair = self._finished()
        self.assertTrue(self._pdf("car_repair_request", repair).startswith(b"%PDF"))
        self.assertTrue(self._pdf("car_repair_minutes", repair).startswith(b"%PDF"))

    def test_nothing_to_accept_before_the_approval(self):
        repair = self._repair()
        repair.quote_ids = [Command.create({"supplier": "Gara", "amount": 1})]
        self.assertTrue(self._pdf("car_repair_request", repair).startswith(b"%PDF"))
        with self.assertRaises(UserError):
            self._pdf("car_repair_minutes", repair)
