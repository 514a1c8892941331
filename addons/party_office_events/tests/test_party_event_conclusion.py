from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import EventCase


@freeze_time("2026-07-10 08:00:00")
@tagged("post_install", "-at_install")
class TestPartyEventConclusion(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.user["staff_a"]
        cls.event = cls.event.with_user(cls.staff)

    def _held(self):
        self.event.action_submit()
        chief = self.event.with_user(self.user["office_chief"])
        chief.with_context(approval_seen=self.event.content_hash).action_approve()
        self.event.action_held()

    def _conclude(self, key="staff_a", **values):
        return (
            self.env["party.event.conclusion"]
            .with_user(self.user[key])
            .create(
                {
                    "event_id": self.event.id,
                    "text": "Hoàn thành quy chế phối hợp",
                    "board_id": self.board_b.id,
                    "due_date": "2026-07-31",
                    **values,
                }
            )
        )

    def test_conclusions_become_tasks(self):
        self._held()
        first = self._conclude()
        second = self._conclude(text="Báo cáo Thường trực", board_id=self.board_a.id)
        self.event.action_make_tasks()
        self.assertRecordValues(
            (first | second).task_id,
            [
                {
                    "name": "Hoàn thành quy chế phối hợp",
                    "board_id": self.board_b.id,
                    "due_date": fields.Date.to_date("2026-07-31"),
                    "origin": "conclusion",
                    "progress": "open",
                    "waiting_user_id": self.user["head_b"].id,
                },
                {
                    "name": "Báo cáo Thường trực",
                    "board_id": self.board_a.id,
                    "due_date": fields.Date.to_date("2026-07-31"),
                    "origin": "conclusion",
                    "progress": "open",
                    "waiting_user_id": self.user["head_a"].id,
                },
            ],
        )
        self.assertTrue(self.event.conclusion_name)
        self.assertEqual(self.event.conclusion_date, fields.Date.to_date("2026-07-10"))
        number = self.event.conclusion_name
        third = self._conclude(text="Thêm")
        self.event.action_make_tasks()
        self.assertEqual(self.event.conclusion_name, number)
        self.assertEqual(len(third.task_id), 1)
        self.assertEqual(len(self.event.task_ids), 3, "nothing twice")

    def test_followed_to_the_end(self):
        self._held()
        conclusion = self._conclude()
        self.event.action_make_tasks()
        self.assertEqual(self.event.open_conclusion_count, 1)
        task = conclusion.task_id.with_user(self.user["staff_b"])
        task.action_take()
        self.assertEqual(conclusion.progress, "doing")
        with freeze_time("2026-08-04 03:00:00"):
            task.sudo()._compute_colour()
            self.assertEqual(conclusion.colour, "special")
            task.action_finish()
        self.assertEqual(conclusion.progress, "done")
        self.assertEqual(task.done_late, 4)
        self.assertEqual(self.event.open_conclusion_count, 0)

    def test_only_after_it_took_place(self):
        with self.assertRaises(UserError):
            self.event.action_make_tasks()
        self._conclude()
        with self.assertRaises(UserError):
            self.event.action_make_tasks()
        self._held()
        self.event.action_make_tasks()
        self.assertEqual(len(self.event.task_ids), 1)

    def test_only_the_organiser_concludes(self):
        self._held()
        mine = self._conclude()
        self._new_task()
        for key in ("staff_b", "head_b", "accountant_b", "clerk", "cashier"):
            with self.subTest(key):
                with self.assertRaises(UserError):
                    self._conclude(key)
                with self.assertRaises(UserError):
                    mine.with_user(self.user[key]).write({"text": "Khác"})
                with self.assertRaises(UserError):
                    mine.with_user(self.user[key]).unlink()
                with self.assertRaises(UserError):
                    mine.with_user(self.user[key]).action_make_tasks()
                with self.assertRaises(UserError):
                    self.event.with_user(self.user[key]).action_make_tasks()
        self.assertFalse(mine.task_id)

    def test_a_task_is_forged_by_nobody(self):
        self._held()
        task = self._new_task()
        conclusion = self._conclude(task_id=task.id)
        self.assertFalse(conclusion.task_id)
        with self.assertRaises(UserError):
            conclusion.write({"task_id": task.id})
        with self.assertRaises(AccessError):
            self.event.write({"conclusion_name": "1"})
        self.event.action_make_tasks()
        for values in ({"text": "Khác"}, {"board_id": self.board_a.id}):
            with self.assertRaises(UserError):
                conclusion.write(values)
        with self.assertRaises(UserError):
            conclusion.unlink()

    def test_moving_a_conclusion_to_another_plan(self):
        self._held()
        conclusion = self._conclude()
        other = self._new_event("staff_b", lead_board_id=self.board_b.id)
        with self.assertRaises(UserError):
            conclusion.write({"event_id": other.id})

    def test_who_has_no_part_reads_nothing(self):
        self._held()
        conclusion = self._conclude(board_id=self.board_a.id)
        self.event.action_make_tasks()
        self.env.flush_all()
        conclusions = self.env["party.event.conclusion"]
        for key, seen in (("staff_b", 0), ("accountant_b", 0), ("head_a", 1)):
            with self.subTest(key):
                self.assertEqual(
                    conclusions.with_user(self.user[key]).search_count(
                        [("id", "=", conclusion.id)]
                    ),
                    seen,
                )

    def test_deadlines_make_sense(self):
        self._held()
        for day in ("1900-01-01", "2026-07-09", "2040-01-01"):
            with self.subTest(day), self.assertRaises(UserError):
                self._conclude(due_date=day)
