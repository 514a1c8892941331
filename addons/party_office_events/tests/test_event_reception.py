from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .event_money_case import EventMoneyCase


@tagged("post_install", "-at_install")
class TestEventReception(EventMoneyCase):
    def _foreign(self, **values):
        return self._new_event(
            title="Đoàn đại biểu tỉnh bạn (thử)",
            kind_id=self.env.ref("party_office_events.kind_foreign").id,
            start="2026-07-14 01:00:00",
            stop="2026-07-16 04:30:00",
            delegate_count=0,
            has_estimate=True,
            guest_head="Ông A, Bí thư Tỉnh ủy",
            foreign_class="b",
            foreign_heads=1,
            foreign_deputies=1,
            foreign_members=6,
            foreign_nights=2,
            foreign_food_days=3,
            half_days=2,
            host_count=8,
            **values,
        )

    def test_class_b_by_hand(self):
        event = self._foreign(
            foreign_food_hosts=2,
            foreign_banquet_date="2026-07-15",
            foreign_banquet_hosts=12,
            foreign_flowers=True,
            foreign_gift_head=True,
            foreign_gift_spouse=True,
            interpreter_count=1,
            interpreting_hours=3.5,
        )
        rows = {}
        for row in event.cost_ids:
            rows[row.component] = rows.get(row.component, 0) + row.planned
        self.assertEqual(
            rows,
            {
                # 2 nights: (7,7 + 7,7 + 6 × 4,8) million
                "foreign_lodging": 88_400_000,
                # 10 people × 2 million: two full days and half a day
                "foreign_food": 50_000_000,
                # (8 + 12) × 2 million
                "foreign_banquet": 40_000_000,
                # (8 + 8) × 160.000 × 2 half-days
                "foreign_drink": 5_120_000,
                "foreign_flowers": 1_000_000,
                "foreign_gift": 3_600_000,
                # 4 begun hours × 750.000
                "interpreting": 3_000_000,
            },
        )
        self.assertEqual(event.planned_total, 191_120_000)
        self.assertFalse(event.has_unverified_rate)
        self.assertEqual(event.guest_count, 8)

    def test_other_units_pay_their_own_meeting_only(self):
        event = self._foreign()
        before = event.planned_total
        courtesy = (
            self.env["party.event.courtesy"]
            .with_user(self.user["staff_a"])
            .create(
                {
                    "event_id": event.id,
                    "board_id": self.board_b.id,
                    "half_days": 1,
                    "host_count": 4,
                }
            )
        )
        row = event.cost_ids.filtered("courtesy_id")
        # (8 + 4) × 160.000
        self.assertEqual(row.planned, 1_920_000)
        self.assertEqual(row.board_id, self.board_b)
        self.assertEqual(event.planned_total, before + 1_920_000)
        with self.assertRaises(UserError):
            event.with_user(self.user["staff_a"]).action_submit()
        for key in ("staff_a", "head_a", "office_chief"):
            with self.subTest(key), self.assertRaises(UserError):
                courtesy.with_user(self.user[key]).action_agree()
        with self.assertRaises(AccessError):
            courtesy.with_user(self.user["staff_a"]).write(
                {"agreed_by_id": self.user["head_b"].id}
            )
        self.env.flush_all()
        courtesy.with_user(self.user["head_b"]).action_agree()
        # the unit agreed to one half-day, not to two
        courtesy.with_user(self.user["staff_a"]).half_days = 2
        self.assertFalse(courtesy.agreed_by_id)
        courtesy.with_user(self.user["staff_a"]).half_days = 1
        courtesy.with_user(self.user["head_b"]).action_agree()
        self._approve_event(event)
        by_board = {}
        for line in event._cost_lines():
            by_board[line.board] = by_board.get(line.board, 0) + line.amount
        self.assertEqual(by_board, {self.board_a: before, self.board_b: 1_920_000})
        with self.assertRaises(UserError):
            courtesy.with_user(self.user["staff_a"]).unlink()

    def _domestic(self, **values):
        return self._new_event(
            title="Đoàn Tỉnh ủy bạn (thử)",
            kind_id=self.env.ref("party_office_events.kind_domestic").id,
            delegate_count=0,
            has_estimate=True,
            guest_head="Ông B, Phó Bí thư Tỉnh ủy",
            guest_count=10,
            host_count=5,
            guest_meals=1,
            **values,
        )

    def test_domestic_guests(self):
        event = self._domestic()
        self.assertEqual(
            self._rows(event),
            # 15 × 60.000 × 1 half-day; 15 × 600.000
            {("guest_drink", ""): 900_000, ("guest_meal", ""): 9_000_000},
        )
        staff = event.with_user(self.user["staff_a"])
        with self.assertRaises(ValidationError):
            staff.write({"guest_meal_times": 2})
        staff.write({"guest_meal_times": 2, "exception_approver": "Bí thư Tỉnh ủy"})
        self.assertEqual(self._rows(event)["guest_meal", ""], 18_000_000)
        with self.assertRaises(ValidationError):
            staff.write({"guest_meal_times": 2.5})
        with self.assertRaises(ValidationError):
            self._add("foreign_gift", event=event)

    def test_a_file_names_its_head(self):
        event = self._domestic()
        event.guest_head = False
        with self.assertRaises(UserError):
            event.with_user(self.user["staff_a"]).action_submit()

    def test_forms(self):
        event = self._foreign()
        staff = event.with_user(self.user["staff_a"])
        settlement = self.env.ref("party_office_events.event_settlement_report")
        self.env["party.event.programme"].create(
            {"event_id": event.id, "name": "Chào xã giao", "date": "2026-07-14"}
        )
        with self.assertRaises(UserError):
            settlement.with_env(staff.env)._party_documents(settlement, staff.ids)
        for name in ("event_estimate", "event_programme"):
            html = self._html(name, staff)
            self.assertIn("Đoàn đại biểu tỉnh bạn", html)
        self.assertIn("141.520.000", self._html("event_estimate", staff))
        self.assertIn("Chào xã giao", self._html("event_programme", staff))

    def test_programme(self):
        event = self._foreign()
        points = self.env["party.event.programme"]
        values = {"event_id": event.id, "name": "Chào xã giao", "date": "2026-07-14"}
        point = points.with_user(self.user["staff_a"]).create(values)
        for wrong in ({"date": "2026-07-13"}, {"hour": float("nan")}):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                points.with_user(self.user["staff_a"]).create({**values, **wrong})
        with self.assertRaises(UserError):
            points.with_user(self.user["staff_b"]).create(values)
        self._new_task(event=event)
        with self.assertRaises(UserError):
            point.with_user(self.user["staff_b"]).write({"name": "Khác"})
        self.assertFalse(
            points.with_user(self.user["accountant_b"]).search(
                [("id", "=", self._point_of_nobody().id)]
            )
        )
        told = event._reschedule(
            fields.Datetime.to_datetime("2026-07-15 01:00:00"),
            fields.Datetime.to_datetime("2026-07-17 04:30:00"),
        )
        self.assertEqual(str(point.date), "2026-07-15")
        self.assertTrue(any(row["moved"] for row in told))

    def _point_of_nobody(self):
        return self.env["party.event.programme"].create(
            {"event_id": self.event.id, "name": "Họp", "date": "2026-07-10"}
        )
