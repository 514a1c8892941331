from odoo.tests import freeze_time, tagged

from .common import EventCase

ALARM = "party_office_events.mail_activity_type_alarm"
TO_DO = "party_office_events.mail_activity_type_deadline"


@tagged("post_install", "-at_install")
class TestProjectTaskEscalation(EventCase):
    """The task of board B is due on Wednesday 8 July 2026."""

    @freeze_time("2026-06-29 03:00:00")
    def setUp(self):
        super().setUp()
        self.task = self._new_task()
        self.event.with_user(self.user["staff_a"]).action_submit()
        chief = self.event.with_user(self.user["office_chief"])
        chief.with_context(approval_seen=chief.content_hash).action_approve()

    def _night(self, day):
        with freeze_time(f"{day} 18:00:00"):
            self.env["project.task"]._cron_escalate()

    def _told(self, kind):
        kind = self.env.ref(kind)
        return self.task.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def test_nobody_took_it(self):
        self._night("2026-06-29")  # 30 June at the office: one working day
        self.assertFalse(self.task.is_flagged)
        self._night("2026-06-30")
        self.assertTrue(self.task.is_flagged)
        self.assertEqual(self._told(ALARM).user_id, self.user["staff_a"])
        self.assertEqual(self.event.flagged_task_count, 1)
        self._night("2026-06-30")
        self.assertEqual(len(self._told(ALARM)), 1)
        self.task.with_user(self.user["staff_b"]).action_take()
        self.assertFalse(self.task.is_flagged)

    def test_days_to_take_it_are_a_setting(self):
        self.company.party_untaken_days = 5
        self._night("2026-07-01")
        self.assertFalse(self.task.is_flagged)
        self._night("2026-07-05")
        self.assertTrue(self.task.is_flagged)

    def test_a_draft_presses_nobody(self):
        self.event.sudo().state = "draft"
        self.env.flush_all()
        self._night("2026-07-20")
        self.assertFalse(self.task.is_flagged)
        self.assertFalse(self.task.activity_ids)
        self.assertEqual(self.task.colour, "special")

    def test_colours_reminders_and_the_line(self):
        self.task.with_user(self.user["staff_b"]).action_take()
        self._night("2026-07-01")
        self.assertEqual(self.task.colour, "none")
        self.assertEqual(self._told(TO_DO).user_id, self.user["staff_b"])
        self._night("2026-07-04")
        self.assertEqual(self.task.colour, "yellow")
        self.assertEqual(len(self._told(TO_DO)), 1)
        self._night("2026-07-08")
        self.assertEqual(self.task.colour, "red")
        self.assertEqual(self.event.late_task_count, 1)
        expected = [
            ("2026-07-10", "head_b"),
            ("2026-07-13", "deputy_chief"),
            ("2026-07-16", "office_chief"),
        ]
        for number, (day, key) in enumerate(expected, 1):
            self._night(day)
            self._night(day)
            self.assertEqual(self.task.colour, "special")
            self.assertEqual(self.task.alarm_user_id, self.user[key])
            self.assertEqual(len(self._told(ALARM)), number)
        with freeze_time("2026-07-17 03:00:00"):
            self.task.with_user(self.user["staff_b"]).action_finish()
        self.assertFalse(self.task.activity_ids)
        self.assertEqual(self.task.done_late, 9)
        self.assertEqual(self.task.colour, "none")
