"""The dispatcher's board: what it shows, to whom, and how it proposes."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import MORNING, FleetCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-14 01:00:00")
class TestCarBoard(FleetCase):
    def setUp(self):
        super().setUp()
        self.board = self.env["party.car.board"].with_user(self.user["dispatcher"])

    def _bars(self, car, day="2026-06-15", days=1):
        board = self.board.get_board(day, days)
        (row,) = [row for row in board["cars"] if row["id"] == car.id]
        return row["bars"]

    def _chosen(self, request):
        return self.board.get_board("2026-06-15", 1, request.id)["chosen"]

    def _proposed_cars(self, chosen):
        own = {self.car_1.id: "car_1", self.car_2.id: "car_2"}
        return [own[p["car_id"]] for p in chosen["proposals"] if p["car_id"] in own]

    # ---------------------------------------------------------------------------- bars
    def test_bars_are_in_local_minutes(self):
        self._plan(self._waiting_request(hours=2))
        (bar,) = self._bars(self.car_1)
        # 7:00 to 9:00, half an hour to change over
        self.assertEqual((bar["from"], bar["to"], bar["until"]), (420, 540, 570))
        self.assertEqual((bar["kind"], bar["label"]), ("draft", "Phú Lương"))
        self.assertEqual(bar["time"], "07:00–09:00 15/06")

    def test_midnight_and_many_days(self):
        # 22:00 on the 15th to 22:00 on the 17th
        self._plan(self._waiting_request(start=MORNING + 15 * HOUR, hours=48))
        day = 24 * 60
        for date, begin, end in (
            ("2026-06-15", 22 * 60, 22 * 60 + 2 * day),
            ("2026-06-16", 22 * 60 - day, 22 * 60 + day),
            ("2026-06-17", 22 * 60 - 2 * day, 22 * 60),
        ):
            (bar,) = self._bars(self.car_1, date)
            with self.subTest(date):
                self.assertEqual((bar["from"], bar["to"]), (begin, end))
        self.assertFalse(self._bars(self.car_1, "2026-06-14"))
        self.assertFalse(self._bars(self.car_1, "2026-06-18"))
        self.assertEqual(len(self._bars(self.car_1, "2026-06-14", 7)), 1)

    def test_the_local_day_begins_at_local_midnight(self):
        # 23:30 to 0:30: on both days, though one day in UTC
        self._plan(self._waiting_request(start=MORNING + 16.5 * HOUR, hours=1))
        self.assertEqual(len(self._bars(self.car_1, "2026-06-15")), 1)
        (bar,) = self._bars(self.car_1, "2026-06-16")
        self.assertEqual((bar["from"], bar["to"]), (-30, 30))

    def test_the_user_s_time_zone_does_not_matter(self):
        self._plan(self._waiting_request(hours=2))
        self.user["dispatcher"].tz = "America/New_York"
        (bar,) = self._bars(self.car_1)
        self.assertEqual(bar["from"], 420)

    def test_any_other_occupancy_is_shown(self):
        with_paper = self.env["res.partner"].create({"name": "Xưởng sửa chữa"})
        self.env["party.occupancy"]._take(
            with_paper, [(self.car_1, MORNING, MORNING + 3 * HOUR)]
        )
        (bar,) = self._bars(self.car_1)
        self.assertEqual((bar["kind"], bar["label"]), ("other", "Xưởng sửa chữa"))
        obstacles = self._chosen(self._waiting_request())["obstacles"]
        texts = [o["text"] for o in obstacles if o["car"] == "20A-000.01 · Toyota"]
        self.assertRegex(texts[0], "10:00 15/06")

    def test_what_really_was_is_shown_once_the_car_is_back(self):
        order = self._issued(hours=8)
        with freeze_time("2026-06-15 12:00:00"):
            own = order.with_user(self.user["driver"])
            own._start_trip(1000, MORNING + HOUR)
            own._end_trip(1060, MORNING + 4 * HOUR)
        (bar,) = self._bars(self.car_1)
        self.assertEqual((bar["from"], bar["to"], bar["kind"]), (480, 660, "done"))

    def test_a_late_car_is_marked(self):
        order = self._issued(hours=2)
        order.with_user(self.user["driver"])._start_trip(1000, MORNING)
        self.assertFalse(self._bars(self.car_1)[0]["late"])
        with freeze_time("2026-06-15 02:30:00"):
            self.assertTrue(self._bars(self.car_1)[0]["late"])

    # ------------------------------------------------------------------------- waiting
    def test_waiting_requests_and_orders_without_a_car(self):
        request = self._waiting_request()
        board = self.board.get_board("2026-06-15")
        (shown,) = [row for row in board["waiting"] if row["id"] == request.id]
        self.assertEqual(shown["destination"], "Phú Lương")
        request.with_user(self.user["dispatcher"]).action_plan()
        board = self.board.get_board("2026-06-15")
        self.assertNotIn(request.id, [row["id"] for row in board["waiting"]])
        self.assertIn(request.dispatch_id.id, [row["id"] for row in board["loose"]])

    # ----------------------------------------------------------------------- proposals
    def test_the_small_car_with_its_own_driver_comes_first(self):
        chosen = self._chosen(self._waiting_request(passenger_count=3))
        self.assertEqual(self._proposed_cars(chosen), ["car_1", "car_2"])
        best = chosen["proposals"][0]
        self.assertEqual(best["driver_id"], self.driver_1.id)
        texts = " ".join(reason["text"] for reason in best["reasons"])
        self.assertRegex(texts, "1 seats to spare|1 chỗ trống")

    def test_too_many_persons(self):
        chosen = self._chosen(self._waiting_request(passenger_count=9))
        self.assertEqual(self._proposed_cars(chosen), ["car_2"])
        self.assertIn(
            "20A-000.01 · Toyota", [obstacle["car"] for obstacle in chosen["obstacles"]]
        )

    def test_work_is_spread_over_drivers(self):
        # car 2 has no driver of its own: who drove least comes first
        for number in range(3):
            start = MORNING + timedelta(days=2 + number)
            self._plan(self._waiting_request(start=start), self.car_2, self.driver_2)
        chosen = self._chosen(self._waiting_request(passenger_count=9))
        self.assertEqual(chosen["proposals"][0]["driver_id"], self.driver_1.id)
        for number in range(5):
            start = MORNING + timedelta(days=7 + number)
            self._plan(self._waiting_request(start=start), self.car_1, self.driver_1)
        chosen = self._chosen(self._waiting_request(passenger_count=9))
        self.assertEqual(chosen["proposals"][0]["driver_id"], self.driver_2.id)

    def test_the_norm_decides_between_equal_cars(self):
        thirsty = self._new_car("20A-000.03", seats=5)
        thrifty = self._new_car("20A-000.04", seats=5)
        for car, litres in ((thirsty, 14), (thrifty, 8), (self.car_1, 14)):
            self.env["party.car.norm"].create(
                {
                    "car_id": car.id,
                    "date_from": "2026-01-01",
                    "litres": litres,
                    "source": "QĐ 1",
                }
            )
        chosen = self._chosen(self._waiting_request())
        self.assertEqual(chosen["proposals"][0]["car_id"], thrifty.id)

    def test_a_place_in_a_car_that_goes_anyway_comes_first(self):
        order = self._issued()
        other = self._waiting_request(
            key="staff_b", start=MORNING + HOUR / 2, passenger_count=3
        )
        best = self._chosen(other)["proposals"][0]
        self.assertEqual(best["order_id"], order.id)
        other.with_user(self.user["dispatcher"]).action_join(best["order_id"])
        self.assertEqual(order.request_ids, order.request_ids | other)
        # full now, and another direction would not do either
        full = self._waiting_request(start=MORNING)
        self.assertNotIn(
            order.id, [p["order_id"] for p in self._chosen(full)["proposals"]]
        )

    def test_a_car_of_a_title_is_not_proposed(self):
        self.car_1.use = "title"
        chosen = self._chosen(self._waiting_request())
        self.assertEqual(self._proposed_cars(chosen), ["car_2"])

    def test_a_driver_without_a_licence_is_not_proposed(self):
        self.driver_1.licence_expiry = "2026-06-14"
        chosen = self._chosen(self._waiting_request())
        drivers = {proposal["driver_id"] for proposal in chosen["proposals"]}
        self.assertNotIn(self.driver_1.id, drivers)
        self.driver_1.licence_expiry = "2026-06-15"
        chosen = self._chosen(self._waiting_request())
        self.assertEqual(chosen["proposals"][0]["driver_id"], self.driver_1.id)

    def test_when_nothing_is_free(self):
        others = self.env["party.car"].search([]) - self.car_1 - self.car_2
        others.active = False
        nine = MORNING + 2 * HOUR
        order = self._issued(start=nine, hours=3)
        self._issued(start=nine, hours=4, car=self.car_2, driver=self.driver_2)
        asked = self._waiting_request(key="staff_b", destination="Võ Nhai", hours=2)
        chosen = self._chosen(asked)
        self.assertFalse(chosen["proposals"])
        texts = " ".join(obstacle["text"] for obstacle in chosen["obstacles"])
        self.assertIn(order.display_name, texts)
        # until nine o'clock less half an hour, and from half an hour after twelve
        self.assertEqual(
            [time["time"] for time in chosen["times"]],
            ["06:30–08:30 15/06", "12:30–14:30 15/06"],
        )
        self.assertEqual(
            {reason["answer"] for reason in chosen["reasons"]},
            {"declined", "hired", "lump", "shift"},
        )
        later = chosen["times"][1]
        (reason,) = [
            r for r in chosen["reasons"] if r["name"] and r["answer"] == "lump"
        ][:1]
        self.assertTrue(reason["text"])
        shift = self.env.ref(
            "party_office_fleet.party_car_answer_reason_shift_priority"
        )
        own = asked.with_user(self.user["dispatcher"])
        own.action_shift(later["start"], later["stop"], shift.id)
        asked.with_user(self.user["staff_b"]).action_accept_shift()
        self.assertEqual(self._proposed_cars(self._chosen(asked)), ["car_1"])

    # ------------------------------------------------------------------------ day plan
    def test_the_plan_of_a_day_is_looked_at_and_taken(self):
        one = self._waiting_request(passenger_count=2)
        two = self._waiting_request(key="staff_b", passenger_count=2)
        many = self._waiting_request(passenger_count=12, destination="Định Hóa")
        far = self._waiting_request(passenger_count=40, destination="Võ Nhai")
        plan = self.board.get_day_plan("2026-06-15")
        self.assertFalse((one | two | many | far).dispatch_id)
        runs = {tuple(run["request_ids"]): run["car_id"] for run in plan["runs"]}
        self.assertEqual(runs[many.ids[0],], self.car_2.id)
        shared = [ids for ids in runs if set(ids) == set((one | two).ids)]
        self.assertTrue(shared)
        self.assertEqual([row["id"] for row in plan["unserved"]], far.ids)
        mine = [
            run for run in plan["runs"] if set(run["request_ids"]) & {one.id, many.id}
        ]
        self.assertEqual(self.board.apply_day_plan(mine), 3)
        self.assertEqual(one.dispatch_id, two.dispatch_id)
        self.assertEqual(many.dispatch_id.car_id, self.car_2)
        with self.assertRaises(UserError):
            self.board.apply_day_plan(mine)

    # ------------------------------------------------------------------- who, how fast
    def test_who_sees_the_board(self):
        model = self.env["party.car.board"]
        chief = model.with_user(self.user["office_chief"]).get_board("2026-06-15")
        self.assertFalse(chief["can_plan"])
        self.assertTrue(self.board.get_board("2026-06-15")["can_plan"])
        for key in ("staff_a", "head_a", "driver", "accountant_a", "manager"):
            own = model.with_user(self.user[key])
            with self.subTest(key):
                with self.assertRaises(AccessError):
                    own.get_board("2026-06-15")
                with self.assertRaises(AccessError):
                    own.get_day_plan("2026-06-15")
                with self.assertRaises(AccessError):
                    own.apply_day_plan([])
        with self.assertRaises(AccessError):
            model.with_user(self.user["office_chief"]).apply_day_plan([])

    def test_queries_do_not_grow(self):
        request = self._waiting_request()

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.board.get_board("2026-06-15", 7, request.id)
            return self.env.cr.sql_log_count - before

        def more(numbers):
            for number in numbers:
                start = MORNING + timedelta(
                    days=number % 3, hours=9 + 3 * (number // 3)
                )
                self._plan(self._waiting_request(start=start, hours=2))
                self._waiting_request(key="staff_b", start=start)
                self._new_car(f"20A-009.0{number}", seats=7)

        self._plan(self._waiting_request())
        more(range(2))
        count()
        few = count()
        more(range(2, 9))
        self.assertLessEqual(count(), few)
