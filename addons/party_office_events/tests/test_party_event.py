from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import EventCase


@tagged("post_install", "-at_install")
class TestPartyEvent(EventCase):
    def test_every_task_waits_on_one_person(self):
        task = self._new_task()
        self.assertEqual(task.waiting_user_id, self.user["head_b"])
        task.with_user(self.user["head_b"]).action_assign(self.user["staff_b"].id)
        self.assertEqual(task.waiting_user_id, self.user["staff_b"])
        task.with_user(self.user["staff_b"]).action_finish()
        self.assertEqual(task.progress, "done")
        self.assertFalse(task.waiting_user_id)

    def test_a_board_takes_only_its_own_tasks(self):
        self._new_task(self.board_a)
        task = self._new_task()
        with self.assertRaises(UserError):
            task.with_user(self.user["staff_a"]).action_take()
        task.with_user(self.user["staff_b"]).action_take()
        self.assertEqual(task.doer_id, self.user["staff_b"])
        with self.assertRaises(UserError):
            task.with_user(self.user["head_b"]).action_take()

    @mute_logger("odoo.sql_db")
    def test_the_database_wants_one_lead(self):
        task = self._new_task()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE project_task SET board_id = NULL WHERE id = %s", [task.id]
            )

    def test_tasks_are_changed_by_buttons_only(self):
        task = self._new_task()
        for key in ("staff_a", "head_b", "office_chief", "manager"):
            for values in ({"board_id": self.board_a.id}, {"name": "Khác"}):
                with self.subTest(key), self.assertRaises(AccessError):
                    task.with_user(self.user[key]).write(values)
            with self.assertRaises(AccessError):
                task.with_user(self.user[key]).unlink()

    def test_who_has_no_part_reads_nothing(self):
        self._new_task(self.board_a)
        staff = self.user["staff_b"]
        events = self.env["party.event"].with_user(staff)
        tasks = self.env["project.task"].with_user(staff)
        self.assertFalse(events.search_count([("id", "=", self.event.id)]))
        self.assertFalse(tasks.search_count([("event_id", "=", self.event.id)]))
        self._new_task(self.board_b)
        self.assertTrue(events.search_count([("id", "=", self.event.id)]))
        self.assertEqual(tasks.search_count([("event_id", "=", self.event.id)]), 2)

    def test_another_unit_agrees_before_it_pays(self):
        event = self._new_event(board_id=self.board_b.id)
        event.action_submit()
        self.assertEqual(event.waiting_user_id, self.user["head_b"])
        chief = event.with_user(self.user["office_chief"])
        with self.assertRaises(AccessError):
            chief.with_context(approval_seen=chief.content_hash).action_approve()
        head = event.with_user(self.user["head_b"])
        head.with_context(approval_seen=head.content_hash).action_approve()
        self.assertEqual(event.state, "submitted")
        self.assertEqual(event.waiting_user_id, self.user["office_chief"])
        chief.with_context(approval_seen=chief.content_hash).action_approve()
        self.assertEqual(event.state, "approved")

    def test_who_prepares_and_pays_asks_the_chief_only(self):
        self.event.action_submit()
        self.assertEqual(self.event.waiting_user_id, self.user["office_chief"])
