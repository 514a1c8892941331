"""Answers without a car of the office: by whom, when, with which reason."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import MORNING, FleetCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-14 01:00:00")
class TestCarAnswer(FleetCase):
    def _reason(self, code):
        return self.env.ref(f"party_office_fleet.party_car_answer_reason_{code}")

    def _as(self, request, key="dispatcher"):
        return request.with_user(self.user[key])

    def test_decline_says_why_and_tells_the_requester(self):
        request = self._waiting_request()
        reason = self._reason("nothing_free")
        self._as(request).action_decline(reason.id)
        self.assertRecordValues(
            request,
            [
                {
                    "answer": "declined",
                    "answer_reason_id": reason.id,
                    "answer_note": reason.text,
                    "answered_by_id": self.user["dispatcher"].id,
                    "waiting_user_id": False,
                    "state": "approved",
                }
            ],
        )
        told = request.message_ids.filtered(
            lambda m: self.user["staff_a"].partner_id in m.notified_partner_ids
        )
        self.assertIn(reason.text, told[:1].body)

    def test_hire_keeps_supplier_and_price(self):
        request = self._waiting_request()
        reason = self._reason("hire_seats")
        self._as(request).action_hire(reason.id, "Thuê xe 29 chỗ", "HTX Vận tải", 4.2e6)
        self.assertRecordValues(
            request,
            [
                {
                    "answer": "hired",
                    "answer_note": "Thuê xe 29 chỗ",
                    "hire_supplier": "HTX Vận tải",
                    "hire_amount": 4_200_000,
                }
            ],
        )
        other = self._waiting_request()
        for amount in (-1, float("nan"), 1e18):
            with self.subTest(amount), self.assertRaises(UserError):
                self._as(other).action_hire(reason.id, amount=amount)

    def test_lump_of_two_at_once(self):
        requests = self._waiting_request() | self._waiting_request(key="staff_b")
        self._as(requests).action_lump(self._reason("lump_cheaper").id)
        self.assertEqual(requests.mapped("answer"), ["lump", "lump"])

    def test_reason_is_of_the_list_and_fits(self):
        request = self._waiting_request()
        for reason_id in (self._reason("hire_far").id, 0, False, "1", True, 10**9):
            with self.subTest(reason_id), self.assertRaises(UserError):
                self._as(request).action_decline(reason_id)

    def test_answered_once(self):
        request = self._waiting_request()
        reason = self._reason("nothing_free")
        self._as(request).action_decline(reason.id)
        with self.assertRaises(UserError):
            self._as(request).action_lump(self._reason("lump_cheaper").id)
        draft = self._new_request()
        with self.assertRaises(UserError):
            self._as(draft).action_decline(reason.id)

    def test_only_the_dispatcher_answers(self):
        request = self._waiting_request()
        later = MORNING + timedelta(hours=5)
        for key in ("staff_a", "head_a", "driver", "office_chief", "manager"):
            own = self._as(request, key)
            with self.subTest(key):
                with self.assertRaises(AccessError):
                    own.action_decline(self._reason("nothing_free").id)
                with self.assertRaises(AccessError):
                    own.action_hire(self._reason("hire_far").id)
                with self.assertRaises(AccessError):
                    own.action_lump(self._reason("lump_cheaper").id)
                with self.assertRaises(AccessError):
                    own.action_shift(
                        MORNING, later, self._reason("shift_nothing_free").id
                    )
                with self.assertRaises(AccessError):
                    own.action_reopen_answer()

    def test_nobody_forges_an_answer(self):
        request = self._new_request()
        for values in (
            {"answer": "hired"},
            {"hire_amount": 1},
            {"agreed_start": MORNING},
            {"offered_stop": MORNING},
            {"answer_reason_id": self._reason("hire_far").id},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self._as(request, "staff_a").write(values)

    def test_another_time_is_offered_and_taken(self):
        request = self._waiting_request(hours=3)
        later = MORNING + timedelta(hours=6)
        until = later + timedelta(hours=3)
        reason = self._reason("shift_nothing_free")
        self._as(request).action_shift(later, until, reason.id)
        self.assertEqual(request.waiting_user_id, self.user["staff_a"])
        self.assertTrue(self._as(request, "staff_a").can_accept_shift)
        with self.assertRaises(UserError):
            self._plan(request)
        with self.assertRaises(AccessError):
            self._as(request, "head_a").action_accept_shift()
        content = request.content_hash
        first_answer = request.answered_at
        self._as(request, "staff_a").action_accept_shift()
        # what the head confirmed stays what it was
        self.assertEqual(request.content_hash, content)
        self.assertEqual((request.answer, request.start), ("waiting", MORNING))
        self.assertEqual(request.answered_at, first_answer)
        self.assertEqual(request.waiting_user_id, self.user["dispatcher"])
        order = self._plan(request)
        self.assertEqual((order.start, order.stop), (later, until))

    def test_another_time_does_not_suit(self):
        request = self._waiting_request()
        later = MORNING + timedelta(hours=6)
        reason = self._reason("shift_priority")
        self._as(request).action_shift(later, later + timedelta(hours=1), reason.id)
        self._as(request, "staff_a").action_reject_shift("Họp đã ấn định giờ")
        self.assertFalse(request.agreed_start or request.offered_start)
        self.assertEqual(request.answer, "waiting")
        with self.assertRaises(UserError):
            self._as(request, "staff_a").action_accept_shift()

    def test_a_time_that_cannot_be_is_not_offered(self):
        request = self._waiting_request()
        reason = self._reason("shift_nothing_free").id
        past = MORNING - timedelta(days=5)
        for start, stop in ((MORNING, MORNING), (past, MORNING), (False, MORNING)):
            with self.subTest(start=start), self.assertRaises(UserError):
                self._as(request).action_shift(start, stop, reason)

    def test_an_answer_is_taken_back(self):
        request = self._waiting_request()
        self._as(request).action_decline(self._reason("nothing_free").id)
        self._as(request).action_reopen_answer()
        self.assertEqual(request.answer, "waiting")
        self.assertFalse(request.answer_reason_id)
        self.assertTrue(self._plan(request).car_id)
        with self.assertRaises(UserError):
            self._as(request).action_reopen_answer()

    def test_dialog_fills_in_the_prepared_answer(self):
        request = self._waiting_request()
        action = self._as(request).action_open_answer()
        reason = self._reason("entitlement")
        dialog = self.env["party.car.answer"].with_user(self.user["dispatcher"])
        with Form(dialog.with_context(**action["context"])) as form:
            form.reason_id = reason.with_user(self.user["dispatcher"])
            self.assertEqual(form.note, reason.text)
        form.record.action_answer()
        self.assertEqual(request.answer_note, reason.text)
        with self.assertRaises(AccessError):
            self._as(request, "staff_a").action_open_answer()
