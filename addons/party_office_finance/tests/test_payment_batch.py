from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .payment_case import PaymentCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPaymentBatchCash(PaymentCase):
    def test_each_claim_is_paid_by_its_own_voucher_and_row(self):
        claims = self._waiting_claim(1_000_000) | self._waiting_claim(2_500_000)
        batch = self._ready_batch(claims)
        self.assertRegex(batch.name, r"^DS2026/\d{4}$")
        self.assertEqual(set(claims.mapped("payment_list")), {batch.name})
        self.assertEqual((batch.state, batch.amount_total), ("ready", 3_500_000))
        before = self.cash_box.balance
        outcome = self._pay_batch(batch)
        self.assertEqual((outcome.done, outcome.failed), (2, 0))
        self.assertEqual(set(claims.mapped("state")), {"paid"})
        self.assertEqual(
            self._book_rows(claims),
            [
                (claims[0].id, 1_000_000, claims[0].voucher_number),
                (claims[1].id, 2_500_000, claims[1].voucher_number),
            ],
        )
        self.assertEqual(before - self.cash_box.balance, 3_500_000)
        self.assertRecordValues(
            batch, [{"state": "paid", "amount_paid": 3_500_000, "progress": "2/2"}]
        )
        self.assertNoAlarm()

    def test_claims_and_advances_stand_on_one_list(self):
        claim = self._waiting_claim(1_000_000)
        advance = self._approved_advance(4_000_000)
        batch = self._new_batch(claim)
        self.assertEqual(len(batch.line_ids), 1)
        batch.action_add_waiting()
        self.assertEqual(batch.line_ids._documents("party.advance"), advance)
        batch.action_make()
        outcome = self._pay_batch(batch)
        self.assertEqual((outcome.done, outcome.failed), (2, 0))
        self.assertEqual((claim.state, advance.sudo().state), ("paid", "paid"))
        self.assertAdvance(advance, paid=4_000_000, remaining=4_000_000)
        self.assertEqual([row[1] for row in self._book_rows(advance)], [4_000_000])
        cashiers = batch.with_user(self.user["cashier"])
        self.assertEqual(
            cashiers.action_print_vouchers()["report_name"],
            "party_office_finance.claim_payment_voucher",
        )
        self.assertNoAlarm()

    def test_short_box_pays_what_it_can(self):
        self._fill_cash_box(3_000_000)
        claims = (
            self._waiting_claim(2_000_000)
            | self._waiting_claim(1_500_000)
            | self._waiting_claim(1_000_000)
        )
        batch = self._ready_batch(claims)
        outcome = self._pay_batch(batch)
        self.assertEqual((outcome.done, outcome.failed), (2, 1))
        self.assertEqual(claims.mapped("state"), ["paid", "posted", "paid"])
        self.assertEqual(self.cash_box.balance, 0)
        ((name, reason),) = outcome.reasons
        self.assertEqual(name, claims[1].voucher_number)
        for text in ("1.000.000", "1.500.000", "500.000"):
            self.assertIn(text, reason)
        # what failed left no trace
        self.assertFalse(self._book_rows(claims[1]))
        self.assertFalse(claims[1].paid_by_id or claims[1].paid_on)
        self.assertEqual(claims[1].waiting_user_id, self.user["cashier"])
        self.assertEqual((batch.state, batch.progress), ("ready", "2/3"))
        self.assertIn(claims[1].voucher_number, outcome.content)
        self.assertNoAlarm()

    def test_changed_claim_is_told_and_not_paid(self):
        claims = self._waiting_claim(1_000_000) | self._waiting_claim(2_000_000)
        batch = self._ready_batch(claims)
        changed = claims[0]
        # taken back, posted anew: another payment, by another voucher
        changed.sudo().move_id.button_draft()
        self.assertEqual(batch.line_ids[0].state, "changed")
        self.assertIn(changed.name, batch.warning)
        changed.with_user(self.user["accountant_a"]).action_post()
        outcome = self._pay_batch(batch)
        self.assertEqual((outcome.done, outcome.failed), (1, 1))
        self.assertEqual(claims.mapped("state"), ["posted", "paid"])
        self.assertIn(changed.name, outcome.reasons[0][1])
        # it can stand on another list now
        self.assertFalse(changed._payable_line())
        again = self._ready_batch(changed)
        self.assertEqual(self._pay_batch(again).done, 1)
        self.assertEqual(again.state, "paid")
        self.assertEqual(batch.line_ids[0].state, "changed")

    def test_advance_that_was_changed(self):
        advance = self._approved_advance(1_000_000)
        batch = self._ready_batch(advance)
        mine = advance.with_user(self.user["staff_a"])
        mine.action_cancel()
        self.assertEqual(batch.line_ids.state, "changed")
        mine.action_reset_draft()
        mine.amount = 3_000_000
        mine.action_submit()
        self._approve(advance)
        outcome = self._pay_batch(batch)
        self.assertEqual((outcome.done, outcome.failed), (0, 1))
        self.assertEqual(advance.sudo().state, "approved")

    def test_paid_twice_is_paid_once(self):
        claim = self._waiting_claim(1_000_000)
        batch = self._ready_batch(claim)
        self._pay_batch(batch)
        with self.assertRaisesRegex(UserError, batch.name):
            self._pay_batch(batch)
        self.assertEqual(len(self._book_rows(claim)), 1)

    def test_paid_at_the_desk_meanwhile(self):
        claims = self._waiting_claim(1_000_000) | self._waiting_claim(2_000_000)
        batch = self._ready_batch(claims)
        claims[0].with_user(self.user["cashier"]).action_pay()
        self.assertEqual(batch.progress, "1/2")
        outcome = self._pay_batch(batch)
        self.assertEqual((outcome.done, outcome.failed), (1, 0))
        self.assertEqual(len(self._book_rows(claims)), 2)

    def test_four_eyes_stay(self):
        """Who posted or asked does not pay, by a list either."""
        both = self._new_user(
            "both",
            "accountant",
            self.office,
            groups="party_office_base.group_cashier",
        )
        self._assign(self.board_a, both, role="backup")
        own = self._approved_claim([1_000_000])
        own.with_user(both).action_post()
        other = self._waiting_claim(2_000_000)
        batch = self._ready_batch(own | other)
        outcome = self._pay_batch(batch, "both")
        self.assertEqual((outcome.done, outcome.failed), (1, 1))
        self.assertEqual((own.state, other.state), ("posted", "paid"))

    def test_one_list_for_a_claim(self):
        claim = self._waiting_claim(1_000_000)
        first = self._new_batch(claim)
        with self.assertRaisesRegex(UserError, "accountant_a"):
            self._new_batch(claim)
        first.action_make()
        with self.assertRaisesRegex(UserError, first.name):
            self._new_batch(claim)
        first.action_cancel()
        self.assertEqual(first.state, "cancelled")
        second = self._ready_batch(claim)
        self.assertEqual(self._pay_batch(second).done, 1)
        self.assertEqual(first.state, "cancelled")

    def test_cancelled_list_keeps_its_number(self):
        batch = self._ready_batch(self._waiting_claim(1_000_000))
        name = batch.name
        batch.action_cancel()
        number = self.env["party.series.number"]._of(batch)
        self.assertEqual((number.text, number.state), (name, "cancelled"))
        with self.assertRaises(UserError):
            self._pay_batch(batch)
        with self.assertRaises(UserError):
            batch.action_cancel()

    def test_refusals_name_each_document(self):
        draft = self._new_claim([1_000_000])
        waiting = self._waiting_claim(2_000_000)
        with self.assertRaisesRegex(UserError, "(?s)Draft"):
            self._new_batch(draft | waiting)
        self.assertFalse(waiting._payable_line())
        with self.assertRaises(UserError):
            self._new_batch(draft.browse())

    def test_removed_line_is_free_again(self):
        claims = self._waiting_claim(1_000_000) | self._waiting_claim(2_000_000)
        batch = self._new_batch(claims)
        batch.line_ids[0].action_remove()
        self.assertFalse(claims[0]._payable_line())
        batch.action_make()
        with self.assertRaises(UserError):
            batch.line_ids.action_remove()
        with self.assertRaises(UserError):
            batch.unlink()
        with self.assertRaises(UserError):
            batch.action_make()

    def test_empty_list_is_not_made(self):
        batch = self._new_batch(self._waiting_claim(1_000_000))
        batch.line_ids.action_remove()
        with self.assertRaises(UserError):
            batch.action_make()
        batch.unlink()

    def test_two_lists_are_made_at_once(self):
        batches = self._new_batch(self._waiting_claim(1_000_000))
        batches |= self._new_batch(self._waiting_claim(2_000_000))
        batches.action_make()
        self.assertEqual(len(set(batches.mapped("name"))), 2)
        batches.action_cancel()

    def test_begin_with_all_that_wait(self):
        claims = self._waiting_claim(1_000_000) | self._waiting_claim(2_000_000)
        advance = self._approved_advance(500_000)
        self._waiting_claim(3_000_000, "staff_b", self.board_b)
        batches = self.env["party.payment.batch"].with_user(self.user["accountant_a"])
        # as the button of the list calls it
        action = call_kw(batches, "action_begin_cash", [[]], {})
        batch = batches.browse(action["res_id"])
        self.assertEqual(batch.line_ids._documents("party.claim"), claims)
        self.assertEqual(batch.line_ids._documents("party.advance"), advance)
        with self.assertRaises(UserError):
            batches.action_begin_cash()

    def test_only_the_cashier_pays(self):
        batch = self._ready_batch(self._waiting_claim(1_000_000))
        for user in ("accountant_a", "chief_accountant", "office_chief"):
            with self.subTest(user), self.assertRaises(AccessError):
                self._pay_batch(batch, user)

    # -------------------------------------------------------------- post many
    def test_post_many_says_which_failed(self):
        claims = self._approved_claim([1_000_000]) | self._approved_claim([2_000_000])
        posted = self._waiting_claim(3_000_000)
        action = (claims | posted).with_user(self.user["accountant_a"])
        outcome = self.env["party.payment.outcome"].browse(
            action.action_post_many()["res_id"]
        )
        self.assertEqual((outcome.done, outcome.failed), (2, 1))
        self.assertEqual(set(claims.mapped("state")), {"posted"})
        self.assertEqual(outcome.reasons[0][0], posted.name)
        self.assertCounters(self.line_a, held=0, spent=6_000_000)

    def test_post_many_by_others(self):
        claims = self._approved_claim([1_000_000]) | self._approved_claim([2_000_000])
        claims |= self._approved_claim([3_000_000], "staff_b", board=self.board_b)
        # no dialog for who is no accountant: nothing happens at all
        for user in ("staff_a", "office_chief"):
            with self.subTest(user), self.assertRaises(AccessError):
                claims.with_user(self.user[user]).action_post_many()
        self.assertEqual(set(claims.sudo().mapped("state")), {"approved"})
        outcome = self._post_many(claims, "accountant_a")
        self.assertEqual((outcome.done, outcome.failed), (2, 1))
        outcome = self._post_many(claims[2], "cashier")
        self.assertEqual((outcome.done, outcome.failed), (0, 1))
        outcome = self._post_many(claims[2], "chief_accountant")
        self.assertEqual((outcome.done, outcome.failed), (1, 0))

    def _post_many(self, claims, user):
        action = claims.with_user(self.user[user]).action_post_many()
        return self.env["party.payment.outcome"].browse(action["res_id"])


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPaymentBatchTransfer(PaymentCase):
    def _posted_journey(self, shares, **values):
        claim = self._journey(shares, **values)
        claim.with_user(self.user["staff_a"]).action_submit()
        self._approve(claim)
        claim.with_user(self.user["accountant_a"]).action_post()
        return claim

    def _signed(self, batch):
        paper = batch.treasury_id.with_user(self.user["accountant_a"])
        return self._post(paper)

    def test_one_treasury_document_for_many(self):
        claims = self._posted_claim([1_000_000]) | self._posted_claim([2_000_000])
        batch = self._ready_batch(claims)
        paper = batch.sudo().treasury_id
        self.assertEqual(paper.claim_ids, claims)
        self.assertRecordValues(
            paper,
            [{"kind": "transfer_actual", "amount": 3_000_000, "state": "draft"}],
        )
        self.assertEqual(paper.requester_id, self.user["accountant_a"])
        self.assertEqual(batch.state, "ready")
        self._signed(batch)
        self.assertEqual(set(claims.mapped("state")), {"paid"})
        self.assertEqual(batch.state, "paid")
        self.assertBalance(150_000_000, 0, 3_000_000)
        self.assertNoAlarm()

    def test_persons_with_name_account_bank_and_amount(self):
        claim = self._posted_journey([("staff_a", 2_100_000), ("staff_b", 1_900_000)])
        batch = self._ready_batch(claim)
        self.assertRecordValues(
            batch.sudo().beneficiary_ids,
            [
                {
                    "name": "staff_a",
                    "acc_number": "1111",
                    "bank_name": "Agribank (thử)",
                    "amount": 2_100_000,
                    "is_trusted": True,
                },
                {
                    "name": "staff_b",
                    "acc_number": "2222",
                    "bank_name": "Agribank (thử)",
                    "amount": 1_900_000,
                    "is_trusted": False,
                },
            ],
        )
        self.assertIn("2222", batch.warning)
        self.assertNotIn("1111", batch.warning)
        self._signed(batch)
        self.assertEqual(claim.state, "paid")

    def test_named_payee_gets_all(self):
        claim = self._posted_journey(
            [("staff_a", 2_000_000), ("staff_b", 1_000_000)], partner_id=self.payee.id
        )
        batch = self._ready_batch(claim)
        self.assertRecordValues(
            batch.sudo().beneficiary_ids,
            [{"name": "Garage", "acc_number": "9999", "amount": 3_000_000}],
        )

    def test_nobody_named_is_refused_at_sending(self):
        claim = self._new_claim([1_000_000], payment_method="transfer")
        with self.assertRaises(UserError):
            claim.action_submit()

    def test_person_without_account_is_named_before(self):
        claim = self._posted_journey([("staff_a", 2_000_000), ("head_a", 1_000_000)])
        batch = self._new_batch(claim)
        self.assertIn("head_a", batch.warning)
        self.assertNotIn("staff_a (", batch.warning)
        with self.assertRaisesRegex(UserError, "head_a"):
            batch.action_make()
        self.assertEqual((batch.name, batch.state), ("/", "draft"))
        self.assertFalse(batch.sudo().treasury_id)
        self._bank_account(self.user["head_a"].partner_id, "3333", True)
        person = batch.beneficiary_ids.filtered(lambda p: p.name == "head_a")
        person.action_refresh()
        self.assertEqual(person.acc_number, "3333")
        self.assertFalse(batch.warning)
        batch.action_make()

    def test_account_of_an_employee_goes_before(self):
        employee = self.user["staff_a"].employee_ids
        wages = self._bank_account(employee.work_contact_id, "7777", True)
        employee.bank_account_ids = wages
        claim = self._posted_journey([("staff_a", 2_000_000)])
        batch = self._new_batch(claim)
        self.assertEqual(batch.beneficiary_ids.acc_number, "7777")
        # another of his own accounts may be chosen, nobody else's
        batch.beneficiary_ids.bank_account_id = wages
        with self.assertRaises(UserError):
            batch.beneficiary_ids.bank_account_id = self.account_b

    def test_account_changed_after_the_list_was_made(self):
        claim = self._posted_journey([("staff_a", 2_000_000)])
        batch = self._ready_batch(claim)
        self.assertFalse(batch.warning)
        self.account_a.acc_number = "6666"
        batch.invalidate_recordset(["warning"])
        self.assertIn("staff_a", batch.warning)
        self.assertEqual(batch.beneficiary_ids.acc_number, "1111")
        with self.assertRaises(UserError):
            batch.beneficiary_ids.bank_account_id = self.account_a

    def test_advance_covers_the_requester_first(self):
        advance = self._paid_advance(2_000_000)
        claim = self._journey(
            [("staff_a", 1_500_000), ("staff_b", 1_500_000)], advance_id=advance.id
        )
        claim.with_user(self.user["staff_a"]).action_submit()
        self._approve(claim)
        claim.with_user(self.user["accountant_a"]).action_post()
        batch = self._new_batch(claim)
        self.assertRecordValues(
            batch.beneficiary_ids, [{"name": "staff_b", "amount": 1_000_000}]
        )

    def test_claims_of_two_funds_become_two_lists(self):
        line = self._allocate(self.board_a, 10_000_000, fund=self.fund_12)
        claims = self._posted_claim([1_000_000])
        other = self._new_claim(
            [2_000_000], payment_method="transfer", partner_id=self.payee.id
        )
        other.line_ids.fund_id = line.fund_id
        other.action_submit()
        self._approve(other)
        other.with_user(self.user["accountant_a"]).action_post()
        batches = self._new_batch(claims | other)
        self.assertEqual(len(batches), 2)
        batches.action_make()
        papers = batches.sudo().treasury_id
        self.assertEqual(papers.fund_id, self.fund | self.fund_12)

    def test_list_waits_again_when_the_document_is_reversed(self):
        claim = self._posted_claim([1_000_000])
        batch = self._ready_batch(claim)
        self._signed(batch)
        self.assertEqual(batch.state, "paid")
        self._reversed(batch.sudo().treasury_id)
        self.assertEqual((claim.state, batch.state), ("posted", "ready"))
        first = batch.sudo().treasury_id
        batch.action_make_paper()
        self.assertNotEqual(batch.sudo().treasury_id, first)
        self._signed(batch)
        self.assertEqual(batch.state, "paid")

    def test_live_document_keeps_the_list(self):
        batch = self._ready_batch(self._posted_claim([1_000_000]))
        with self.assertRaisesRegex(UserError, "cancel"):
            batch.action_cancel()
        with self.assertRaises(UserError):
            batch.action_make_paper()
        batch.treasury_id.action_submit()
        batch.treasury_id.action_cancel()
        batch.action_cancel()

    def test_claim_of_another_document(self):
        """A claim that a Treasury document is to pay already comes on no list."""
        claim = self._posted_claim([1_000_000])
        paper = self._new_paper("transfer_actual", claim_ids=claim.ids)
        with self.assertRaisesRegex(UserError, claim.name):
            self._new_batch(claim)
        paper.unlink()
        self._ready_batch(claim)

    def test_document_with_another_sum(self):
        """Its author takes a claim off the document: the list goes with it no more."""
        claims = self._posted_claim([1_000_000]) | self._posted_claim([2_000_000])
        batch = self._ready_batch(claims)
        self.assertFalse(batch.warning)
        batch.treasury_id.claim_ids = claims[0]
        batch.invalidate_recordset(["warning"])
        for text in ("1.000.000", "3.000.000"):
            self.assertIn(text, batch.warning)
        with self.assertRaisesRegex(UserError, "3.000.000"):
            batch._check_can_print(None)

    def test_last_year_is_paid_in_january(self):
        claim = self._posted_claim([1_000_000])
        with freeze_time("2027-01-12 03:00:00"):
            batch = self._ready_batch(claim)
            self.assertEqual(batch.sudo().treasury_id.year, 2026)
            batch.treasury_id.action_submit()

    def test_advance_by_transfer_asks_its_own_action(self):
        """A list of advances is paid by the document that advances make themselves."""
        advance = self._approved_advance(2_000_000, payment_method="transfer")
        batch = self._new_batch(advance)
        self.assertRecordValues(
            batch.beneficiary_ids, [{"acc_number": "1111", "amount": 2_000_000}]
        )
        context = {
            "default_kind": "transfer_advance",
            "default_fund_id": self.fund.id,
            "default_partner_id": self.payee.id,
        }
        action = {"res_model": "party.treasury.move", "context": context}
        with patch.object(
            type(advance), "action_make_treasury_paper", lambda self: action
        ):
            batch.action_make()
        paper = batch.sudo().treasury_id
        self.assertEqual(
            (paper.kind, paper.partner_id, paper.description),
            ("transfer_advance", self.payee, f"Payment list {batch.name}"),
        )

    def test_the_cashier_does_not_pay_a_transfer(self):
        batch = self._ready_batch(self._posted_claim([1_000_000]))
        with self.assertRaises(AccessError):
            self._pay_batch(batch)
