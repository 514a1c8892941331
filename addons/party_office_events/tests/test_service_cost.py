from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestServiceCost(ServiceCase):
    """What a request costs its board; the ledger itself is tested with finance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stationery.write({"charges_board": True, "item_code": "6551"})
        cls.repair.write({"charges_board": True, "item_code": "6913"})

    def _ask_paper(self, quantity):
        return self._ask(
            kind=self.stationery,
            line_ids=[
                Command.create({"supply_id": self.paper.id, "quantity": quantity})
            ],
        )

    def test_supplies_are_held_when_they_are_given_out(self):
        request = self._ask_paper(3)
        self.assertFalse(self.held)
        request.line_ids.with_user(self.desk).granted = 2
        request.with_user(self.desk).action_deliver()
        self.assertEqual(self.held, [140_000])
        (cost,) = request._cost_lines()
        self.assertEqual(
            (cost.board, cost.item_code, cost.amount),
            (self.board_a, "6551", 140_000),
        )

    def test_a_repair_is_held_when_its_cost_is_agreed(self):
        request = self._ask(kind=self.repair).with_user(self.desk)
        request.action_take()
        request.action_estimate(3_000_000)
        self.assertFalse(self.held)
        request.with_user(self.user["head_a"]).action_agree()
        self.assertEqual(self.held, [3_000_000])
        (cost,) = request._cost_lines()
        self.assertEqual((cost.item_code, cost.amount), ("6913", 3_000_000))

    def test_what_the_office_bears_costs_the_board_nothing(self):
        request = self._ask().with_user(self.desk)
        request.action_estimate(100_000)
        request.action_finish()
        self.assertEqual(request._cost_lines(), [])
        self.assertFalse(self.held)

    def test_who_claims(self):
        request = self._ask_paper(1)
        partner = self.env["res.partner"].create({"name": "Cửa hàng VPP (thử)"})
        with self.assertRaises(UserError):
            request.with_user(self.desk).action_claim(partner.id)
        request.with_user(self.desk).action_deliver()
        for key in ("staff_a", "head_a", "accountant_a", "cashier"):
            with self.subTest(key), self.assertRaises(AccessError):
                request.with_user(self.user[key]).action_claim(partner.id)
        if not self.env["party.cost.mixin"]._can_cost_claim():
            self.assertFalse(request.with_user(self.desk).can_claim)
            with self.assertRaises(UserError):
                request.with_user(self.desk).action_claim(partner.id)
        values = request._cost_claim_values()
        self.assertEqual(values["kind"], "other")

    @mute_logger("odoo.sql_db")
    def test_a_service_on_the_board_names_its_item(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.it.write({"charges_board": True, "item_code": False})
            self.env.flush_all()
