"""From the request to the trip: who may do what, and when."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import MORNING, FleetCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestPartyDispatch(FleetCase):
    def test_from_the_request_to_the_trip(self):
        request = self._new_request()
        self.assertFalse(request.answer)
        self._confirm(request)
        self.assertEqual(request.answer, "waiting")
        self.assertEqual(request.waiting_user_id, self.user["dispatcher"])
        order = self._plan(request)
        self.assertEqual(order.driver_id, self.driver_1)
        self.assertEqual(request.answer, "planned")
        self._issue(order)
        self.assertRegex(order.name, r"^LĐX2026/\d{4}$")
        self.assertEqual(request.answer, "assigned")
        self.assertFalse(request.waiting_user_id)
        self.assertEqual(order.waiting_user_id, self.user["driver"])
        self._drive(order)
        self.assertEqual((order.progress, order.km), ("done", 60))
        self.assertFalse(order.waiting_user_id)

    def test_a_taken_car_names_the_order_that_has_it(self):
        order = self._plan(self._waiting_request())
        other = self._waiting_request(key="staff_b", start=MORNING + timedelta(hours=7))
        with self.assertRaisesRegex(UserError, "20A-000.01.*Phú Lương"):
            self._plan(other)
        with self.assertRaisesRegex(UserError, "driver"):
            self._plan(other, self.car_2, self.driver_1)
        self.assertEqual(other.answer, "waiting")
        self.assertEqual(order.car_id, self.car_1)

    def test_turnaround_and_touching_times(self):
        self._plan(self._waiting_request(hours=2))
        early = self._waiting_request(start=MORNING + timedelta(hours=2, minutes=29))
        with self.assertRaises(UserError):
            self._plan(early)
        touching = self._waiting_request(start=MORNING + timedelta(hours=2, minutes=30))
        self.assertTrue(self._plan(touching).car_id)

    def test_orders_without_a_car_never_collide(self):
        requests = [self._waiting_request() for _number in range(3)]
        for request in requests:
            request.with_user(self.user["dispatcher"]).action_plan()
        self.assertEqual(len({r.dispatch_id for r in requests}), 3)

    def test_cancelling_frees_car_driver_and_request(self):
        request = self._waiting_request()
        order = self._issue(self._plan(request))
        order.with_user(self.user["dispatcher"]).action_cancel()
        self.assertEqual(request.answer, "waiting")
        self.assertFalse(request.dispatch_id)
        self.assertTrue(self._plan(request).car_id)

    def test_the_last_request_that_goes_ends_the_order(self):
        request = self._waiting_request()
        order = self._issue(self._plan(request))
        request.with_user(self.user["staff_a"]).action_cancel()
        self.assertEqual(order.state, "cancelled")
        self.assertEqual(request.state, "cancelled")
        self.assertFalse(self.env["party.occupancy"]._of(order))

    def test_only_the_dispatcher_plans(self):
        request = self._waiting_request()
        for key in ("staff_a", "head_a", "driver", "office_chief", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                request.with_user(self.user[key]).action_plan(self.car_1.id)

    def test_only_its_driver_drives(self):
        order = self._issued()
        with self.assertRaises(AccessError):
            order.with_user(self.user["driver_2"])._start_trip(1000)
        with self.assertRaises(AccessError):
            order.with_user(self.user["staff_a"])._start_trip(1000)
        order.with_user(self.user["driver"])._start_trip(1000)
        with self.assertRaisesRegex(UserError, "999"):
            order.with_user(self.user["driver"])._end_trip(999)

    def test_drivers_see_their_own_orders_only(self):
        mine = self._issued()
        other = self._issued(key="staff_b", car=self.car_2, driver=self.driver_2)
        orders = self.env["party.dispatch"]
        self.assertEqual(
            orders.with_user(self.user["driver"]).search(
                [("id", "in", (mine | other).ids)]
            ),
            mine,
        )
        self.assertFalse(mine.with_user(self.user["staff_b"]).has_access("read"))
        self.assertTrue(mine.with_user(self.user["staff_a"]).has_access("read"))
        self.assertTrue(mine.with_user(self.user["head_a"]).has_access("read"))
