from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .event_money_case import EventMoneyCase


@tagged("post_install", "-at_install")
class TestEventMoney(EventMoneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # no rate of the law may decide what these tests say
        cls.event.write({"stop": "2026-07-10 09:30:00"})

    def _estimate(self, **values):
        self.event.with_user(self.user["staff_a"]).write(
            {"has_estimate": True, **values}
        )
        return self.event.cost_ids

    def test_eighty_delegates_two_half_days(self):
        self.assertFalse(self.event.cost_ids)
        self._estimate(
            unpaid_delegate_count=30,
            food="lump",
            lodging="lump",
            lodged_count=10,
            nights=1,
        )
        self.assertEqual(self.event.half_days, 2)
        rows = self._rows()
        # 80 × 2 half-days × 40.000; 30 × 150.000
        self.assertEqual(rows["conference_tea", ""], 6_400_000)
        self.assertEqual(rows["conference_meal", ""], 4_500_000)
        self._add(price=5_000_000)
        self._add("conference_document", quantity=80, price=25_000)
        lodging = rows["conference_lodging", ""]
        self.assertEqual(
            self.event.planned_total, 6_400_000 + 4_500_000 + 7_000_000 + lodging
        )
        self.assertTrue(self.event.has_unverified_rate)
        tea = self.event.cost_ids.filtered(lambda r: r.component == "conference_tea")
        self.assertEqual(tea.item_code, "6699")
        self.assertTrue(tea.article)

    def test_no_money_no_rows(self):
        self._estimate()
        self.event.has_estimate = False
        self.assertFalse(self.event.cost_ids)
        self._approve_event()
        self.assertEqual(self.event.state, "approved")
        self.assertFalse(self.event._cost_lines())

    def test_facts_that_cannot_be(self):
        for values in (
            {"unpaid_delegate_count": 81},
            {"half_days": 3},
            {"half_days": -1},
            {"half_days": 10**18},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self._estimate(**values)
        for values in ({"price": float("nan")}, {"price": 1e18}, {"price": 0.5}):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._add(**values)

    def test_only_the_organiser_writes_the_bill(self):
        self._estimate()
        self._new_task()
        row = self._add()
        for key in ("staff_b", "head_b", "accountant_b", "cashier"):
            with self.subTest(key), self.assertRaises(UserError):
                self._add(user=key)
            with self.subTest(key), self.assertRaises(UserError):
                row.with_user(self.user[key]).write({"price": 1})
        for values in (
            {"is_computed": True},
            {"norm_amount": 5},
            {"board_id": self.board_b.id},
            {"planned": 1},
            {"item_code": "7799"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                row.with_user(self.user["staff_a"]).write(values)
            with self.subTest(values), self.assertRaises(AccessError):
                self._add(**values)

    def test_who_has_no_part_sees_no_amount(self):
        self._estimate()
        row = self._add()
        rows = self.env["party.event.cost"]
        for key in ("staff_b", "head_b", "accountant_b"):
            found = rows.with_user(self.user[key]).search([("id", "=", row.id)])
            self.assertFalse(found, key)
            with self.assertRaises(AccessError):
                row.with_user(self.user[key]).read(["planned"])
        for key in ("staff_a", "head_a", "accountant_a", "office_chief"):
            self.assertTrue(row.with_user(self.user[key]).read(["planned"]), key)

    def test_norms_are_not_typed_and_papers_stay_in_their_kind(self):
        self._estimate()
        with self.assertRaises(ValidationError):
            self._add("conference_tea")
        with self.assertRaises(ValidationError):
            self._add("foreign_gift")
        tea = self.event.cost_ids.filtered("is_computed")
        with self.assertRaises(UserError):
            tea.with_user(self.user["staff_a"]).write({"quantity": 500})
        with self.assertRaises(UserError):
            tea.with_user(self.user["staff_a"]).unlink()

    def test_after_approval_only_the_actual_cost_is_written(self):
        self._estimate()
        hall = self._add()
        self._approve_event()
        staff = self.user["staff_a"]
        with self.assertRaises(UserError):
            hall.with_user(staff).write({"price": 9})
        with self.assertRaises(UserError):
            hall.with_user(staff).unlink()
        with self.assertRaises(UserError):
            self.event.with_user(staff).write({"half_days": 1})
        hall.with_user(staff).write({"actual": 5_400_000})
        extra = self._add("conference_other", price=1_000_000)
        self.assertTrue(extra.is_extra)
        self.assertEqual(extra.planned, 0)
        self.assertEqual(hall.difference, 400_000)
        self.event._check_approval_intact()

    def test_norm_pays_what_the_norm_allows(self):
        self._estimate()
        self._approve_event()
        tea = self.event.actual_ids.with_user(self.user["staff_a"])
        tea.write({"actual_quantity": 150})
        self.assertEqual(tea.actual, 6_000_000)
        with self.assertRaises(ValidationError):
            tea.write({"actual": 6_000_001})
        tea.write({"actual": 5_000_000})

    def test_settling_within_and_above_the_estimate(self):
        self._estimate()
        hall = self._add(price=13_600_000)
        self.assertEqual(self.event.planned_total, 20_000_000)
        self._approve_event()
        mine = self.event.with_user(self.user["staff_a"])
        with self.assertRaises(UserError):
            mine.action_settle()
        self.event.sudo().progress = "held"
        with self.assertRaises(UserError):
            mine.action_settle()
        mine.action_fill_actual()
        self.assertEqual(self.event.actual_total, 20_000_000)
        hall.with_user(self.user["staff_a"]).write({"actual": 15_200_000})
        self.assertEqual(self.event.over_pct, 8.0)
        with self.assertRaises(UserError):
            mine.action_settle()
        hall.with_user(self.user["staff_a"]).write({"explanation": "Thuê thêm loa"})
        action = mine.action_settle()
        supplement = self.env["party.event.supplement"].browse(action["res_id"])
        self.assertEqual(mine.action_settle()["res_id"], supplement.id)
        self.assertFalse(self.event.is_settled)
        supplement = supplement.with_user(self.user["staff_a"])
        with self.assertRaises(UserError):
            supplement.action_submit()
        with self.assertRaises(AccessError):
            supplement.write({"amount": 1})
        supplement.explanation = "Hội trường nhỏ đã có đơn vị khác sử dụng"
        supplement.action_submit()
        self.assertEqual(supplement.amount, 1_600_000)
        with self.assertRaises(UserError):
            hall.with_user(self.user["staff_a"]).write({"actual": 1})
        chief = supplement.with_user(self.user["office_chief"])
        chief.with_context(approval_seen=chief.content_hash).action_approve()
        self.assertTrue(self.event.is_settled)
        total = sum(line.amount for line in self.event._cost_lines())
        self.assertEqual(total, 21_600_000)
        with self.assertRaises(UserError):
            hall.with_user(self.user["staff_a"]).write({"actual": 1})
        with self.assertRaises(UserError):
            mine.action_cancel()

    def test_only_the_organiser_settles(self):
        self._estimate()
        self._approve_event()
        self.event.sudo().progress = "held"
        self._new_task()
        for key in ("staff_b", "accountant_a", "cashier"):
            event = self.event.with_user(self.user[key])
            with self.subTest(key), self.assertRaises(UserError):
                event.action_fill_actual()
            with self.subTest(key), self.assertRaises(UserError):
                event.action_settle()
            with self.subTest(key), self.assertRaises(UserError):
                self.env["party.event.supplement"].with_user(self.user[key]).create(
                    {"event_id": self.event.id}
                )
        with self.assertRaises(AccessError):
            self.event.with_user(self.user["staff_a"]).write({"is_settled": True})
