from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import EventCase


@freeze_time("2026-07-01 03:00:00")
@tagged("post_install", "-at_install")
class TestPartyEventProgramme(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["party.programme.entry"]

    def _of(self, event, key=None):
        entries = self.entries.with_user(self.user[key]) if key else self.entries
        return entries.search(
            [("res_model", "=", "party.event"), ("res_id", "=", event.id)]
        )

    def _send(self, event=None):
        event = event or self.event
        event.with_user(event.requester_id).action_submit()
        self.env.flush_all()
        return self._of(event)

    def _approve(self, event=None):
        event = event or self.event
        if event.state != "submitted":
            self._send(event)
        entry = self._of(event)
        chief = event.with_user(self.user["office_chief"])
        chief.with_context(approval_seen=event.content_hash).action_approve()
        return entry

    # ------------------------------------------------------------------------- in step
    def test_a_plan_stands_in_the_programme_when_it_is_sent(self):
        self.assertFalse(self._of(self.event))
        entry = self._send()
        self.assertRecordValues(
            entry,
            [
                {
                    "start": self.event.start,
                    "stop": self.event.stop,
                    "title": self.event.title,
                    "state": "tentative",
                    "board_id": self.board_a.id,
                    "kind": "meeting",
                }
            ],
        )
        chief = self.event.with_user(self.user["office_chief"])
        chief.with_context(approval_seen=self.event.content_hash).action_approve()
        self.assertEqual(self._of(self.event), entry)
        self.assertEqual(entry.state, "planned")

    def test_the_programme_follows(self):
        entry = self._send()
        self._move(timedelta(days=1))
        self.assertEqual(entry.start, self.event.start)
        self.event.leader_ids = self.user["head_b"]
        self.assertEqual(entry.leader_ids, self.user["head_b"])
        self._approve()
        self.event.with_user(self.user["staff_a"]).action_cancel()
        self.assertEqual(entry.state, "cancelled")

    def test_what_is_a_draft_again_leaves_nothing(self):
        entry = self._send()
        self.event.with_user(self.user["office_chief"]).action_return("Sửa giờ")
        self.event.with_user(self.user["staff_a"]).action_reset_draft()
        self.assertFalse(entry.exists())

    def _move(self, delta, event=None):
        """Have it returned, move it and send it again."""
        event = event or self.event
        event.with_user(self.user["office_chief"]).action_return("Đổi giờ")
        event.with_user(event.requester_id).write(
            {"start": event.start + delta, "stop": event.stop + delta}
        )
        self._send(event)

    def test_rescheduling_moves_and_tells_once(self):
        leader = self.user["head_b"]
        self.event.with_user(self.user["staff_a"]).leader_ids = leader
        entry = self._approve()
        week = (
            self.env["party.programme.week"]
            .with_user(self.user["office_chief"])
            .create({"monday": "2026-07-06"})
        )
        week.action_publish()
        self.env.cr.precommit.run()
        told = [
            ("partner_ids", "in", leader.partner_id.ids),
            ("message_type", "=", "user_notification"),
        ]
        before = self.env["mail.message"].search_count(told)
        event = self.event.with_user(self.user["staff_a"])
        start, stop = (
            moment + timedelta(days=-1) for moment in (event.start, event.stop)
        )
        event._preview_reschedule(start, stop)
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertFalse(entry.change)
        self.assertEqual(self.env["mail.message"].search_count(told), before)
        rows = event.action_reschedule(start, stop, "Lãnh đạo bận")
        self.env.cr.precommit.run()
        self.assertEqual(entry.start, start)
        self.assertEqual(entry.change, "moved")
        self.assertTrue([row for row in rows if row["moved"]])
        self.assertEqual(self._programme_messages(leader), 1)

    def _programme_messages(self, user):
        messages = self.env["mail.message"].search(
            [
                ("partner_ids", "in", user.partner_id.ids),
                ("message_type", "=", "user_notification"),
            ]
        )
        return len(messages.filtered(lambda m: self.event.title in (m.body or "")))

    def test_what_collides_on_the_new_day_is_listed(self):
        leader = self.user["head_b"]
        self.event.with_user(self.user["staff_a"]).leader_ids = leader
        self._approve()
        other = self._new_event(
            title="Việc khác (thử)",
            start="2026-07-15 01:00:00",
            stop="2026-07-15 04:30:00",
            leader_ids=[(4, leader.id)],
        )
        self._send(other)
        rows = self.event.with_user(self.user["staff_a"]).action_reschedule(
            other.start, other.stop, "Đổi ngày"
        )
        stuck = [row["what"] for row in rows if not row["moved"]]
        self.assertEqual(len([text for text in stuck if other.title in text]), 1)

    # ------------------------------------------------------------------------- closed
    def _closed(self):
        event = self._new_event(
            title="Xét kỷ luật bí mật",
            place="Phòng họp số 9",
            is_restricted=True,
            leader_ids=[(4, self.user["head_a"].id)],
            attendee_text="Ủy viên kín",
        )
        self._send(event)
        return event

    def test_a_closed_meeting_keeps_its_words(self):
        event = self._closed()
        for key in ("staff_b", "head_b", "accountant_b", "clerk", "dispatcher"):
            with self.subTest(key):
                entry = self._of(event, key)
                self.assertEqual(len(entry), 1)
                self.assertEqual(entry.leader_ids, self.user["head_a"])
                values = entry.read()[0]
                self.assertNotIn("kỷ luật", str(values))
                self.assertNotIn("số 9", str(values))
                self.assertNotIn("viên kín", str(values))
                self.assertNotIn("full_title", values)
                self.assertFalse(values["board_id"])
                self.assertNotEqual(
                    entry.create_uid, event.requester_id, "the author would tell"
                )
        for key in ("staff_a", "head_a", "office_chief"):
            with self.subTest(key):
                entry = self._of(event, key)
                self.assertEqual(entry.title, "Xét kỷ luật bí mật")
                self.assertEqual(entry.place, "Phòng họp số 9")

    def test_a_closed_meeting_is_not_found_by_its_words(self):
        event = self._closed()
        mine = ("res_id", "=", event.id)
        for key, found in (("staff_b", 0), ("clerk", 0), ("staff_a", 1)):
            entries = self.entries.with_user(self.user[key])
            with self.subTest(key):
                self.assertEqual(
                    entries.search_count([mine, ("title", "ilike", "kỷ luật")]), found
                )
                names = entries.name_search("kỷ luật", [mine])
                self.assertEqual(len(names), found)
        staff = self.entries.with_user(self.user["staff_b"])
        for domain in (
            [("full_title", "ilike", "kỷ luật")],
            [("full_place", "ilike", "9")],
        ):
            with self.assertRaises(AccessError):
                staff.search(domain)
        with self.assertRaises(AccessError):
            staff.search([mine], order="full_title")
        for spec in ("full_title", "full_place"):
            with self.assertRaises(AccessError):
                staff.formatted_read_group([mine], [spec], ["__count"])
        with self.assertRaises(AccessError):
            self._of(event, "staff_b").read(["full_title"])
        with self.assertRaises(UserError):
            self._of(event, "staff_b").action_open()

    def test_a_form_does_not_tell_a_closed_meeting(self):
        entry = self._of(self._closed(), "staff_b")
        spec = {"title": {}, "place": {}, "attendees": {}, "is_restricted": {}}
        with self.assertRaises(AccessError):
            entry.onchange({"is_restricted": False}, ["is_restricted"], spec)
        self.assertNotIn("kỷ luật", str(entry.copy_data()))
        result = entry.web_read(spec)
        self.assertNotIn("kỷ luật", str(result))
        self.assertNotIn("số 9", str(result))

    def test_a_personal_calendar_keeps_the_words_too(self):
        event = self._closed()
        own = self.env["calendar.event"].search(
            [("programme_entry_id", "in", self._of(event).ids)]
        )
        self.assertEqual(own.partner_ids, self.user["head_a"].partner_id)
        self.assertEqual(own.privacy, "private")
        self.assertNotIn("kỷ luật", own.name)
        self.assertFalse(own.location)

    # ------------------------------------------------------------------ own calendars
    def test_own_calendars_are_kept_in_step(self):
        self.event.with_user(self.user["staff_a"]).leader_ids = self.user["head_b"]
        entry = self._send()
        own = self.env["calendar.event"].search([("programme_entry_id", "=", entry.id)])
        self.assertEqual(own.start, self.event.start)
        self._move(timedelta(days=3))
        self.assertEqual(own.start, self.event.start)
        self._approve()
        self.assertEqual(own.partner_ids, self.user["head_b"].partner_id)
        self.event.leader_ids = self.user["head_a"]
        self.assertEqual(own.partner_ids, self.user["head_a"].partner_id)
        self.assertEqual(len(own.attendee_ids), 1)
        with self.assertRaises(UserError):
            own.with_user(self.user["head_a"]).write({"start": "2026-07-14 01:00:00"})
        with self.assertRaises(UserError):
            own.with_user(self.user["head_a"]).unlink()
        self.assertFalse(
            self.env["mail.message"].search_count(
                [("model", "=", "calendar.event"), ("res_id", "=", own.id)]
            ),
            "nobody gets a mail",
        )
        self.event.with_user(self.user["staff_a"]).action_cancel()
        self.assertFalse(own.exists())

    # ---------------------------------------------------------------------- conflicts
    def test_a_leader_twice_at_once(self):
        leader = self.user["head_a"]
        self.event.with_user(self.user["staff_a"]).leader_ids = leader
        first = self._approve()
        second = self._new_event(
            title="Làm việc với xã (thử)",
            start="2026-07-10 04:00:00",
            stop="2026-07-10 06:00:00",
            leader_ids=[(4, leader.id)],
        )
        self.assertIn(self.event.title, second.conflict_text)
        self.assertFalse(first.has_conflict, "a draft takes nobody's time")
        other = self._send(second)
        self.env.invalidate_all()
        self.assertTrue(first.has_conflict)
        self.assertTrue(other.has_conflict)
        found = self.entries.search([("has_conflict", "=", True)])
        self.assertEqual(found & (first | other), first | other)
        # one ends where the next begins
        self._move(timedelta(minutes=30), second)
        self.env.invalidate_all()
        self.assertFalse(first.has_conflict)
        self.assertFalse(
            (first | other) & self.entries.search([("has_conflict", "=", True)])
        )
        self.assertFalse(second.conflict_text)

    def test_a_conflict_with_a_closed_meeting_tells_the_time_only(self):
        closed = self._closed()
        event = self._new_event(
            "staff_b",
            lead_board_id=self.board_b.id,
            board_id=self.board_b.id,
            start=closed.start,
            stop=closed.stop,
            leader_ids=[(4, self.user["head_a"].id)],
        )
        text = event.conflict_text
        self.assertIn(self.user["head_a"].name, text)
        self.assertNotIn("kỷ luật", text)

    def test_a_place_twice_at_once(self):
        self.event.with_user(self.user["staff_a"]).place = "Hội trường lớn (thử)"
        self._approve()
        event = self._new_event(place=" hội trường LỚN (thử)")
        self.assertIn(self.event.title, event.conflict_text)
        event.place = "Phòng họp 2 (thử)"
        self.assertFalse(event.conflict_text)

    def test_conflicts_are_one_query(self):
        for number in range(6):
            event = self._new_event(
                title=f"Họp {number} (thử)",
                leader_ids=[(4, self.user["head_a"].id)],
            )
            self._send(event)
        entries = self.entries.search([("title", "ilike", "(thử)")])
        self.assertGreaterEqual(len(entries), 6)
        self.env.flush_all()
        with self.assertQueryCount(1):
            entries._clashes()

    # ------------------------------------------------------------------------ by hand
    def _by_hand(self, key, **values):
        return self.entries.with_user(self.user[key]).create(
            {
                "title": "Đi cơ sở (thử)",
                "start": "2026-07-08 01:00:00",
                "stop": "2026-07-08 04:00:00",
                **values,
            }
        )

    def test_appointments_by_hand(self):
        leader = self.user["head_a"]
        entry = self._by_hand("staff_a", leader_ids=[(4, leader.id)])
        self.assertEqual(entry.with_user(self.user["staff_b"]).title, "Đi cơ sở (thử)")
        entry.with_user(leader).write({"place": "Xã A", "title": "Đi xã A"})
        self.assertEqual(entry.with_user(self.user["staff_b"]).place, "Xã A")
        for key in ("staff_b", "head_b", "clerk"):
            with self.subTest(key), self.assertRaises(AccessError):
                entry.with_user(self.user[key]).write({"title": "Khác"})
        with self.assertRaises(UserError):
            self._by_hand("staff_b", leader_ids=[(4, leader.id)])
        self._by_hand("clerk", leader_ids=[(4, leader.id)])
        entry.with_user(leader).unlink()

    def test_by_hand_nothing_is_forged(self):
        for values in (
            {"res_model": "party.event", "res_id": self.event.id},
            {"about_model": "party.event"},
            {"full_title": "Khác"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self._by_hand("staff_a", **values)
        entry = self._send()
        for key in ("staff_a", "office_chief", "manager", "clerk"):
            with self.subTest(key), self.assertRaises(AccessError):
                entry.with_user(self.user[key]).write({"state": "done"})
            with self.assertRaises(AccessError):
                entry.with_user(self.user[key]).unlink()

    def test_bad_input(self):
        for values in (
            {"title": " "},
            {"stop": "2026-10-08 01:00:00"},
            {"start": "1900-01-01 00:00:00"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._by_hand("staff_a", **values)

    def test_a_closed_appointment_by_hand(self):
        entry = self._by_hand(
            "staff_a",
            is_restricted=True,
            board_id=self.board_a.id,
            leader_ids=[(4, self.user["head_a"].id)],
        )
        for key, told in (
            ("staff_a", True),
            ("head_a", True),
            ("office_chief", True),
            ("staff_b", False),
            ("chief_accountant", False),
        ):
            with self.subTest(key):
                title = entry.with_user(self.user[key]).title
                self.assertEqual(title == "Đi cơ sở (thử)", told)
        self.assertFalse(entry.board_id)

    def test_what_is_personal_is_for_those_concerned(self):
        entry = self._by_hand(
            "staff_a", is_personal=True, leader_ids=[(4, self.user["head_a"].id)]
        )
        for key, seen in (("staff_a", 1), ("head_a", 1), ("staff_b", 0)):
            entries = self.entries.with_user(self.user[key])
            with self.subTest(key):
                self.assertEqual(entries.search_count([("id", "=", entry.id)]), seen)
