from decimal import Decimal
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.party_office_base.rules.cost import CostLine

from .common import TODAY, FinanceCase

MILLION = 1_000_000


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestFundWall(FinanceCase):
    """Which fund may pay for what, at allocation, claim and posted entry."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cars = cls.env.ref("party_office_finance.item_6952")
        cls.car_rule = cls.env.ref("party_office_finance.fund_rule_cars_shared")
        cls.fund_dp = cls.env.ref("party_office_finance.fund_dp")
        cls.fund_lct = cls.env.ref("party_office_finance.fund_lct")
        cls.rules = cls.env["party.fund.rule"]

    def _check(self, fund, item, **values):
        return self.rules._check(fund, item, **values)

    # -------------------------------------------------------------------- rules
    def test_nearest_item_wins(self):
        assets = self.env.ref("party_office_finance.item_6955")
        self._check(self.fund, assets)
        self._check(self.fund_12, self.cars)
        with self.assertRaises(UserError) as refusal:
            self._check(self.fund, self.cars)
        text = str(refusal.exception)
        for part in (
            "12 Non-autonomous",
            "75/2026/NĐ-CP",
            "article 10.1.a",
            "not verified",
            "crossing between funds",
        ):
            self.assertIn(part, text)

    def test_rules_are_dated(self):
        self._check(self.fund, self.cars, day="2026-04-30")
        with self.assertRaises(UserError):
            self._check(self.fund, self.cars, day="2026-05-01")
        chief = self.user["chief_accountant"]
        self.car_rule.with_user(chief).date_to = "2026-06-30"
        with self.assertRaises(UserError):
            self._check(self.fund, self.cars, day="2026-06-30")
        self._check(self.fund, self.cars, day="2026-07-01")

    def test_kind_and_item_must_both_allow(self):
        self._check(self.fund, self.fuel, kind=self.kind)
        self.rules.create(
            {
                "name": "Fuel by non-autonomous money",
                "kind_id": self.kind.id,
                "fund_ids": [Command.set(self.fund_12.ids)],
            }
        )
        self._check(self.fund, self.fuel)
        self._check(self.fund_12, self.fuel, kind=self.kind)
        with self.assertRaises(UserError) as refusal:
            self._check(self.fund, self.fuel, kind=self.kind)
        self.assertIn("Fuel by non-autonomous", str(refusal.exception))
        with self.assertRaises(UserError):
            self._check(self.fund_12, self.env.ref("party_office_finance.item_6001"))

    def test_party_money_pays_only_where_it_is_named(self):
        item = self.env["party.budget.item"].create({"code": "9999", "name": "New"})
        self._check(self.fund, item)
        for fund in (self.fund_dp, self.fund_lct):
            with self.assertRaises(UserError) as refusal:
                self._check(fund, item)
            self.assertIn("Party's own money", str(refusal.exception))
        self.kind.fund_id = self.fund_dp
        self._check(self.fund_dp, item, kind=self.kind)
        with self.assertRaises(UserError):
            self._check(self.fund_lct, item, kind=self.kind)
        self._check(self.fund_dp, self.env.ref("party_office_finance.item_7851"))

    def test_all_shipped_rules_say_that_they_are_not_verified(self):
        shipped = self.rules.search([]).filtered("is_official")
        self.assertGreaterEqual(len(shipped), 15)
        for row in shipped:
            self.assertTrue(row.needs_check, row.name)
            self.assertTrue(row.verify_note, row.name)

    @mute_logger("odoo.sql_db")
    def test_one_rule_for_an_item_at_a_time(self):
        values = {"name": "x", "fund_ids": [Command.set(self.fund.ids)]}
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.rules.create({**values, "item_id": self.cars.id})
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.rules.create(values)
        self.env.cr.execute(
            "SELECT 1 FROM pg_constraint WHERE contype = 'x' "
            "AND conrelid = 'party_fund_rule'::regclass"
        )
        self.assertTrue(self.env.cr.fetchone())

    def test_who_keeps_the_rules(self):
        chief = self.rules.with_user(self.user["chief_accountant"])
        official = chief.browse(self.car_rule.id)
        with self.assertRaisesRegex(UserError, "official"):
            official.write({"fund_ids": [Command.set(self.fund.ids)]})
        with self.assertRaisesRegex(UserError, "official"):
            official.unlink()
        official.action_confirm_checked()
        self.assertFalse(official.needs_check)
        own = chief.create(
            {
                "name": "Own rule",
                "item_id": self.fuel.id,
                "fund_ids": [Command.set(self.fund.ids)],
            }
        )
        with self.assertRaises(UserError):
            self._check(self.fund_12, self.fuel)
        for name in ("staff_a", "accountant_a", "head_a", "office_chief", "cashier"):
            rule = own.with_user(self.user[name])
            self.assertEqual(rule.name, "Own rule", "the rules are for everybody")
            with self.assertRaises(AccessError):
                rule.write({"name": "x"})
            with self.assertRaises(AccessError):
                rule.create({"name": "x", "item_id": self.fuel.id})
        own.unlink()
        self._check(self.fund_12, self.fuel)

    # ------------------------------------------------------------------- claims
    def test_claim_is_not_sent(self):
        self._allocate(self.board_a, 900 * MILLION, item=self.cars, fund=self.fund_12)
        lines = [
            Command.create(
                {"name": name, "amount": 5, "item_id": item.id, "fund_id": fund.id}
            )
            for name, item, fund in (
                ("Car", self.cars, self.fund),
                ("Fuel", self.fuel, self.fund),
                ("Dues", self.fuel, self.fund_dp),
            )
        ]
        claim = self._new_claim([], line_ids=lines)
        with self.assertRaises(UserError) as refusal:
            claim.action_submit()
        text = str(refusal.exception)
        self.assertIn("Car: 13", text)
        self.assertIn("Dues: DP", text)
        self.assertNotIn("Fuel:", text)
        self.assertEqual(claim.state, "draft")
        claim.line_ids[0].fund_id = self.fund_12
        claim.line_ids[2].unlink()
        claim.action_submit()
        self.assertEqual(claim.state, "submitted")

    def test_form_offers_allowed_funds_only(self):
        claim = self._new_claim([5])
        line = claim.line_ids
        self.assertIn(self.fund, line.allowed_fund_ids)
        self.assertNotIn(self.fund_dp, line.allowed_fund_ids)
        line.item_id = self.cars
        self.assertEqual(line.allowed_fund_ids, self.fund_12)

    # -------------------------------------------------------------------- entry
    def test_entry_is_not_posted(self):
        self._open_wall(self.fund, self.cars, "2026-06-10")
        self._allocate(self.board_a, 9 * MILLION, item=self.cars)
        rules = self.rules.search([("item_id", "=", self.cars.id)])
        rules.active = False
        self.car_rule.active = True
        entry = self._new_entry(MILLION, party_item_id=self.cars.id)
        with self.assertRaises(UserError) as refusal:
            entry.with_user(self.user["accountant_a"]).action_post()
        self.assertIn("crossing", str(refusal.exception))
        self.assertEqual(entry.state, "draft")
        self.car_rule.active = False
        entry.with_user(self.user["accountant_a"]).action_post()
        self.car_rule.active = True
        # what was posted before the rule is still taken back
        reversal = entry._reverse_moves([{"date": entry.date}])
        self._agreed(reversal).action_post()
        line = self.env["party.budget.line"].search(
            [("item_id", "=", self.cars.id), ("board_id", "=", self.board_a.id)]
        )
        self.assertCounters(line, spent=0)

    # --------------------------------------------------------------- allocation
    def test_decision_puts_no_money_behind_the_wall(self):
        forbidden = [(self.board_a, self.fund, self.cars, MILLION)]
        for kind, lines in (
            ("allocate", forbidden),
            ("supplement", forbidden),
            ("transfer", [*forbidden, (self.board_a, self.fund, self.fuel, -MILLION)]),
        ):
            decision = self._new_decision(kind, lines)
            with self.subTest(kind), self.assertRaises(UserError) as refusal:
                decision.action_submit()
            self.assertIn("6952", str(refusal.exception))
            self.assertIn("crossing", str(refusal.exception))

    def test_crossing_opens_the_wall_for_its_line(self):
        self._allocate(self.board_a, 9 * MILLION, fund=self.fund_12)
        lines = [
            (self.board_a, self.fund_12, self.fuel, -5 * MILLION),
            (self.board_a, self.fund, self.cars, 5 * MILLION),
        ]
        crossing = self._post_decision(
            self._new_decision("crossing", lines, basis="Công văn 12/STC-NS")
        )
        line = self.env["party.budget.line"].search([("item_id", "=", self.cars.id)])
        self.assertEqual(line.crossing_decision_id, crossing)
        self.assertCounters(line, allocated=5 * MILLION)
        claim = self._new_claim([])
        claim.line_ids = [
            Command.create(
                {
                    "name": "Car",
                    "amount": MILLION,
                    "item_id": self.cars.id,
                    "fund_id": self.fund.id,
                }
            )
        ]
        self.assertIn(self.fund, claim.line_ids.allowed_fund_ids)
        claim.action_submit()
        self._approve(claim)
        claim.with_user(self.user["accountant_a"]).action_post()
        self.assertCounters(line, spent=MILLION)
        # for its board only
        with self.assertRaises(UserError):
            self._post_decision(
                self._new_decision(
                    "supplement", [(self.board_b, self.fund, self.cars, 1)]
                )
            )
        # and more money may follow on it
        self._post_decision(
            self._new_decision("supplement", [(self.board_a, self.fund, self.cars, 1)])
        )
        self.assertCounters(line, allocated=5 * MILLION + 1)

    def test_carry_over_keeps_the_crossing_and_its_undoing_ends_it(self):
        self._allocate(self.board_a, 9 * MILLION, fund=self.fund_12)
        lines = [
            (self.board_a, self.fund_12, self.fuel, -5 * MILLION),
            (self.board_a, self.fund, self.cars, 5 * MILLION),
        ]
        crossing = self._post_decision(
            self._new_decision("crossing", lines, basis="Căn cứ")
        )
        carry = self._post_decision(
            self._new_decision(
                "carry_over", [(self.board_a, self.fund, self.cars, MILLION)]
            )
        )
        found = self.env["party.budget.line"].search([("item_id", "=", self.cars.id)])
        self.assertEqual(sorted(found.mapped("year")), [2026, 2027])
        self.assertEqual(found.crossing_decision_id, crossing)
        for done, number in ((carry, "91"), (crossing, "92")):
            chief = done.with_user(self.user["chief_accountant"])
            undo = chief.browse(chief.action_undo()["res_id"])
            undo.write({"name": number, "attachment_ids": done.attachment_ids.ids})
            self._post_decision(undo)
        self.assertFalse(found.crossing_decision_id)
        self.assertEqual(set(found.mapped("allocated")), {0})

    def test_crossing_is_not_forged(self):
        crossing = self._new_decision(
            "supplement", [(self.board_a, self.fund, self.fuel, 1)]
        )
        for name in ("accountant_a", "chief_accountant"):
            with self.assertRaises(UserError):
                self.line_a.with_user(self.user[name]).write(
                    {"crossing_decision_id": crossing.id}
                )
        decision = self._new_decision(
            "supplement", [(self.board_a, self.fund, self.supplies, 1)]
        )
        author = decision.requester_id
        hostile = {"default_crossing_decision_id": crossing.id}
        decision.with_user(author).with_context(**hostile).action_submit()
        self._approve(decision)
        decision.with_user(self.user["chief_accountant"]).with_context(
            **hostile
        ).action_post()
        line = self.env["party.budget.line"].search(
            [("item_id", "=", self.supplies.id), ("board_id", "=", self.board_a.id)]
        )
        self.assertFalse(line.crossing_decision_id)

    def test_constant_queries(self):
        claim = self._new_claim([1, 2, 3, 4])
        self._check(self.fund, self.fuel, kind=self.kind)
        lines = claim.line_ids
        lines._check_fund_wall()
        self.env.flush_all()
        with self.assertQueryCount(0):
            lines._check_fund_wall()

    # -------------------------------------------- what other documents cost (a car, …)
    def _cost_allocation(self, *cost):
        claim = self._new_claim([1_000])
        mixin = self.registry["party.cost.mixin"]
        with patch.object(type(claim), "_cost_lines", lambda document: [*cost]):
            return mixin._cost_allocation(claim)

    def test_a_cost_takes_a_fund_that_may_pay(self):
        self._allocate(self.board_a, MILLION, self.cars, self.fund)
        line = self._allocate(self.board_a, MILLION, self.cars, self.fund_12)
        self.rules.search([("name", "=", f"Test {self.cars.code}")]).unlink()
        self.car_rule.active = True
        cost = CostLine(self.board_a, self.cars.code, Decimal(500), "Car")
        self.assertEqual(self._cost_allocation(cost), [(line, 500, "Car")])
        wrong = CostLine(self.board_a, self.cars.code, Decimal(500), "Car", "13")
        with self.assertRaisesRegex(UserError, "75/2026/NĐ-CP"):
            self._cost_allocation(wrong)
