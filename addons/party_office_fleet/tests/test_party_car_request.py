"""A request with hardly any typing: places, km, persons, defaults, the same again."""

from datetime import datetime, timedelta

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import MORNING, FleetCase


class RouteCase(FleetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        places = cls.env["party.place"]
        cls.place_office = places._office(cls.company)
        cls.place_x, cls.place_y = places.create(
            [{"name": "Xã X (thử)"}, {"name": "Xã Y (thử)"}]
        )
        cls.place_home = places.create({"name": "Nhà riêng (thử)", "kind": "home"})

    @classmethod
    def _new_distance(cls, here, there, km, hard_km=0):
        return cls.env["party.distance"].create(
            {
                "from_id": here.id,
                "to_id": there.id,
                "typed_km": km,
                "typed_hard_km": hard_km,
            }
        )

    @classmethod
    def _stops(cls, *places):
        return [
            Command.create({"place_id": place.id, "sequence": number})
            for number, place in enumerate(places)
        ]

    @classmethod
    def _new_route(cls, *places, key="staff_a", start=MORNING):
        """Create a request over places; the rest is the form's own."""
        return (
            cls.env["party.car.request"]
            .with_user(cls.user[key])
            .create(
                {
                    "purpose": "Kiểm tra",
                    "stop_ids": cls._stops(*places),
                    "start": start,
                    "stop": start + timedelta(hours=8),
                }
            )
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-06-12 01:00:00")
class TestPartyCarRequest(RouteCase):
    def test_the_form_of_a_typical_request_needs_three_answers(self):
        self._new_distance(self.place_office, self.place_x, 30, 10)
        staff = self.user["staff_a"]
        staff.sudo().employee_id.work_phone = "0900 000 001"
        form = Form(self.env["party.car.request"].with_user(staff))
        # Friday: the next working day is Monday, 7 to 17 in Ha Noi
        self.assertEqual(form.start, datetime(2026, 6, 15, 0, 0))
        self.assertEqual(form.stop, datetime(2026, 6, 15, 10, 0))
        form.purpose = "Kiểm tra"
        form.place_id = self.place_x
        form.basis = "Kế hoạch 12-KH/UBKT"
        request = form.save()
        self.assertRecordValues(
            request,
            [
                {
                    "destination": "Xã X (thử)",
                    "km": 60,
                    "hard_km": 20,
                    "passenger_ids": staff.sudo().employee_id.ids,
                    "passenger_count": 1,
                    "board_id": self.board_a.id,
                    "pickup": self.place_office.name,
                    "phone": "0900 000 001",
                    "purpose_id": self.env.ref(
                        "party_office_fleet.car_purpose_ordinary"
                    ).id,
                }
            ],
        )
        self.assertEqual(request.stop_ids.place_id, self.place_x)
        request.action_submit()
        self.assertEqual(request.state, "submitted")

    def test_another_day_takes_the_way_back_along(self):
        form = Form(self.env["party.car.request"].with_user(self.user["staff_a"]))
        form.start = datetime(2026, 6, 17, 1, 0)
        self.assertEqual(form.stop, datetime(2026, 6, 17, 10, 0))
        form.start = datetime(2026, 6, 17, 12, 0)
        self.assertEqual(form.stop, datetime(2026, 6, 17, 16, 0))

    def test_the_first_place_is_one_of_the_places(self):
        request = self._new_route(self.place_x, self.place_y)
        self.assertEqual(request.place_id, self.place_x)
        self.assertEqual(request.destination, "Xã X (thử) – Xã Y (thử)")
        request.place_id = self.place_y
        self.assertEqual(
            request.stop_ids.place_id, self.place_y, "the first place was changed"
        )
        self.assertEqual(len(request.stop_ids), 2)
        short = self.env["party.car.request"].with_user(self.user["staff_a"])
        short = short.create({"purpose": "Họp", "place_id": self.place_x.id})
        self.assertEqual(short.stop_ids.place_id, self.place_x)
        self.assertEqual(short.destination, "Xã X (thử)")

    def test_km_of_a_way_over_places(self):
        self._new_distance(self.place_office, self.place_x, 30)
        request = self._new_route(self.place_x, self.place_y)
        self.assertEqual(request.km, 0)
        self.assertIn("Xã Y (thử)", request.distance_box)
        # the same both ways
        self._new_distance(self.place_y, self.place_x, 12.5, 2.5)
        self._new_distance(self.place_y, self.place_office, 40, 5)
        request = self._new_route(self.place_x, self.place_y)
        self.assertEqual((request.km, request.hard_km), (82.5, 7.5))
        request.km = 90
        self.assertEqual(request.km, 90, "who knows better may type it")

    def test_what_was_sent_keeps_its_places(self):
        request = self._confirm(self._new_route(self.place_x))
        mine = request.with_user(self.user["staff_a"])
        for values in (
            {"place_id": self.place_y.id},
            {"stop_ids": self._stops(self.place_y)},
            {"passenger_ids": [Command.clear()]},
            {"hard_km": 5},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                mine.write(values)
        with self.assertRaises(UserError):
            mine.stop_ids.write({"place_id": self.place_y.id})
        with self.assertRaises(UserError):
            mine.stop_ids.unlink()

    def test_persons_and_guests_are_counted(self):
        request = self._new_route(self.place_x)
        request.guest_names = "Ông Minh – Bí thư xã, Bà Lan;  "
        self.assertEqual(request.passenger_count, 3)
        self.assertIn("Ông Minh – Bí thư xã", request.passenger_text)
        request.passenger_count = 5
        self.assertEqual(request.passenger_count, 5)

    def test_impossible_numbers_get_a_sentence(self):
        request = self._new_route(self.place_x)
        for values in ({"hard_km": float("nan")}, {"km": 10**18}):
            with self.subTest(values), self.assertRaises(ValidationError):
                request.write(values)
        # the database refuses what other fields make impossible
        for values in (
            {"km": 10, "hard_km": 11},
            {"hard_km": -1},
            {"passenger_count": 0},
            {"start": MORNING, "stop": MORNING},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                request.write(values)
                request.flush_recordset()

    def test_the_same_trip_again_takes_two_taps(self):
        self._new_distance(self.place_office, self.place_x, 30)
        request = self._confirm(self._new_route(self.place_x, start=MORNING))
        usual = self.env["party.car.usual"].with_user(self.user["staff_a"])
        self.env.flush_all()
        usual = usual.search([("destination", "=", "Xã X (thử)")])
        self.assertEqual(usual.times, 1)
        with freeze_time("2026-06-19 01:00:00"):
            action = usual.action_again()
            again = self.env["party.car.request"].browse(action["res_id"])
        again = again.with_user(self.user["staff_a"])
        self.assertRecordValues(
            again,
            [
                {
                    "state": "draft",
                    "answer": False,
                    "start": datetime(2026, 6, 22, 0, 0),
                    "stop": datetime(2026, 6, 22, 8, 0),
                    "destination": request.destination,
                    "km": 60,
                    "basis": False,
                    "purpose": request.purpose,
                }
            ],
        )
        self.assertEqual(again.stop_ids.place_id, self.place_x)
        self.assertNotEqual(again.stop_ids, request.stop_ids)
        again.action_submit()
        self.assertEqual(again.waiting_user_id, self.user["head_a"])

    def test_usual_trips_are_ones_own_and_most_frequent_first(self):
        for place in (self.place_x, self.place_y, self.place_y):
            self._confirm(self._new_route(place))
        self._confirm(self._new_route(self.place_x, key="staff_b"), "head_b")
        self.env.flush_all()
        usual = self.env["party.car.usual"]
        mine = usual.with_user(self.user["staff_a"]).search([])
        self.assertEqual(
            [(trip.destination, trip.times) for trip in mine],
            [("Xã Y (thử)", 2), ("Xã X (thử)", 1)],
        )
        foreign = usual.with_user(self.user["staff_b"]).search([])
        with self.assertRaises(AccessError):
            foreign.with_user(self.user["staff_a"]).action_again()

    def test_a_typed_place_is_made_once(self):
        places = self.env["party.place"].with_user(self.user["staff_a"])
        new_id = places.name_create("Xã  Mới (thử)")[0]
        self.assertEqual(places.name_create("xã mới (THỬ)")[0], new_id)
        self.assertEqual(places.browse(new_id).name, "Xã Mới (thử)")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestPartyDistance(RouteCase):
    def _drive_to(self, *places, km, day=0):
        request = self._new_route(*places, start=MORNING + timedelta(days=day))
        order = self._issue(self._plan(self._confirm(request)))
        with freeze_time(order.stop):
            self._drive(order, 1000, 1000 + km)
        return order

    def _row(self, *places):
        return self.env["party.distance"]._between(
            self.env["party.place"].union(*places)
        )

    def test_trips_teach_the_table_by_their_median(self):
        for day, km in enumerate((60, 62, 130)):
            self._drive_to(self.place_x, km=km, day=day)
        row = self._row(self.place_office, self.place_x)
        self.assertRecordValues(
            row, [{"km": 31, "known_by": "learned", "trips": 3, "differs": False}]
        )
        self.assertEqual(self.place_x.trip_count, 3)
        request = self._new_route(self.place_x)
        self.assertEqual(request.km, 62)
        self.assertIn("3", request.distance_box)

    def test_what_was_typed_holds_until_somebody_takes_the_trips_word(self):
        row = self._new_distance(self.place_office, self.place_x, 20)
        self._drive_to(self.place_x, km=60)
        self.assertRecordValues(
            row, [{"km": 20, "known_by": "typed", "learned_km": 30, "differs": True}]
        )
        with self.assertRaises(AccessError):
            row.with_user(self.user["staff_a"]).action_take_learned()
        row.with_user(self.user["dispatcher"]).action_take_learned()
        self.assertRecordValues(row, [{"km": 30, "differs": False}])
        other = self._new_distance(self.place_office, self.place_y, 20)
        with self.assertRaisesRegex(UserError, "Xã Y"):
            other.action_take_learned()

    def test_a_way_over_two_places_teaches_the_unknown_leg(self):
        self._new_distance(self.place_office, self.place_x, 30)
        self._new_distance(self.place_office, self.place_y, 40)
        self._drive_to(self.place_x, self.place_y, km=85)
        self.assertEqual(self._row(self.place_x, self.place_y).learned_km, 15)
        self.assertFalse(self._row(self.place_office, self.place_x).learned_km)

    def test_requests_on_different_ways_teach_nothing(self):
        requests = self._confirm(self._new_route(self.place_x))
        requests |= self._confirm(self._new_route(self.place_y))
        self._drive(self._issue(self._plan(requests)))
        self.assertFalse(self._row(self.place_office, self.place_x))

    def test_a_pair_stands_once_whatever_the_direction(self):
        self._new_distance(self.place_office, self.place_x, 30)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._new_distance(self.place_x, self.place_office, 31)

    def test_what_trips_say_is_not_typed(self):
        row = self._new_distance(self.place_office, self.place_x, 30)
        dispatcher = self.user["dispatcher"]
        for values in ({"learned_km": 9}, {"trips": 5}, {"sample_ids": []}):
            with self.subTest(values), self.assertRaises(AccessError):
                row.with_user(dispatcher).write(values)
        with self.assertRaises(AccessError):
            row.with_user(self.user["staff_a"]).write({"typed_km": 9})
        with self.assertRaises(AccessError):
            self.place_x.with_user(self.user["staff_a"]).write({"kind": "office"})
        for values in ({"name": "Nhà", "kind": "home"}, {"name": "Nhà"}):
            places = self.env["party.place"].with_user(self.user["staff_a"])
            with self.subTest(values), self.assertRaises(AccessError):
                places.with_context(default_kind="home").create(values)
