"""A foreign delegation of class B (circular 35/2026): the host unit pays its stay,
another unit only its own courtesy meeting; the file is settled as one.
"""

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_events.tests.event_money_case import EventMoneyCase
from odoo.addons.party_office_finance.tests.common import FinanceCase

#: 2 nights × (7,7 head + 7,7 deputy + 6 × 4,8) million
LODGING = 88_400_000
#: 8 guests × 2 days × 2 million
FOOD = 32_000_000
#: (8 guests + 8 hosts) × 160.000 × 2 half-days
DRINKS = 5_120_000
FLOWERS, GIFT = 1_000_000, 1_800_000
#: the other unit's meeting: (8 + 4) × 160.000
COURTESY = 1_920_000


@tagged("post_install", "-at_install")
class TestDelegation(FinanceCase, EventMoneyCase):
    @classmethod
    @freeze_time("2026-06-29 01:00:00")
    def setUpClass(cls):
        super().setUpClass()
        item = "party_office_finance.item_{}"
        cls.lodging, cls.food, cls.other = (
            cls._allocate(cls.board_a, 150_000_000, cls.env.ref(item.format(code)))
            for code in (6853, 6852, 6899)
        )
        cls.other_b = cls._allocate(
            cls.board_b, 10_000_000, cls.env.ref(item.format(6899))
        )
        cls.visit = cls._new_event(
            title="Đoàn đại biểu tỉnh bạn nước ngoài (thử)",
            kind_id=cls.env.ref("party_office_events.kind_foreign").id,
            start="2026-07-14 01:00:00",
            stop="2026-07-15 09:30:00",
            delegate_count=0,
            has_estimate=True,
            guest_head="Ông A, Bí thư Tỉnh ủy",
            guest_letter="12-CV/ĐN",
            foreign_class="b",
            foreign_heads=1,
            foreign_deputies=1,
            foreign_members=6,
            foreign_nights=2,
            foreign_food_days=2,
            foreign_flowers=True,
            foreign_gift_head=True,
            half_days=2,
            host_count=8,
        )

    @classmethod
    def _leave_budgets_alone(cls):
        """Money is what this is about."""

    def _as(self, key, record):
        return record.with_user(self.user[key])

    @freeze_time("2026-06-30 01:00:00")
    def test_from_the_estimate_to_two_bills(self):
        courtesy = self._as("staff_a", self.env["party.event.courtesy"]).create(
            {
                "event_id": self.visit.id,
                "board_id": self.board_b.id,
                "half_days": 1,
                "host_count": 4,
            }
        )
        mine = self._as("staff_a", self.visit)
        own = LODGING + FOOD + DRINKS + FLOWERS + GIFT
        self.assertEqual(self.visit.planned_total, own + COURTESY)
        with self.assertRaises(UserError):
            mine.action_submit()  # the other unit has not agreed to pay
        self.env.flush_all()
        self._as("head_b", courtesy).action_agree()
        mine.action_make_plan()
        mine.action_submit()
        FinanceCase._approve(self.visit)
        self.assertCounters(self.lodging, held=LODGING)
        self.assertCounters(self.food, held=FOOD)
        self.assertCounters(self.other, held=DRINKS + FLOWERS + GIFT)
        self.assertCounters(self.other_b, held=COURTESY)
        with freeze_time("2026-07-16 01:00:00"):
            mine.action_held()
            mine.action_fill_actual()
            mine.action_settle()
        claims = self.visit._claims_of_source()
        by_board = {claim.board_id: claim.amount_total for claim in claims}
        self.assertEqual(by_board, {self.board_a: own, self.board_b: COURTESY})
        self.assertFalse(self.env["party.budget.drift"]._check_holds())

    @freeze_time("2026-06-30 01:00:00")
    def test_no_gift_for_domestic_guests(self):
        event = self._new_event(
            kind_id=self.env.ref("party_office_events.kind_domestic").id,
            has_estimate=True,
            guest_head="Ông B",
            guest_count=10,
        )
        with self.assertRaises(UserError):
            self._add("foreign_gift", event=event)
