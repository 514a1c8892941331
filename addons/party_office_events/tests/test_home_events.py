from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.home_case import HomeMixin

from .common import EventCase


@tagged("post_install", "-at_install")
@freeze_time("2026-07-09 02:00:00")
class TestHomeEvents(HomeMixin, EventCase):
    """Thursday 9 July 2026, the day before the conference of board A."""

    def _day(self, user):
        card = self._card(user, "day")
        return [row["id"] for row in card["rows"]] if card else []

    def test_day_of_organiser_and_leaders(self):
        shown = [f"party.event,{self.event.id}"]
        self.assertEqual(self._day("staff_a"), shown)
        self.assertEqual(self._day("head_b"), [])
        self.event.sudo().leader_ids = self.user["head_b"]
        self.assertEqual(self._day("head_b"), shown)
        (row,) = self._card("head_b", "day")["rows"]
        self.assertEqual((row["hours"], row["is_today"]), ("08:00–11:30", False))
        self.event.sudo().progress = "cancelled"
        self.assertEqual(self._day("head_b"), [])

    def _tasks(self, user, card):
        return [
            (self._records_behind(row["action"], user), row["value"])
            for row in self._card(user, card)["rows"]
            if self._behind(row["action"]) == "project.task"
        ]

    def test_unit_s_tasks(self):
        task = self._new_task()
        (untaken, late) = self._tasks("head_b", "unit")
        self.assertEqual(untaken, (task, 1))
        # it was due on 8 July
        self.assertEqual(late, (task, 1))
        self.assertEqual([row[1] for row in self._tasks("head_a", "unit")], [0, 0])
        task.with_user(self.user["staff_b"]).action_take()
        self.assertEqual([row[1] for row in self._tasks("head_b", "unit")], [0, 1])
        task.with_user(self.user["staff_b"]).action_finish()
        self.assertEqual([row[1] for row in self._tasks("head_b", "unit")], [0, 0])

    def test_chief_sees_late_tasks_by_unit(self):
        task = self._new_task()
        home = self.env["party.home"].with_user(self.user["office_chief"])
        part = next(p for p in home._overdue_parts() if p["tone"] == "warning")
        self.assertEqual(part["counts"][self.board_b.id], 1)
        action = part["action"](self.board_b.id)
        self.assertEqual(self._records_behind(action, "office_chief"), task)
        ((untaken, count),) = self._tasks("office_chief", "office")
        self.assertIn(task, untaken)
        self.assertEqual(count, len(untaken))

    def test_who_has_no_part_sees_nothing(self):
        self._new_task(board=self.board_a)
        for key in ("staff_b", "head_b", "accountant_b", "dispatcher", "driver"):
            shown = str(self._home(key)["cards"])
            self.assertNotIn(self.event.title, shown, key)
        self.assertIn(self.event.title, str(self._home("staff_a")["cards"]))

    def test_same_queries_with_more_tasks(self):
        for _number in range(2):
            self._new_task()
        users = ("staff_a", "head_b", "office_chief")
        few = {key: self._queries(key) for key in users}
        for _number in range(12):
            self._new_task()
            self._new_event()
        for key, queries in few.items():
            self.assertLessEqual(self._queries(key), queries + 2, key)
