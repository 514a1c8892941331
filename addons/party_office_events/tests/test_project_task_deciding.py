from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import EventCase


@tagged("post_install", "-at_install")
class TestProjectTaskDeciding(EventCase):
    def setUp(self):
        super().setUp()
        self.task = self._new_task()

    def _as(self, key):
        return self.task.with_user(self.user[key])

    def _one(self):
        """Whom it waits on: always one person, and always one lead unit."""
        self.assertEqual(len(self.task.board_id), 1)
        self.assertEqual(len(self.task.waiting_user_id), 1)
        return self.task.waiting_user_id

    def test_push_and_pull(self):
        self.assertEqual(self._one(), self.user["head_b"])
        self._as("staff_b").action_take()
        self.assertEqual(self._one(), self.user["staff_b"])
        self._as("head_b").action_decline("Thiếu người")
        self.assertEqual(self.task.progress, "declined")
        self.assertEqual(self.task.board_id, self.board_b)
        self.assertEqual(self._one(), self.user["office_chief"])
        self._as("office_chief").action_decide("keep", "Đúng chức năng")
        self.assertEqual(self._one(), self.user["head_b"])
        # once: what the chief decided is not declined again
        with self.assertRaises(UserError):
            self._as("head_b").action_decline("Vẫn thiếu người")
        self._as("office_chief").action_decide("move", "Giúp bạn", self.board_a.id)
        self.assertEqual(self.task.board_id, self.board_a)
        self.assertEqual(self._one(), self.user["head_a"])
        self._as("head_a").action_decline("Không phải việc của ban")
        self.assertEqual(self._one(), self.user["office_chief"])
        self._as("office_chief").action_decide("drop", "Không cần nữa")
        self.assertEqual(self.task.progress, "dropped")
        self.assertFalse(self.task.waiting_user_id)
        self.assertEqual(
            self.task.decision_ids.sorted("id").mapped("decision"),
            ["decline", "keep", "move", "decline", "drop"],
        )
        row = self.task.decision_ids.sorted("id")[2]
        self.assertEqual(
            (row.user_id, row.from_board_id, row.to_board_id, row.reason),
            (self.user["office_chief"], self.board_b, self.board_a, "Giúp bạn"),
        )

    def test_only_the_head_declines_with_a_reason(self):
        self._new_task(self.board_a)
        for key in ("staff_b", "staff_a", "head_a"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._as(key).action_decline("Không")
        for reason in ("", "  ", False, None):
            with self.assertRaises(UserError):
                self._as("head_b").action_decline(reason)
        self._as("head_b").action_decline("Thiếu người")
        with self.assertRaises(UserError):
            self._as("head_b").action_decline("Thiếu người")
        with self.assertRaises(UserError):
            self._as("staff_b").action_finish()

    def test_only_the_chief_decides(self):
        self._as("head_b").action_decline("Thiếu người")
        for key in ("head_b", "staff_b", "staff_a"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._as(key).action_decide("drop", "Thôi")
        # the organiser does not take it out of the chief's hands
        with self.assertRaises(UserError):
            self._as("staff_a").action_drop("Thôi")
        for board_id in (None, 0, self.board_b.id, "1", True, 10**9):
            with self.subTest(board_id), self.assertRaises(UserError):
                self._as("office_chief").action_decide("move", "Chuyển", board_id)
        with self.assertRaises(UserError):
            self._as("office_chief").action_decide("give", "Chuyển")

    def test_the_chief_does_not_decide_on_what_he_declined(self):
        task = self._new_task(self.office)
        self.office.head_id = self.user["office_chief"]
        task.with_user(self.user["office_chief"]).action_decline("Văn phòng quá tải")
        self.assertEqual(task.waiting_user_id, self.user["deputy_chief"])
        with self.assertRaises(AccessError):
            task.with_user(self.user["office_chief"]).action_decide("drop", "Thôi")
        task.with_user(self.user["deputy_chief"]).action_decide("keep", "Vẫn làm")

    def test_two_tasks_at_once(self):
        tasks = self.task | self._new_task(name="Việc thứ hai (thử)")
        tasks.with_user(self.user["head_b"]).action_decline("Thiếu người")
        tasks.with_user(self.user["office_chief"]).action_decide("keep", "Làm")
        self.assertEqual(set(tasks.mapped("progress")), {"open"})
        self.assertEqual(len(tasks.decision_ids), 4)

    def test_after_the_signature_the_organiser_does_not_move_the_lead(self):
        edit = (
            self.env["party.task.edit"]
            .with_user(self.user["staff_a"])
            .with_context(default_task_id=self.task.id, default_event_id=self.event.id)
        )
        values = {"board_id": self.board_a.id}
        self.event.sudo().state = "approved"
        with self.assertRaises(UserError):
            edit.create(values).action_confirm()
        self.assertEqual(self.task.board_id, self.board_b)
        self.event.sudo().state = "draft"
        edit.create(values).action_confirm()
        self.assertEqual(self._one(), self.user["head_a"])

    @mute_logger("odoo.sql_db")
    def test_decisions_are_for_ever(self):
        self._as("head_b").action_decline("Thiếu người")
        row = self.task.decision_ids
        with self.assertRaises(UserError):
            row.sudo().reason = "Khác"
        with self.assertRaises(UserError):
            row.copy()
        for statement in (
            "UPDATE party_task_decision SET reason = 'x' WHERE id = %s",
            "DELETE FROM party_task_decision WHERE id = %s",
        ):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env.cr.execute(statement, [row.id])

    def test_who_has_no_part_reads_no_decision(self):
        self.task = self._new_task(self.board_a)
        other = self._new_event("staff_a", co_board_ids=False)
        task = self._new_task(self.board_a, event=other)
        task.with_user(self.user["head_a"]).action_decline("Thiếu người")
        rows = self.env["party.task.decision"]
        for key, seen in (
            ("staff_b", 0),
            ("head_b", 0),
            ("accountant_b", 0),
            ("staff_a", 1),
            ("head_a", 1),
            ("office_chief", 1),
        ):
            found = rows.with_user(self.user[key]).search_count(
                [("event_id", "=", other.id)]
            )
            self.assertEqual(found, seen, key)
        for key in ("staff_a", "office_chief", "manager"):
            with self.subTest(key), self.assertRaises(UserError):
                rows.with_user(self.user[key]).create(
                    {
                        "task_id": task.id,
                        "event_id": other.id,
                        "decision": "keep",
                        "user_id": self.user[key].id,
                        "reason": "x",
                        "from_board_id": self.board_a.id,
                    }
                )
