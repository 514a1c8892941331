"""Claims that are computed: amounts come from the facts, never from a client."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.party_office_base.rules.allowance import Allowance, CalculationRefused

from .common import FinanceCase

DAY = date(2026, 6, 10)


@tagged("post_install", "-at_install")
class TestClaimCalculation(FinanceCase):
    def setUp(self):
        super().setUp()
        self.component = self.env["party.claim.component"].create(
            {"code": "test_part", "name": "Part", "item_id": self.fuel.id}
        )
        self.norm_kind = self.env["party.claim.kind"].create(
            {
                "code": "test_norm",
                "name": "Test by norm",
                "calculation": "travel",
                "item_id": self.fuel.id,
            }
        )
        self.amounts = [300_000, 200_000]
        # the calculation of this test: whatever ``amounts`` says
        patcher = patch.object(
            type(self.env["party.claim"]), "_calculate", self._calculate
        )
        patcher.start()
        self.addCleanup(patcher.stop)

    def _calculate(self):
        if isinstance(self.amounts, Exception):
            raise self.amounts
        return [self._allowance(amount) for amount in self.amounts]

    def _allowance(self, amount):
        price = Decimal(amount)
        return Allowance("test_part", Decimal(1), price, price, DAY, DAY)

    def _claim(self, **values):
        return self._new_claim([], kind_id=self.norm_kind.id, **values)

    def test_lines_are_sums_of_allowances(self):
        claim = self._claim()
        self.assertEqual(claim.allowance_ids.mapped("amount"), [300_000, 200_000])
        self.assertRecordValues(
            claim.line_ids,
            [
                {
                    "amount": 500_000,
                    "item_id": self.fuel.id,
                    "fund_id": self.fund.id,
                    "is_computed": True,
                    "date": DAY,
                }
            ],
        )
        self.assertEqual(claim.amount_total, 500_000)
        self.assertIn("500.000 đ", claim.calculation_box)

    def test_own_lines_stay_beside_computed_ones(self):
        claim = self._claim(
            line_ids=[Command.create({"name": "Toll", "amount": 35_000})]
        )
        claim.description = "Other words"
        claim.kind_id = self.norm_kind
        self.assertEqual(sorted(claim.line_ids.mapped("amount")), [35_000, 500_000])

    def test_the_approver_is_told_of_own_lines(self):
        claim = self._claim()
        claim.action_submit()
        self.assertNotIn("typed beside", claim._decision_notes()[claim.id])
        claim = self._claim(
            line_ids=[Command.create({"name": "Gifts", "amount": 5_000_000})]
        )
        claim.action_submit()
        self.assertIn(
            "typed beside the calculation: 5.000.000 đ (Gifts)",
            claim._decision_notes()[claim.id],
        )

    def test_nobody_writes_what_is_computed(self):
        claim = self._claim()
        line, row = claim.line_ids, claim.allowance_ids[:1]
        with self.assertRaises(UserError):
            line.amount = 9_000_000
        with self.assertRaises(UserError):
            claim.write({"line_ids": [Command.delete(line.id)]})
        with self.assertRaises(UserError):
            line.unlink()
        for forgery in (
            lambda: row.write({"amount": 1}),
            lambda: row.unlink(),
            lambda: row.create(
                {"claim_id": claim.id, "component_id": self.component.id}
            ),
            lambda: claim.write({"has_unverified_rate": False}),
            lambda: claim.write({"allowance_ids": [Command.clear()]}),
            lambda: line.create(
                {"claim_id": claim.id, "name": "X", "amount": 1, "is_computed": True}
            ),
        ):
            with self.assertRaises(AccessError):
                forgery()
        self.assertEqual(claim.amount_total, 500_000)

    def test_who_may_read_the_amounts(self):
        row = self._claim().allowance_ids[:1]
        for user in ("head_a", "accountant_a", "chief_accountant", "staff_a"):
            row.with_user(self.user[user]).read(["amount"])
        for user in ("staff_b", "accountant_b"):
            with self.assertRaises(AccessError):
                row.with_user(self.user[user]).read(["amount"])

    def test_sending_computes_again(self):
        claim = self._claim()
        self.amounts = [100_000]
        claim.action_submit()
        self.assertEqual(claim.amount_total, 100_000)

    def test_what_was_sent_stays(self):
        claim = self._claim()
        claim.action_submit()
        self.amounts = [1]
        claim._recalculate()
        self.assertEqual(claim.amount_total, 500_000)
        self.assertIn("500.000 đ", claim.calculation_box)

    def test_without_facts_there_is_nothing_to_send(self):
        self.amounts = []
        claim = self._claim(
            line_ids=[Command.create({"name": "Toll", "amount": 35_000})]
        )
        with self.assertRaisesRegex(UserError, "facts"):
            claim.action_submit()

    def test_another_kind_takes_the_amounts_away(self):
        claim = self._claim()
        self.amounts = []
        claim.kind_id = self.kind
        self.assertFalse(claim.line_ids)
        self.assertFalse(claim.allowance_ids)
        self.assertFalse(claim.calculation_box)

    def test_a_copy_computes_its_own(self):
        claim = self._claim(
            line_ids=[Command.create({"name": "Toll", "amount": 35_000})]
        )
        copy = claim.copy()
        self.assertEqual(sorted(copy.line_ids.mapped("amount")), [35_000, 500_000])
        self.assertEqual(len(copy.allowance_ids), 2)

    def test_refused_facts_save_nothing(self):
        claim = self._claim()
        count = self.env["party.claim"].search_count([])
        self.amounts = CalculationRefused("too_large", amount=Decimal(10) ** 18)
        refused = self.assertRaisesRegex(ValidationError, "million billion")
        with refused, self.env.cr.savepoint():
            self._claim()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            claim.write({"fund_id": self.fund_12.id, "description": "Half"})
        claim.invalidate_recordset()
        self.assertEqual(claim.description, "Fuel in June")
        self.assertEqual(self.env["party.claim"].search_count([]), count)
        # the form says it while it is typed
        self.assertIn("million billion", claim.calculation_box)

    def test_a_missing_rate_names_norm_and_day(self):
        claim = self._claim()
        book = self.env["party.norm"]._rate_book(["travel_per_diem"], DAY, DAY)
        self.assertEqual(book.get("travel_per_diem", DAY).value, 300_000)
        try:
            book.get("travel_per_diem", date(1999, 1, 1), "rest", "tw")
        except LookupError as missing:
            self.amounts = missing
        with self.assertRaisesRegex(ValidationError, "1999"):
            claim._recalculate()

    def test_an_unverified_rate_is_said(self):
        area = self.env["party.norm"]._rate_book(["conference_tea"], DAY, DAY)
        rate = area.get("conference_tea", DAY)
        self.assertFalse(rate.verified)
        price = rate.value
        row = Allowance("test_part", Decimal(1), price, price, DAY, DAY, rate=rate)
        with patch.object(
            type(self.env["party.claim"]), "_calculate", lambda claim: [row]
        ):
            claim = self._claim()
            self.assertTrue(claim.has_unverified_rate)
            self.assertIn("text-bg-warning", claim.calculation_box)
