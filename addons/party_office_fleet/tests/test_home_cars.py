from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.home_case import HomeMixin

from .common import MORNING, FleetCase

BOARD = "party_office_fleet.party_car_board_action"
TRIPS = "party_office_fleet.party_my_trips_action"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-14 22:00:00")
class TestHomeCars(HomeMixin, FleetCase):
    """Monday 15 June 2026, 5 o'clock at the office; trips go from 7 to 15."""

    def _cars(self, user="dispatcher", card="desk"):
        """Return how many cars are free, out and late."""
        rows = self._card(user, card)["rows"]
        return [row["value"] for row in rows][-3:]

    def test_free_out_late(self):
        free, out, late = self._cars()
        order = self._issued()
        self.assertEqual(self._cars(), [free - 1, out, late])
        own = order.with_user(self.user["driver"])
        with freeze_time("2026-06-15 00:30:00"):
            own._start_trip(1000, order.start)
            self.assertEqual(self._cars(), [free - 1, out + 1, late])
        with freeze_time("2026-06-15 08:01:00"):
            self.assertEqual(self._cars()[1:], [out + 1, late + 1])
            action = self._card("dispatcher", "desk")["rows"][-1]["action"]
            self.assertIn(order, self._records_behind(action, "dispatcher"))
            own._end_trip(1060)
            self.assertEqual(self._cars(), [free, out, late])

    def test_car_in_the_workshop_is_not_free(self):
        free = self._cars()[0]
        self.env["party.car.absence"].create(
            {
                "car_id": self.car_2.id,
                "start": "2026-06-15 01:00:00",
                "stop": "2026-06-15 05:00:00",
            }
        )
        self.assertEqual(self._cars()[0], free - 1)
        action = self._card("dispatcher", "desk")["rows"][-3]["action"]
        free_cars = self._records_behind(action, "dispatcher")
        self.assertIn(self.car_1, free_cars)
        self.assertNotIn(self.car_2, free_cars)

    def test_chief_sees_cars_others_do_not(self):
        self.assertEqual(self._cars("office_chief", "office"), self._cars())
        for key in ("staff_a", "head_a", "accountant_a", "clerk", "manager"):
            self.assertNotIn("party.dispatch", str(self._home(key)["cards"]), key)

    def test_requests_without_a_car(self):
        ((behind, before), *_rest) = self._figures("dispatcher", "desk")
        self.assertEqual(behind, BOARD)
        self._waiting_request()
        self.assertEqual(self._figures("dispatcher", "desk")[0], (BOARD, before + 1))

    def test_day_of_passenger_and_driver(self):
        request = self._waiting_request(start=MORNING)
        (row,) = self._card("staff_a", "day")["rows"]
        self.assertEqual(row["id"], f"party.car.request,{request.id}")
        self.assertEqual((row["hours"], row["is_today"]), ("07:00–15:00", True))
        self.assertEqual(self._card("staff_b", "day")["rows"], [])
        self.assertEqual(self._card("driver", "day")["rows"], [])
        order = self._issue(self._plan(request))
        (row,) = self._card("driver", "day")["rows"]
        self.assertEqual(row["id"], f"party.dispatch,{order.id}")
        self.assertEqual(self._figures("driver", "desk"), [(TRIPS, 1)])
        (row,) = self._card("staff_a", "day")["rows"]
        self.assertEqual(row["id"], f"party.dispatch,{order.id}")
        self.assertEqual(row["action"]["res_id"], request.id)
        self.assertEqual(self._card("driver_2", "day")["rows"], [])

    def test_same_queries_with_more_cars_out(self):
        self._issued()
        few = {key: self._queries(key) for key in ("dispatcher", "office_chief")}
        for number in range(6):
            car = self._new_car(f"20A-100.0{number}")
            self._issued(car=car, driver=self._one_more_driver(number))
        for key, queries in few.items():
            self.assertLessEqual(self._queries(key), queries + 1, key)

    def _one_more_driver(self, number):
        self._new_user(f"driver_x{number}", "driver", self.office)
        return self._new_driver(f"driver_x{number}")
