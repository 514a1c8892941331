"""What an order costs by norm, and which board carries how much of it."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import MORNING
from .fuel_case import FuelCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestDispatchCost(FuelCase):
    def _costs(self, order):
        return [(line.board, int(line.amount)) for line in order._cost_lines()]

    def _order(self, **values):
        return self._plan(self._waiting_request(**values))

    def test_km_by_norm_at_the_price_of_the_day(self):
        order = self._order(km=60)
        # 60 km × 12 l/100 km × 20,000 đ
        self.assertEqual(order.fuel_litres, 7.2)
        self.assertEqual(order.fuel_cost, 144_000)
        self.assertEqual(self._costs(order), [(self.board_a, 144_000)])
        self.assertEqual(order._cost_lines()[0].item_code, "6503")

    def test_boards_carry_it_by_passenger_km(self):
        requests = self._waiting_request(km=60, passenger_count=3)
        requests |= self._waiting_request(key="staff_b", km=30, passenger_count=1)
        order = self._plan(requests)
        self.assertEqual(order.planned_km, 60)
        self.assertEqual(
            [int(weight) for weight in order._shares().values()], [180, 30]
        )
        # 144,000 đ as 6 : 1
        self.assertEqual(
            self._costs(order), [(self.board_a, 123_429), (self.board_b, 20_571)]
        )

    def test_what_was_driven_takes_the_place_of_the_plan(self):
        order = self._issue(self._order(km=60))
        self._drive(order, 1000, 1100)
        self.env["party.dispatch.leg"].create(
            {
                "dispatch_id": order.id,
                "place_to": "Phú Lương",
                "km": 100,
                "hard_km": 50,
                "idle_hours": 2,
            }
        )
        # (50 + 50 × 1.1) × 12/100 + 2 × 1.5 = 15.6 l
        self.assertEqual(order.fuel_litres, 15.6)
        self.assertEqual(self._costs(order), [(self.board_a, 312_000)])

    def test_supplements_of_the_norm(self):
        self.norm.supplement_ids = [
            Command.create({"name": "Xe trên 10 năm", "pct": 5}),
            Command.create(
                {"name": "Trên 200.000 km", "pct": 5, "odometer_from": 2000}
            ),
        ]
        order = self._issue(self._order(km=100))
        self.assertEqual(order.fuel_litres, 12.6)
        self._drive(order, 2000, 2100)
        self.assertEqual(order.fuel_litres, 13.2)

    def test_norm_and_price_of_the_day_of_the_trip(self):
        self.norm.copy(
            {"date_from": "2026-06-16", "litres": 10, "car_id": self.car_1.id}
        )
        self.price.copy({"date_from": "2026-06-16", "price": 21_000})
        # 23:00 on the 15th at the office is the 15th, an hour later the 16th
        old = self._order(km=100, start=MORNING + timedelta(hours=16), hours=2)
        self.assertEqual(old.fuel_cost, 240_000)
        new = self._order(km=100, start=MORNING + timedelta(hours=20), hours=2)
        self.assertEqual(new.fuel_cost, 210_000)

    def test_who_was_driven_carries_his_part(self):
        order = self._issue(self._order(km=60))
        request = order.request_ids
        order.with_user(self.user["driver"])._start_trip(1000, order.start)
        with self.assertRaisesRegex(UserError, "left|xuất phát|đã đi"):
            request.with_user(self.user["staff_a"]).action_cancel()
        self.assertEqual(request.dispatch_id, order)

    def test_without_norm_or_price_nothing_is_held_and_it_is_said(self):
        self.price.unlink()
        order = self._order()
        self.assertEqual(order._cost_lines(), [])
        self.assertTrue(order.fuel_litres)
        self.assertRegex(order.fuel_cost_note, "price|[Gg]iá")
        self.norm.unlink()
        order.invalidate_recordset()
        self.assertRegex(order.fuel_cost_note, "norm|định mức")
        order.with_user(self.user["dispatcher"]).action_submit()
        notes = order.with_user(self.user["deputy_chief"])._decision_notes()
        self.assertIn(order.fuel_cost_note, notes[order.id])
        self._decide(order, "deputy_chief")
        self.assertEqual(order.state, "approved")
