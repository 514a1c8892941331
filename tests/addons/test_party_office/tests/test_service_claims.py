"""From the service desk to the money: held before it is spent, invoiced, claimed."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_events.tests.service_case import ServiceCase
from odoo.addons.party_office_finance.tests.common import FinanceCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 03:00:00")
class TestServiceClaims(FinanceCase, ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        item = cls.env.ref("party_office_finance.item_6551")
        cls.line = cls._allocate(cls.board_a, 500_000, item)
        cls.stationery.write({"charges_board": True, "item_code": "6551"})
        cls.shop = cls.env["res.partner"].create({"name": "Cửa hàng VPP (thử)"})

    @classmethod
    def _leave_budgets_alone(cls):
        """Here they are what is tested."""
        cls.held = []

    def _ask_paper(self, quantity):
        return self._ask(
            kind=self.stationery,
            line_ids=[
                Command.create({"supply_id": self.paper.id, "quantity": quantity})
            ],
        )

    def test_from_the_store_to_the_money(self):
        request = self._ask_paper(3)
        self.assertCounters(self.line, held=0)
        desk = request.with_user(self.desk)
        desk.action_deliver()
        self.assertCounters(self.line, held=210_000)
        self.assertTrue(desk.can_claim)
        with self.assertRaises(UserError):
            desk.action_claim(False)
        desk.action_claim(self.shop.id, "1C26TVP 0000123")
        claim = request._claims_of_source().sudo(False)
        self.assertRecordValues(
            claim,
            [
                {
                    "board_id": self.board_a.id,
                    "amount_total": 210_000,
                    "partner_id": self.shop.id,
                    "state": "submitted",
                }
            ],
        )
        self.assertEqual(claim.line_ids.item_id.code, "6551")
        with self.assertRaises(UserError):
            desk.action_claim(self.shop.id)
        with self.assertRaises(UserError):
            request.with_user(self.user["staff_a"]).action_reopen("Thiếu một ram")
        # the claim takes the hold over: no đồng is held twice
        self._approve(claim)
        self.assertCounters(self.line, held=210_000)
        self.assertFalse(request._cost_held())
        self.assertFalse(self.env["party.budget.drift"]._check_holds())

    def test_without_budget_nothing_leaves_the_store(self):
        request = self._ask_paper(8)
        with self.assertRaises(UserError) as refused:
            request.with_user(self.desk).action_deliver()
        # 8 × 70,000 against 500,000
        self.assertIn("560.000", str(refused.exception))
        self.assertIn("500.000", str(refused.exception))

    def test_taking_back_frees_the_money(self):
        repair = self.env.ref("party_office_finance.item_6913", False)
        item = repair or self.env.ref("party_office_finance.item_6551")
        self.repair.write({"charges_board": True, "item_code": item.code})
        line = self._allocate(self.board_a, 5_000_000, item) if repair else self.line
        request = self._ask(kind=self.repair).with_user(self.desk)
        request.action_take()
        request.action_estimate(300_000)
        self.assertCounters(line, held=300_000)
        request.action_estimate(250_000)
        self.assertCounters(line, held=250_000)
        request.with_user(self.user["staff_a"]).action_cancel("Không cần nữa")
        self.assertCounters(line, held=0)
