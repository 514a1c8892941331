from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import EventCase


@freeze_time("2026-07-10 08:00:00")
@tagged("post_install", "-at_install")
class TestPartyEventReview(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.user["staff_a"]
        cls.event = cls.event.with_user(cls.staff)
        cls.event.action_submit()
        chief = cls.event.with_user(cls.user["office_chief"])
        chief.with_context(approval_seen=cls.event.content_hash).action_approve()
        for number in range(3):
            # due on 8 July: two days late
            task = cls._new_task(name=f"In tài liệu {number}").with_user(
                cls.user["staff_b"]
            )
            if number < 2:
                task.action_take()
                task.action_finish()
        own = cls._new_task(cls.board_a, due_date="2026-07-10").with_user(cls.staff)
        own.action_take()
        own.action_finish()

    def test_late_tasks_by_unit(self):
        self.assertFalse(self.event.review, "not before it took place")
        self.event.action_held()
        units, late = self.event._review_rows()[:2]
        self.assertEqual(
            units["rows"],
            [
                [self.board_b.name, "3", "0", "2", "1", "0", "4"],
                [self.board_a.name, "1", "1", "0", "0", "0", "0"],
            ],
        )
        self.assertEqual(units["total"][1:], ["4", "1", "2", "1", "0", "4"])
        self.assertEqual(
            [row[0] for row in late["rows"]], ["In tài liệu 0", "In tài liệu 1"]
        )
        self.assertIn("In tài liệu 0", self.event.review)

    def test_cost_against_estimate(self):
        cells = self.event._cost_cells("TA", 50_000_000, 54_000_000)
        self.assertEqual(cells, ["TA", "50.000.000", "54.000.000", "4.000.000", "8 %"])
        self.assertEqual(self.event._cost_cells("TA", 0, 5)[4], "")

    def test_forms(self):
        for name in ("review", "conclusion"):
            report = self.env.ref(f"party_office_events.party_event_{name}_report")
            report = report.with_user(self.staff)
            with self.subTest(name), self.assertRaises(UserError):
                report._render(report.report_name, self.event.ids)
        self.event.action_held()
        self.env["party.event.conclusion"].with_user(self.staff).create(
            {
                "event_id": self.event.id,
                "text": "Hoàn thành quy chế",
                "board_id": self.board_b.id,
                "due_date": "2026-07-31",
            }
        )
        self.event.action_make_tasks()
        for name in ("review", "conclusion"):
            report = self.env.ref(f"party_office_events.party_event_{name}_report")
            report = report.with_user(self.staff)
            content, kind = report._render(report.report_name, self.event.ids)
            with self.subTest(name):
                self.assertEqual(kind, "pdf")
                self.assertTrue(content.startswith(b"%PDF"))
