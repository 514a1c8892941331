from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .advance_common import AdvanceCase
from .common import TODAY, Form


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyAdvance(AdvanceCase):
    def _as(self, record, user):
        return record.with_user(self.user[user])

    def test_from_request_to_cash(self):
        advance = self._new_advance(10_000_000)
        self.assertRecordValues(
            advance,
            [
                {
                    "name": "/",
                    "fund_id": self.fund.id,
                    "item_id": self.fuel.id,
                    "requester_id": self.user["staff_a"].id,
                }
            ],
        )
        self.assertEqual(str(advance.due_date), "2026-07-31")
        advance.action_submit()
        self.assertRegex(advance.name, r"^TU2026/\d{5}$")
        self.assertCounters(self.line_a, held=0, advanced=0)
        roles = advance.sudo().approval_ids.mapped("role")
        self.assertEqual(
            roles,
            [
                "board_head",
                "assigned_accountant",
                "chief_accountant",
                "deputy_office_chief",
            ],
        )
        self._approve(advance)
        self.assertEqual(advance.state, "approved")
        self.assertEqual(advance.waiting_user_id, self.user["cashier"])
        self.assertCounters(self.line_a, held=10_000_000, advanced=0)

        self._as(advance, "cashier").action_pay()
        self.assertEqual(advance.state, "paid")
        self.assertCounters(
            self.line_a, held=0, advanced=10_000_000, spent=0, available=90_000_000
        )
        self.assertAdvance(
            advance, paid=10_000_000, settled=0, returned=0, remaining=10_000_000
        )
        self.assertEqual(advance.waiting_user_id, self.user["staff_a"])
        self.assertRegex(advance.voucher_number, r"^PC2026/\d{5}$")
        move = advance.sudo().move_id
        self.assertEqual(move.state, "posted")
        self.assertEqual(self._balances(move), {"141": 10_000_000, "1111": -10_000_000})
        debt = move.line_ids.filtered("debit")
        self.assertEqual(debt.partner_id, self.user["staff_a"].partner_id)
        self.assertRecordValues(
            self.env["party.cash.entry"].search([], limit=1),
            [
                {
                    "direction": "out",
                    "amount": 10_000_000,
                    "balance_after": 990_000_000,
                    "number": advance.voucher_number,
                    "partner_name": "staff_a",
                    "account_move_id": move.id,
                }
            ],
        )
        rows = self.env["party.budget.move"].search(
            [("res_model", "=", "party.advance"), ("res_id", "=", advance.id)],
            order="id",
        )
        self.assertEqual(
            [(r.kind, r.delta_held, r.delta_advanced) for r in rows],
            [("hold", 10_000_000, 0), ("advance", -10_000_000, 10_000_000)],
        )
        self.assertNoAlarm()

    def test_cash_is_not_taken_back_by_a_change_of_the_entry(self):
        move = self._paid_advance(4_000_000).sudo().move_id
        with self.assertRaisesRegex(UserError, "in cash"), self.cr.savepoint():
            move.button_draft()
        with self.assertRaisesRegex(UserError, "cannot be reversed"):
            move._reverse_moves([{"date": "2026-06-15"}], cancel=True)

    def test_who_may_pay(self):
        advance = self._approved_advance(1_000)
        for user in ("staff_a", "head_a", "accountant_a", "chief_accountant"):
            with self.assertRaises(AccessError):
                self._as(advance, user).action_pay()
        self._as(advance, "cashier").action_pay()
        with self.assertRaises(UserError):
            self._as(advance, "cashier").action_pay()

    def test_nobody_pays_his_own(self):
        advance = self._approved_advance(
            1_000, "accountant_a", payment_method="transfer"
        )
        self.assertEqual(advance.waiting_user_id, self.user["chief_accountant"])
        group = self.env.ref("party_office_base.group_cashier")
        own = self._approved_advance(1_000)
        group.user_ids += self.user["staff_a"]
        with self.assertRaisesRegex(AccessError, "own advance"):
            own.action_pay()
        self._keep_one_cashier()
        own = self._new_advance(1_000, "cashier")
        own.action_submit()
        with self.assertRaisesRegex(UserError, "no cashier"):
            self._approve(own)

    def test_two_at_once_and_wrong_states(self):
        both = self._approved_advance(1_000) | self._approved_advance(2_000)
        self._as(both, "cashier").action_pay()
        self.assertEqual(both.mapped("state"), ["paid", "paid"])
        self.assertEqual(len(set(both.mapped("voucher_number"))), 2)
        draft = self._new_advance(1_000)
        with self.assertRaises(UserError):
            self._as(draft, "cashier").action_pay()
        with self.assertRaises(UserError):
            both[0].action_cancel()

    def test_cancel_frees_the_hold(self):
        advance = self._approved_advance(7_000)
        with self.assertRaises(UserError):
            self._as(advance, "cashier").action_cancel()
        advance.action_cancel("not needed")
        self.assertEqual(advance.state, "cancelled")
        self.assertCounters(self.line_a, held=0, available=100_000_000)
        self.assertNoAlarm()

    def test_never_more_than_the_budget(self):
        self._approved_advance(60_000_000)
        advance = self._new_advance(60_000_000)
        advance.action_submit()
        with self.assertRaises(UserError) as refused, self.cr.savepoint():
            self._approve(advance)
        for part in ("100.000.000", "60.000.000", "40.000.000", "20.000.000"):
            self.assertIn(part, str(refused.exception))

    def test_the_box_must_have_it(self):
        self.cash_box.with_user(self.user["chief_accountant"])
        self.env["party.cash.entry"]._record(
            "out", 995_000_000, "2026-06-15", self.cash_box, "X", "x", "x"
        )
        advance = self._approved_advance(8_000_000)
        with self.assertRaises(UserError) as refused, self.cr.savepoint():
            self._as(advance, "cashier").action_pay()
        text = str(refused.exception)
        for part in ("5.000.000", "8.000.000", "3.000.000", "Treasury"):
            self.assertIn(part, text)
        self.env.invalidate_all()
        self.assertEqual(advance.state, "approved")
        self.assertFalse(advance.voucher_number)
        self.assertCounters(self.line_a, held=8_000_000, advanced=0)

    def test_no_new_one_while_one_is_overdue(self):
        old = self._paid_advance(3_000_000)
        self.assertFalse(old.is_overdue)
        with freeze_time("2026-07-31 03:00:00"):
            old.invalidate_recordset()
            self.assertFalse(old.is_overdue)
            self._new_advance(1_000, date="2026-07-31").action_submit()
        with freeze_time("2026-08-02 03:00:00"):
            old.invalidate_recordset()
            self.assertRecordValues(old, [{"is_overdue": True, "days_overdue": 2}])
            found = old.search([("is_overdue", "=", True)])
            self.assertEqual(found, old)
            self.assertNotIn(old, old.search([("is_overdue", "=", False)]))
            # of another board as well: the debt is the person's
            new = self._new_advance(1_000, date="2026-08-02", board=self.board_b)
            with self.assertRaises(UserError) as refused:
                new.action_submit()
            for part in (old.name, "3.000.000", "31/07/2026"):
                self.assertIn(part, str(refused.exception))
            self._new_advance(1_000, "head_a", date="2026-08-02").action_submit()

    def test_money_of_a_year_is_advanced_in_that_year(self):
        advance = self._approved_advance(1_000)
        with (
            freeze_time("2027-01-05 03:00:00"),
            self.assertRaisesRegex(UserError, "of the budget of 2026"),
        ):
            self._as(advance, "cashier").action_pay()

    def test_no_payment_of_what_is_not_as_approved(self):
        advance = self._approved_advance(1_000)
        self.cr.execute(
            "UPDATE party_advance SET due_date = '2027-01-01' WHERE id = %s",
            [advance.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "does not cover"):
            self._as(advance, "cashier").action_pay()

    def test_replaced_paper(self):
        staff = self.user["staff_a"]
        paper = (
            self.env["ir.attachment"]
            .with_user(staff)
            .create({"name": "plan.txt", "raw": b"1", "res_model": "party.advance"})
        )
        advance = self._new_advance(1_000, attachment_ids=[Command.set(paper.ids)])
        self.assertEqual(paper.res_id, advance.id)
        advance.action_submit()
        with self.assertRaises(UserError):
            paper.write({"raw": b"2"})

    def test_content_is_locked_after_sending(self):
        advance = self._new_advance(1_000)
        advance.action_submit()
        for name, value in (
            ("amount", 5),
            ("purpose", "x"),
            ("due_date", "2027-01-01"),
            ("payment_method", "transfer"),
        ):
            with self.assertRaises(UserError):
                advance.write({name: value})

    def test_limits(self):
        for amount in (0, -5, 10**15 + 1):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self._new_advance(amount)
        with self.assertRaises(ValidationError):
            self._new_advance(5, due_date="2026-06-01")
        with self.assertRaisesRegex(UserError, "no budget in 2027"):
            self._new_advance(5, date="2027-01-05").action_submit()

    def test_the_wall_between_the_funds(self):
        party = self.env["party.fund"].search([("regime", "=", "party")], limit=1)
        self._allocate(self.board_a, 5_000, fund=party)
        advance = self._new_advance(1_000, fund_id=party.id)
        self.env["party.fund.rule"].create(
            {
                "name": "No Party money for fuel",
                "item_id": self.fuel.id,
                "kind_id": self.kind.id,
                "fund_ids": [Command.set(self.fund.ids)],
            }
        )
        with self.assertRaisesRegex(UserError, "crossing between funds"):
            advance.action_submit()

    def test_form(self):
        with Form(self.env["party.advance"].with_user(self.user["staff_a"])) as form:
            form.purpose = "Conference"
            form.amount = 5_000_000
            form.date = "2026-11-30"
        self.assertEqual(str(form.record.due_date), "2026-12-31")

    def test_decision_note(self):
        advance = self._new_advance(1_000_000)
        note = advance._decision_notes()[advance.id]
        self.assertIn("99.000.000", note)

    def test_settle_opens_a_claim(self):
        advance = self._paid_advance(1_000)
        action = advance.action_settle()
        claims = self.env[action["res_model"]].with_user(self.user["staff_a"])
        with Form(claims.with_context(**action["context"])) as form:
            self.assertEqual(form.advance_id.id, advance.id)
            with form.line_ids.new() as line:
                line.name = "Fuel"
                line.amount = 900
            self.assertEqual(form.advance_applied, 900)
            self.assertEqual(form.amount_due, 0)
