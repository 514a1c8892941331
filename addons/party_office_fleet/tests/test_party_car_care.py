"""Care of cars: what runs out keeps the car at home, and the dispatcher is told."""

from contextlib import contextmanager
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..models.party_car_care import TO_DO
from .common import MORNING, FleetCase


class CareCase(FleetCase):
    @contextmanager
    def _refused(self, error, pattern):
        """Expect a sentence; what was done before it is undone, as in real life."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), pattern)

    @classmethod
    def _care(cls, due, kind="inspection", car=None, date="2025-06-20", **values):
        kind = cls.env.ref(f"party_office_fleet.car_care_kind_{kind}")
        return (
            cls.env["party.car.care"]
            .with_user(cls.user["dispatcher"])
            .create(
                {
                    "car_id": (car or cls.car_1).id,
                    "kind_id": kind.id,
                    "date": date,
                    "date_due": due,
                    **values,
                }
            )
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestPartyCarCare(CareCase):
    def test_the_next_one_follows_from_the_interval(self):
        care = self.env["party.car.care"].create(
            {
                "car_id": self.car_1.id,
                "kind_id": self.env.ref("party_office_fleet.car_care_kind_oil").id,
                "date": "2026-05-31",
                "odometer": 41200,
            }
        )
        self.assertEqual(str(care.date_due), "2026-11-30")
        self.assertEqual(care.km_due, 46200)
        self.assertEqual(care.status, "valid")

    def test_the_last_one_counts(self):
        old = self._care("2026-06-20")
        new = self._care("2027-06-14", date="2026-06-14")
        self.assertEqual((old.is_current, new.is_current), (False, True))
        self.assertEqual(old.status, "replaced")
        new.unlink()
        self.assertTrue(old.is_current)
        self.assertEqual(old.status, "soon")

    def test_status_can_be_searched(self):
        mine = (
            self._care("2026-06-14")
            | self._care("2026-06-20", "insurance")
            | self._care("2027-01-01", "road_fee")
        )
        found = {
            status: mine & mine.search([("status", "=", status)])
            for status in ("overdue", "soon", "valid", "replaced")
        }
        self.assertEqual([len(found[status]) for status in found], [1, 1, 1, 0], found)

    def test_kilometres_count_from_the_last_trip(self):
        oil = self._care(False, "oil", odometer=40000)
        self.assertEqual(oil.km_due, 45000)
        oil.date_due = False
        self.assertEqual(oil.status, "valid")
        self._drive(self._issued(), out=44500, back=44600)
        oil.invalidate_recordset(["status"])
        self.assertEqual(self.car_1.sudo().known_odometer, 44600)
        self.assertEqual(oil.status, "soon")

    # -------------------------------------------------------------- blocked booking
    def test_an_overdue_inspection_keeps_the_car_at_home(self):
        self._care("2026-06-14")
        request = self._waiting_request()
        with self._refused(ValidationError, "20A-000.01.*15/06/2026.*14/06"):
            self._plan(request)
        self.assertEqual(request.answer, "waiting")
        self.assertEqual(
            self._plan(request, self.car_2, self.driver_2).car_id.seats, 16
        )

    def test_it_holds_on_its_last_day_but_not_over_night(self):
        self._care("2026-06-15")
        # 07:00 to 23:59 of the last day at the office, which is UTC+7
        self._plan(self._waiting_request(hours=16))
        with self._refused(ValidationError, "16/06/2026"):
            self._plan(
                self._waiting_request(
                    key="staff_b", hours=2, start=MORNING + timedelta(hours=16)
                ),
            )

    def test_insurance_blocks_and_oil_does_not(self):
        self._care("2026-06-01", "oil")
        order = self._plan(self._waiting_request())
        self._care("2026-06-01", "insurance")
        with self._refused(UserError, "01/06/2026"):
            order.with_user(self.user["dispatcher"]).action_submit()
        self._care("2027-06-01", "insurance", date="2026-06-02")
        self._issue(order)
        self.assertEqual(order.state, "approved")

    def test_what_runs_out_before_the_signature_stops_it(self):
        order = self._plan(self._waiting_request())
        order.with_user(self.user["dispatcher"]).action_submit()
        self._care("2026-06-10")
        with self._refused(UserError, "10/06/2026"):
            self._decide(order, "deputy_chief")
        self.assertEqual(order.state, "submitted")

    def test_moving_an_order_past_the_day_is_refused(self):
        self._care("2026-06-15")
        order = self._plan(self._waiting_request())
        with self.assertRaises(ValidationError):
            order.with_user(self.user["dispatcher"]).stop = MORNING + timedelta(days=1)

    def test_a_trip_on_the_road_is_a_fact(self):
        order = self._issued()
        order.with_user(self.user["driver"])._start_trip(1000, order.start)
        self._care("2026-06-14")
        order.with_user(self.user["driver"])._end_trip(
            1500, MORNING + timedelta(days=2)
        )
        self.assertEqual(order.km, 500)

    def test_a_driver_without_a_licence_cannot_be_planned(self):
        self.driver_1.licence_expiry = "2026-06-14"
        with self._refused(ValidationError, "driver.*14/06/2026"):
            self._plan(self._waiting_request())

    def test_what_was_never_entered_is_told_but_does_not_block(self):
        self.assertIn("\n", self.car_1.care_warning)
        self._care("2027-06-14")
        self._care("2027-06-14", "insurance")
        self.car_1.invalidate_recordset(["care_warning"])
        self.assertFalse(self.car_1.care_warning)

    # -------------------------------------------------------------------- reminders
    def _told(self, care):
        self.env["party.car.care"]._cron_remind()
        return care.activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref(TO_DO)
        )

    def test_the_dispatcher_is_told_once_at_each_step(self):
        care = self._care("2026-08-01")
        self.assertFalse(self._told(care))
        seen = []
        for day in ("2026-07-02", "2026-07-03", "2026-07-25", "2026-07-31"):
            with freeze_time(f"{day} 01:00:00"):
                todo = self._told(care)
                self.assertEqual(len(todo), 1)
                seen.append(todo.id)
                self.assertEqual(todo.user_id, self.user["dispatcher"])
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(len(set(seen)), 3)
        self.assertEqual(care.reminded, "1")
        with freeze_time("2026-08-02 01:00:00"):
            self.assertRegex(self._told(care).summary, "01/08/2026")
            self.assertEqual(care.reminded, "0")
            # done: nothing to do any more
            self._care("2027-08-01", date="2026-08-02")
            self.assertFalse(self._told(care))

    def test_what_is_put_off_is_told_anew(self):
        care = self._care("2026-06-16")
        self.assertEqual(len(self._told(care)), 1)
        care.date_due = "2026-09-01"
        self.assertFalse(care.activity_ids)
        self.assertFalse(care.reminded)

    # ----------------------------------------------------------------------- access
    def test_who_may_what(self):
        care = self._care("2027-06-14")
        for key in ("office_chief", "accountant_a", "manager"):
            with self.subTest(key):
                self.assertTrue(care.with_user(self.user[key]).has_access("read"))
                self.assertFalse(care.with_user(self.user[key]).has_access("write"))
        for key in ("staff_a", "head_a", "driver", "clerk"):
            with self.subTest(key):
                self.assertFalse(care.with_user(self.user[key]).has_access("read"))
        with self.assertRaises(AccessError):
            care.with_user(self.user["dispatcher"]).is_current = False
        with self.assertRaises(AccessError):
            self._care("2027-06-14", reminded="0")
        with self.assertRaises(AccessError):
            self.car_1.with_user(self.user["staff_a"]).read(["price"])

    def test_nonsense_gets_a_sentence(self):
        with self.assertRaises(ValidationError):
            self._care("2025-06-01")
        with self.assertRaises(ValidationError):
            self._care("2027-06-01", date="2026-06-16")
        with self.assertRaises(ValidationError):
            self._care("2027-06-01", odometer=10**9)
        with self.assertRaises(ValidationError):
            self._care("2027-06-01", amount=float("nan"))


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestPartyAbsence(CareCase):
    def _absent(self, subject, hours=4, start=MORNING):
        name = "car" if subject._name == "party.car" else "driver"
        return (
            self.env[f"party.{name}.absence"]
            .with_user(self.user["dispatcher"])
            .create(
                {
                    f"{name}_id": subject.id,
                    "start": start,
                    "stop": start + timedelta(hours=hours),
                }
            )
        )

    def test_a_car_in_the_workshop_cannot_be_planned(self):
        absence = self._absent(self.car_1)
        request = self._waiting_request()
        with self._refused(UserError, "20A-000.01"):
            self._plan(request)
        absence.unlink()
        self.assertTrue(self._plan(request).car_id)

    def test_a_driver_on_leave_cannot_be_planned(self):
        self._absent(self.driver_1)
        with self._refused(UserError, "driver"):
            self._plan(self._waiting_request(), self.car_2, self.driver_1)

    def test_what_is_planned_is_told_by_its_order(self):
        order = self._plan(self._waiting_request())
        with self._refused(UserError, "Phú Lương"):
            self._absent(self.car_1)
        later = self._absent(self.car_1, start=order.stop + timedelta(minutes=30))
        with self._refused(UserError, "Phú Lương"):
            later.start = order.stop
        self.assertEqual(
            self.env["party.occupancy"]._of(later).start,
            order.stop + timedelta(minutes=30),
        )

    def test_moving_it_moves_what_is_taken(self):
        absence = self._absent(self.car_1)
        absence.write({"car_id": self.car_2.id})
        self.assertTrue(self._plan(self._waiting_request()).car_id)

    def test_the_end_is_after_the_beginning(self):
        for hours in (0, -1, 24 * 400):
            with self.subTest(hours), self.assertRaises(ValidationError):
                self._absent(self.car_1, hours=hours)

    def test_who_may_what(self):
        leave = self._absent(self.driver_1)
        self.assertTrue(leave.with_user(self.user["driver"]).has_access("read"))
        for key in ("driver_2", "staff_a", "accountant_a", "head_b"):
            with self.subTest(key):
                self.assertFalse(leave.with_user(self.user[key]).has_access("read"))
        for key in ("driver", "staff_a", "office_chief", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                leave.with_user(self.user[key]).note = "x"
            with self.subTest(key), self.assertRaises(AccessError):
                self.env["party.car.absence"].with_user(self.user[key]).create(
                    {
                        "car_id": self.car_1.id,
                        "start": MORNING,
                        "stop": MORNING + timedelta(hours=1),
                    }
                )
