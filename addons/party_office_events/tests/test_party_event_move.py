from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import EventCase

#: Thursday 16 July 2026, 8:00 to 11:30 local: four working days later
LATER = (datetime(2026, 7, 16, 1), datetime(2026, 7, 16, 4, 30))


@tagged("post_install", "-at_install")
@freeze_time("2026-06-29 03:00:00")
class TestPartyEventMove(EventCase):
    """The review is on Friday 10 July 2026; today is Monday 29 June."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["party.holiday"].search(
            [("date", ">=", "2026-06-29"), ("date", "<=", "2026-07-31")]
        ).unlink()
        cls.task = cls._new_task(planned_date="2026-07-08")
        cls.done = cls._new_task(name="Đã xong (thử)", planned_date="2026-07-08")
        cls.done.with_user(cls.user["staff_b"]).action_take()
        cls.done.with_user(cls.user["staff_b"]).action_finish()

    def _approve(self):
        event = self.event.with_user(self.user["staff_a"])
        event.action_submit()
        chief = self.event.with_user(self.user["office_chief"])
        chief.with_context(approval_seen=chief.content_hash).action_approve()
        self.assertEqual(self.event.state, "approved")

    def _move(self, start, stop, reason="Lãnh đạo bận", key="staff_a"):
        return self.event.with_user(self.user[key]).action_reschedule(
            start, stop, reason
        )

    def test_open_tasks_move_done_ones_stay(self):
        rows = self._move(*LATER)
        self.assertEqual(self.event.start, LATER[0])
        self.assertEqual(self.task.due_date, date(2026, 7, 14))
        self.assertEqual(self.done.due_date, date(2026, 7, 8))
        self.assertEqual(
            [(r["what"], r["moved"]) for r in rows], [(self.task.name, True)]
        )
        self._move(datetime(2026, 7, 10, 1), datetime(2026, 7, 10, 4, 30))
        self.assertEqual(self.task.due_date, date(2026, 7, 8))

    def test_too_early_is_due_today_and_comes_back(self):
        self._move(datetime(2026, 6, 30, 1), datetime(2026, 6, 30, 4, 30))
        self.assertEqual(self.task.due_date, date(2026, 6, 29))
        self.assertTrue(self.task.is_squeezed)
        self._move(datetime(2026, 7, 10, 1), datetime(2026, 7, 10, 4, 30))
        self.assertEqual(self.task.due_date, date(2026, 7, 8))
        self.assertFalse(self.task.is_squeezed)

    @freeze_time("2026-07-09 03:00:00")
    def test_what_is_late_stays_late(self):
        rows = self._move(datetime(2026, 7, 9, 7), datetime(2026, 7, 9, 9))
        self.assertEqual(self.task.due_date, date(2026, 7, 8))
        self.assertEqual([row["moved"] for row in rows], [False])

    def test_a_preview_changes_nothing(self):
        event = self.event.with_user(self.user["staff_a"])
        rows = event._preview_reschedule(*LATER)
        self.assertEqual(len(rows), 1)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.event.start, datetime(2026, 7, 10, 1))
        self.assertEqual(self.task.due_date, date(2026, 7, 8))
        wizard = (
            self.env["party.event.move"]
            .with_user(self.user["staff_a"])
            .create({"event_id": event.id, "start": LATER[0], "stop": LATER[1]})
        )
        self.assertIn(self.task.name, wizard.preview)
        self.assertEqual(self.event.start, datetime(2026, 7, 10, 1))
        wizard.action_confirm()
        self.assertEqual(self.event.start, LATER[0])

    def test_a_signed_plan_keeps_its_approval_with_a_reason(self):
        self._approve()
        event = self.event.with_user(self.user["staff_a"])
        with self.assertRaises(UserError):
            event.write({"start": LATER[0], "stop": LATER[1]})
        for reason in ("", "   ", None):
            with self.assertRaises(UserError):
                self._move(*LATER, reason=reason)
        self._move(*LATER)
        self.assertEqual(self.event.state, "approved")
        self.event._check_approval_intact()
        self.assertTrue(self.event.is_moved)
        self.assertEqual(self.event.signed_start, datetime(2026, 7, 10, 1))
        self.assertEqual(self.event.move_reason, "Lãnh đạo bận")
        told = self.event.activity_ids.filtered(
            lambda a: a.user_id == self.user["office_chief"]
        )
        self.assertEqual(len(told), 1)
        # only the day: what else was signed stays locked
        with self.assertRaises(UserError):
            event.write({"title": "Khác"})
        with self.assertRaises(AccessError):
            event.write({"signed_start": LATER[0]})

    def test_a_draft_moves_by_its_form(self):
        event = self.event.with_user(self.user["staff_a"])
        event.write({"start": LATER[0], "stop": LATER[1], "place": "Hội trường"})
        self.assertEqual(self.task.due_date, date(2026, 7, 14))
        self.assertEqual(self.event.place, "Hội trường")

    def test_who_moves_it_and_when(self):
        for key in ("staff_b", "head_b"):
            with self.subTest(key), self.assertRaises(UserError):
                self._move(*LATER, key=key)
        for start, stop in (
            (LATER[1], LATER[0]),
            (LATER[0], LATER[0]),
            ("x", "y"),
            (None, None),
            (False, LATER[1]),
        ):
            with self.subTest(start), self.assertRaises(UserError):
                self._move(start, stop)
        with self.assertRaises(ValidationError):
            self._move(datetime(1900, 1, 1), datetime(1900, 1, 2))
        self.event.with_user(self.user["staff_a"]).action_submit()
        with self.assertRaises(UserError):
            self._move(*LATER)
        self.event.sudo().progress = "held"
        with self.assertRaises(UserError):
            self._move(*LATER)

    def test_cancelled_and_opened_again(self):
        event = self.event.with_user(self.user["staff_a"])
        dropped = self._new_task(name="Thôi (thử)")
        dropped.with_user(self.user["staff_a"]).action_drop("Không cần")
        event.action_cancel()
        self.assertEqual(self.task.progress, "dropped")
        self.assertFalse(self.task.waiting_user_id)
        self.assertEqual(self.done.progress, "done")
        event.action_reset_draft()
        self.assertEqual(self.event.progress, "planned")
        self.assertEqual(self.task.progress, "open")
        self.assertEqual(self.task.waiting_user_id, self.user["head_b"])
        self.assertEqual(dropped.progress, "dropped")
        self.assertEqual(self.done.progress, "done")

    @freeze_time("2026-07-13 03:00:00")
    def test_it_is_closed_when_all_is_settled(self):
        event = self.event.with_user(self.user["staff_a"])
        with self.assertRaises(UserError):
            event.action_close()
        event.action_held()
        with self.assertRaises(UserError) as refused:
            event.action_close()
        self.assertIn(self.task.name, str(refused.exception))
        self._new_task(self.board_a, origin="conclusion", name="Sau (thử)")
        self.task.with_user(self.user["staff_b"]).action_take()
        self.task.with_user(self.user["staff_b"]).action_finish()
        with self.assertRaises(UserError):
            event.with_user(self.user["staff_b"]).action_close()
        event.action_close()
        self.assertEqual(self.event.progress, "closed")
        with self.assertRaises(UserError):
            self.task.with_user(self.user["staff_a"]).action_send_back("Thiếu")
