from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import EventCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 03:00:00")
class TestPartyEventPlan(EventCase):
    """The review is on Friday 10 July 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["party.event.template"].create(
            {"name": "Mẫu (thử)", "kind_id": cls.kind.id, "sequence": 1}
        )
        cls.row = cls.env["party.event.template.task"]
        cls.event.template_id = cls.template

    def _row(self, days, **values):
        return self.row.create(
            {
                "template_id": self.template.id,
                "name": f"Việc T−{days} (thử)",
                "days_before": days,
                **values,
            }
        )

    def _plan(self):
        self.event.action_make_plan()
        self.env.flush_all()
        return self.event.task_ids

    def _due(self, row):
        return self._plan().filtered(lambda t: t.template_task_id == row).due_date

    def test_days_are_counted_in_working_days(self):
        # 10 July is a Friday: 7 working days before is Wednesday 1 July
        self.assertEqual(self._due(self._row(7)), date(2026, 7, 1))
        self.assertEqual(self._due(self._row(0)), date(2026, 7, 10))
        self.assertEqual(self._due(self._row(-1)), date(2026, 7, 13))

    def test_a_holiday_does_not_count(self):
        self.env["party.holiday"].search([("date", "=", "2026-07-08")]).unlink()
        self.env["party.holiday"].create({"name": "Nghỉ (thử)", "date": "2026-07-08"})
        self.assertEqual(self._due(self._row(2)), date(2026, 7, 7))

    @freeze_time("2026-07-07 03:00:00")
    def test_never_before_today(self):
        row = self._row(7)
        self.assertEqual(self._due(row), date(2026, 7, 7))
        task = self.event.task_ids
        self.assertTrue(task.is_squeezed)
        self.assertEqual(task.planned_date, date(2026, 7, 1))
        self.assertEqual(self.event.squeezed_task_count, 1)

    def test_who_leads_follows_the_rule(self):
        self.event.board_id = self.board_b
        rows = {
            rule: self._row(5, lead_rule=rule, name=rule)
            for rule in ("lead", "payer", "office")
        }
        rows["board"] = self._row(
            5, lead_rule="board", lead_board_id=self.board_b.id, with_lead=True
        )
        office = self.event._office_board()
        tasks = self._plan()
        lead = {task.template_task_id: task.board_id for task in tasks}
        self.assertEqual(lead[rows["lead"]], self.board_a)
        self.assertEqual(lead[rows["payer"]], self.board_b)
        self.assertEqual(lead[rows["office"]], office)
        self.assertEqual(lead[rows["board"]], self.board_b)
        named = tasks.filtered(lambda t: t.template_task_id == rows["board"])
        self.assertEqual(named.co_board_ids, self.board_a)
        self.assertTrue(all(len(task.waiting_user_id) == 1 for task in tasks))

    def test_again_adds_only_what_is_missing(self):
        self._row(5)
        tasks = self._plan()
        self.assertEqual(self._plan(), tasks)
        tasks.with_user(self.user["staff_a"]).action_drop("Không cần")
        self.assertEqual(self._plan(), tasks)
        self._row(3)
        self.assertEqual(len(self._plan()), 2)

    def test_only_the_organiser_makes_it(self):
        self._row(5)
        self._new_task()
        for key in ("staff_b", "head_b"):
            with self.subTest(key), self.assertRaises(UserError):
                self.event.with_user(self.user[key]).action_make_plan()
        for key in ("head_a", "office_chief"):
            self.event.with_user(self.user[key]).action_make_plan()
        self.assertEqual(len(self.event.task_ids), 2)

    def test_a_plan_of_forty_costs_as_many_queries_as_one_of_two(self):
        for number in range(2):
            self._row(number)
        self._queries(self._new_event())  # what is read once
        few = self._queries(self._new_event())
        for number in range(38):
            self._row(number)
        event = self._new_event()
        self.assertLessEqual(self._queries(event), few + 3)
        self.assertEqual(len(event.task_ids), 40)

    def _queries(self, event):
        event.template_id = self.template
        self.env.flush_all()
        self.env.invalidate_all()
        count = self.env.cr.sql_log_count
        event.action_make_plan()
        self.env.flush_all()
        return self.env.cr.sql_log_count - count

    def test_every_kind_that_ships_has_a_plan(self):
        for name in ("committee", "standing", "online", "foreign", "domestic"):
            kind = self.env.ref(f"party_office_events.kind_{name}")
            event = self._new_event(kind_id=kind.id)
            self.assertEqual(event.template_id.kind_id, kind)
            self.assertTrue(event.template_needs_check)
            event.action_make_plan()
            self.assertTrue(event.task_ids)
            self.assertTrue(all(t.board_id and t.due_date for t in event.task_ids))
        committee = self.env.ref("party_office_events.template_committee")
        self.assertGreaterEqual(len(committee.task_ids), 40)

    def test_templates_are_kept_by_chief_and_manager(self):
        for key in ("staff_a", "head_a", "clerk", "accountant_b", "cashier"):
            with self.subTest(key), self.assertRaises(AccessError):
                self.template.with_user(self.user[key]).name = "Khác"
        for key in ("office_chief", "manager"):
            self.template.with_user(self.user[key]).name = "Khác"
        with self.assertRaises(ValidationError):
            self._row(10**18)

    def test_the_organiser_adds_and_changes_on_record(self):
        organiser = self.user["staff_a"]
        edit = self.env["party.task.edit"].with_user(organiser)
        edit.create(
            {
                "event_id": self.event.id,
                "name": "Thuê phiên dịch (thử)",
                "board_id": self.board_b.id,
                "due_date": "2026-07-03",
            }
        ).action_confirm()
        task = self.event.task_ids
        self.assertEqual(task.board_id, self.board_b)
        self.assertEqual(task.waiting_user_id, self.user["head_b"])
        messages = len(self.event.message_ids)
        edit = edit.with_context(
            default_task_id=task.id, default_event_id=self.event.id
        )
        edit.create({}).action_confirm()
        self.assertEqual(len(self.event.message_ids), messages)
        change = edit.create({})
        change.due_date = date(2026, 7, 6)
        change.action_confirm()
        self.assertEqual(task.due_date, date(2026, 7, 6))
        self.assertEqual(len(self.event.message_ids), messages + 1)
        for forged in ("1900-01-01", "2099-01-01"):
            change.due_date = forged
            with self.assertRaises(ValidationError):
                change.action_confirm()
        with self.assertRaises(UserError):
            edit.with_user(self.user["staff_b"]).create({}).action_confirm()
        # a task of another plan cannot be changed through one's own
        other = self._new_task(
            event=self._new_event("staff_b", lead_board_id=self.board_b.id)
        )
        forged = edit.sudo().create(
            {"task_id": other.id, "event_id": self.event.id, "name": "Khác"}
        )
        with self.assertRaises(UserError):
            forged.with_user(organiser).action_confirm()
