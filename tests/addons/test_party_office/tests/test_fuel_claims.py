"""From the order to the money: what cars hold, and claims made of a fuel statement."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_finance.tests.common import FinanceCase
from odoo.addons.party_office_fleet.tests.fuel_case import FuelCase


@tagged("post_install", "-at_install")
@freeze_time("2026-07-02 01:00:00")
class TestFuelClaims(FinanceCase, FuelCase):
    @classmethod
    def _leave_budgets_alone(cls):
        """Here they are what is tested."""

    def _month(self, **values):
        """Return the approved statement of two trips: A carries 920,000 đ, B
        1,380,000 đ.
        """
        self._trip(1, 1000, 1600, ("staff_a", 2, 0), ("staff_b", 1, 0))
        self._trip(2, 1600, 2000, ("staff_b", 1, 0))
        self._fill(1, 60, 1_200_000, odometer=1100)
        self._fill(2, 56, 1_120_000, "2", odometer=1700)
        statement = self._statement(over_reason="Đi vòng", **values)
        return self._settled(statement)

    def _claims(self, statement):
        statement.with_user(self.user["dispatcher"]).action_claim()
        claims = statement._claims_of_source()
        return claims.sorted(lambda claim: claim.board_id.id).sudo(False)

    def _held(self, a, b):
        self.assertCounters(self.line_a, held=a)
        self.assertCounters(self.line_b, held=b)

    def test_an_order_holds_and_frees(self):
        requests = self._waiting_request(km=60, passenger_count=3)
        requests |= self._waiting_request(key="staff_b", km=30)
        order = self._plan(requests)
        self._held(0, 0)
        self._issue(order)
        self._held(123_429, 20_571)
        order.with_user(self.user["dispatcher"]).action_cancel()
        self._held(0, 0)

    def test_a_request_that_goes_moves_the_hold(self):
        first = self._waiting_request(km=60, passenger_count=3)
        second = self._waiting_request(key="staff_b", km=30)
        self._issue(self._plan(first | second))
        second.with_user(self.user["staff_b"]).action_cancel()
        self._held(144_000, 0)

    def test_an_order_without_budget_is_not_signed(self):
        self.norm.litres = 500
        self.price.price = 900_000
        order = self._plan(self._waiting_request(km=60))
        order.with_user(self.user["dispatcher"]).action_submit()
        with (
            self.assertRaisesRegex(UserError, "270.000.000"),
            self.env.cr.savepoint(),
        ):
            self._decide(order, "deputy_chief")
        self.assertEqual(order.state, "submitted")

    def test_from_the_statement_to_the_money(self):
        statement = self._month()
        # the orders' estimates are gone, the real amount is held
        self._held(920_000, 1_380_000)
        claim_a, claim_b = self._claims(statement)
        self.assertRecordValues(
            claim_a | claim_b,
            [
                {
                    "board_id": board.id,
                    "amount_total": amount,
                    "state": "submitted",
                    "requester_id": self.user["dispatcher"].id,
                    "payment_method": "cash",
                    "payee_name": "driver",
                    "source_name": statement.display_name,
                }
                for board, amount in (
                    (self.board_a, 920_000),
                    (self.board_b, 1_380_000),
                )
            ],
        )
        self.assertEqual(claim_a.line_ids.item_id.code, "6503")
        self.assertEqual(claim_a.date, statement._last_day())
        # sent, they hold nothing: the statement does
        self._held(920_000, 1_380_000)
        self._approve(claim_a)
        self._held(920_000, 1_380_000)
        self.assertFalse(statement._cost_held().get(self.line_a.id))
        self.assertEqual(claim_a._cost_held(), {self.line_a.id: 920_000})
        claim_a.with_user(self.user["accountant_a"]).action_post()
        self.assertCounters(self.line_a, held=0, spent=920_000)
        claim_a.with_user(self.user["cashier"]).action_pay()
        self.assertCounters(self.line_a, held=0, spent=920_000)
        self._held(0, 1_380_000)
        self.assertFalse(self.env["party.budget.drift"]._check_holds())

    def test_a_board_claims_its_part_once(self):
        statement = self._month()
        claims = self._claims(statement)
        self.assertEqual(self._claims(statement), claims)
        self.assertFalse(statement.with_user(self.user["dispatcher"]).can_claim)
        with self.assertRaisesRegex(UserError, "claims|đề nghị"):
            statement.with_user(self.user["dispatcher"]).action_cancel()

    def test_a_refused_claim_is_made_again(self):
        statement = self._month()
        claim_a, claim_b = self._claims(statement)
        claim_a.with_user(self.user["head_a"]).action_refuse("Không phải xe của ban")
        self._held(920_000, 1_380_000)
        self.assertTrue(statement.with_user(self.user["dispatcher"]).can_claim)
        again = self._claims(statement)
        self.assertIn(claim_b, again)
        self.assertEqual(len(again), 2)
        self.assertNotIn(claim_a, again)

    def test_a_cancelled_claim_gives_the_hold_back(self):
        statement = self._month()
        claim_a, _claim_b = self._claims(statement)
        self._approve(claim_a)
        claim_a.with_user(self.user["dispatcher"]).action_cancel("Làm lại")
        self._held(920_000, 1_380_000)
        self.assertEqual(statement._cost_held()[self.line_a.id], 920_000)
        self._approve(self._claims(statement)[0])
        self._held(920_000, 1_380_000)
        self.assertEqual(statement._cost_held(), {self.line_b.id: 1_380_000})

    def test_cancelling_a_statement_holds_the_estimates_again(self):
        statement = self._month()
        statement.with_user(self.user["dispatcher"]).action_cancel()
        # 2/3 of 72 l, and 1/3 of 72 l + 48 l, at 20,000 đ
        self._held(960_000, 1_440_000)
        self.assertFalse(statement._cost_held())

    def test_what_it_asks_is_not_changed(self):
        statement = self._month()
        claim = self._claims(statement)[0].with_user(self.user["dispatcher"])
        claim.action_withdraw()
        with self.assertRaises(UserError):
            claim.line_ids.write({"amount": 1})
        for forge in (
            lambda: claim.write({"source_model": False}),
            lambda: claim.write({"source_id": 1}),
        ):
            with self.assertRaises(AccessError):
                forge()
        claim.write(
            {
                "line_ids": [
                    (0, 0, {"name": "More", "amount": 5, "item_id": self.fuel.id})
                ]
            }
        )
        with self.assertRaisesRegex(UserError, "920.000"):
            claim.action_submit()

    def test_payment_to_the_station(self):
        station = self.env["res.partner"].create({"name": "Petrolimex"})
        claim = self._claims(self._month(pay_to="station", partner_id=station.id))[0]
        self.assertEqual(claim.partner_id, station)
        self.assertEqual(claim.payment_method, "transfer")
        self.assertFalse(claim.payee_name)

    def test_papers_go_with_the_claims(self):
        self.papers_needed.active = True
        paper = self.env["ir.attachment"].with_user(self.user["dispatcher"])
        paper = paper.create({"name": "hd.txt", "raw": b"1"})
        claims = self._claims(self._month(attachment_ids=[(6, 0, paper.ids)]))
        for claim in claims:
            self.assertEqual(claim.attachment_ids.mapped("name"), ["hd.txt"])
            self.assertEqual(claim.attachment_ids.res_id, claim.id)

    def test_the_same_invoice_claimed_by_hand(self):
        statement = self._month()
        claim = self._new_claim([1_120_000])
        claim.line_ids.invoice_number = "0002"
        notes = claim.with_user(self.user["head_a"])._decision_notes()
        self.assertIn(statement.name, notes[claim.id])
        # the number alone is not the invoice
        other = self._new_claim([99_000])
        other.line_ids.invoice_number = "0002"
        notes = other.with_user(self.user["head_a"])._decision_notes()
        self.assertNotIn(statement.name, notes[other.id])

    def test_only_the_desk_makes_claims(self):
        statement = self._month()
        for key in ("driver", "head_a", "chief_accountant", "office_chief"):
            with self.subTest(key), self.assertRaises(AccessError):
                statement.with_user(self.user[key]).action_claim()

    def test_box_links_only_what_may_be_read(self):
        statement = self._month()
        self._claims(statement)
        seen = statement.with_user(self.user["staff_a"]).claim_box
        self.assertEqual(seen.count("<a "), 1)
        self.assertEqual(seen.count("<div>"), 2)
