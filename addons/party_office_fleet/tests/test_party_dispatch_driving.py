"""The trip: late, early, over another one; what is odd; who may do what."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import MORNING, FleetCase


def hour(number, minute=0):
    """A time of 15 June, counted from 7 o'clock in Ha Noi (``MORNING``)."""
    return MORNING + timedelta(hours=number, minutes=minute)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 14:00:00")
class TestPartyDispatchDriving(FleetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._issued(hours=2)
        cls.second = cls._issued(start=hour(3), hours=2)

    def _as(self, order, key="driver"):
        return order.with_user(self.user[key])

    def _taken(self, order):
        rows = self.env["party.occupancy"]._of(order)
        return sorted((r.subject_model, r.start, r.stop) for r in rows)

    def _activities(self, order):
        return order.sudo().activity_ids.filtered(
            lambda a: a.user_id == self.user["dispatcher"]
        )

    # -------------------------------------------------------------------------- time
    def test_late_entry_gives_the_real_moments(self):
        mine = self._as(self.first)
        mine.action_start(1000, "2026-06-15 00:10:00")
        mine.action_end(1060, "2026-06-15 02:05:00")
        self.assertEqual(self.first.actual_start, hour(0, 10))
        self.assertEqual(self.first.actual_stop, hour(2, 5))
        self.assertEqual(self.first.km, 60)

    def test_nothing_happens_in_the_future(self):
        with self.assertRaisesRegex(UserError, "still to come|chưa tới"):
            self._as(self.first).action_start(1000, "2026-06-15 14:11:00")
        # the clock of a phone is a little ahead
        self._as(self.first).action_start(1000, "2026-06-15 14:09:00")
        self.assertEqual(str(self.first.actual_start), "2026-06-15 14:00:00")

    def test_bad_input_gets_a_sentence(self):
        mine = self._as(self.first)
        for odometer in (None, "", "x", -1, 10**18, float("nan"), float("inf"), True):
            with self.subTest(odometer), self.assertRaises(UserError):
                mine.action_start(odometer)
        with self.assertRaises(UserError):
            mine.action_start(1000, "yesterday")
        self.assertEqual(self.first.progress, "planned")

    def test_back_before_it_left(self):
        mine = self._as(self.first)
        mine.action_start(1000, hour(1))
        with self.assertRaisesRegex(UserError, "cannot have come back|không thể"):
            mine.action_end(1010, hour(0, 59))

    def test_one_trip_at_a_time(self):
        self._as(self.first).action_start(1000, hour(0))
        with self.assertRaisesRegex(UserError, "20A-000.01.*(on the road|trên đường)"):
            self._as(self.second).action_start(1060, hour(3))
        self._as(self.first).action_end(1060, hour(2))
        with self.assertRaisesRegex(UserError, "came back|về lúc"):
            self._as(self.second).action_start(1060, hour(1, 59))
        self._as(self.second).action_start(1060, hour(2))
        self.assertEqual(self.second.progress, "running")

    def test_a_trip_noted_after_the_next_one(self):
        """The paper of the first trip turns up when the second is on the road."""
        self._as(self.second).action_start(1060, hour(3))
        self._as(self.first).action_start(1000, hour(0))
        self.assertEqual(self.second.odometer_before, 0)
        with self.assertRaises(UserError):
            # two places at once
            self._as(self.first).action_end(1060, hour(3, 1))
        self._as(self.first).action_end(1060, hour(3))
        self.assertEqual(self.second.odometer_before, 1060)
        self.assertFalse(self.second.is_odd)

    # -------------------------------------------------------------------------- late
    def test_late_back_takes_the_time_of_what_was_planned(self):
        mine = self._as(self.first)
        mine.action_start(1000, hour(0))
        self.assertFalse(self.second.is_displaced)
        mine.action_end(1090, hour(4))
        self.assertEqual(self.first.actual_stop, hour(4))
        self.assertTrue(self.second.is_displaced)
        # the second keeps what is left, with its turnaround
        self.assertEqual(
            self._taken(self.second),
            [
                ("party.car", hour(4), hour(5, 30)),
                ("party.driver", hour(4), hour(5, 30)),
            ],
        )
        self.assertEqual(len(self._activities(self.second)), 1)
        # and can be driven after it, or planned anew
        self._as(self.second).action_start(1090, hour(4, 10))
        self.assertEqual(self.second.progress, "running")

    def test_late_back_past_the_whole_next_order(self):
        mine = self._as(self.first)
        mine.action_start(1000, hour(0))
        mine.action_end(1090, hour(8))
        self.assertTrue(self.second.is_displaced)
        self.assertFalse(self._taken(self.second))
        third = self._plan(self._waiting_request(start=hour(9), hours=1))
        self.assertTrue(third.car_id)

    def test_late_start_moves_nothing_but_what_it_meets(self):
        self._as(self.first).action_start(1000, hour(3, 30))
        self.assertTrue(self.second.is_displaced)
        self._as(self.first).action_end(1010, hour(3, 45))
        self.assertEqual(
            [span[1:] for span in self._taken(self.second)][:2],
            [(hour(3), hour(3, 30)), (hour(3, 45), hour(5, 30))],
        )

    def test_leaving_before_the_time(self):
        """It leaves before an order that was planned and never driven."""
        self._as(self.second).action_start(1000, hour(1))
        self.assertTrue(self.first.is_displaced)
        self.assertFalse(self.second.is_displaced)
        self._as(self.second).action_end(1010, hour(1, 30))
        self.assertEqual(
            [span[1:] for span in self._taken(self.first)][:2],
            [(hour(0), hour(1)), (hour(1, 30), hour(2, 30))],
        )

    def test_planned_anew_it_has_to_be_free(self):
        mine = self._as(self.first)
        mine.action_start(1000, hour(0))
        mine.action_end(1090, hour(4))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.second._set_state("returned")
            self._as(self.second, "dispatcher").write({"start": hour(3, 50)})
        self.second._set_state("returned")
        self._as(self.second, "dispatcher").write({"start": hour(4, 30)})
        self.assertFalse(self.second.is_displaced)

    def test_the_workshop_does_not_keep_a_trip_from_being_noted(self):
        occupancy = self.env["party.occupancy"]
        self.second.with_user(self.user["dispatcher"]).action_cancel()
        # stands for any other document
        occupancy._take(self.board_a, [(self.car_1, hour(3), hour(6))])
        self._as(self.first).action_start(1000, hour(0))
        self._as(self.first).action_end(1060, hour(5))
        self.assertEqual(
            self._taken(self.first),
            [("party.car", hour(0), hour(3)), ("party.driver", hour(0), hour(5))],
        )

    # --------------------------------------------------------------------- odometer
    def test_a_gap_is_shown_and_explained(self):
        self._drive(self.first)
        self._as(self.second).action_start(1085, hour(3))
        self.assertEqual(self.second.odometer_before, 1060)
        self.assertTrue(self.second.is_odd)
        self.assertRegex(self.second.odd_box, r"25 km.*1\.060 km")
        self._as(self.second).action_explain("Đi đổ xăng và rửa xe")
        self.assertEqual(self.second.explanation, "Đi đổ xăng và rửa xe")
        self._as(self.second).action_end(1200, hour(5))
        # 115 km by an order of 60, in two hours
        self.assertRegex(self.second.odd_box, r"115 km.*60")

    def test_an_odometer_that_is_right(self):
        self._drive(self.first)
        self._as(self.second).action_start(1061, hour(3))
        self._as(self.second).action_end(1121, hour(5))
        self.assertFalse(self.second.is_odd)
        self.assertFalse(self.second.odd_box)

    def test_correcting_the_odometer(self):
        self._drive(self.first, 1000, 1160)
        self._as(self.second).action_start(1060, hour(3))
        self.assertTrue(self.first.is_odd and self.second.is_odd)
        self.first.with_user(self.user["staff_a"]).action_confirm()
        for key in ("driver", "staff_a", "office_chief", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._as(self.first, key).action_correct_odometer(1000, 1060, "Gõ sai")
        desk = self._as(self.first, "dispatcher")
        with self.assertRaises(UserError):
            desk.action_correct_odometer(1000, 1060, " ")
        with self.assertRaises(UserError):
            desk.action_correct_odometer(1000, 999, "Gõ sai")
        desk.action_correct_odometer(1000, 1060, "Gõ sai")
        self.assertEqual(self.first.km, 60)
        self.assertFalse(self.first.is_odd or self.second.is_odd)
        self.assertFalse(self.first.confirmed_by_id)
        self.assertIn("1000 – 1160", self.first.message_ids[0].body)

    def test_the_vehicle_of_the_fleet_app_is_told(self):
        brand = self.env["fleet.vehicle.model.brand"].create({"name": "B"})
        model = self.env["fleet.vehicle.model"].create(
            {"name": "M", "brand_id": brand.id}
        )
        vehicle = self.env["fleet.vehicle"].create({"model_id": model.id})
        self.car_1.vehicle_id = vehicle
        self._drive(self.first)
        row = self.env["fleet.vehicle.odometer"].search(
            [("vehicle_id", "=", vehicle.id)]
        )
        self.assertEqual((row.value, str(row.date)), (1060, "2026-06-15"))

    # --------------------------------------------------------------------- recording
    def test_legs_tolls_and_fills_are_summed(self):
        mine = self._as(self.first)
        mine.action_start(1000, hour(0))
        mine.action_add_leg({"place_to": "Phú Lương", "km": 30, "hard_km": 12})
        mine.action_add_leg({"place_to": "Văn phòng", "km": 30, "idle_hours": 0.5})
        mine.action_add_toll({"station": "Trạm 1", "amount": 35000})
        mine.action_add_toll({"station": "Trạm 1", "amount": 35000})
        fill = mine.action_add_fill(
            {
                "litres": 40,
                "unit_price": 20500,
                "odometer": 1030,
                "invoice_series": "1c26 tab",
                "invoice_number": "000123",
            }
        )
        mine.action_end(1060, hour(2))
        self.assertEqual(
            (self.first.hard_km, self.first.idle_hours, self.first.toll_amount),
            (12, 0.5, 70000),
        )
        self.assertRecordValues(
            fill.sudo(),
            [
                {
                    "car_id": self.car_1.id,
                    "driver_id": self.driver_1.id,
                    "amount": 820000,
                    "invoice_key": "1C26TAB/123",
                }
            ],
        )
        self.assertFalse(self.first.is_odd)

    def test_what_cannot_be_recorded(self):
        mine = self._as(self.first)
        for action, values in (
            ("action_add_leg", {"place_to": "A", "km": float("nan")}),
            ("action_add_leg", {"place_to": "A", "km": "x"}),
            ("action_add_leg", {"place_to": "A", "km": 10, "dispatch_id": 1}),
            ("action_add_leg", ["place_to"]),
            ("action_add_toll", {"amount": 10**18}),
            ("action_add_toll", {"amount": 1000, "date": "31/02"}),
            ("action_add_fill", {"litres": 10, "photo": "no photo"}),
            ("action_add_fill", {"litres": 10, "photo": 5}),
            ("action_add_incident", {"kind": "delay", "moment": "2027-01-01"}),
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                getattr(mine, action)(values)

    def test_an_incident_reaches_the_dispatcher(self):
        self._as(self.first).action_add_incident(
            {"kind": "breakdown", "description": "Nổ lốp", "place": "Km 12"}
        )
        self.assertIn("Nổ lốp", self._activities(self.first).summary)

    # --------------------------------------------------------------------- confirming
    def test_who_travelled_confirms(self):
        with self.assertRaises(UserError):
            self._as(self.first, "staff_a").action_confirm()
        self._drive(self.first)
        request = self.first.request_ids
        for key in ("driver", "dispatcher", "head_a"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._as(self.first, key).action_confirm()
        self.assertTrue(self._as(request, "staff_a").can_confirm)
        self._as(request, "staff_a").action_confirm_trip()
        self.assertEqual(self.first.confirmed_by_id, self.user["staff_a"])
        with self.assertRaises(UserError):
            self._as(self.first, "staff_a").action_confirm()

    # -------------------------------------------------------------------------- access
    def test_only_who_drives_records(self):
        for key in ("driver_2", "staff_a", "head_a", "accountant_a", "manager"):
            mine = self._as(self.first, key)
            for action, arguments in (
                ("action_start", (1000,)),
                ("action_end", (1000,)),
                ("action_add_leg", ({"place_to": "A"},)),
                ("action_add_toll", ({"amount": 1000},)),
                ("action_add_fill", ({"litres": 10},)),
                ("action_add_incident", ({"description": "x"},)),
                ("action_explain", ("x",)),
            ):
                with (
                    self.subTest(key=key, action=action),
                    self.assertRaises(AccessError),
                ):
                    getattr(mine, action)(*arguments)
        self._as(self.first, "dispatcher").action_start(1000)
        self.assertEqual(self.first.progress, "running")

    def test_rows_are_not_forged(self):
        mine = self._as(self.first)
        mine.action_add_toll({"amount": 1000})
        toll = self.first.toll_ids
        for key in ("driver", "driver_2", "staff_a", "head_a", "accountant_a"):
            with self.subTest(key):
                for name in ("leg", "toll", "incident"):
                    rows = self.env[f"party.dispatch.{name}"]
                    with self.assertRaises(AccessError):
                        rows.with_user(self.user[key]).create(
                            {"dispatch_id": self.first.id}
                        )
                with self.assertRaises(AccessError):
                    self._as(toll, key).write({"amount": 5})
                with self.assertRaises(AccessError):
                    self._as(toll, key).unlink()
        self._as(toll, "dispatcher").write({"amount": 2000})
        self.assertEqual(self.first.toll_amount, 2000)
        for vals in (
            {"is_displaced": True},
            {"odometer_before": 1},
            {"explanation": "x"},
            {"confirmed_by_id": self.user["dispatcher"].id},
            {"odometer_in": 5},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                self._as(self.first, "dispatcher").write(vals)

    def test_who_sees_what_was_recorded(self):
        mine = self._as(self.first)
        mine.action_add_toll({"amount": 1000})
        mine.action_add_fill({"litres": 10, "unit_price": 20000})
        toll, fill = self.first.toll_ids, self.first.fill_ids
        for key, sees_toll, sees_fill in (
            ("driver", True, True),
            ("driver_2", False, False),
            ("staff_a", True, True),
            ("staff_b", False, False),
            ("head_a", True, True),
            ("head_b", False, False),
            ("dispatcher", True, True),
            ("accountant_b", False, True),
            ("office_chief", True, True),
        ):
            with self.subTest(key):
                self.assertEqual(self._as(toll, key).has_access("read"), sees_toll)
                self.assertEqual(self._as(fill, key).has_access("read"), sees_fill)

    def test_nothing_is_recorded_on_an_order_that_does_not_hold(self):
        order = self._plan(self._waiting_request(start=hour(8), hours=1))
        with self.assertRaises(UserError):
            self._as(order).action_add_toll({"amount": 1000})
        with self.assertRaises(UserError):
            self.env["party.dispatch.toll"].with_user(self.user["dispatcher"]).create(
                {"dispatch_id": order.id, "amount": 1000}
            )
