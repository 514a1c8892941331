from datetime import datetime

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestServiceRequest(ServiceCase):
    # ------------------------------------------------------------------ asking, doing
    def test_a_request_waits_on_one_person_with_a_promise(self):
        # Friday 10 July 2026, 16:00 in Ha Noi; four working hours are promised
        with freeze_time("2026-07-10 09:00:00"):
            request = self._ask()
        self.assertEqual(request.state, "new")
        self.assertEqual(request.lead_id, self.desk)
        self.assertEqual(request.waiting_user_id, self.desk)
        self.assertEqual(request.promised_hours, 4)
        # one hour on Friday, three on Monday morning
        self.assertEqual(request.due_at, datetime(2026, 7, 13, 3, 30))
        self.assertNotEqual(request.name, "/")

    def test_from_asking_to_confirming(self):
        with freeze_time("2026-07-10 01:00:00"):
            request = self._ask()
        with freeze_time("2026-07-10 02:00:00"):
            request.with_user(self.desk).action_take()
            self.assertEqual(request.state, "doing")
        with freeze_time("2026-07-10 03:00:00"):
            request.with_user(self.desk).action_finish("Đã thay dây mạng")
        self.assertEqual(request.state, "done")
        self.assertTrue(request.in_time)
        self.assertEqual(request.taken_hours, 2)
        self.assertEqual(request.waiting_user_id, self.user["staff_a"])
        request.with_user(self.user["staff_a"]).action_confirm_good()
        self.assertEqual((request.state, request.rating), ("confirmed", "good"))
        self.assertFalse(request.waiting_user_id)
        self.assertEqual(
            request.step_ids.mapped("step"), ["send", "take", "finish", "confirm"]
        )

    def test_late_is_late(self):
        with freeze_time("2026-07-10 01:00:00"):
            request = self._ask()
        with freeze_time("2026-07-13 01:00:00"):
            request.with_user(self.desk).action_finish()
        self.assertFalse(request.in_time)
        # 8:00 to 11:30, 13:00 to 17:00, and half an hour on Monday
        self.assertEqual(request.taken_hours, 8)

    def test_only_a_question_to_the_asker_stops_the_clock(self):
        with freeze_time("2026-07-10 01:00:00"):  # 8:00, due at 13:30
            request = self._ask()
        self.assertEqual(request.due_at, datetime(2026, 7, 10, 6, 30))
        with freeze_time("2026-07-10 02:00:00"):
            request.with_user(self.desk).action_question("Máy ở phòng nào?")
        self.assertEqual(request.waiting_user_id, self.user["staff_a"])
        with freeze_time("2026-07-13 01:00:00"):
            request.with_user(self.user["staff_a"]).action_answer("Phòng 302")
        # three hours were left at 9:00 on Friday: Monday 8:00 to 11:00
        self.assertEqual(request.due_at, datetime(2026, 7, 13, 4, 0))
        self.assertEqual(request.waiting_user_id, self.desk)
        with freeze_time("2026-07-13 02:00:00"):
            request.with_user(self.desk).action_finish()
        self.assertTrue(request.in_time)
        self.assertEqual(request.taken_hours, 2)

    def test_handing_over_inside_stops_nothing(self):
        with freeze_time("2026-07-10 01:00:00"):
            request = self._ask()
            due = request.due_at
            with self.assertRaises(UserError):
                request.with_user(self.desk).action_hand_over(
                    self.user["clerk"].id, " "
                )
            with self.assertRaises(UserError):
                request.with_user(self.desk).action_hand_over(
                    self.user["staff_b"].id, "Bận họp"
                )
            request.with_user(self.desk).action_hand_over(
                self.user["clerk"].id, "Bận họp"
            )
        self.assertEqual(request.lead_id, self.user["clerk"])
        self.assertEqual(request.waiting_user_id, self.user["clerk"])
        self.assertEqual(request.due_at, due)
        self.assertEqual(request.step_ids[-1].to_user_id, self.user["clerk"])
        # who leads it now may finish it
        request.with_user(self.user["clerk"]).action_finish()

    def test_a_promise_that_is_broken_stays_broken(self):
        with freeze_time("2026-07-10 01:00:00"):
            request = self._ask()
        with freeze_time("2026-07-10 02:00:00"):
            request.with_user(self.desk).action_finish()
        with freeze_time("2026-07-13 01:00:00"):
            request.with_user(self.user["staff_a"]).action_reopen("Vẫn mất mạng")
        self.assertEqual((request.state, request.reopen_count), ("reopened", 1))
        self.assertEqual(request.waiting_user_id, self.desk)
        # what was left of the promise runs on: three hours
        self.assertEqual(request.due_at, datetime(2026, 7, 13, 4, 0))
        with freeze_time("2026-07-14 01:00:00"):
            request.with_user(self.desk).action_finish()
            request.with_user(self.user["staff_a"]).action_reopen("Vẫn mất mạng")
        self.assertEqual(request.due_at, datetime(2026, 7, 13, 4, 0))
        self.assertEqual(request.reopen_count, 2)

    def test_silence_confirms_after_three_working_days(self):
        with freeze_time("2026-07-10 01:00:00"):
            request = self._ask()
            request.with_user(self.desk).action_finish()
        with freeze_time("2026-07-15 00:45:00"):
            self.env["party.service.request"]._cron_promises()
            self.assertEqual(request.state, "done")
        with freeze_time("2026-07-15 01:00:00"):
            self.env["party.service.request"]._cron_promises()
        self.assertEqual(request.state, "confirmed")
        self.assertTrue(request.is_auto_confirmed)
        self.assertFalse(request.rating)
        # the asker still has the last word
        request.with_user(self.user["staff_a"]).action_reopen("Chưa xong")
        self.assertEqual(request.state, "reopened")

    def test_colours_and_reminders_come_once(self):
        with freeze_time("2026-07-10 01:00:00"):
            request = self._ask()
        model = self.env["party.service.request"]
        expected = (
            ("2026-07-10 01:30:00", "none", 0),
            ("2026-07-10 06:00:00", "yellow", 1),
            ("2026-07-10 06:20:00", "yellow", 1),
            ("2026-07-10 07:00:00", "red", 2),
            # three working days late; the chief of office hears of it
            ("2026-07-15 07:00:00", "special", 4),
            ("2026-07-15 08:00:00", "special", 4),
        )
        for moment, colour, calls in expected:
            with self.subTest(moment), freeze_time(moment):
                model._cron_promises()
                self.assertEqual(request.colour, colour)
                self.assertEqual(
                    len(
                        request.activity_ids.filtered(
                            lambda a: (
                                a.activity_type_id
                                == self.env.ref("mail.mail_activity_data_warning")
                            )
                        )
                    ),
                    calls,
                )

    def test_refusing_needs_a_reason(self):
        request = self._ask()
        with self.assertRaises(UserError):
            request.with_user(self.desk).action_refuse("")
        request.with_user(self.desk).action_refuse("Thiết bị cá nhân")
        self.assertEqual((request.state, request.outcome[:8]), ("refused", "Thiết bị"))
        self.assertFalse(request.waiting_user_id)
        with self.assertRaises(UserError):
            request.with_user(self.desk).action_take()

    def test_taking_back(self):
        request = self._ask()
        with self.assertRaises(AccessError):
            request.with_user(self.desk).action_cancel("Thôi")
        request.with_user(self.user["staff_a"]).action_cancel("Đã tự sửa được")
        self.assertEqual(request.state, "cancelled")

    def test_nothing_said_is_nothing_asked(self):
        request = self._new_request(text=" ")
        with self.assertRaises(UserError):
            request.action_send()
        with self.assertRaises(AccessError):
            self._new_request().with_user(self.user["head_a"]).action_send()

    def test_two_at_once(self):
        requests = self._ask() | self._ask()
        requests.with_user(self.desk).action_take()
        requests.with_user(self.desk).action_finish()
        requests.with_user(self.user["staff_a"]).action_confirm_fair()
        self.assertEqual(set(requests.mapped("rating")), {"fair"})
        self.assertEqual(len(set(requests.mapped("name"))), 2)

    @mute_logger("odoo.sql_db")
    def test_the_database_wants_one_lead(self):
        request = self._ask()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE party_service_request SET lead_id = NULL WHERE id = %s",
                [request.id],
            )

    # ----------------------------------------------------------------------- the cost
    def test_from_an_amount_on_the_board_agrees_and_the_clock_stands(self):
        with freeze_time("2026-07-10 01:00:00"):
            request = self._ask(kind=self.repair)
            due = request.due_at
            request.with_user(self.desk).action_take()
            request.with_user(self.desk).action_estimate(1_999_999)
            self.assertEqual(request.state, "doing")
            request.with_user(self.desk).action_estimate(2_000_000)
        self.assertEqual(request.state, "approval")
        self.assertEqual(request.waiting_user_id, self.user["head_a"])
        for key in ("staff_a", "head_b", "office_chief", "accountant_a"):
            with self.subTest(key), self.assertRaises(AccessError):
                request.with_user(self.user[key]).action_agree()
        with freeze_time("2026-07-13 01:00:00"):
            request.with_user(self.user["head_a"]).action_agree()
        self.assertEqual(request.state, "doing")
        self.assertEqual(request.agreed_amount, 2_000_000)
        self.assertEqual(request.agreed_by_id, self.user["head_a"])
        self.assertGreater(request.due_at, due)
        # less than what was agreed needs no second word, more does
        request.with_user(self.desk).action_estimate(1_500_000)
        self.assertEqual(request.state, "doing")
        request.with_user(self.desk).action_estimate(2_500_000)
        self.assertEqual(request.state, "approval")

    def test_nobody_agrees_to_his_own_cost(self):
        request = self._ask("head_a", kind=self.repair)
        request.with_user(self.desk).action_estimate(5_000_000)
        self.assertEqual(request.waiting_user_id, self.user["office_chief"])
        request.with_user(self.user["office_chief"]).action_refuse("Chưa có kinh phí")
        self.assertEqual(request.state, "refused")

    def test_amounts_that_cannot_be(self):
        request = self._ask(kind=self.repair).with_user(self.desk)
        for amount in (float("nan"), 10**18, -1):
            with self.subTest(amount), self.assertRaises(UserError):
                request.action_estimate(amount)
        with self.assertRaises(ValidationError):
            self.repair.approval_from = 10**18

    # ---------------------------------------------------------------------- who may
    def test_who_reads_a_request(self):
        request = self._ask()
        self.env.flush_all()
        readers = {
            "staff_a",
            "head_a",
            "accountant_a",
            "office_chief",
            "deputy_chief",
            "chief_accountant",
            "cashier",
            "manager",
            "desk",
            "desk_deputy",
        }
        for key in self.user:
            model = self.env["party.service.request"].with_user(self.user[key])
            lines = self.env["party.service.step"].with_user(self.user[key])
            with self.subTest(key):
                self.assertEqual(
                    bool(model.search_count([("id", "=", request.id)])), key in readers
                )
                self.assertEqual(
                    bool(lines.search_count([("request_id", "=", request.id)])),
                    key in readers,
                )

    def test_nobody_forges(self):
        request = self._ask()
        values = {
            "state": "confirmed",
            "lead_id": self.user["staff_b"].id,
            "due_at": "2030-01-01 00:00:00",
            "rating": "good",
            "requester_id": self.user["staff_b"].id,
            "estimate": 1.0,
            "agreed_amount": 9_000_000.0,
            "waiting_user_id": False,
            "in_time": True,
            "norm_agreed_by_id": self.user["staff_a"].id,
        }
        for key in ("staff_a", "desk", "office_chief", "manager", "chief_accountant"):
            for name, value in values.items():
                with self.subTest(f"{key} {name}"), self.assertRaises(AccessError):
                    request.with_user(self.user[key]).write({name: value})
        with self.assertRaises(AccessError):
            self._new_request(state="new")
        forged = (
            self.env["party.service.request"]
            .with_user(self.user["staff_a"])
            .with_context(default_state="confirmed", default_lead_id=self.desk.id)
            .create({"kind_id": self.it.id, "text": "Giả mạo"})
        )
        self.assertEqual(forged.state, "draft")
        with self.assertRaises(UserError):
            request.with_user(self.user["staff_a"]).write({"text": "Khác"})
        with self.assertRaises(UserError):
            request.with_user(self.user["staff_a"]).unlink()

    def test_asking_for_a_board_that_is_not_ones_own(self):
        with self.assertRaises(AccessError):
            self._new_request(board_id=self.board_b.id)

    def test_who_acts_for_the_desk(self):
        for key in ("staff_a", "head_a", "staff_b", "cashier", "manager", "clerk"):
            request = self._ask()
            user = self.user[key]
            with self.subTest(key):
                with self.assertRaises(AccessError):
                    request.with_user(user).action_take()
                with self.assertRaises(AccessError):
                    request.with_user(user).action_finish()
                with self.assertRaises(AccessError):
                    request.with_user(user).action_estimate(1)
        request.with_user(self.deputy).action_take()
        request.with_user(self.user["office_chief"]).action_finish()
        for key in ("desk", "staff_b", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                request.with_user(self.user[key]).action_confirm("good")
        with self.assertRaises(UserError):
            request.with_user(self.user["staff_a"]).action_confirm("excellent")
        request.with_user(self.user["head_a"]).action_confirm("good")

    def test_steps_are_evidence(self):
        request = self._ask()
        step = request.step_ids
        for key in ("staff_a", "desk", "office_chief", "manager"):
            own = step.with_user(self.user[key])
            with self.subTest(key):
                with self.assertRaises(UserError):
                    own.write({"reason": "khác"})
                with self.assertRaises(UserError):
                    own.unlink()
                with self.assertRaises(UserError):
                    own.create(
                        {
                            "request_id": request.id,
                            "step": "agree",
                            "at": "2026-07-10 00:00:00",
                        }
                    )

    def test_the_catalogue_is_kept_by_few(self):
        for key in ("staff_a", "desk", "clerk", "accountant_a", "chief_accountant"):
            with self.subTest(key), self.assertRaises(AccessError):
                self.it.with_user(self.user[key]).write({"promised_hours": 1})
        self.it.with_user(self.user["office_chief"]).write({"promised_hours": 2})

    def test_nobody_named_falls_to_the_chief(self):
        self.it.write({"lead_id": False, "deputy_id": False})
        self.assertEqual(self._ask().lead_id, self.user["office_chief"])

    def test_the_card_opens_an_empty_request(self):
        action = self.it.with_user(self.user["staff_a"]).action_ask()
        request = (
            self.env["party.service.request"]
            .with_user(self.user["staff_a"])
            .with_context(**action["context"])
            .create({"text": "Máy in không nhận"})
        )
        request.action_send()
        self.assertEqual(request.kind_id, self.it)
        self.assertEqual(request.board_id, self.board_a)

    def test_the_wizard_says_it(self):
        request = self._ask()
        word = (
            self.env["party.service.word"]
            .with_user(self.desk)
            .create({"request_id": request.id, "word": "refuse", "text": "Không đúng"})
        )
        word.action_do()
        self.assertEqual(request.state, "refused")

    def test_the_list_asks_a_constant_number_of_queries(self):
        def count(number):
            requests = self.env["party.service.request"].union(
                *(
                    self._ask(
                        kind=self.stationery,
                        text="Giấy",
                        line_ids=[
                            Command.create({"supply_id": self.paper.id, "quantity": 1})
                        ],
                    )
                    for _n in range(number)
                )
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            requests.with_user(self.desk).mapped("is_over_norm")
            requests.with_user(self.desk).mapped("can_confirm")
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertLessEqual(count(20), count(2) + 2)
