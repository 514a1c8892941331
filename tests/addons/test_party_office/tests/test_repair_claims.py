"""From the repair to the money: held when approved, the invoice, the claim."""

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_finance.tests.common import FinanceCase
from odoo.addons.party_office_fleet.tests.test_party_car_repair import RepairCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 01:00:00")
class TestRepairClaims(FinanceCase, RepairCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        item = cls.env.ref("party_office_finance.item_6902")
        cls.line = cls._allocate(cls.office, 10_000_000, item)
        cls.workshop = cls.env["res.partner"].create({"name": "Gara Minh Quang"})

    @classmethod
    def _leave_budgets_alone(cls):
        """Here they are what is tested."""

    def test_from_the_quote_to_the_money(self):
        repair = self._finished(amount=2_400_000)
        self.assertCounters(self.line, held=2_500_000)
        repair.action_accept()
        self.assertCounters(self.line, held=2_400_000)
        self.assertTrue(repair.can_claim)
        with self._refused(UserError, "workshop|xưởng|đơn vị"):
            repair.action_claim()
        repair.partner_id = self.workshop
        repair.action_claim()
        claim = repair._claims_of_source().sudo(False)
        self.assertRecordValues(
            claim,
            [
                {
                    "board_id": self.office.id,
                    "amount_total": 2_400_000,
                    "state": "submitted",
                    "partner_id": self.workshop.id,
                    "payment_method": "transfer",
                }
            ],
        )
        self.assertEqual(claim.line_ids.item_id.code, "6902")
        self.assertCounters(self.line, held=2_400_000)
        # once
        repair.action_claim()
        self.assertEqual(repair._claims_of_source().sudo(False), claim)
        with self._refused(UserError, "claim|đề nghị"):
            repair.partner_id = False
        # the claim takes the hold over: no đồng is held twice
        self._approve(claim)
        self.assertCounters(self.line, held=2_400_000)
        self.assertFalse(repair._cost_held())
        self.assertFalse(self.env["party.budget.drift"]._check_holds())

    def test_cancelling_frees_the_money(self):
        repair = self._approved()
        self.assertCounters(self.line, held=2_500_000)
        repair.action_cancel()
        self.assertCounters(self.line, held=0)

    def test_without_budget_it_is_not_approved(self):
        repair = self._quoted(amounts=(10_000_001,) * 3)
        repair.action_submit()
        self._decide(repair, "chief_accountant")
        with self._refused(UserError, "10.000.001"):
            self._decide(repair, "office_chief")
        self.assertEqual(repair.state, "submitted")
