from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .treasury_case import TreasuryCase

LIMIT = 150_000_000


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyTreasury(TreasuryCase):
    """Each movement: its entry, the counters of the estimate, what it refuses."""

    # ------------------------------------------------------------------- estimate
    def test_decisions_give_the_estimate(self):
        self.assertBalance(LIMIT, 0, 0)
        self._allocate(self.board_a, 5_000_000, kind="reduce")
        self.assertBalance(LIMIT - 5_000_000, 0, 0)
        self._allocate(self.board_a, 9_000_000, fund=self.fund_12)
        self.assertBalance(9_000_000, 0, 0, fund=self.fund_12)
        self._allocate(self.board_a, 9_000_000, fund=self.party_fund)
        self.assertFalse(self._balance(self.party_fund))

    def test_estimate_that_is_drawn_is_not_reduced(self):
        self._paper("cash_actual", 100_000_000)
        with self.assertRaisesRegex(UserError, "10.000.000"):
            self._allocate(self.board_a, 60_000_000, kind="reduce")

    # ----------------------------------------------------------------- each kind
    def test_cash_advance(self):
        document = self._paper("cash_advance", 20_000_000)
        self.assertEntry(document, ("1111", 20_000_000, 0), ("3371", 0, 20_000_000))
        self.assertBalance(LIMIT, 20_000_000, 0)
        entry = document.sudo().move_id
        self.assertEqual(entry.journal_id, self.company.party_treasury_journal_id)
        self.assertEqual(str(entry.date), "2026-06-12")
        self.assertRegex(document.name, r"^KB2026/\d{5}$")
        self.assertTrue(document.is_open)
        self.assertEqual(document.amount_open, 20_000_000)

    def test_cash_actual(self):
        document = self._paper("cash_actual", 20_000_000)
        self.assertEntry(document, ("1111", 20_000_000, 0), ("3371", 0, 20_000_000))
        self.assertBalance(LIMIT, 0, 20_000_000)
        self.assertFalse(document.is_open)

    def test_transfer_advance(self):
        document = self._paper("transfer_advance", 7_000_000, partner_id=self.payee.id)
        self.assertEntry(document, ("141", 7_000_000, 0), ("3371", 0, 7_000_000))
        self.assertBalance(LIMIT, 7_000_000, 0)

    def test_transfer_pays_claims(self):
        claims = self._posted_claim([3_000_000, 500_000]) | self._posted_claim(
            [1_000_000]
        )
        document = self._new_paper(
            "transfer_actual", claim_ids=[Command.set(claims.ids)]
        )
        self.assertEqual(document.amount_total, 4_500_000)
        self._post(document)
        self.assertEntry(
            document,
            ("331", 3_500_000, 0),
            ("5111", 0, 3_500_000),
            ("331", 1_000_000, 0),
            ("5111", 0, 1_000_000),
        )
        self.assertBalance(LIMIT, 0, 4_500_000)
        chief = self.user["chief_accountant"]
        for claim in claims.sudo():
            self.assertEqual(claim.state, "paid")
            self.assertEqual(claim.paid_by_id, chief)
            self.assertEqual(str(claim.paid_on), "2026-06-12")
            self.assertFalse(claim.waiting_user_id)
            payable = claim.move_id.line_ids.filtered(
                lambda item: item.account_id.code == "331"
            )
            self.assertTrue(payable.reconciled)

    def test_settle_advance(self):
        advance = self._paper("cash_advance", 20_000_000)
        settlement = self._paper("settle_advance", 15_000_000, origin=advance)
        self.assertFalse(settlement.move_id)
        self.assertBalance(LIMIT, 5_000_000, 15_000_000)
        self.assertEqual(advance.amount_open, 5_000_000)
        rest = self._paper("settle_advance", 5_000_000, origin=advance)
        self.assertBalance(LIMIT, 0, 20_000_000)
        self.assertFalse(advance.is_open)
        self._reversed(rest)
        self.assertBalance(LIMIT, 5_000_000, 15_000_000)
        self.assertTrue(advance.is_open)

    def test_advance_is_not_settled_twice(self):
        advance = self._paper("cash_advance", 20_000_000)
        late = self._sign(self._new_paper("settle_advance", 15_000_000, origin=advance))
        self._paper("settle_advance", 10_000_000, origin=advance)
        with self.assertRaises(UserError) as refusal:
            late.with_user(self.user["chief_accountant"]).action_post()
        for figure in ("20.000.000", "10.000.000", "15.000.000"):
            self.assertIn(figure, str(refusal.exception))

    def test_settle_button(self):
        advance = self._paper("cash_advance", 20_000_000)
        action = advance.with_user(self.user["accountant_a"]).action_settle()
        settlement = advance.browse(action["res_id"])
        self.assertRecordValues(
            settlement, [{"kind": "settle_advance", "amount_total": 20_000_000}]
        )
        self._post(settlement.with_user(self.user["accountant_a"]))
        self.assertBalance(LIMIT, 0, 20_000_000)
        with self.assertRaises(UserError):
            advance.with_user(self.user["accountant_a"]).action_settle()

    def test_repay_advance(self):
        advance = self._paper("cash_advance", 20_000_000)
        document = self._paper("repay_advance", 4_000_000, origin=advance)
        self.assertEntry(document, ("3371", 4_000_000, 0), ("1111", 0, 4_000_000))
        self.assertBalance(LIMIT, 16_000_000, 0, repaid=4_000_000)
        self.assertEqual(advance.amount_open, 16_000_000)

    def test_repay_spending(self):
        self._paper("cash_actual", 20_000_000)
        document = self._paper("repay_actual", 4_000_000)
        self.assertEntry(document, ("3371", 4_000_000, 0), ("1111", 0, 4_000_000))
        self.assertBalance(LIMIT, 0, 16_000_000, repaid=4_000_000)
        too_much = self._sign(self._new_paper("repay_actual", 17_000_000))
        with self.assertRaisesRegex(UserError, "1.000.000"):
            too_much.with_user(self.user["chief_accountant"]).action_post()

    def test_payment_orders(self):
        fund = {"fund_id": self.order_fund.id}
        self._allocate(self.board_a, 90_000_000, fund=self.order_fund)
        self.assertFalse(self._balance(self.order_fund))
        actual = self._paper("order_actual", 30_000_000, **fund)
        advance = self._paper("order_advance", 10_000_000, **fund)
        self.assertEntry(actual, ("1121", 30_000_000, 0), ("3371", 0, 30_000_000))
        self.assertBalance(40_000_000, 0, 0, fund=self.order_fund)
        claim = self._posted_claim([6_000_000], **self._lines_of(self.order_fund))
        spent = self._paper(
            "order_spending",
            claim_ids=[Command.set(claim.ids)],
            order_id=actual.id,
            **fund,
        )
        self.assertEntry(
            spent,
            ("331", 6_000_000, 0),
            ("1121", 0, 6_000_000),
            ("3371", 6_000_000, 0),
            ("5112", 0, 6_000_000),
        )
        self.assertEqual(claim.sudo().state, "paid")
        self.assertBalance(40_000_000, 0, 6_000_000, fund=self.order_fund)
        self.assertEqual(actual.amount_open, 24_000_000)
        cash = self._paper("cash_actual", 4_000_000, order_id=advance.id, **fund)
        self.assertEntry(cash, ("1111", 4_000_000, 0), ("1121", 0, 4_000_000))
        self.assertBalance(40_000_000, 4_000_000, 6_000_000, fund=self.order_fund)
        approved = self._paper("order_approved", 4_000_000, order_id=advance.id, **fund)
        self.assertFalse(approved.move_id)
        self.assertBalance(40_000_000, 0, 10_000_000, fund=self.order_fund)
        self.assertEqual(advance.amount_open, 6_000_000)
        repaid = self._paper("repay_actual", 24_000_000, order_id=actual.id, **fund)
        self.assertEntry(repaid, ("3371", 24_000_000, 0), ("1121", 0, 24_000_000))
        self.assertBalance(
            16_000_000, 0, 10_000_000, repaid=24_000_000, fund=self.order_fund
        )
        self.assertFalse(actual.is_open)

    def test_orders_are_not_mixed_up(self):
        fund = {"fund_id": self.order_fund.id}
        actual = self._paper("order_actual", 30_000_000, **fund)
        for kind, values in (
            ("order_approved", {"order_id": actual.id}),
            ("repay_advance", {"order_id": actual.id}),
            ("repay_actual", {}),
            ("cash_actual", {}),
            ("transfer_advance", {}),
        ):
            with self.subTest(kind), self.assertRaises(UserError):
                self._new_paper(kind, 1_000, **values, **fund).action_submit()
        with self.assertRaises(UserError):
            self._new_paper("order_actual", 1_000).action_submit()

    def test_order_is_the_limit(self):
        fund = {"fund_id": self.order_fund.id}
        self._allocate(self.board_a, 90_000_000, fund=self.order_fund)
        actual = self._paper("order_actual", 5_000_000, **fund)
        document = self._sign(
            self._new_paper("cash_actual", 6_000_000, order_id=actual.id, **fund)
        )
        with self.assertRaises(UserError):
            document.with_user(self.user["chief_accountant"]).action_post()

    def test_money_of_the_party(self):
        """No estimate at the Treasury: the bank pays, nothing is counted."""
        self._allocate(self.board_a, 9_000_000, fund=self.party_fund)
        document = self._paper("cash_actual", 2_000_000, fund_id=self.party_fund.id)
        self.assertEntry(document, ("1111", 2_000_000, 0), ("1121", 0, 2_000_000))
        self.assertEqual(
            document.sudo().move_id.journal_id, self.company.party_bank_journal_id
        )
        self.assertFalse(self._balance(self.party_fund))

    def _lines_of(self, fund, amount=6_000_000):
        self._allocate(self.board_a, amount, fund=fund, kind="supplement")
        return {
            "line_ids": [
                Command.create({"name": "Fuel", "amount": amount, "fund_id": fund.id})
            ]
        }

    # -------------------------------------------------------------------- refusals
    def test_no_more_than_the_estimate(self):
        self._paper("cash_actual", 100_000_000)
        self._paper("cash_advance", 20_000_000)
        document = self._sign(self._new_paper("cash_actual", 40_000_000))
        with self.assertRaises(UserError) as refusal:
            document.with_user(self.user["chief_accountant"]).action_post()
        text = str(refusal.exception)
        for figure in (
            "150.000.000",
            "20.000.000",
            "100.000.000",
            "30.000.000",
            "40.000.000",
            "Missing: 10.000.000",
        ):
            self.assertIn(figure, text)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_too(self):
        self.env.flush_all()
        for column, value in (("actual", LIMIT + 1), ("advance", -1), ("repaid", -1)):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.env.cr.execute(
                    f"UPDATE party_treasury_balance SET {column} = %s WHERE id = %s",
                    [value, self._balance().id],
                )
        advance = self._paper("cash_advance", 20_000_000)
        self.env.flush_all()
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE party_treasury_move SET settled_amount = amount + 1 "
                "WHERE id = %s",
                [advance.id],
            )

    def test_years(self):
        last = {"year": 2025, "date": "2026-02-01"}
        with self.assertRaisesRegex(UserError, "01/02/2026"):
            self._new_paper("cash_actual", 1_000, **last).action_submit()
        with self.assertRaises(UserError):
            self._new_paper("cash_actual", 1_000, year=2027).action_submit()
        self._allocate(self.board_a, 5_000_000, year=2025)
        january = self._paper("cash_actual", 5_000_000, year=2025, date="2026-01-31")
        self.assertEqual(january.state, "posted")
        self.assertEqual(self._balance(year=2025).actual, 5_000_000)
        back = {"year": 2025, "date": "2026-02-15"}
        self._paper("repay_actual", 1_000_000, **back)
        with self.assertRaises(UserError):
            self._new_paper(
                "repay_actual", 1_000, year=2025, date="2026-02-16"
            ).action_submit()

    def test_paper_of_a_later_day_is_not_posted(self):
        document = self._sign(self._new_paper("cash_actual", 1_000, date="2026-06-16"))
        with self.assertRaises(UserError):
            document.with_user(self.user["chief_accountant"]).action_post()

    def test_contents(self):
        with self.assertRaisesRegex(UserError, "at least one board"):
            self._new_paper("cash_actual").action_submit()
        with self.assertRaisesRegex(UserError, "at least one board"):
            self._new_paper("transfer_actual").action_submit()
        # without claims it pays what entries owe
        self._new_paper("transfer_actual", 1_000).action_submit()
        with self.assertRaises(UserError):
            self._new_paper("settle_advance", 1_000).action_submit()
        with self.assertRaises(UserError):
            self._new_paper("cash_actual", 10**15)
        advance_b = self._paper(
            "cash_advance", 1_000_000, user="accountant_b", board=self.board_b
        )
        with self.assertRaises(UserError):
            self._new_paper("settle_advance", 1_000, origin=advance_b).action_submit()
        actual = self._paper("cash_actual", 1_000_000)
        with self.assertRaises(UserError):
            self._new_paper("settle_advance", 1_000, origin=actual).action_submit()
        with self.assertRaises(UserError):
            self._new_paper("cash_actual", 1_000, origin=actual).action_submit()

    def test_claims_that_cannot_be_paid(self):
        cash = self._posted_claim([1_000_000], payment_method="cash")
        approved = self._approved_claim(
            [1_000_000], payment_method="transfer", partner_id=self.payee.id
        )
        other_fund = self._posted_claim([6_000_000], **self._lines_of(self.fund_12))
        for claim in (cash, approved, other_fund):
            document = self._new_paper(
                "transfer_actual", claim_ids=[Command.set(claim.ids)]
            )
            with self.subTest(claim.name), self.assertRaises(UserError):
                document.action_submit()
        claim = self._posted_claim([1_000_000])
        values = {"claim_ids": [Command.set(claim.ids)]}
        self._sign(self._new_paper("transfer_actual", **values))
        second = self._new_paper("transfer_actual", **values)
        with self.assertRaisesRegex(UserError, "KB2026"):
            second.action_submit()

    def test_claim_whose_entry_was_taken_back_meanwhile(self):
        claim = self._posted_claim([1_000_000])
        document = self._sign(
            self._new_paper("transfer_actual", claim_ids=[Command.set(claim.ids)])
        )
        claim.sudo().move_id.with_user(self.user["chief_accountant"]).button_draft()
        with self.assertRaises(UserError):
            document.with_user(self.user["chief_accountant"]).action_post()
        self.assertEqual(claim.sudo().state, "approved")
        self.assertBalance(LIMIT, 0, 0)

    def test_lines_follow_the_claims(self):
        claim = self._posted_claim([1_000_000])
        document = self._new_paper(
            "transfer_actual", claim_ids=[Command.set(claim.ids)]
        )
        document.line_ids.amount = 5
        self._post(document)
        self.assertBalance(LIMIT, 0, 1_000_000)
        other = self._new_paper("transfer_actual", claim_ids=[Command.set(claim.ids)])
        other.kind = "cash_actual"
        self.assertFalse(other.line_ids)

    # ------------------------------------------------------------------- signatures
    def test_two_persons_sign(self):
        document = self._new_paper("cash_actual", 1_000)
        document.action_submit()
        steps = document.sudo().approval_ids
        self.assertEqual(steps.mapped("role"), ["chief_accountant", "office_chief"])
        self.assertEqual(document.waiting_user_id, self.user["chief_accountant"])
        self._approve(document)
        self.assertEqual(
            steps.decided_by_id,
            self.user["chief_accountant"] | self.user["office_chief"],
        )
        self.assertEqual(document.waiting_user_id, self.user["chief_accountant"])

    def test_the_chief_accountants_own_paper_is_signed_by_two_others(self):
        document = self._new_paper("cash_actual", 1_000, user="chief_accountant")
        self._post(document)
        self.assertEqual(
            document.sudo().approval_ids.mapped("decided_by_id"),
            self.user["office_chief"] | self.user["deputy_chief"],
        )
        self.company.deputy_office_chief_id = False
        alone = self._new_paper("cash_actual", 1_000, user="chief_accountant")
        with self.assertRaisesRegex(UserError, "Two persons"):
            self._sign(alone)

    def test_author_does_not_approve(self):
        document = self._new_paper("cash_actual", 1_000, user="chief_accountant")
        document.action_submit()
        seen = document.content_hash
        with self.assertRaises(AccessError):
            document.with_context(approval_seen=seen).action_approve()

    def test_who_posts(self):
        document = self._sign(self._new_paper("cash_actual", 1_000))
        for user in ("accountant_b", "cashier", "office_chief", "staff_a", "manager"):
            with self.subTest(user), self.assertRaises(AccessError):
                document.with_user(self.user[user]).action_post()
        draft = self._new_paper("cash_actual", 1_000)
        with self.assertRaises(UserError):
            draft.action_post()
        document.with_user(self.user["accountant_a"]).action_post()
        self.assertEqual(document.state, "posted")
        with self.assertRaises(UserError):
            document.action_post()

    def test_two_documents_at_once(self):
        both = self._sign(self._new_paper("cash_actual", 1_000)) | self._sign(
            self._new_paper("cash_advance", 2_000)
        )
        both.with_user(self.user["chief_accountant"]).action_post()
        self.assertEqual(both.mapped("state"), ["posted", "posted"])
        self.assertBalance(LIMIT, 2_000, 1_000)

    def test_who_posted_a_claim_does_not_pay_it(self):
        claim = self._posted_claim([1_000_000])
        document = self._sign(
            self._new_paper("transfer_actual", claim_ids=[Command.set(claim.ids)])
        )
        with self.assertRaises(AccessError):
            document.with_user(self.user["accountant_a"]).action_post()
        # the wall behind it: the claim's own check
        with self.assertRaises(AccessError):
            claim.with_user(self.user["accountant_a"]).sudo()._on_treasury_paid(
                document.sudo()
            )

    # -------------------------------------------------------------------- reversal
    def test_reversal(self):
        claim = self._posted_claim([1_000_000])
        document = self._paper("transfer_actual", claim_ids=[Command.set(claim.ids)])
        reversal = self._reversed(document)
        self.assertEntry(reversal, ("5111", 1_000_000, 0), ("331", 0, 1_000_000))
        self.assertBalance(LIMIT, 0, 0)
        self.assertRecordValues(
            claim.sudo(), [{"state": "posted", "paid_by_id": False, "paid_on": False}]
        )
        self.assertEqual(claim.sudo().waiting_user_id, self.user["accountant_a"])
        self.assertEqual(
            reversal.sudo().move_id.reversed_entry_id, document.sudo().move_id
        )
        with self.assertRaises(UserError):
            document.with_user(self.user["chief_accountant"]).action_reverse()
        with self.assertRaises(UserError):
            reversal.with_user(self.user["chief_accountant"]).action_reverse()
        again = self._paper("transfer_actual", claim_ids=[Command.set(claim.ids)])
        self.assertEqual(claim.sudo().state, "paid")
        self.assertEqual(again.state, "posted")
        self.assertBalance(LIMIT, 0, 1_000_000)

    def test_reversal_of_an_advance(self):
        advance = self._paper("cash_advance", 20_000_000)
        self._reversed(advance)
        self.assertBalance(LIMIT, 0, 0)
        self.assertFalse(advance.is_open)
        with self.assertRaises(UserError):
            self._new_paper("settle_advance", 1_000, origin=advance).action_submit()
        settled = self._paper("cash_advance", 20_000_000)
        self._paper("settle_advance", 1_000, origin=settled)
        with self.assertRaisesRegex(UserError, "settled"):
            settled.with_user(self.user["accountant_a"]).action_reverse()

    def test_reversal_is_for_who_keeps_the_books(self):
        document = self._paper("cash_actual", 1_000)
        for user in ("accountant_b", "cashier", "office_chief"):
            with self.subTest(user), self.assertRaises(AccessError):
                document.with_user(self.user[user]).action_reverse()

    def test_posted_document_is_not_cancelled(self):
        document = self._paper("cash_actual", 1_000)
        with self.assertRaises(UserError):
            document.action_cancel()
        with self.assertRaises(UserError):
            document.unlink()
        draft = self._sign(self._new_paper("cash_actual", 1_000))
        draft.action_cancel()
        self.assertEqual(draft.state, "cancelled")
        self.assertBalance(LIMIT, 0, 1_000)

    def test_entry_stands_with_its_document(self):
        document = self._paper("cash_actual", 1_000)
        entry = document.sudo().move_id.with_user(self.user["chief_accountant"])
        with self.assertRaises(UserError):
            entry.button_draft()
        with self.assertRaises(UserError):
            entry.write({"state": "cancel"})
        copy = entry._reverse_moves([{"date": entry.date}])
        with self.assertRaises(UserError):
            copy.action_post()

    # ----------------------------------------------------------------------- hooks
    def test_cash_hooks(self):
        documents = self.env.registry["party.treasury.move"]
        with (
            patch.object(documents, "_on_cash_withdrawn") as withdrawn,
            patch.object(documents, "_on_cash_repaid") as repaid,
        ):
            self._paper("cash_advance", 1_000)
            self._paper("cash_actual", 2_000)
            self.assertEqual(withdrawn.call_count, 2)
            self._paper("transfer_advance", 1_000)
            self.assertEqual(withdrawn.call_count, 2)
            self._paper("repay_actual", 1_000)
            self.assertEqual(repaid.call_count, 1)

    # --------------------------------------------------------------------- overdue
    def test_overdue(self):
        april = self._paper("cash_advance", 1_000, date="2026-04-30")
        may = self._paper("cash_advance", 2_000, date="2026-05-01")
        contract = self._paper(
            "transfer_advance", 3_000, date="2026-04-01", contract="12/HĐ"
        )
        self.assertEqual(str(april.settle_by), "2026-05-31")
        self.assertFalse(contract.settle_by)
        documents = april | may | contract
        domain = [("id", "in", documents.ids)]
        self.assertEqual(documents.filtered("overdue"), april)
        model = self.env["party.treasury.move"]
        self.assertEqual(model.search([*domain, ("overdue", "=", True)]), april)
        self.assertEqual(
            model.search([*domain, ("overdue", "=", False)]), may | contract
        )
        self._paper("settle_advance", 1_000, origin=april)
        self.assertFalse(april.overdue)
        self.assertFalse(model.search([*domain, ("overdue", "=", True)]))

    # ------------------------------------------------------------------------ form
    def test_form(self):
        model = self.env["party.treasury.move"].with_user(self.user["accountant_a"])
        with Form(model) as form:
            form.kind = "cash_advance"
            with form.line_ids.new() as line:
                line.board_id = self.board_a
                line.item_id = self.fuel
                line.amount = 3_000_000
        document = form.record
        self.assertRecordValues(
            document, [{"year": 2026, "amount_total": 3_000_000, "state": "draft"}]
        )
        self.assertEqual(document.sudo().board_id, self.board_a)
        self._post(document)
        self.assertBalance(LIMIT, 3_000_000, 0)

    # --------------------------------------------------------------------- cash box
    def _box(self):
        return self.env["party.cash.box"]._of(self.company).balance

    def test_withdrawn_cash_reaches_the_box_when_the_cashier_says_so(self):
        before = self._box()
        document = self._paper("cash_advance", 5_000_000)
        receipt = self.env["party.receipt"].search(
            [("move_id", "=", document.sudo().move_id.id)]
        )
        self.assertEqual((receipt.state, receipt.amount), ("issued", 5_000_000))
        self.assertEqual(self._box(), before)
        receipt.with_user(self.user["cashier"]).action_receive()
        self.assertEqual(self._box(), before + 5_000_000)
        with self.assertRaises(UserError):
            self._reversed(document)

    def test_withdrawal_taken_back_before_the_cash_arrives(self):
        document = self._paper("cash_advance", 5_000_000)
        receipt = self.env["party.receipt"].search(
            [("move_id", "=", document.sudo().move_id.id)]
        )
        self._reversed(document)
        self.assertEqual(receipt.state, "cancelled")
