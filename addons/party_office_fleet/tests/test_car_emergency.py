"""Approved by phone, driven at once, signed by the next working day."""

from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import MORNING, FleetCase

#: Friday 12 June 2026, 20:00 in Ha Noi
FRIDAY_NIGHT = datetime(2026, 6, 12, 13, 0)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-12 13:30:00")
class TestCarEmergency(FleetCase):
    def _sent(self, **values):
        request = self._new_request(start=FRIDAY_NIGHT + timedelta(hours=1), **values)
        request.action_submit()
        return request

    def _phone(self, request, key="dispatcher", approver="head_a", **values):
        action = request.with_user(self.user[key]).action_emergency(
            self.user[approver].id,
            values.get("at", FRIDAY_NIGHT),
            values.get("car", self.car_1).id,
            values.get("driver_id", False),
        )
        return self.env["party.dispatch"].browse(action["res_id"])

    def test_driven_at_once_signed_later(self):
        request = self._sent()
        order = self._phone(request)
        self.assertRecordValues(
            order,
            [
                {
                    "is_emergency": True,
                    "state": "draft",
                    "phone_approved_by_id": self.user["head_a"].id,
                    # Friday: the papers are due on Monday
                    "papers_due": date(2026, 6, 15),
                    "papers_complete": False,
                    "waiting_user_id": self.user["driver"].id,
                }
            ],
        )
        self.assertEqual(request.answer, "assigned")
        self.assertEqual(request.waiting_user_id, self.user["head_a"])
        self.assertIn(
            self.user["head_a"].partner_id, order.message_ids.notified_partner_ids
        )
        with freeze_time("2026-06-12 19:00:00"):
            own = order.with_user(self.user["driver"])
            own._start_trip(1000, FRIDAY_NIGHT + timedelta(hours=1))
            own._end_trip(1060, FRIDAY_NIGHT + timedelta(hours=5))
        self.assertEqual(order.waiting_user_id, self.user["dispatcher"])
        order.with_user(self.user["dispatcher"]).action_submit()
        self.assertEqual(order.waiting_user_id, self.user["deputy_chief"])
        self._decide(order, "deputy_chief")
        self.assertFalse(order.waiting_user_id)
        self.assertTrue(order.name.startswith("LĐX2026/"))
        self.assertFalse(order.papers_complete, "the board has not signed")
        self.assertEqual(request.waiting_user_id, self.user["head_a"])
        self._decide(request, "head_a")
        self.assertTrue(order.papers_complete)
        self.assertEqual((request.answer, request.dispatch_id), ("assigned", order))
        self.assertTrue(request.name.startswith("ĐNX2026/"))
        self.assertFalse(request.waiting_user_id)

    def test_the_papers_may_be_signed_while_the_car_is_on_the_road(self):
        request = self._sent()
        order = self._phone(request)
        self._decide(request, "head_a")
        self.assertEqual((request.answer, request.dispatch_id), ("assigned", order))
        own = order.with_user(self.user["driver"])
        own._start_trip(1000, FRIDAY_NIGHT + timedelta(minutes=10))
        order.with_user(self.user["dispatcher"]).action_submit()
        own._end_trip(1060, FRIDAY_NIGHT + timedelta(minutes=20))
        self.assertEqual(order.waiting_user_id, self.user["deputy_chief"])
        self._decide(order, "deputy_chief")
        self.assertTrue(order.papers_complete)

    def test_the_dispatcher_asks_for_a_board_by_himself(self):
        request = self._new_request("dispatcher", board_id=self.board_a.id)
        self.assertTrue(request.can_phone)
        order = self._phone(request, approver="office_chief")
        self.assertEqual(order.board_id, self.board_a)
        self.assertEqual(request.state, "submitted")
        self.assertEqual(request.waiting_user_id, self.user["head_a"])

    def test_only_who_may_approve_and_only_the_past(self):
        request = self._sent()
        for key in ("staff_a", "staff_b", "head_b", "dispatcher", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._phone(request, approver=key)
        for moment in (FRIDAY_NIGHT + timedelta(hours=1), False):
            with self.subTest(moment), self.assertRaises(UserError):
                self._phone(request, at=moment)
        with self.assertRaises(UserError):
            self._phone(request, car=self.env["party.car"])
        with self.assertRaises(UserError):
            self._phone(request, car=self.car_2)
        for key in ("staff_a", "head_a", "driver", "office_chief", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._phone(request, key=key)
        self.assertFalse(request.is_emergency)

    def test_only_what_was_sent_and_once(self):
        draft = self._new_request()
        with self.assertRaises(UserError):
            self._phone(draft)
        request = self._sent()
        self._phone(request)
        with self.assertRaises(UserError):
            self._phone(request)
        answered = self._waiting_request(start=MORNING + timedelta(days=3))
        with self.assertRaises(UserError):
            self._phone(answered)

    def test_a_forbidden_trip_is_forbidden_by_phone_too(self):
        head = self.user["head_a"].employee_id
        self.env["party.car.lump"].create(
            {"employee_id": head.id, "date_from": "2026-01-01", "decision": "15-QĐ/TU"}
        )
        request = self._new_request(
            "dispatcher", board_id=self.board_a.id, passenger_ids=[(6, 0, head.ids)]
        )
        with self.assertRaisesRegex(UserError, "15-QĐ/TU"):
            self._phone(request, approver="office_chief")

    def test_a_taken_car_is_taken_for_emergencies_too(self):
        self._phone(self._sent())
        with self.assertRaisesRegex(UserError, "20A-000.01"):
            self._phone(self._sent(key="staff_b"), approver="head_b")

    def test_cancelled_before_it_left_it_waits_for_its_signature_again(self):
        request = self._sent()
        order = self._phone(request)
        order.with_user(self.user["dispatcher"]).action_cancel()
        self.assertRecordValues(
            request,
            [
                {
                    "is_emergency": False,
                    "answer": False,
                    "dispatch_id": False,
                    "waiting_user_id": self.user["head_a"].id,
                }
            ],
        )
        self._decide(request, "head_a")
        self.assertEqual(request.answer, "waiting")
        self.assertEqual(request.waiting_user_id, self.user["dispatcher"])

    def test_refused_before_it_left_the_car_stays(self):
        request = self._sent()
        order = self._phone(request)
        request.with_user(self.user["head_a"]).action_refuse("Không cần nữa")
        self.assertEqual(order.state, "cancelled")
        self.assertFalse(request.answer)
        self.assertFalse(self.env["party.occupancy"]._of(order))

    def test_what_left_on_the_phone_is_neither_refused_nor_changed_nor_deleted(self):
        request = self._sent()
        order = self._phone(request)
        dispatcher = order.with_user(self.user["dispatcher"])
        with self.assertRaises(UserError):
            dispatcher.unlink()
        with self.assertRaises(UserError):
            request.with_user(self.user["staff_a"]).action_withdraw()
        order.with_user(self.user["driver"])._start_trip(1000)
        for values in ({"car_id": self.car_2.id}, {"route": "Hà Nội"}):
            with self.subTest(values), self.assertRaises(UserError):
                dispatcher.write(values)
        with self.assertRaises(UserError):
            request.with_user(self.user["head_a"]).action_refuse("Không biết")
        dispatcher.action_submit()
        with self.assertRaises(UserError):
            order.with_user(self.user["deputy_chief"]).action_refuse("Không biết")
        with self.assertRaises(UserError):
            dispatcher.action_cancel()

    def test_a_returned_emergency_is_sent_again(self):
        request = self._sent()
        order = self._phone(request)
        order.with_user(self.user["driver"])._start_trip(1000)
        request.with_user(self.user["head_a"]).action_return("Thiếu căn cứ")
        self.assertEqual(request.waiting_user_id, self.user["staff_a"])
        mine = request.with_user(self.user["staff_a"])
        mine.basis = "Công điện 3"
        mine.action_submit()
        self._decide(request, "head_a")
        self.assertEqual((request.answer, request.dispatch_id), ("assigned", order))

    def test_late_papers_are_listed_and_reminded_once(self):
        order = self._phone(self._sent())
        orders = self.env["party.dispatch"]
        overdue = [("papers_overdue", "=", True), ("id", "=", order.id)]
        with freeze_time("2026-06-15 09:00:00"):
            self.assertFalse(orders.search(overdue), "Monday is still in time")
        with freeze_time("2026-06-15 17:30:00"):
            self.assertEqual(orders.search(overdue), order)
            self.assertTrue(order.papers_overdue)
            orders._cron_remind_papers()
            orders._cron_remind_papers()
        activity = order.activity_ids.filtered(
            lambda a: (
                a.activity_type_id
                == self.env.ref(
                    "party_office_fleet.mail_activity_type_emergency_papers"
                )
            )
        )
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user["dispatcher"])

    def test_phone_fields_are_not_forged(self):
        request = self._new_request()
        with self.assertRaises(AccessError):
            request.write({"is_emergency": True})
        with self.assertRaises(AccessError):
            self._new_request(is_emergency=True)
        order = self._plan(self._waiting_request(start=MORNING + timedelta(days=3)))
        for values in (
            {"is_emergency": True},
            {"phone_approved_by_id": self.user["head_a"].id},
            {"phone_approved_at": FRIDAY_NIGHT},
            {"papers_due": "2030-01-01"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                order.with_user(self.user["dispatcher"]).write(values)
        self.assertFalse(order.with_user(self.user["driver"]).can_drive)

    def test_the_dialog_sends_the_car(self):
        request = self._sent()
        action = request.with_user(self.user["dispatcher"]).action_open_emergency()
        wizard = (
            self.env["party.car.emergency"]
            .with_user(self.user["dispatcher"])
            .with_context(**action["context"])
            .create(
                {
                    "approved_by_id": self.user["deputy_chief"].id,
                    "approved_at": FRIDAY_NIGHT,
                    "car_id": self.car_1.id,
                }
            )
        )
        self.assertEqual(wizard.driver_id, self.driver_1)
        self.assertIn(self.user["head_a"], wizard.allowed_user_ids)
        wizard.action_send()
        self.assertEqual(request.answer, "assigned")
        with self.assertRaises(AccessError):
            request.with_user(self.user["staff_a"]).action_open_emergency()
