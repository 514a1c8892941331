from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.test_form_report import pdf_pages

from .advance_common import AdvanceCase
from .common import TODAY


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestAdvanceSettlement(AdvanceCase):
    """An advance of 10 million settled by papers: less, equal, more, taken back."""

    def setUp(self):
        super().setUp()
        self.advance = self._paid_advance(10_000_000)
        self.in_box = self.cash_box.balance

    def _reverse(self, move):
        """Return the posted reversal of an entry, agreed to by a second person."""
        reverse = self._agreed(move._reverse_moves([{"date": "2026-06-15"}]))
        reverse.action_post()
        return reverse

    def _cash_moved(self):
        self.cash_box.invalidate_recordset()
        return self.cash_box.balance - self.in_box

    def test_equal(self):
        claim = self._new_claim([6_000_000, 4_000_000], advance_id=self.advance.id)
        self.assertEqual(claim.advance_applied, 10_000_000)
        self.assertEqual(claim.amount_due, 0)
        claim.action_submit()
        self._approve(claim)
        self.assertCounters(self.line_a, held=0, advanced=10_000_000, spent=0)
        self.assertAdvance(self.advance, settled=0, reserved=10_000_000)
        move = self._post(claim)
        self.assertRecordValues(
            claim,
            [
                {
                    "state": "paid",
                    "voucher_number": False,
                    "waiting_user_id": False,
                    "advance_applied": 10_000_000,
                    "amount_due": 0,
                }
            ],
        )
        self.assertEqual(str(claim.paid_on), "2026-06-15")
        self.assertEqual(
            self._balances(move),
            {
                "61112": 10_000_000,
                "141": -10_000_000,
                "3371": 10_000_000,
                "5111": -10_000_000,
            },
        )
        debt = move.line_ids.filtered(lambda i: i.account_id.code == "141")
        self.assertEqual(debt.partner_id, self.user["staff_a"].partner_id)
        self.assertCounters(self.line_a, held=0, advanced=0, spent=10_000_000)
        self.assertAdvance(
            self.advance,
            state="settled",
            settled=10_000_000,
            reserved=0,
            remaining=0,
            waiting_user_id=False,
        )
        self.assertEqual(self._cash_moved(), 0)
        with self.assertRaises(UserError):
            claim.with_user(self.user["cashier"]).action_pay()
        self.assertNoAlarm()

    def test_less_stays_open(self):
        claim = self._settling_claim(self.advance, [7_000_000])
        self._post(claim)
        self.assertCounters(
            self.line_a, advanced=3_000_000, spent=7_000_000, available=90_000_000
        )
        self.assertAdvance(
            self.advance, state="paid", settled=7_000_000, remaining=3_000_000
        )
        second = self._settling_claim(self.advance, [3_000_000])
        self._post(second)
        self.assertAdvance(self.advance, state="settled", remaining=0)
        self.assertCounters(self.line_a, advanced=0, spent=10_000_000)
        self.assertNoAlarm()

    def test_more_is_held_and_paid(self):
        claim = self._settling_claim(self.advance, [12_500_000])
        self.assertEqual(claim.advance_applied, 10_000_000)
        self.assertEqual(claim.amount_due, 2_500_000)
        self.assertEqual(claim.due_words, "Hai triệu năm trăm nghìn đồng")
        self.assertCounters(
            self.line_a, held=2_500_000, advanced=10_000_000, available=87_500_000
        )
        self.assertNoAlarm()
        move = self._post(claim)
        self.assertEqual(claim.state, "posted")
        self.assertTrue(claim.voucher_number)
        self.assertEqual(
            self._balances(move),
            {
                "61112": 12_500_000,
                "141": -10_000_000,
                "1111": -2_500_000,
                "3371": 12_500_000,
                "5111": -12_500_000,
            },
        )
        self.assertEqual(len(move.line_ids.filtered("party_claim_line_id")), 1)
        self.assertCounters(self.line_a, held=0, advanced=0, spent=12_500_000)
        self.assertAdvance(self.advance, state="settled", settled=10_000_000)
        claim.with_user(self.user["cashier"]).action_pay()
        self.assertEqual(self._cash_moved(), -2_500_000)
        self.assertNoAlarm()

    def test_more_by_transfer(self):
        payee = self.env["res.partner"].create({"name": "Hotel"})
        claim = self._settling_claim(
            self.advance, [11_000_000], payment_method="transfer", partner_id=payee.id
        )
        move = self._post(claim)
        self.assertEqual(
            self._balances(move),
            {
                "61112": 11_000_000,
                "141": -10_000_000,
                "331": -1_000_000,
                "3371": 10_000_000,
                "5111": -10_000_000,
            },
        )
        owed = move.line_ids.filtered(lambda i: i.account_id.code == "331")
        self.assertEqual(owed.partner_id, payee)

    def test_another_budget_line(self):
        """8 million of fuel and 5 of supplies against 10 advanced for fuel."""
        other = self._allocate(self.board_a, 5_000_000, item=self.supplies)
        claim = self._new_claim([8_000_000], advance_id=self.advance.id)
        self._add_line(claim, 5_000_000, self.supplies)
        claim.action_submit()
        self._approve(claim)
        self.assertEqual(
            claim.sudo().line_ids.mapped("advance_amount"), [8_000_000, 2_000_000]
        )
        self.assertEqual(claim.amount_due, 3_000_000)
        # the money of supplies was never advanced: all of it is held
        self.assertCounters(self.line_a, held=0, advanced=10_000_000)
        self.assertCounters(other, held=5_000_000, available=0)
        self.assertNoAlarm()
        move = self._post(claim)
        self.assertEqual(
            self._balances(move),
            {
                "61112": 13_000_000,
                "141": -10_000_000,
                "1111": -3_000_000,
                "3371": 13_000_000,
                "5111": -13_000_000,
            },
        )
        # the 2 million that supplies settled are free again for fuel
        self.assertCounters(
            self.line_a, advanced=0, spent=8_000_000, available=92_000_000
        )
        self.assertCounters(other, held=0, spent=5_000_000, available=0)
        self.assertAdvance(self.advance, state="settled", settled=10_000_000)
        self.assertNoAlarm()
        move.button_draft()
        self.assertCounters(self.line_a, advanced=10_000_000, spent=0)
        self.assertCounters(other, held=5_000_000, spent=0)
        self.assertAdvance(self.advance, settled=0, reserved=10_000_000)
        self.assertNoAlarm()

    def test_another_line_never_overspends(self):
        self._allocate(self.board_a, 1_000_000, item=self.supplies)
        claim = self._new_claim([1_000], advance_id=self.advance.id)
        self._add_line(claim, 1_000_001, self.supplies)
        claim.action_submit()
        with self.assertRaisesRegex(UserError, "1.000.001"):
            self._approve(claim)

    def test_taken_back_restores_everything(self):
        for amounts, due in (([4_000_000], 0), ([12_000_000], 2_000_000)):
            claim = self._settling_claim(self.advance, amounts)
            before = self.line_a.read(["held", "advanced", "spent", "available"])
            move = self._post(claim)
            move.button_draft()
            self.line_a.invalidate_recordset()
            self.assertEqual(
                self.line_a.read(["held", "advanced", "spent", "available"]), before
            )
            self.assertRecordValues(
                claim,
                [
                    {
                        "state": "approved",
                        "voucher_number": False,
                        "paid_on": False,
                        "amount_due": due,
                        "waiting_user_id": self.user["accountant_a"].id,
                    }
                ],
            )
            self.assertAdvance(
                self.advance, state="paid", settled=0, reserved=sum(amounts) - due
            )
            self.assertNoAlarm()
            # and it can be posted again
            self._post(claim).button_draft()
            claim.action_cancel("wrong papers")
            self.assertAdvance(self.advance, reserved=0, remaining=10_000_000)
            self.assertCounters(self.line_a, held=0, advanced=10_000_000, spent=0)

    def test_reversal_reopens_the_advance(self):
        claim = self._settling_claim(self.advance, [12_000_000])
        move = self._post(claim)
        claim.with_user(self.user["cashier"]).action_pay()
        reverse = self._reverse(move)
        self.assertEqual(reverse.state, "posted")
        self.assertCounters(
            self.line_a, held=0, advanced=10_000_000, spent=0, available=90_000_000
        )
        self.assertAdvance(
            self.advance, state="paid", settled=0, reserved=0, remaining=10_000_000
        )
        self.assertEqual(self.advance.waiting_user_id, self.user["staff_a"])
        self.assertNoAlarm()
        for entry in (move, reverse):
            with (
                self.assertRaisesRegex(UserError, "once and as a whole"),
                self.cr.savepoint(),
            ):
                self._reverse(entry)
        self.env.invalidate_all()
        reverse.button_draft()
        self.assertCounters(self.line_a, advanced=0, spent=12_000_000)
        self.assertAdvance(self.advance, state="settled", settled=10_000_000)
        self.assertNoAlarm()

    def test_half_a_reversal_is_refused(self):
        claim = self._settling_claim(self.advance, [4_000_000])
        move = self._post(claim)
        reverse = move._reverse_moves([{"date": "2026-06-15"}])
        for item in reverse.line_ids:
            item.with_context(check_move_validity=False).write(
                {"debit": item.debit / 2, "credit": item.credit / 2}
            )
        self._agreed(reverse)
        with self.assertRaisesRegex(UserError, "once and as a whole"):
            reverse.action_post()

    def test_two_claims_share_one_advance(self):
        first = self._settling_claim(self.advance, [6_000_000])
        second = self._settling_claim(self.advance, [6_000_000])
        self.assertEqual(first.amount_due, 0)
        self.assertEqual(second.amount_due, 2_000_000)
        self.assertAdvance(self.advance, reserved=10_000_000)
        self.assertCounters(self.line_a, held=2_000_000, advanced=10_000_000)
        third = self._new_claim([1_000], advance_id=self.advance.id)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            third.action_submit()
        # whichever is posted first
        self._post(second)
        self._post(first)
        self.assertAdvance(self.advance, state="settled", settled=10_000_000)
        self.assertCounters(self.line_a, held=0, advanced=0, spent=12_000_000)
        self.assertNoAlarm()

    def test_cancelled_claim_gives_its_share_back(self):
        claim = self._settling_claim(self.advance, [12_000_000])
        claim.action_cancel("papers lost")
        self.assertAdvance(self.advance, reserved=0, remaining=10_000_000)
        self.assertCounters(self.line_a, held=0, advanced=10_000_000)
        self.assertNoAlarm()

    def test_returned_claim_reserves_nothing(self):
        claim = self._new_claim([4_000_000], advance_id=self.advance.id)
        claim.action_submit()
        claim.with_user(self.user["head_a"]).action_return("papers")
        self.assertAdvance(self.advance, reserved=0)

    def test_only_an_own_open_advance_of_the_board(self):
        foreign = self._paid_advance(1_000, "head_a")
        # head and staff see each other's requests of the board, but owe for themselves
        for user, board, advance in (
            ("head_a", self.board_a, self.advance),
            ("staff_a", self.board_b, self.advance),
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._new_claim([10], user, board=board, advance_id=advance.id)
        with self.assertRaises(UserError), self.cr.savepoint():
            self._new_claim([10], "staff_a", advance_id=foreign.id)
        unpaid = self._approved_advance(1_000)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self._new_claim([10], advance_id=unpaid.id).action_submit()

    def test_forms_say_what_is_paid(self):
        claim = self._settling_claim(self.advance, [12_500_000])
        self._post(claim)
        reports = self.env["ir.actions.report"].with_user(self.user["cashier"])
        for report, parts in (
            ("claim_payment_voucher", ("2.500.000 đồng", "Hai triệu năm trăm nghìn")),
            ("claim_payment_request", ("còn được thanh toán: 2.500.000", "TU2026/")),
        ):
            content, _kind = reports._render_qweb_pdf(
                f"party_office_finance.{report}", claim.ids
            )
            (text,) = pdf_pages(content)
            for part in parts:
                self.assertIn(part, text)
