"""From the estimate of a conference to the money: held, advanced, settled, claimed."""

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_events.tests.event_money_case import EventMoneyCase
from odoo.addons.party_office_finance.tests.common import FinanceCase


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 01:00:00")
class TestEventClaims(FinanceCase, EventMoneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tea = cls._allocate(
            cls.board_a, 10_000_000, cls.env.ref("party_office_finance.item_6699")
        )
        cls.hall = cls._allocate(
            cls.board_a, 20_000_000, cls.env.ref("party_office_finance.item_6655")
        )
        cls.event.write(
            {"stop": "2026-07-10 09:30:00", "has_estimate": True, "half_days": 2}
        )

    @classmethod
    def _leave_budgets_alone(cls):
        """Here they are what is tested."""

    def _held(self):
        return sum(self.event._cost_held().values())

    def _hold_and_have(self, price=10_000_000):
        row = self._add(price=price)
        self._approve_event()
        return row.with_user(self.user["staff_a"])

    def test_sum_of_rows_is_held_and_claimed(self):
        hall = self._hold_and_have()
        # 80 × 2 × 40.000 and the hall
        self.assertEqual(self.event.planned_total, 16_400_000)
        self.assertEqual(self._held(), 16_400_000)
        self.assertCounters(self.tea, held=6_400_000)
        self.assertCounters(self.hall, held=10_000_000)
        self.event.sudo().progress = "held"
        mine = self.event.with_user(self.user["staff_a"])
        mine.action_fill_actual()
        hall.write({"actual": 9_000_000})
        mine.action_settle()
        self.assertTrue(self.event.is_settled)
        claim = self.event._claims_of_source().sudo(False)
        self.assertRecordValues(
            claim,
            [
                {
                    "board_id": self.board_a.id,
                    "amount_total": 15_400_000,
                    "state": "submitted",
                    "requester_id": self.user["staff_a"].id,
                }
            ],
        )
        self.assertEqual(
            sorted(claim.line_ids.item_id.mapped("code")), ["6655", "6699"]
        )
        self.assertEqual(self._held(), 15_400_000)
        mine.action_settle()
        self.assertEqual(self.event._claims_of_source().sudo(False), claim)
        self._approve(claim)
        self.assertFalse(self._held())
        self.assertCounters(self.hall, held=9_000_000)
        self.assertCounters(self.tea, held=6_400_000)
        self.assertFalse(self.env["party.budget.drift"]._check_holds())

    def test_over_the_budget_nothing_is_approved(self):
        self._add(price=20_000_001)
        self.event.with_user(self.user["staff_a"]).action_submit()
        chief = self.event.with_user(self.user["office_chief"])
        with self.assertRaisesRegex(UserError, r"20\.000\.00[01]"):
            chief.with_context(approval_seen=chief.content_hash).action_approve()

    def test_the_excess_is_held_after_its_approval(self):
        hall = self._hold_and_have()
        self.event.sudo().progress = "held"
        mine = self.event.with_user(self.user["staff_a"])
        mine.action_fill_actual()
        # 8 % of 16.400.000
        hall.write({"actual": 11_312_000, "explanation": "Thêm màn hình"})
        self.assertEqual(self.event.over_pct, 8.0)
        supplement = self.env["party.event.supplement"].browse(
            mine.action_settle()["res_id"]
        )
        self.assertEqual(self._held(), 16_400_000)
        mine_too = supplement.with_user(self.user["staff_a"])
        mine_too.explanation = "Đại biểu các xã dự trực tuyến"
        mine_too.action_submit()
        self._approve(supplement)
        self.assertEqual(self._held(), 17_712_000)
        self.assertFalse(self.event._claims_of_source())
        mine.action_settle()
        self.assertEqual(
            sum(self.event._claims_of_source().mapped("amount_total")), 17_712_000
        )

    def test_cancelled_gives_all_back(self):
        self._hold_and_have()
        self.event.with_user(self.user["staff_a"]).action_cancel()
        self.assertFalse(self._held())
        self.assertCounters(self.hall, held=0)

    def test_an_advance_is_not_held_twice(self):
        self._hold_and_have()
        mine = self.event.with_user(self.user["staff_a"])
        for amount in (0, -1, 16_400_001):
            with self.subTest(amount), self.assertRaises(UserError):
                mine.action_advance(amount, "Thuê hội trường")
        with self.assertRaises(UserError):
            self.event.with_user(self.user["staff_b"]).action_advance(1000, "x")
        action = mine.action_advance(4_000_000, "Thuê hội trường")
        advance = self.env["party.advance"].browse(action["res_id"])
        self.assertEqual(advance.requester_id, self.user["staff_a"])
        self.assertEqual(advance.item_id.code, "6655")
        with self.assertRaises(UserError):
            mine.action_advance(12_400_001, "Lần hai")
        advance.with_user(self.user["staff_a"]).action_submit()
        self._approve(advance)
        self.assertCounters(self.hall, held=10_000_000)
        self.assertEqual(self._held(), 12_400_000)
        self.assertEqual(len(self.event._cost_advances()), 1)
        self.event.sudo()._cost_hold()
        self.assertCounters(self.hall, held=10_000_000)
        advance.with_user(self.user["staff_a"]).action_cancel("Không cần nữa")
        self.assertCounters(self.hall, held=10_000_000)
        self.assertEqual(self._held(), 16_400_000)
