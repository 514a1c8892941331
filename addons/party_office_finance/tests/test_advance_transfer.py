from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .advance_common import AdvanceCase
from .common import TODAY
from .treasury_case import TreasuryCase

ESTIMATE = 150_000_000


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestAdvanceTransfer(TreasuryCase, AdvanceCase):
    """Advances by transfer are paid by a Treasury document, which moves the estimate.

    The estimate of the fund is 150 million đồng, 100 of them are of board A.
    """

    _post_claim = AdvanceCase._post

    @classmethod
    def _new_advance(cls, amount, user="staff_a", board=None, **values):
        return super()._new_advance(
            amount,
            user,
            board,
            **{"payment_method": "transfer", "fund_id": cls.fund.id, **values},
        )

    def _settled(self, advance, amounts, **values):
        claim = self._new_claim([], advance_id=advance.id, **values)
        lines = [
            Command.create({"name": "x", "amount": amount, "fund_id": self.fund.id})
            for amount in amounts
        ]
        claim.write({"line_ids": lines})
        claim.action_submit()
        return self._approve(claim)

    def test_from_request_to_the_estimate(self):
        advance = self._approved_advance(4_000_000)
        self.assertEqual(advance.waiting_user_id, self.user["accountant_a"])
        self.assertEqual(advance.waiting_step, "Treasury Document")
        self.assertTrue(advance.with_user(self.user["accountant_a"]).can_transfer)
        self.assertFalse(advance.with_user(self.user["accountant_b"]).can_transfer)
        self.assertFalse(advance.with_user(self.user["staff_a"]).can_transfer)
        for user in ("cashier", "accountant_a", "chief_accountant"):
            with self.assertRaisesRegex(AccessError, "Treasury document"):
                advance.with_user(self.user[user]).action_pay()
        entries = self.env["party.cash.entry"].search_count([])
        document = self._transfer(advance, post=False)
        self.assertRecordValues(
            document.line_ids,
            [
                {
                    "board_id": self.board_a.id,
                    "item_id": self.fuel.id,
                    "amount": 4_000_000,
                    "note": advance.name,
                    "advance_id": advance.id,
                }
            ],
        )
        self._sign(document)
        # nothing has moved but the hold
        self.assertBalance(ESTIMATE, 0, 0)
        self.assertCounters(self.line_a, held=4_000_000, advanced=0)
        document.with_user(self.user["chief_accountant"]).action_post()
        self.assertBalance(ESTIMATE, 4_000_000, 0)
        self.assertEntry(document, ("141", 4_000_000, 0.0), ("3371", 0.0, 4_000_000))
        debt = document.sudo().move_id.line_ids[0]
        self.assertEqual(debt.partner_id, self.user["staff_a"].partner_id)
        self.assertRecordValues(
            advance.sudo(),
            [
                {
                    "state": "paid",
                    "voucher_number": document.name,
                    "paid_by_id": self.user["chief_accountant"].id,
                    "move_id": document.sudo().move_id.id,
                    "waiting_user_id": self.user["staff_a"].id,
                }
            ],
        )
        self.assertEqual(str(advance.paid_on), "2026-06-12")
        self.assertAdvance(advance, paid=4_000_000, remaining=4_000_000)
        self.assertCounters(self.line_a, held=0, advanced=4_000_000)
        self.assertEqual(self.env["party.cash.entry"].search_count([]), entries)
        self.assertNoAlarm()

    def test_one_document_pays_many(self):
        mine = self._approved_advance(4_000_000)
        other = self._approved_advance(1_500_000, "head_a")
        document = self._transfer(mine | other)
        self.assertEqual(document.sudo().amount, 5_500_000)
        self.assertBalance(ESTIMATE, 5_500_000, 0)
        for advance in (mine, other):
            self.assertEqual(advance.sudo().state, "paid")
            self.assertEqual(advance.sudo().move_id, document.sudo().move_id)
        # each owes his own
        debts = document.sudo().move_id.line_ids.filtered("debit")
        self.assertEqual(
            {item.partner_id: item.debit for item in debts},
            {
                self.user["staff_a"].partner_id: 4_000_000,
                self.user["head_a"].partner_id: 1_500_000,
            },
        )
        self.assertNoAlarm()

    def test_settled_with_the_person_and_with_the_treasury(self):
        """4 of 5 million are proved, 1 is returned in cash and repaid."""
        advance = self._approved_advance(5_000_000)
        document = self._transfer(advance)
        claim = self._settled(advance, [4_000_000])
        self._post_claim(claim)
        self.assertEqual(claim.state, "paid")
        receipt = (
            self.env["party.receipt"]
            .with_user(self.user["accountant_a"])
            .create({"advance_id": advance.id, "amount": 1_000_000, "description": "x"})
        )
        receipt.action_issue()
        receipt.with_user(self.user["cashier"]).action_receive()
        self.assertAdvance(
            advance, state="settled", settled=4_000_000, returned=1_000_000
        )
        self.assertCounters(
            self.line_a, held=0, advanced=0, spent=4_000_000, available=96_000_000
        )
        # the Treasury still has an open advance of 5 million
        self.assertBalance(ESTIMATE, 5_000_000, 0)
        for kind, amount in (("settle_advance", 4_000_000), ("repay_advance", 10**6)):
            self._paper(kind, amount, origin=document)
        self.assertBalance(ESTIMATE, 0, 4_000_000, repaid=1_000_000)
        self.assertFalse(document.sudo().is_open)
        self.assertNoAlarm()

    def test_taken_back_by_a_reversing_document(self):
        advance = self._approved_advance(4_000_000)
        document = self._transfer(advance)
        move = document.sudo().move_id
        for act in (
            move.button_draft,
            lambda: move._reverse_moves([{"date": "2026-06-15"}], cancel=True),
        ):
            with self.assertRaisesRegex(UserError, document.name), self.cr.savepoint():
                act()
        self.env.invalidate_all()
        action = document.with_user(self.user["accountant_a"]).action_reverse()
        reversal = self.env["party.treasury.move"].browse(action["res_id"])
        self.assertEqual(reversal.sudo().line_ids.advance_id, advance)
        self._post(reversal)
        self.assertBalance(ESTIMATE, 0, 0)
        self.assertAdvance(
            advance,
            state="approved",
            paid=0,
            move_id=False,
            voucher_number=False,
            waiting_user_id=self.user["accountant_a"].id,
        )
        self.assertCounters(self.line_a, held=4_000_000, advanced=0)
        self.assertNoAlarm()
        # and it can be paid again
        self._transfer(advance)
        self.assertBalance(ESTIMATE, 4_000_000, 0)
        self.assertCounters(self.line_a, held=0, advanced=4_000_000)
        self.assertNoAlarm()

    def test_not_taken_back_once_settled_in_part(self):
        advance = self._approved_advance(4_000_000)
        document = self._transfer(advance)
        self._settled(advance, [1_000_000])
        action = document.with_user(self.user["accountant_a"]).action_reverse()
        reversal = self.env["party.treasury.move"].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "settled or returned in part"):
            self._post(reversal)

    def test_no_more_than_the_estimate_at_the_treasury(self):
        advance = self._approved_advance(60_000_000)
        self._paper("transfer_actual", 100_000_000, "accountant_b", self.board_b)
        document = self._transfer(advance, post=False)
        self._sign(document)
        with self.assertRaisesRegex(UserError, "50.000.000"), self.cr.savepoint():
            document.with_user(self.user["chief_accountant"]).action_post()
        self.env.invalidate_all()
        self.assertEqual(advance.state, "approved")
        self.assertBalance(ESTIMATE, 0, 100_000_000)
        self.assertCounters(self.line_a, held=60_000_000, advanced=0)

    def test_money_by_payment_order(self):
        self._allocate(self.board_a, 20_000_000, fund=self.order_fund)
        order = self._paper("order_actual", 20_000_000, fund_id=self.order_fund.id)
        advance = self._approved_advance(3_000_000, fund_id=self.order_fund.id)
        document = self._transfer(advance, order_id=order.id)
        self.assertEqual(document.kind, "order_spending")
        self.assertBalance(20_000_000, 0, 3_000_000, fund=self.order_fund)
        self.assertEntry(document, ("141", 3_000_000, 0.0), ("1121", 0.0, 3_000_000))
        self.assertEqual(advance.sudo().state, "paid")
        self.assertNoAlarm()

    def test_alarm_when_no_document_paid(self):
        advance = self._approved_advance(4_000_000)
        document = self._transfer(advance)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE party_treasury_move_line SET advance_id = NULL "
            "WHERE treasury_id = %s",
            [document.id],
        )
        alarms = self.env["party.budget.drift"]._cron_check()
        self.assertRecordValues(
            alarms,
            [
                {
                    "name": f"{advance.name}: the Treasury documents differ from the "
                    "advance",
                    "board_id": self.board_a.id,
                    "expected": 0,
                    "found": 4_000_000,
                }
            ],
        )

    def test_what_a_document_may_not_pay(self):
        advance = self._approved_advance(1_000)
        cash = self._approved_advance(1_000, payment_method="cash")
        paper = self._new_paper(
            "transfer_advance", advance_ids=[Command.set(advance.ids)]
        )
        for values, text in (
            ({"kind": "transfer_actual"}, "transfer as an advance"),
            ({"fund_id": self.fund_12.id}, "another fund"),
            ({"year": 2025, "date": "2026-01-15"}, "another office or budget year"),
            ({"advance_ids": [Command.set(cash.ids)]}, "approved advance"),
        ):
            before = paper.read(list(values))[0]
            with self.assertRaisesRegex(UserError, text), self.cr.savepoint():
                paper.write(values)
                paper.line_ids or self._add_paper_line(paper)
                paper.action_submit()
            self.env.invalidate_all()
            self.assertEqual(paper.read(list(values))[0], before)
        paper.action_submit()
        second = self._new_paper(
            "transfer_advance", advance_ids=[Command.set(advance.ids)]
        )
        with self.assertRaisesRegex(UserError, "already pays it"):
            second.action_submit()
        with self.assertRaisesRegex(UserError, "of one"):
            both = advance | self._approved_advance(1_000, fund_id=self._fund_12())
            both.action_make_treasury_paper()
        with self.assertRaisesRegex(UserError, "by bank transfer"):
            cash.action_make_treasury_paper()

    def _fund_12(self):
        self._allocate(self.board_a, 5_000_000, fund=self.fund_12)
        return self.fund_12.id

    def _add_paper_line(self, paper):
        line = {"board_id": self.board_a.id, "item_id": self.fuel.id, "amount": 5}
        paper.write({"line_ids": [Command.create(line)]})

    def test_cancelled_meanwhile(self):
        advance = self._approved_advance(1_000)
        document = self._transfer(advance, post=False)
        self._sign(document)
        advance.action_cancel("not needed")
        with self.assertRaisesRegex(UserError, "approved advance"):
            document.with_user(self.user["chief_accountant"]).action_post()

    def test_lines_follow_the_advances(self):
        first = self._approved_advance(1_000)
        second = self._approved_advance(2_000)
        paper = self._new_paper(
            "transfer_advance", advance_ids=[Command.set(first.ids)]
        )
        self.assertEqual(paper.line_ids.mapped("amount"), [1_000])
        paper.write({"advance_ids": [Command.link(second.id)]})
        self.assertEqual(paper.line_ids.mapped("amount"), [1_000, 2_000])
        # what a client writes into them is made anew
        paper.line_ids[0].amount = 9
        paper.action_submit()
        self.assertEqual(paper.line_ids.mapped("amount"), [1_000, 2_000])
        paper.action_withdraw()
        paper.write({"advance_ids": [Command.clear()]})
        self.assertFalse(paper.line_ids)

    def test_only_what_he_may_read(self):
        foreign = self._approved_advance(1_000, "staff_b", board=self.board_b)
        papers = self.env["party.treasury.move"].with_user(self.user["accountant_a"])
        values = {
            "kind": "transfer_advance",
            "fund_id": self.fund.id,
            "advance_ids": [Command.set(foreign.ids)],
        }
        with self.assertRaises(AccessError):
            papers.create(values)
        paper = self._new_paper("transfer_advance", 5)
        for commands in ([Command.link(foreign.id)], [Command.set(foreign.ids)]):
            with self.assertRaises(AccessError):
                paper.write({"advance_ids": commands})
        with self.assertRaises(AccessError):
            papers.with_context(default_advance_ids=foreign.ids).default_get(
                ["advance_ids"]
            )
        with self.assertRaises(AccessError):
            papers.onchange(
                {"advance_ids": [Command.link(foreign.id)]},
                ["advance_ids"],
                {"advance_ids": {"fields": {"purpose": {}}}},
            )
        with self.assertRaises(AccessError):
            paper.line_ids.write({"advance_id": foreign.id})

    def test_nobody_pays_his_own(self):
        advance = self._approved_advance(1_000, "chief_accountant", board=self.board_a)
        document = self._transfer(advance, post=False)
        document.action_submit()
        self._approve(document)
        with self.assertRaisesRegex(AccessError, "asked"):
            document.with_user(self.user["chief_accountant"]).action_post()
        self.assertNotEqual(
            document.sudo().waiting_user_id, self.user["chief_accountant"]
        )
        document.with_user(self.user["accountant_a"]).action_post()
        self.assertEqual(advance.sudo().state, "paid")

    # -------------------------------------------------------------------- the funds
    def test_one_fund_does_not_settle_another(self):
        advance = self._approved_advance(5_000_000)
        self._transfer(advance)
        self._fund_12()
        claim = self._new_claim([], advance_id=advance.id)
        other = {"name": "x", "amount": 2_000_000, "fund_id": self.fund_12.id}
        claim.write({"line_ids": [Command.create(other)]})
        self.assertEqual(claim.advance_applied, 0)
        with self.assertRaisesRegex(UserError, "fund T13.*paid from T12"):
            claim.action_submit()
        # beside lines of its own fund the other fund pays for itself
        own = {"name": "y", "amount": 3_000_000, "fund_id": self.fund.id}
        claim.write({"line_ids": [Command.create(own)]})
        self.assertEqual((claim.advance_applied, claim.amount_due), (3e6, 2e6))
        claim.action_submit()
        self._approve(claim)
        self.assertEqual(claim.sudo().line_ids.mapped("advance_amount"), [0, 3_000_000])
        self._post_claim(claim)
        self.assertAdvance(advance, settled=3_000_000, remaining=2_000_000)
        self.assertNoAlarm()
