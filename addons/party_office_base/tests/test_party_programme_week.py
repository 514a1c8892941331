from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PartyOfficeCase


@freeze_time("2026-07-02 03:00:00")
@tagged("post_install", "-at_install")
class TestPartyProgrammeWeek(PartyOfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls._new_entry()
        cls.week = (
            cls.env["party.programme.week"]
            .with_user(cls.user["clerk"])
            .create({"monday": "2026-07-06", "note": "Trực: đồng chí A"})
        )

    @classmethod
    def _new_entry(cls, **values):
        return (
            cls.env["party.programme.entry"]
            .with_user(cls.user["clerk"])
            .create(
                {
                    "title": "Giao ban (thử)",
                    "place": "Phòng họp 1",
                    "start": "2026-07-07 01:00:00",
                    "stop": "2026-07-07 03:00:00",
                    "leader_ids": [(4, cls.user["head_a"].id)],
                    "board_id": cls.board_a.id,
                    **values,
                }
            )
        )

    def _publish(self):
        self.week.with_user(self.user["office_chief"]).action_publish()
        self.env.cr.precommit.run()

    def _messages(self, *keys):
        partners = [self.user[key].partner_id.id for key in keys]
        return self.env["mail.message"].search_count(
            [
                ("partner_ids", "in", partners),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_only_the_chief_publishes(self):
        for key in ("clerk", "head_a", "staff_a", "manager", "dispatcher"):
            with self.subTest(key), self.assertRaises(AccessError):
                self.week.with_user(self.user[key]).action_publish()
            with self.subTest(key), self.assertRaises(AccessError):
                self.week.with_user(self.user[key]).write({"state": "published"})
        self._publish()
        self.assertEqual(self.week.published_by_id, self.user["office_chief"])
        with self.assertRaises(UserError):
            self._publish()
        with self.assertRaises(UserError):
            self.week.unlink()

    def test_a_week_begins_on_monday(self):
        for day in ("2026-07-07", "1900-01-01"):
            with self.subTest(day), self.assertRaises(ValidationError):
                self.week.copy({"monday": day})

    def test_before_publication_nobody_is_told(self):
        before = self._messages("head_a")
        self.entry.write({"start": "2026-07-07 02:00:00"})
        self.env.cr.precommit.run()
        self.assertFalse(self.entry.change)
        self.assertEqual(self._messages("head_a"), before)

    def test_a_move_is_marked_and_told_once(self):
        self._publish()
        before = self._messages("head_a")
        with self.assertNoLogs("odoo.addons.base", "ERROR"):
            self.entry.write({"start": "2026-07-07 02:00:00"})
            self.entry.write({"stop": "2026-07-07 04:00:00"})
            self.env.cr.precommit.run()
        self.assertEqual(self.entry.change, "moved")
        self.assertEqual(
            self.entry.was_start, fields.Datetime.to_datetime("2026-07-07 01:00:00")
        )
        self.assertEqual(self._messages("head_a"), before + 1)
        self.assertFalse(self._messages("clerk"), "who changed it knows it")
        # nothing is different
        self.entry.write({"place": "Phòng họp 1"})
        self.env.cr.precommit.run()
        self.assertEqual(self._messages("head_a"), before + 1)

    def test_what_is_new_and_what_is_off(self):
        self._publish()
        new = self._new_entry(title="Họp đột xuất (thử)", start="2026-07-07 02:30:00")
        self.assertEqual(new.change, "new")
        self.entry.write({"state": "cancelled"})
        self.assertEqual(self.entry.change, "off")
        self.assertIn(self.entry, self.week._entries())
        with self.assertRaises(UserError):
            new.unlink()
        new.write({"state": "cancelled"})
        self.assertEqual(new.change, "off")

    def test_a_former_leader_is_told(self):
        self._publish()
        before = self._messages("head_a"), self._messages("head_b")
        self.entry.write({"leader_ids": [(6, 0, self.user["head_b"].ids)]})
        self.env.cr.precommit.run()
        after = self._messages("head_a"), self._messages("head_b")
        self.assertEqual(after, (before[0] + 1, before[1] + 1))

    def test_moved_out_of_the_week(self):
        self._publish()
        self.entry.write(
            {"start": "2026-07-20 01:00:00", "stop": "2026-07-20 03:00:00"}
        )
        self.assertEqual(self.entry.change, "moved")

    def test_taken_back(self):
        self._publish()
        self.entry.write({"place": "Phòng họp 2"})
        self.assertEqual(self.entry.change, "changed")
        with self.assertRaises(AccessError):
            self.week.action_withdraw()
        self.week.with_user(self.user["office_chief"]).action_withdraw()
        self.assertFalse(self.entry.change)
        self.assertEqual(self.week.state, "draft")

    def test_marks_are_forged_by_nobody(self):
        for values in ({"change": "new"}, {"was_start": "2026-07-01 00:00:00"}):
            with self.assertRaises(AccessError):
                self.entry.write(values)

    # -------------------------------------------------------------------------- sheets
    def test_the_sheet(self):
        self._new_entry(
            title="Xét kỷ luật (thử)",
            is_restricted=True,
            start="2026-07-07 07:00:00",
            stop="2026-07-07 09:00:00",
        )
        self._new_entry(
            title="Chưa chắc (thử)",
            state="tentative",
            start="2026-07-08 07:00:00",
            stop="2026-07-08 09:00:00",
        )
        self._publish()
        report = self.env.ref("party_office_base.party_programme_week_report")
        values = self.week._form_values(report)
        tuesday = next(
            day
            for part in values["parts"]
            for day in part["days"]
            if day["day"] == "Thứ Ba, 7/7"
        )
        mine = [
            line
            for line in tuesday["lines"]
            if "(thử)" in line.appointment.title or line.appointment.title == "Họp kín"
        ]
        self.assertEqual(
            [(line.session, line.hours, line.appointment.title) for line in mine],
            [
                ("Sáng", "08:00–10:00", "Giao ban (thử)"),
                ("Chiều", "14:00–16:00", "Họp kín"),
            ],
        )
        self.assertNotIn("Chưa chắc", str(values))
        self.assertNotIn("kỷ luật", str(values))
        self.assertEqual(values["signed"]["person"], "office_chief")
        content, kind = report.with_user(self.user["staff_b"])._render(
            report.report_name, self.week.ids
        )
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(kind, "pdf")

    def test_the_report(self):
        self._publish()
        self.entry.write({"start": "2026-07-07 02:00:00"})
        for key in ("staff_b", "clerk", "office_chief"):
            run = (
                self.env["party.report.run"]
                .with_user(self.user[key])
                .create(
                    {"code": "programme", "since": "2026-07-06", "day": "2026-07-12"}
                )
            )
            rows = [row.cells for row in run._build().rows]
            titles = [row["title"] for row in rows if "(thử)" in row["title"]]
            with self.subTest(key):
                self.assertEqual(
                    titles,
                    [
                        "09:00–10:00: Giao ban (thử) (đổi lịch, trước là 08:00 "
                        "Thứ Ba, 7/7)"
                    ],
                )

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            week = self.week.with_user(self.user["staff_b"])
            before = self.env.cr.sql_log_count
            week.entry_ids.mapped("title")
            week.entry_ids.mapped("conflict_text")
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(20):
            start = fields.Datetime.to_datetime("2026-07-08 01:00:00")
            self._new_entry(
                title=f"Việc {number} (thử)",
                start=start + timedelta(minutes=10 * number),
                stop=start + timedelta(hours=5),
            )
        self.assertLessEqual(count(), few + 2)
