from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase, Form


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyClaim(FinanceCase):
    def _as(self, claim, user):
        return claim.with_user(self.user[user])

    def test_from_request_to_payment(self):
        claim = self._new_claim([1_500_000, 500_000])
        self.assertEqual(claim.amount_total, 2_000_000)
        self.assertEqual(claim.amount_words, "Hai triệu đồng")
        self.assertRecordValues(
            claim.line_ids,
            [{"fund_id": self.fund.id, "item_id": self.fuel.id}] * 2,
        )
        claim.action_submit()
        self.assertNotEqual(claim.name, "/")
        self.assertEqual(claim.waiting_user_id, self.user["head_a"])
        self.assertCounters(self.line_a, held=0)
        self._approve(claim)
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.waiting_user_id, self.user["accountant_a"])
        self.assertCounters(self.line_a, held=2_000_000, spent=0)

        self._as(claim, "accountant_a").action_post()
        self.assertEqual(claim.state, "posted")
        self.assertEqual(claim.waiting_user_id, self.user["cashier"])
        self.assertCounters(self.line_a, held=0, spent=2_000_000, available=98_000_000)
        move = claim.sudo().move_id
        self.assertEqual(move.state, "posted")
        expense = move.line_ids.filtered("board_id")
        self.assertEqual(expense.board_id, self.board_a)
        self.assertEqual(
            sorted((i.account_id.code, i.balance) for i in move.line_ids),
            [
                ("1111", -2_000_000),
                ("3371", 2_000_000),
                ("5111", -2_000_000),
                ("61112", 500_000),
                ("61112", 1_500_000),
            ],
        )
        self.assertRecordValues(
            (move.line_ids - expense)[:1],
            [
                {
                    "party_fund_id": False,
                    "party_item_id": False,
                    "party_claim_line_id": False,
                    "analytic_distribution": False,
                }
            ],
        )
        self.assertEqual(sum(expense.mapped("debit")), 2_000_000)
        analytic = expense.analytic_line_ids
        self.assertEqual(sum(analytic.mapped("amount")), -2_000_000)
        self.assertEqual(analytic.account_id, self.board_a.analytic_account_id)
        self.assertTrue(claim.voucher_number)

        self._as(claim, "cashier").action_pay()
        self.assertEqual(claim.state, "paid")
        self.assertFalse(claim.waiting_user_id)
        self.assertEqual(str(claim.paid_on), "2026-06-15")
        rows = self.env["party.budget.move"].search(
            [("res_model", "=", "party.claim"), ("res_id", "=", claim.id)], order="id"
        )
        self.assertEqual(rows.mapped("kind"), ["hold", "hold", "spend", "spend"])
        self.assertEqual(rows.requested_by_id, self.user["staff_a"])
        self.assertEqual(rows[2:].user_id, self.user["accountant_a"])

    def test_form_computes_money(self):
        with Form(self.env["party.claim"].with_user(self.user["staff_a"])) as form:
            self.assertEqual(form.board_id, self.board_a)
            form.kind_id = self.kind
            form.description = "Fuel"
            with form.line_ids.new() as line:
                line.name = "RON95"
                line.quantity = 40.5
                line.unit_price = 20_513
        claim = form.save()
        self.assertEqual(claim.line_ids.amount, 830_777)  # 830 776.5 rounds up
        self.assertEqual(
            claim.amount_words,
            "Tám trăm ba mươi nghìn bảy trăm bảy mươi bảy đồng",
        )

    def test_amount_cannot_differ_from_quantity_times_price(self):
        claim = self._new_claim([10])
        with self.assertRaises(ValidationError):
            claim.line_ids.write({"quantity": 2, "unit_price": 100, "amount": 5})

    def test_a_copy_starts_from_the_beginning(self):
        claim = self._approved_claim([5_000])
        copy = claim.copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "state": "draft",
                    "name": "/",
                    "amount_total": 5_000,
                    "requester_id": self.user["staff_a"].id,
                    "waiting_user_id": False,
                }
            ],
        )
        self.assertFalse(copy.line_ids.budget_line_id)

    def test_refusal_keeps_the_claim_waiting(self):
        self._approved_claim([60_000_000])
        claim = self._new_claim([60_000_000])
        claim.action_submit()
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            self._approve(claim)
        text = str(refused.exception)
        for part in ("100.000.000", "60.000.000", "40.000.000", "20.000.000"):
            self.assertIn(part, text)
        self.env.invalidate_all()
        self.assertEqual(claim.sudo().state, "submitted")
        self.assertCounters(self.line_a, held=60_000_000)

    def test_no_budget_line_is_said_at_once(self):
        claim = self._new_claim([1], date="2027-01-05")
        with self.assertRaisesRegex(UserError, "no budget in 2027"):
            claim.action_submit()

    def test_what_is_missing_is_said_before_sending(self):
        with self.assertRaisesRegex(UserError, "at least one line"):
            self._new_claim([]).action_submit()
        with self.assertRaisesRegex(UserError, "above zero"):
            self._new_claim([0]).action_submit()
        with self.assertRaisesRegex(UserError, "payee"):
            self._new_claim([5], payment_method="transfer").action_submit()

    def _entry_of(self, claim):
        """Return ``{account code: balance}`` of the claim's entry (đồng)."""
        totals = {}
        for item in claim.sudo().move_id.line_ids:
            code = item.account_id.code
            totals[code] = totals.get(code, 0) + item.balance
        return totals

    def test_entry_of_a_transfer(self):
        payee = self.env["res.partner"].create({"name": "Station"})
        claim = self._approved_claim(
            [700, 300], payment_method="transfer", partner_id=payee.id
        )
        self._as(claim, "accountant_a").action_post()
        self.assertEqual(self._entry_of(claim), {"61112": 1_000, "331": -1_000})
        owed = claim.sudo().move_id.line_ids.filtered("credit")
        self.assertEqual(owed.partner_id, payee)
        self.assertEqual(claim.sudo().waiting_user_id, self.user["accountant_a"])
        self.assertTrue(claim.sudo().voucher_number.startswith("CK"))
        with self.assertRaises(AccessError):
            self._as(claim, "cashier").action_pay()
        action = self._as(claim, "accountant_a").action_make_treasury_paper()
        papers = self.env["party.treasury.move"].with_user(self.user["accountant_a"])
        paper = papers.with_context(**action["context"]).create({})
        self.assertEqual((paper.kind, paper.claim_ids), ("transfer_actual", claim))
        self.assertEqual(paper.sudo().amount, 1_000)

    def test_entry_of_two_funds_and_the_partys_own_money(self):
        party = self.env["party.fund"].search([("regime", "=", "party")], limit=1)
        self._allocate(self.board_a, 5_000, fund=self.fund_12)
        self._allocate(self.board_a, 5_000, fund=party)
        claim = self._new_claim([100])
        claim.line_ids = [
            Command.create({"name": "x", "amount": 20, "fund_id": self.fund_12.id}),
            Command.create({"name": "y", "amount": 3, "fund_id": party.id}),
        ]
        claim.action_submit()
        self._approve(claim)
        self._as(claim, "accountant_a").action_post()
        self.assertEqual(
            self._entry_of(claim),
            {"61112": 123, "1111": -123, "3371": 120, "5111": -100, "5112": -20},
        )

    def test_own_cash_account_of_the_office(self):
        own = self.cash.copy({"code": "11115", "name": "Cash at the gate"})
        self.company.party_cash_account_id = own
        claim = self._approved_claim([1_000])
        self._as(claim, "accountant_a").action_post()
        self.assertEqual(
            self._entry_of(claim),
            {"61112": 1_000, "11115": -1_000, "3371": 1_000, "5111": -1_000},
        )

    def test_a_wrong_standard_entry_is_refused(self):
        rule = self.env.ref("party_office_finance.posting_tt24_claim_cash_estimate_1")
        rule.debit_code = "3371"
        claim = self._approved_claim([1_000])
        with self.assertRaisesRegex(UserError, "exactly once"):
            self._as(claim, "accountant_a").action_post()

    def test_cash_waits_on_a_cashier(self):
        claim = self._approved_claim([1_000])
        self.company.cashier_id = False
        with self.assertRaisesRegex(UserError, "no cashier"), self.cr.savepoint():
            self._as(claim, "accountant_a").action_post()
        self.env.invalidate_all()
        self.assertEqual(claim.state, "approved")
        self.assertCounters(self.line_a, held=1_000, spent=0)

    def test_the_cashier_does_not_pay_himself(self):
        self._keep_one_cashier()
        claim = self._approved_claim([1_000], "cashier", board=self.board_a)
        with self.assertRaisesRegex(UserError, "no cashier"), self.cr.savepoint():
            self._as(claim, "chief_accountant").action_post()
        self.env.invalidate_all()
        self._new_user("cashier_2", "cashier", self.office)
        self._as(claim, "chief_accountant").action_post()
        self.assertEqual(claim.waiting_user_id, self.user["cashier_2"])

    def test_cash_is_in_the_cash_book(self):
        claim = self._approved_claim([1_500_000], payee_name="Trần Văn Lái")
        self._as(claim, "accountant_a").action_post()
        self._as(claim, "cashier").action_pay()
        self.assertRecordValues(
            self.env["party.cash.entry"].search([], limit=1),
            [
                {
                    "direction": "out",
                    "amount_out": 1_500_000,
                    "amount_in": 0,
                    "balance_after": 998_500_000,
                    "number": claim.voucher_number,
                    "partner_name": "Trần Văn Lái",
                    "account_move_id": claim.sudo().move_id.id,
                    "user_id": self.user["cashier"].id,
                }
            ],
        )

    def test_no_payment_of_what_is_not_as_approved(self):
        claim = self._approved_claim([1_000])
        self._as(claim, "accountant_a").action_post()
        self.cr.execute(
            "UPDATE party_claim SET payee_name = 'x' WHERE id = %s", [claim.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "does not cover"):
            self._as(claim, "cashier").action_pay()

    def test_who_may_post(self):
        claim = self._approved_claim([1_000])
        for role in ("staff_a", "head_a", "cashier", "office_chief", "accountant_b"):
            with self.assertRaises(AccessError):
                self._as(claim, role).action_post()
        self._as(claim, "chief_accountant").action_post()
        self.assertEqual(claim.state, "posted")

    def test_nobody_posts_his_own_claim(self):
        claim = self._approved_claim([1_000], "accountant_a")
        self.assertEqual(claim.waiting_user_id, self.user["chief_accountant"])
        with self.assertRaisesRegex(AccessError, "own claim"):
            self._as(claim, "accountant_a").action_post()

    def test_who_may_pay(self):
        claim = self._approved_claim([1_000])
        with self.assertRaises(UserError):
            self._as(claim, "cashier").action_pay()
        self._as(claim, "accountant_a").action_post()
        for role in ("staff_a", "head_a", "accountant_a", "chief_accountant"):
            with self.assertRaises(AccessError):
                self._as(claim, role).action_pay()
        self._as(claim, "cashier").action_pay()
        with self.assertRaises(UserError):
            self._as(claim, "cashier").action_pay()

    def test_wrong_states(self):
        claim = self._new_claim([1_000])
        with self.assertRaises(UserError):
            self._as(claim, "accountant_a").action_post()
        self.assertEqual(claim.state, "draft")
        claim = self._approved_claim([1_000])
        self._as(claim, "accountant_a").action_post()
        with self.assertRaises(UserError):
            self._as(claim, "accountant_a").action_post()
        with self.assertRaises(UserError):
            claim.action_cancel("too late")

    def test_two_claims_at_once(self):
        claims = self._approved_claim([1_000]) | self._approved_claim([2_000])
        self._as(claims, "accountant_a").action_post()
        self._as(claims, "cashier").action_pay()
        self.assertEqual(claims.mapped("state"), ["paid", "paid"])
        self.assertEqual(len(set(claims.mapped("voucher_number"))), 2)
        self.assertCounters(self.line_a, held=0, spent=3_000)

    def test_cancel_frees_the_hold(self):
        claim = self._approved_claim([7_000])
        self.assertCounters(self.line_a, held=7_000)
        with self.assertRaisesRegex(UserError, "Say why"):
            claim.action_cancel()
        with self.assertRaises(UserError):
            self._as(claim, "cashier").action_cancel("no right")
        claim.action_cancel("The trip was called off")
        self.assertEqual(claim.state, "cancelled")
        self.assertCounters(self.line_a, held=0, available=100_000_000)
        row = self.env["party.budget.move"].search([], limit=1)
        self.assertEqual(row.note, "The trip was called off")

    def test_accountant_cancels_through_the_dialog(self):
        claim = self._as(self._approved_claim([7_000]), "accountant_a")
        action = claim.action_open_cancel()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user["accountant_a"])
            .create({"claim_id": claim.id, "reason": "Entered twice"})
        )
        wizard.action_confirm()
        self.assertEqual(claim.state, "cancelled")
        self.assertEqual(claim.cancel_reason, "Entered twice")

    def test_hostile_context_reaches_no_entry(self):
        claim = self._approved_claim([5_000])
        self._as(claim, "accountant_a").with_context(
            default_state="posted",
            default_party_fund_id=self.fund_12.id,
            default_analytic_distribution={},
            check_move_validity=False,
            default_date="2020-01-01",
            default_auto_post="at_date",
        ).action_post()
        move = claim.sudo().move_id
        self.assertEqual(str(move.date), "2026-06-15")
        self.assertFalse(move.line_ids.filtered("credit").party_fund_id)
        self.assertCounters(self.line_a, held=0, spent=5_000)

    def test_entry_taken_back_and_posted_again(self):
        claim = self._approved_claim([5_000])
        self._as(claim, "accountant_a").action_post()
        move = claim.sudo().move_id
        move.button_draft()
        self.assertEqual(claim.state, "approved")
        self.assertFalse(claim.move_id)
        self.assertCounters(self.line_a, held=5_000, spent=0)
        with self.assertRaisesRegex(UserError, "agree"), self.env.cr.savepoint():
            move.action_post()
        self._as(claim, "accountant_a").action_post()
        self.assertNotEqual(claim.sudo().move_id, move)
        self.assertCounters(self.line_a, held=0, spent=5_000)

    def test_paid_claim_keeps_its_entry(self):
        claim = self._approved_claim([5_000])
        self._as(claim, "accountant_a").action_post()
        self._as(claim, "cashier").action_pay()
        with self.assertRaisesRegex(UserError, "already paid"):
            claim.sudo().move_id.button_draft()

    def test_content_is_locked_after_sending(self):
        claim = self._new_claim([5_000])
        claim.action_submit()
        for change in (
            lambda: claim.write({"description": "Other"}),
            lambda: claim.line_ids.write({"amount": 6_000}),
            lambda: claim.write(
                {"line_ids": [Command.create({"name": "x", "amount": 1})]}
            ),
            lambda: claim.line_ids.unlink(),
        ):
            with self.assertRaises(UserError):
                change()

    def test_replaced_paper_voids_the_approval(self):
        paper = (
            self.env["ir.attachment"]
            .with_user(self.user["staff_a"])
            .create({"name": "invoice.txt", "raw": b"1", "res_model": "party.claim"})
        )
        claim = self._approved_claim([5_000], attachment_ids=[Command.set(paper.ids)])
        for change in (
            lambda: paper.write({"raw": b"another invoice"}),
            lambda: paper.write({"name": "other.txt"}),
            lambda: paper.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        # even behind the screen
        self.env.cr.execute(
            "UPDATE ir_attachment SET checksum = 'x' WHERE id = %s", [paper.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "does not cover"):
            self._as(claim, "accountant_a").action_post()

    def test_budget_box_only_for_those_who_see_the_board(self):
        claim = self._new_claim([1_000_000], "staff_b", board=self.board_a)
        self.assertFalse(claim.budget_box, "a guest sees no figures of the board")
        box = self._as(claim, "head_a").budget_box
        self.assertIn("100.000.000", box)
        self.assertIn("99.000.000", box)

    def test_late_posting_stays_in_its_budget_year(self):
        claim = self._approved_claim([5_000])
        with freeze_time("2027-01-10 03:00:00"):
            self._as(claim, "accountant_a").action_post()
        self.assertEqual(str(claim.sudo().move_id.date), "2026-12-31")
        self.assertCounters(self.line_a, spent=5_000, held=0)

    def test_large_claim_goes_to_the_chief_of_office(self):
        claim = self._new_claim([20_000_000])
        claim.action_submit()
        roles = claim.sudo().approval_ids.mapped("role")
        self.assertEqual(roles[-1], "office_chief")
