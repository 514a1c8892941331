"""A conference of 80 delegates, from the template to the review.

Three boards; the hall is wanted twice, one board declines and is late, and the bill
comes to 8 % above the estimate. Every figure is worked out here by hand.
"""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_events.tests.event_money_case import EventMoneyCase
from odoo.addons.party_office_finance.tests.common import FinanceCase

#: 80 delegates × 2 half-days × 40.000 đồng
TEA = 6_400_000
HALL = 10_000_000
OVER = 1_312_000


@tagged("post_install", "-at_install")
class TestConference(FinanceCase, EventMoneyCase):
    @classmethod
    @freeze_time("2026-06-22 01:00:00")
    def setUpClass(cls):
        super().setUpClass()
        cls.board_c = cls._new_board("Ban Tuyên giáo và Dân vận (thử)", "TC")
        cls._new_user("head_c", "board_head", cls.board_c)
        cls._new_user("staff_c", "staff", cls.board_c)
        cls.board_c.head_id = cls.user["head_c"]
        item = "party_office_finance.item_{}"
        cls.tea = cls._allocate(cls.board_a, 10_000_000, cls.env.ref(item.format(6699)))
        cls.hall = cls._allocate(
            cls.board_a, 20_000_000, cls.env.ref(item.format(6655))
        )
        cls.room = cls.env["party.room"].create(
            {
                "name": "Hội trường lớn (thử)",
                "capacity": 120,
                "setup_before": 60,
                "setup_after": 30,
            }
        )
        cls.event.write(
            {
                "stop": "2026-07-10 09:30:00",
                "has_estimate": True,
                "half_days": 2,
                "co_board_ids": [Command.set((cls.board_b | cls.board_c).ids)],
            }
        )

    @classmethod
    def _leave_budgets_alone(cls):
        """Money is what this is about."""

    def _as(self, key, record):
        return record.with_user(self.user[key])

    def test_from_the_template_to_the_review(self):
        with freeze_time("2026-06-22 01:00:00"):
            self._plan()
            self._book_the_hall()
            self._estimate_and_sign()
        with freeze_time("2026-06-24 01:00:00"):
            declined = self._share_the_tasks()
            self._decline(declined)
        with freeze_time("2026-07-10 05:00:00"):
            self._finish_late(declined)
        with freeze_time("2026-07-11 01:00:00"):
            self._settle()
            self._review()

    # ------------------------------------------------------------------------- steps
    def _plan(self):
        mine = self._as("staff_a", self.event)
        mine.action_make_plan()
        self.tasks = self.event.sudo().task_ids
        count = len(self.tasks)
        self.assertGreater(count, 10)
        mine.action_make_plan()
        self.assertEqual(len(self.event.sudo().task_ids), count, "made once")
        self.assertTrue(all(self.tasks.mapped("board_id.id")), "each has a lead")
        self.assertTrue(all(self.tasks.mapped("waiting_user_id.id")))
        self.assertFalse([t for t in self.tasks if t.due_date.weekday() >= 5])

    def _book_the_hall(self):
        bookings = self.env["party.room.booking"]
        held = self._as("staff_a", bookings).create(
            {
                "room_id": self.room.id,
                "event_id": self.event.id,
                "start": self.event.start,
                "stop": self.event.stop,
            }
        )
        # from 7:00 (an hour to get ready) to 17:00 (half an hour to tidy up)
        taken = self.env["party.occupancy"].sudo()._of(held)
        self.assertEqual(str(taken.start), "2026-07-10 00:00:00")
        self.assertEqual(str(taken.stop), "2026-07-10 10:00:00")
        wanted = {
            "room_id": self.room.id,
            "purpose": "Tập huấn nghiệp vụ (thử)",
            "board_id": self.board_b.id,
            "start": "2026-07-10 09:45:00",
            "stop": "2026-07-10 11:00:00",
        }
        with self.assertRaises(UserError) as refusal:
            self._as("staff_b", bookings).create(wanted)
        self.assertIn(self.room.name, str(refusal.exception))
        later = {"start": "2026-07-10 11:00:00", "stop": "2026-07-10 12:00:00"}
        self.assertTrue(self._as("staff_b", bookings).create(wanted | later))

    def _estimate_and_sign(self):
        self._add(price=HALL)
        self.assertEqual(self.event.planned_total, TEA + HALL)
        self._as("staff_a", self.event).action_submit()
        FinanceCase._approve(self.event)
        self.assertEqual(self.event.state, "approved")
        self.assertCounters(self.tea, held=TEA)
        self.assertCounters(self.hall, held=HALL)

    def _share_the_tasks(self):
        """Give a task each to the boards B and C; return that of B."""
        mine = self._as("staff_a", self.event)
        for board in (self.board_b, self.board_c):
            mine._add_tasks(
                [
                    {
                        "name": f"Báo cáo tham luận của {board.name}",
                        "board_id": board.id,
                        "due_date": "2026-07-07",
                    }
                ]
            )
        of_b, of_c = (
            self.event.sudo().task_ids.filtered(lambda t, b=board: t.board_id == b)
            for board in (self.board_b, self.board_c)
        )
        self._as("head_c", of_c).action_assign(self.user["staff_c"].id)
        self._as("staff_c", of_c).action_finish()
        self.assertEqual(of_c.done_late, 0)
        with self.assertRaises(UserError):
            self._as("staff_c", of_b).action_take()
        return of_b

    def _decline(self, task):
        """Board B pushes its task away; only the chief may decide, once."""
        with self.assertRaises(AccessError):
            self._as("staff_b", task).action_decline("Không đủ người")
        self._as("head_b", task).action_decline("Không đủ người")
        self.assertEqual(task.board_id, self.board_b, "it still leads")
        self.assertEqual(task.waiting_user_id, self.user["office_chief"])
        self._as("office_chief", task).action_decide("keep", "Đúng chức năng của Ban")
        self.assertEqual(task.waiting_user_id, self.user["head_b"])
        with self.assertRaises(UserError):
            self._as("head_b", task).action_decline("Vẫn không đủ người")
        self.assertEqual(
            sorted(task.sudo().decision_ids.mapped("decision")), ["decline", "keep"]
        )

    def _finish_late(self, task):
        self.env["project.task"]._cron_escalate()
        self.assertEqual(task.colour, "special", "three days late")
        self._as("head_b", task).action_assign(self.user["staff_b"].id)
        self._as("staff_b", task).action_finish()
        self.assertEqual(task.done_late, 3)
        rest = self.event.sudo().task_ids.filtered(
            lambda t: t.progress in ("open", "doing")
        )
        rest.sudo()._end_dropped()

    def _settle(self):
        mine = self._as("staff_a", self.event)
        mine.action_held()
        mine.action_fill_actual()
        hall = self.event.actual_ids.filtered(
            lambda row: row.component == "conference_hall"
        )
        self._as("staff_a", hall).actual = HALL + OVER
        with self.assertRaises(UserError):
            mine.action_settle()
        self._as("staff_a", hall).explanation = "Thêm màn hình cho đại biểu dự từ xã"
        self.assertEqual(self.event.over_pct, 8.0)
        supplement = self.env["party.event.supplement"].browse(
            mine.action_settle()["res_id"]
        )
        self._as("staff_a", supplement).explanation = "Đại biểu các xã dự trực tuyến"
        self._as("staff_a", supplement).action_submit()
        FinanceCase._approve(supplement)
        self.assertCounters(self.hall, held=HALL + OVER)
        mine.action_settle()
        claims = self.event._claims_of_source()
        self.assertEqual(sum(claims.mapped("amount_total")), TEA + HALL + OVER)

    def _review(self):
        self.event.invalidate_recordset()
        late = self.event.sudo().task_ids.filtered(lambda t: t.done_late > 0)
        self.assertEqual(late.board_id, self.board_b)
        self.assertIn(self.board_b.name, self.event.review)
        # the bill: 16.400.000 estimated, 17.712.000 spent
        for figure in ("16.400.000", "17.712.000", "1.312.000", "8 %"):
            self.assertIn(figure, self.event.review)
        mine = self._as("staff_a", self.event)
        mine.action_close()
        self.assertEqual(self.event.progress, "closed")
