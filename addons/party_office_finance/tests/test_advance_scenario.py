"""Scenario: an advance settled too high and too low.

Three members of board A go on trips with 10 million đồng each in hand. One spends 7
million and brings 3 back, one spends all of it, one spends 12.5 million. Every figure
of the budget, the books, the cash box and the forms is checked on the way.
"""

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.test_form_report import pdf_pages

from .advance_common import AdvanceCase
from .common import TODAY

GIVEN = 10_000_000
ACCOUNTS = ("61112", "141", "1111", "3371", "5111")


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestAdvanceScenario(AdvanceCase):
    def setUp(self):
        super().setUp()
        self.in_box = self.cash_box.balance
        self.books = self._book_balances()

    def _book_balances(self):
        codes = [self.company._party_account(code).id for code in ACCOUNTS]
        rows = self.env["account.move.line"]._read_group(
            [("account_id", "in", codes), ("parent_state", "=", "posted")],
            ["account_id"],
            ["balance:sum"],
        )
        return {account.code: balance for account, balance in rows}

    def assertMoved(self, **expected):
        """Check what the accounts have moved since the beginning (đồng)."""
        now = self._book_balances()
        moved = {
            code: now.get(code, 0) - self.books.get(code, 0)
            for code in ACCOUNTS
            if now.get(code, 0) != self.books.get(code, 0)
        }
        self.assertEqual(moved, {code[1:]: value for code, value in expected.items()})
        self.cash_box.invalidate_recordset()
        # the cash book is the cash account
        self.assertEqual(self.cash_box.balance - self.in_box, moved.get("1111", 0))

    def _owed_by(self, user):
        """Return what the books say that a person owes (đồng)."""
        items = self.env["account.move.line"].search(
            [
                ("account_id", "=", self.company._party_account("141").id),
                ("partner_id", "=", self.user[user].partner_id.id),
                ("parent_state", "=", "posted"),
            ]
        )
        return sum(items.mapped("balance"))

    def _print(self, form, document, user="cashier"):
        reports = self.env["ir.actions.report"].with_user(self.user[user])
        content, _kind = reports._render_qweb_pdf(
            f"party_office_finance.{form}", document.ids
        )
        (text,) = pdf_pages(content)
        return text

    def test_too_low_exact_and_too_high(self):
        low = self._paid_advance(GIVEN, "staff_a")
        exact = self._paid_advance(GIVEN, "head_a")
        high = self._paid_advance(GIVEN, "clerk", board=self.board_a)
        advances = low | exact | high
        self.assertEqual(
            advances.mapped("voucher_number"),
            self._following("PC2026/", low.voucher_number, 3),
        )
        self.assertCounters(
            self.line_a, held=0, advanced=30_000_000, spent=0, available=70_000_000
        )
        self.assertMoved(_141=30_000_000, _1111=-30_000_000)
        self.assertNoAlarm()

        # too low: 7 of 10 million, nothing is held or paid, 3 are still owed
        claim = self._settling_claim(low, [4_500_000, 2_500_000])
        self.assertEqual((claim.amount_due, claim.sudo().amount_hold), (0, 0))
        self._post(claim)
        self.assertEqual((claim.state, claim.voucher_number), ("paid", False))
        self.assertCounters(self.line_a, held=0, advanced=23_000_000, spent=7_000_000)
        self.assertAdvance(
            low, state="paid", settled=7_000_000, returned=0, remaining=3_000_000
        )
        self.assertEqual(self._owed_by("staff_a"), 3_000_000)
        self.assertIn("(I − II) 3.000.000", self._settlement(claim))
        self.assertNoAlarm()
        # he cannot return more than he owes, nor keep it quiet as other money
        with self.assertRaisesRegex(UserError, "3.000.000 đ to be returned"):
            self._receipt(low, 3_000_001)
        receipt = self._receipt(low, 3_000_000)
        text = self._print("receipt_voucher", receipt)
        for part in ("PHIẾU THU", receipt.name, "Ba triệu đồng.", low.name):
            self.assertIn(part, text)
        self.assertAdvance(low, state="settled", returned=3_000_000, remaining=0)
        self.assertEqual(self._owed_by("staff_a"), 0)
        self.assertIn(f"phiếu thu số {receipt.name}", self._settlement(claim))
        self.assertCounters(
            self.line_a,
            held=0,
            advanced=20_000_000,
            spent=7_000_000,
            available=73_000_000,
        )
        self.assertMoved(
            _141=20_000_000,
            _1111=-27_000_000,
            _61112=7_000_000,
            _3371=7_000_000,
            _5111=-7_000_000,
        )
        self.assertNoAlarm()

        # exact: nothing is owed to either side
        claim = self._settling_claim(exact, [GIVEN], "head_a")
        self._post(claim)
        self.assertEqual((claim.state, claim.voucher_number), ("paid", False))
        self.assertAdvance(exact, state="settled", settled=GIVEN, remaining=0)
        self.assertEqual(self._owed_by("head_a"), 0)
        self.assertCounters(
            self.line_a, held=0, advanced=GIVEN, spent=17_000_000, available=73_000_000
        )
        self.assertNoAlarm()

        # too high: only the 2.5 million above the advance are held, then paid
        claim = self._settling_claim(high, [12_500_000], "clerk", board=self.board_a)
        self.assertEqual(
            (claim.amount_due, claim.sudo().amount_hold), (2_500_000, 2_500_000)
        )
        self.assertCounters(
            self.line_a,
            held=2_500_000,
            advanced=GIVEN,
            spent=17_000_000,
            available=70_500_000,
        )
        self._post(claim)
        self.assertEqual(claim.state, "posted")
        self.assertIn("(II − I)", self._settlement(claim))
        voucher = self._print("claim_payment_voucher", claim)
        self.assertIn("Số tiền: 2.500.000 đồng", voucher)
        self.assertIn("Hai triệu năm trăm nghìn đồng.", voucher)
        claim.with_user(self.user["cashier"]).action_pay()
        self.assertAdvance(high, state="settled", settled=GIVEN, remaining=0)
        self.assertEqual(self._owed_by("clerk"), 0)

        # the end: 29.5 million are spent, nothing is open, box and books agree
        self.assertCounters(
            self.line_a,
            allocated=100_000_000,
            held=0,
            advanced=0,
            spent=29_500_000,
            available=70_500_000,
        )
        self.assertMoved(
            _1111=-29_500_000,
            _61112=29_500_000,
            _3371=29_500_000,
            _5111=-29_500_000,
        )
        self.assertFalse(
            self.env["party.advance.age"].search([("advance_id", "in", advances.ids)])
        )
        self.assertEqual(
            advances.sudo().mapped("waiting_user_id"), self.env["res.users"]
        )
        self.assertNoAlarm()

    def _settlement(self, claim):
        return self._print("claim_advance_settlement", claim, "accountant_a")

    def _following(self, prefix, first, count):
        """Return numbers without a gap, from the first on."""
        start = int(first.removeprefix(prefix))
        return [f"{prefix}{start + number:05d}" for number in range(count)]

    def _receipt(self, advance, amount):
        receipt = (
            self.env["party.receipt"]
            .with_user(self.user["accountant_a"])
            .create(
                {"advance_id": advance.id, "amount": amount, "description": "Nộp lại"}
            )
        )
        receipt.action_issue()
        receipt.with_user(self.user["cashier"]).action_receive()
        return receipt
