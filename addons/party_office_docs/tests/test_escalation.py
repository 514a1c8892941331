from odoo.tests import freeze_time, tagged

from .doing_case import DoingCase


@tagged("post_install", "-at_install")
class TestEscalation(DoingCase):
    """Colours, reminders 7/3/1, alarms up the line; the night may run twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-06-15 02:00:00"):
            cls.paper = cls._registered()
            cls.paper.with_user(cls.user["office_chief"]).action_direct(
                cls.board_a.id, deadline="2026-06-30", instruction="Tham mưu"
            )
            cls.paper.with_user(cls.user["head_a"]).action_pass(cls.user["staff_a"].id)
        cls.paper = cls.paper.sudo()

    def _night(self, day, times=2):
        """Run the night after which ``day`` begins at the office."""
        with freeze_time(f"{day} 00:30:00"):
            for _ in range(times):
                self.env["party.document"]._cron_escalate()
        return self.paper.activity_ids

    def test_colours(self):
        for day, colour in (
            ("2026-06-26", "none"),
            ("2026-06-27", "yellow"),
            ("2026-06-30", "yellow"),
            ("2026-07-01", "red"),
            ("2026-07-02", "red"),
            ("2026-07-03", "special"),
            ("2026-09-03", "special"),
        ):
            self._night(day)
            self.assertEqual(self.paper.escalation, colour, day)
            found = self.env["party.document"].search(
                [("id", "=", self.paper.id), ("escalation", "=", colour)]
            )
            self.assertTrue(found, day)

    def test_the_day_changes_at_midnight_in_viet_nam(self):
        # 17:10 UTC on the 30th is the first of July at the office
        with freeze_time("2026-06-30 17:10:00"):
            self.env["party.document"]._cron_escalate()
        self.assertEqual(self.paper.escalation, "red")

    def test_reminders(self):
        seen = []
        for day in (
            "2026-06-22",
            "2026-06-23",
            "2026-06-24",
            "2026-06-27",
            "2026-06-28",
            "2026-06-29",
            "2026-06-30",
            "2026-07-01",
            "2026-07-02",
        ):
            activities = self._night(day)
            seen.append(
                (len(activities), activities[:1].id, activities.user_id.mapped("name"))
            )
        self.assertEqual([count for count, *_rest in seen], [0, 1, 1, 1, 1, 1, 1, 1, 1])
        # a new one on the 23rd, 27th, 29th and 1st
        self.assertEqual(len({key for _count, key, _who in seen[1:]}), 4)
        self.assertEqual({tuple(who) for _n, _k, who in seen[1:]}, {("staff_a",)})

    def test_the_reminder_follows_who_holds_the_paper(self):
        self._night("2026-06-29")
        with freeze_time("2026-06-29 02:00:00"):
            self.paper.with_user(self.user["head_a"]).action_pass(
                self.user["colleague_a"].id
            )
            self.assertEqual(self.paper.activity_ids.user_id, self.user["colleague_a"])
            self._evidence(self.paper, "head_a")
            self.paper.with_user(self.user["head_a"]).action_submit_result("Xong")
            self.assertEqual(self.paper.activity_ids.user_id, self.user["office_chief"])
            self.paper.with_user(self.user["office_chief"]).action_accept()
        self.assertFalse(self.paper.activity_ids)
        self.assertEqual(self.paper.escalation, "none")

    def test_alarm_climbs(self):
        told = []
        for day in ("2026-07-02", "2026-07-03", "2026-07-06", "2026-07-09"):
            self._night(day)
            told.append(self.paper.alarm_user_id.name)
        self.assertEqual(told, [False, "head_a", "deputy_chief", "office_chief"])
        # one to-do of each kind only
        self.assertEqual(len(self.paper.activity_ids), 2)

    def test_who_is_told_may_read(self):
        """A deputy chief without the chief's group does not stop the night."""
        self.env.company.deputy_office_chief_id = self.user["staff_b"]
        self._night("2026-07-06")
        self.assertEqual(self.paper.alarm_user_id, self.user["staff_b"])
        told = self.paper.with_user(self.user["staff_b"])
        self.assertTrue(told.has_access("read"))

    def test_alarm_skips_who_holds_it_himself(self):
        with freeze_time("2026-06-16 02:00:00"):
            self.paper.with_user(self.user["head_a"]).action_pass(
                self.user["head_a"].id
            )
        self._night("2026-07-03")
        self.assertEqual(self.paper.alarm_user_id, self.user["deputy_chief"])

    def test_extension_begins_anew(self):
        self._night("2026-07-04")
        with freeze_time("2026-07-04 02:00:00"):
            self.paper.with_user(self.user["staff_a"]).action_ask_extension(
                "2026-07-20", "Chờ số liệu"
            )
            self.paper.with_user(self.user["office_chief"]).action_approve_extension()
            self.assertEqual(self.paper.escalation, "none")
        self.assertFalse(self.paper.activity_ids)
        self.assertFalse(self.paper.alarm_user_id)
        self.assertEqual(len(self._night("2026-07-13")), 1)

    def test_the_night_is_one_query_a_colour(self):
        with freeze_time("2026-06-20 00:30:00"):
            self.env["party.document"]._cron_escalate()
            self.env.flush_all()
            with self.assertQueryCount(5):
                self.env["party.document"]._cron_escalate()
