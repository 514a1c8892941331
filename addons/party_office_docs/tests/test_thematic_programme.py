"""The programme of a month: topics of the boards, reminders, one list of deadlines."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import DocsCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestThematicProgramme(DocsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["party.thematic.month"].search([("state", "=", "open")]).sudo().write(
            {"state": "fixed"}
        )
        cls.month = (
            cls.env["party.thematic.month"]
            .with_user(cls.user["clerk"])
            .create(
                {
                    "month": "2031-07-20",
                    "board_ids": [(6, 0, (cls.board_a | cls.board_b).ids)],
                }
            )
        )

    def _topic(self, key="staff_a", **values):
        return (
            self.env["party.thematic.report"]
            .with_user(self.user[key])
            .create(
                {
                    "name": "Kết quả ba năm thực hiện nghị quyết",
                    "month_id": self.month.id,
                    "board_id": self.board_a.id,
                    "presenter_id": self.user["head_a"].id,
                    **values,
                }
            )
        )

    def test_days_of_the_month(self):
        self.assertEqual(self.month.month, date(2031, 7, 1))
        self.assertEqual(self.month.deadline, date(2031, 6, 25))
        self.assertEqual(self._topic().deadline, date(2031, 7, 31))

    def test_who_has_not_registered(self):
        self.assertEqual(self.month.missing_board_ids, self.board_a | self.board_b)
        self._topic()
        self.month.invalidate_recordset()
        self.assertEqual(self.month.missing_board_ids, self.board_b)
        self._topic("head_b", board_id=self.board_b.id, is_none=True, name="Không có")
        self.month.invalidate_recordset()
        self.assertFalse(self.month.missing_board_ids)
        self.assertEqual(self.month.topic_count, 2)

    def test_a_board_writes_its_own_topics_only(self):
        topic = self._topic()
        topic.with_user(self.user["head_a"]).name = "Tên khác"
        for key in ("staff_b", "head_b", "accountant_a", "cashier", "manager"):
            self.assertFalse(topic.with_user(self.user[key]).has_access("read"), key)
            with self.assertRaises(AccessError, msg=key):
                topic.with_user(self.user[key]).name = "giả"
            with self.assertRaises(AccessError, msg=key):
                self._topic(key)
        with self.assertRaises(AccessError):
            topic.board_id = self.board_b
        for key in ("clerk", "office_chief"):
            self.assertTrue(topic.with_user(self.user[key]).has_access("write"), key)

    def test_a_fixed_programme_is_read_by_all_and_changed_by_the_office(self):
        topic = self._topic()
        with self.assertRaises(AccessError):
            self.month.action_fix()  # the clerk
        self.month.with_user(self.user["office_chief"]).action_fix()
        self.assertEqual(self.month.state, "fixed")
        self.assertTrue(topic.with_user(self.user["staff_b"]).has_access("read"))
        with self.assertRaises(AccessError):
            topic.name = "đổi"
        with self.assertRaises(AccessError):
            topic.unlink()
        with self.assertRaises(AccessError):
            self._topic(name="thêm")
        topic.with_user(self.user["clerk"]).present_on = "2031-08-02"
        with self.assertRaises(UserError):
            self.month.with_user(self.user["office_chief"]).action_fix()
        with self.assertRaises(AccessError):
            self.month.action_open_again()
        self.month.with_user(self.user["office_chief"]).action_open_again()
        topic.name = "đổi được"

    def test_states_are_set_by_the_buttons(self):
        topics = self._topic() | self._topic(name="Chuyên đề hai")
        for vals in ({"state": "presented"}, {"sent_on": "2031-07-01"}):
            with self.assertRaises(AccessError):
                topics.write(vals)
        with self.assertRaises(AccessError):
            self.month.write({"state": "fixed"})
        with self.assertRaises(AccessError):
            topics.action_presented()
        with self.assertRaises(AccessError):
            topics.with_user(self.user["head_b"]).action_sent()
        topics.action_sent()
        self.assertEqual(topics.mapped("state"), ["sent", "sent"])
        with self.assertRaises(UserError):
            topics.action_sent()
        clerk = topics.with_user(self.user["clerk"])
        clerk[0].action_presented()
        clerk[1].action_drop()
        with self.assertRaises(UserError):
            clerk[1].action_presented()

    def test_what_cannot_be(self):
        for values in ({"deadline": "1900-01-01"}, {"deadline": "2032-07-01"}):
            with self.assertRaises(ValidationError):
                self._topic(**values)
        months = self.env["party.thematic.month"].with_user(self.user["clerk"])
        with self.assertRaises(ValidationError):
            months.create({"month": "1900-01-01"})
        self._topic()
        with self.assertRaises(UserError):
            self.month.unlink()

    # ---------------------------------------------------------------- reminders
    def _todos(self, key):
        return self.env["mail.activity"].search(
            [
                ("user_id", "=", self.user[key].id),
                ("res_model", "in", ("party.thematic.month", "party.thematic.report")),
            ]
        )

    def test_heads_are_reminded_once_for_each_step(self):
        for day, count in (
            ("2031-06-17", 0),
            ("2031-06-18", 1),
            ("2031-06-19", 1),
            ("2031-06-22", 1),
        ):
            with freeze_time(f"{day} 02:00:00"):
                self.env["party.thematic.month"]._cron_programme()
                self.assertEqual(len(self._todos("head_a")), count, day)
        told = self._todos("head_a").id
        with freeze_time("2031-06-22 05:00:00"):
            self.env["party.thematic.month"]._cron_programme()
        self.assertEqual(self._todos("head_a").id, told)
        self._topic()
        self.assertFalse(self._todos("head_a"))
        self.assertTrue(self._todos("head_b"))

    def test_the_clerk_reminds_by_a_button(self):
        self._topic()
        with self.assertRaises(AccessError):
            self.month.with_user(self.user["staff_a"]).action_remind()
        self.month.action_remind()
        self.assertFalse(self._todos("head_a"))
        self.assertEqual(len(self._todos("head_b")), 1)

    def test_presenters_are_reminded_and_the_coming_month_opened(self):
        topic = self._topic(presenter_id=self.user["staff_a"].id)
        with freeze_time("2031-07-28 02:00:00"):
            self.env["party.thematic.month"]._cron_programme()
            self.env["party.thematic.month"]._cron_programme()
        self.assertEqual(len(self._todos("staff_a")), 1)
        self.assertTrue(
            self.env["party.thematic.month"].search_count(
                [("month", "=", "2031-08-01")]
            )
        )
        topic.action_sent()
        self.assertFalse(self._todos("staff_a"))

    # ------------------------------------------------------------------ one list
    def test_deadlines_of_papers_and_topics_in_one_list(self):
        self._topic()
        paper = self._directed(deadline="2031-07-10")
        self._registered(abstract="không có hạn")
        values = {
            "code": "month_programme",
            "since": date(2031, 7, 1),
            "day": date(2031, 7, 31),
        }
        runs = self.env["party.report.run"]

        def days(key):
            run = runs.with_user(self.user[key]).create(values)
            return [row.cells["day"] for row in run._build().rows]

        both = [date(2031, 7, 10), date(2031, 7, 31)]
        self.assertEqual(days("staff_a"), both)
        self.assertEqual(days("clerk"), both)
        self.assertEqual(days("staff_b"), [])
        self.assertEqual(days("head_b"), [])
        paper._route(self.board_a, self.board_b)
        self.assertEqual(days("staff_b"), [date(2031, 7, 10)])

    def test_the_printed_programme(self):
        self._topic()
        self._topic(name="Không đăng ký", is_none=True)
        report = self.env.ref("party_office_docs.party_thematic_month_report")
        values = self.month._form_values(report)
        self.assertEqual(values["month"], "7/2031")
        (group,) = values["groups"]
        self.assertEqual([t["presenter"] for t in group["topics"]], ["head_a"])
        pdf, _kind = report.with_user(self.user["clerk"])._render_party_pdf(
            report, self.month.ids
        )
        self.assertEqual(pdf[:4], b"%PDF")
        # another board sees no topic before it is fixed
        others = self.month.with_user(self.user["staff_b"])._form_values(report)
        self.assertEqual(others["groups"], [])
