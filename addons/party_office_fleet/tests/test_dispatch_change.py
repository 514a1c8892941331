"""Changes of orders that are planned or signed: each with its reason, which stays."""

from datetime import timedelta

import psycopg2.errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import MORNING, FleetCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestDispatchChange(FleetCase):
    def _as(self, record, key="dispatcher"):
        return record.with_user(self.user[key])

    def _times_of(self, subject):
        rows = self.env["party.occupancy"].search(
            [("subject_model", "=", subject._name), ("subject_id", "=", subject.id)]
        )
        return [(row.start, row.stop) for row in rows]

    # --------------------------------------------------------------------------- swap
    def test_swap_of_a_signed_order(self):
        order = self._issued()
        signed = order.content_hash
        self._as(order).action_swap(self.car_2.id, self.driver_2.id, "Xe hỏng đèn")
        self.assertEqual(order.state, "approved")
        self.assertEqual((order.car_id, order.driver_id), (self.car_2, self.driver_2))
        self.assertEqual(order.waiting_user_id, self.user["driver_2"])
        self.assertFalse(self._times_of(self.car_1) + self._times_of(self.driver_1))
        self.assertRecordValues(
            order.change_ids,
            [
                {
                    "kind": "swap",
                    "reason": "Xe hỏng đèn",
                    "user_id": self.user["dispatcher"].id,
                    "was_signed": True,
                    "content_hash": order.content_hash,
                }
            ],
        )
        self.assertRegex(order.change_ids.before, "20A-000.01 · driver · 07:00–15:00")
        self.assertRegex(order.change_ids.after, "20A-000.02 · driver_2")
        self.assertNotEqual(order.content_hash, signed)
        order._check_approval_intact()
        # the former driver does not see it any more, but was told
        self.assertFalse(self._as(order, "driver").has_access("read"))
        self.assertTrue(
            self.env["mail.message"].search_count(
                [
                    ("notified_partner_ids", "in", self.user["driver"].partner_id.ids),
                    ("model", "=", "party.dispatch"),
                    ("res_id", "=", order.id),
                ]
            )
        )

    def test_a_change_without_evidence_breaks_the_approval(self):
        order = self._issued()
        self._as(order).action_swap(self.car_2.id, reason="Xe hỏng")
        order._check_approval_intact()
        self.env.cr.execute(
            "UPDATE party_dispatch SET route = 'Khác' WHERE id = %s", [order.id]
        )
        order.invalidate_recordset()
        with self.assertRaises(UserError):
            order._check_approval_intact()

    def test_swap_refuses_what_is_taken_and_names_it(self):
        order = self._issued()
        self._issued(key="staff_b", car=self.car_2, driver=self.driver_2)
        with self.assertRaises(UserError) as caught:
            self._as(order).action_swap(self.car_2.id, reason="Xe hỏng")
        self.assertRegex(str(caught.exception), r"20A-000.02.*LĐX2026")
        self.assertEqual(order.car_id, self.car_1)
        self.assertFalse(order.change_ids)

    def test_swap_needs_seats(self):
        order = self._plan(self._waiting_request(passenger_count=8), self.car_2)
        with self.assertRaisesRegex(UserError, "4.*8"):
            self._as(order).action_swap(self.car_1.id, reason="Xe hỏng")

    def test_exchange_of_two_orders_at_the_same_time(self):
        one = self._issued()
        two = self._issued(key="staff_b", car=self.car_2, driver=self.driver_2)
        self._as(one).action_exchange(two.id, "Đường xấu cần xe gầm cao")
        self.assertEqual((one.car_id, one.driver_id), (self.car_2, self.driver_2))
        self.assertEqual((two.car_id, two.driver_id), (self.car_1, self.driver_1))
        self.assertEqual(one.change_ids.other_dispatch_id, two)
        self.assertEqual(len(self._times_of(self.car_1)), 1)
        for order in one | two:
            order._check_approval_intact()

    # --------------------------------------------------------------------------- time
    def test_extend_until_the_next_order_only(self):
        order = self._issued(hours=2)
        later = self._plan(self._waiting_request(start=MORNING + 4 * HOUR, hours=2))
        self._as(order).action_reschedule(
            stop=MORNING + timedelta(hours=3, minutes=30), reason="Họp kéo dài"
        )
        self.assertEqual(order.change_ids.kind, "extend")
        with self.assertRaisesRegex(UserError, later.route):
            self._as(order).action_reschedule(
                stop=MORNING + timedelta(hours=3, minutes=31), reason="Họp kéo dài"
            )

    def test_early_return_frees_the_car(self):
        order = self._issued(hours=8)
        self._as(order, "driver")._start_trip(1000, MORNING)
        self._as(order).action_reschedule(stop=MORNING + 3 * HOUR, reason="Xong sớm")
        self.assertEqual(order.change_ids.kind, "early")
        other = self._waiting_request(start=MORNING + 4 * HOUR, hours=2)
        self.assertTrue(self._plan(other).car_id)
        with self.assertRaises(UserError):
            self._as(order).action_reschedule(start=MORNING + HOUR, reason="Lùi giờ")

    def test_move_over_midnight(self):
        order = self._issued()
        night = MORNING + 15 * HOUR
        self._as(order).action_reschedule(night, night + 6 * HOUR, "Đón đoàn đêm")
        self.assertEqual(order.change_ids.kind, "move")
        self.assertIn("22:00 15/06 – 04:00 16/06", order.change_ids.after)
        self.assertEqual(
            self._times_of(self.car_1), [(night, night + timedelta(hours=6.5))]
        )

    def test_time_that_cannot_be(self):
        order = self._issued()
        for start, stop in (
            (False, False),
            (MORNING, MORNING - HOUR),
            (order.start, order.stop),
        ):
            with self.subTest(stop=stop), self.assertRaises(UserError):
                self._as(order).action_reschedule(start, stop, "Vì sao")

    # ------------------------------------------------------------------- share, split
    def test_join_a_signed_order(self):
        order = self._issued()
        signed = order.content_hash
        other = self._waiting_request(
            key="staff_b", start=MORNING - timedelta(minutes=30), km=80
        )
        self._as(other).action_join(order.id)
        self.assertEqual(other.dispatch_id, order)
        self.assertEqual(other.answer, "assigned")
        self.assertFalse(other.waiting_user_id)
        self.assertEqual(order.start, MORNING - timedelta(minutes=30))
        self.assertEqual((order.route, order.planned_km), ("Phú Lương", 80))
        self.assertNotEqual(order.content_hash, signed)
        order._check_approval_intact()
        self.assertEqual(order.change_ids.kind, "join")

    def test_join_an_order_that_waits_for_its_signature(self):
        order = self._plan(self._waiting_request())
        self._as(order).action_submit()
        other = self._waiting_request(key="staff_b")
        self._as(other).action_join(order.id)
        self.assertEqual(order.state, "submitted")
        self._decide(order, "deputy_chief")
        self.assertEqual(other.answer, "assigned")

    def test_join_needs_seats_and_an_order_that_has_not_left(self):
        order = self._issued(passenger_count=3)
        many = self._waiting_request(key="staff_b", passenger_count=2)
        with self.assertRaisesRegex(UserError, "4.*5"):
            self._as(many).action_join(order.id)
        self._as(order, "driver")._start_trip(1000, MORNING)
        one = self._waiting_request(key="staff_b")
        with self.assertRaises(UserError):
            self._as(one).action_join(order.id)
        with self.assertRaises(UserError):
            self._as(one).action_join(10**8)

    def test_split_into_two_orders(self):
        one = self._waiting_request()
        two = self._waiting_request(key="staff_b", destination="Định Hóa", km=90)
        order = self._issue(self._plan(one | two))
        answered = two.answered_at
        action = self._as(order).action_split(
            two.ids, "Hai tuyến khác nhau", self.car_2.id, self.driver_2.id
        )
        new = self.env["party.dispatch"].browse(action["res_id"])
        self.assertEqual((order.request_ids, new.request_ids), (one, two))
        self.assertEqual((order.route, order.planned_km), ("Phú Lương", 60))
        self.assertEqual((new.route, new.state), ("Định Hóa", "draft"))
        self.assertEqual((one.answer, two.answer), ("assigned", "planned"))
        self.assertEqual(two.answered_at, answered)
        self.assertEqual(order.change_ids.other_dispatch_id, new)
        order._check_approval_intact()
        for ids in ([], one.ids, (one | two).ids):
            with self.subTest(ids), self.assertRaises(UserError):
                self._as(order).action_split(ids, "Vì sao")

    def test_a_requester_who_cancels_leaves_a_row(self):
        one = self._waiting_request()
        two = self._waiting_request(key="staff_b")
        order = self._issue(self._plan(one | two))
        self._as(two, "staff_b").action_cancel()
        self.assertEqual(order.change_ids.mapped("kind"), ["split"])
        order._check_approval_intact()

    # ---------------------------------------------------------------------- breakdown
    def test_breakdown_in_the_middle_of_a_trip(self):
        one = self._waiting_request()
        two = self._waiting_request(key="staff_b")
        order = self._issue(self._plan(one | two))
        self._as(order, "driver")._start_trip(1000, MORNING)
        action = self._as(order).action_breakdown(
            1025,
            "Vỡ két nước ở Đèo Khế",
            self.car_2.id,
            self.driver_2.id,
            MORNING + HOUR / 2,
        )
        new = self.env["party.dispatch"].browse(action["res_id"])
        self.assertRecordValues(
            order | new,
            [
                {
                    "progress": "done",
                    "km": 25,
                    "state": "approved",
                    "car_id": self.car_1.id,
                    "replaces_id": False,
                },
                {
                    "progress": "planned",
                    "km": 0,
                    "state": "submitted",
                    "car_id": self.car_2.id,
                    "replaces_id": order.id,
                },
            ],
        )
        self.assertEqual(new.planned_km, 35)
        self.assertEqual(new.request_ids, one | two)
        self.assertEqual(order._served_requests(), one | two)
        self.assertEqual(new.start, MORNING + HOUR / 2)
        self.assertEqual(self._times_of(self.car_1), [(MORNING, MORNING + HOUR / 2)])
        self.assertEqual(order.change_ids.kind, "breakdown")
        order._check_approval_intact()
        self._decide(new, "deputy_chief")
        self._drive(new, 5000, 5035, key="driver_2")
        self.assertEqual((one.answer, one.dispatch_id), ("assigned", new))

    def test_breakdown_without_another_car_yet(self):
        order = self._issued()
        self._as(order, "driver")._start_trip(1000, MORNING)
        with self.assertRaisesRegex(UserError, "999"):
            self._as(order).action_breakdown(999, "Hỏng")
        for odometer in (False, "1", None):
            with self.subTest(odometer), self.assertRaises(UserError):
                self._as(order).action_breakdown(odometer, "Hỏng")
        with self.assertRaises(UserError):
            self._as(order).action_breakdown(
                1010, "Hỏng", moment=MORNING + timedelta(days=1)
            )
        self._as(order).action_breakdown(1010, "Hỏng")
        new = order.replaced_by_ids
        self.assertFalse(new.car_id)
        self.assertEqual(new.state, "draft")

    # ------------------------------------------------------------------ who, evidence
    def test_only_the_dispatcher_changes_and_says_why(self):
        order = self._issued()
        other = self._issued(key="staff_b", car=self.car_2, driver=self.driver_2)
        asked = self._waiting_request()
        for key in ("staff_a", "head_a", "driver", "office_chief", "accountant_a"):
            own = self._as(order, key)
            with self.subTest(key):
                with self.assertRaises(AccessError):
                    own.action_swap(self.car_2.id, reason="Vì sao")
                with self.assertRaises(AccessError):
                    own.action_exchange(other.id, "Vì sao")
                with self.assertRaises(AccessError):
                    own.action_reschedule(stop=order.stop + HOUR, reason="Vì sao")
                with self.assertRaises(AccessError):
                    own.action_split(order.request_ids.ids, "Vì sao")
                with self.assertRaises(AccessError):
                    own.action_breakdown(1000, "Vì sao")
                with self.assertRaises(AccessError):
                    self._as(asked, key).action_join(order.id)
        for reason in ("", "  ", None, 5):
            with self.subTest(reason), self.assertRaises(UserError):
                self._as(order).action_swap(False, self.driver_2.id, reason)

    def test_a_signed_order_is_not_written(self):
        order = self._issued()
        for values in ({"car_id": self.car_2.id}, {"stop": MORNING + 9 * HOUR}):
            with self.subTest(values), self.assertRaises(UserError):
                self._as(order).write(values)
        for values in (
            {"replaces_id": order.id},
            {"former_request_ids": [(6, 0, order.request_ids.ids)]},
            {"change_ids": [(5,)]},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self._as(order).write(values)

    def test_wrong_states(self):
        order = self._plan(self._waiting_request())
        self._as(order).action_submit()
        with self.assertRaises(UserError):
            self._as(order).action_swap(self.car_2.id, reason="Vì sao")
        self._decide(order, "deputy_chief")
        with self.assertRaises(UserError):
            self._as(order).action_breakdown(1000, "Chưa đi")
        self._drive(order)
        with self.assertRaises(UserError):
            self._as(order).action_swap(self.car_2.id, reason="Vì sao")
        with self.assertRaises(UserError):
            self._as(order).action_reschedule(stop=MORNING + 9 * HOUR, reason="Vì sao")

    @mute_logger("odoo.sql_db")
    def test_evidence_is_never_changed(self):
        order = self._issued()
        self._as(order).action_swap(self.car_2.id, reason="Xe hỏng")
        change = order.change_ids
        with self.assertRaises(UserError):
            change.write({"reason": "Khác"})
        with self.assertRaises(UserError):
            change.unlink()
        with self.assertRaises(UserError):
            self._as(change).create({"dispatch_id": order.id, "kind": "swap"})
        with self.assertRaises(psycopg2.errors.IntegrityConstraintViolation):
            self.env.cr.execute("DELETE FROM party_dispatch_change")

    def test_who_reads_the_evidence(self):
        order = self._issued()
        self._as(order).action_swap(self.car_2.id, reason="Xe hỏng")
        seen = {
            key: self._as(order.change_ids, key).has_access("read")
            for key in ("staff_a", "head_a", "driver", "driver_2", "staff_b", "head_b")
        }
        self.assertEqual(
            seen,
            {
                "staff_a": True,
                "head_a": True,
                "driver": True,
                "driver_2": False,
                "staff_b": False,
                "head_b": False,
            },
        )
        for key in ("dispatcher", "office_chief"):
            self.assertTrue(self._as(order.change_ids, key).has_access("read"))

    def test_dialog(self):
        order = self._issued()
        action = self._as(order).action_open_change()
        dialog = self.env["party.dispatch.change.wizard"].with_user(
            self.user["dispatcher"]
        )
        with Form(dialog.with_context(**action["context"])) as form:
            form.car_id = self.car_2.with_user(self.user["dispatcher"])
            form.reason = "Xe hỏng"
        form.record.action_change()
        self.assertEqual(order.car_id, self.car_2)
