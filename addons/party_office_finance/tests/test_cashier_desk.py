from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .payment_case import PaymentCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCashierDesk(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user["staff_a"].name = "Đỗ Thị Hường"
        cls.desk = cls.env["party.cashier.desk"].with_user(cls.user["cashier"])
        cls.claim = cls._waiting_claim(1_250_000, payee_name="Nguyễn Văn Ân")

    def _names(self, query="", batch=False):
        """Return the numbers of our documents that the desk finds."""
        desk = self.desk.get_desk(query, batch)
        return [row["name"] for row in desk["rows"]]

    def test_found_without_tone_marks(self):
        advance = self._approved_advance(700_000).sudo()
        for typed in ("nguyen an", "NGUYỄN VĂN ÂN", "an nguyen", self.claim.name):
            with self.subTest(typed):
                self.assertEqual(self._names(typed), [self.claim.name])
        for typed in ("do huong", "huong", "Đỗ"):
            with self.subTest(typed):
                self.assertEqual(
                    set(self._names(typed)), {self.claim.name, advance.name}
                )
        self.assertIn(self.claim.name, self._names(self.claim.voucher_number))
        self.assertEqual(self._names("nguyen xyz"), [])

    def test_only_what_waits_for_cash(self):
        transfer = self._posted_claim([1_000_000])
        approved = self._approved_claim([2_000_000])
        names = self._names()
        self.assertIn(self.claim.name, names)
        self.assertNotIn(transfer.name, names)
        self.assertNotIn(approved.name, names)
        self.claim.with_user(self.user["cashier"]).action_pay()
        self.assertNotIn(self.claim.name, self._names())

    def test_the_only_row_and_a_code_are_opened_at_once(self):
        found = ["party.claim", self.claim.id]
        code = f"PARTY:party.claim:{self.claim.name}"
        for typed in ("nguyen an", code, code.lower(), f" {code} "):
            with self.subTest(typed):
                self.assertEqual(self.desk.get_desk(typed)["found"], found)
        self.assertFalse(self.desk.get_desk("")["found"])
        advance = self._approved_advance(700_000).sudo()
        self.assertEqual(
            self.desk.get_desk(f"PARTY:party.advance:{advance.name}")["found"],
            ["party.advance", advance.id],
        )

    def test_code_of_nothing(self):
        for code in (
            "PARTY:",
            "PARTY:party.claim:",
            "PARTY:party.claim:/",
            "PARTY:party.claim:%",
            "PARTY:party.claim:NONE",
            "PARTY:res.users:admin",
            f"PARTY:party.advance:{self.claim.name}",
        ):
            with self.subTest(code), self.assertRaises(UserError):
                self.desk.get_desk(code)

    def test_pay_what_was_seen(self):
        shown = self.desk.get_payable("party.claim", self.claim.id)
        self.assertEqual(
            (shown["receiver"], shown["amount"], shown["why_not"], shown["is_paid"]),
            ("Nguyễn Văn Ân", 1_250_000, "", False),
        )
        self.assertEqual(shown["words"], "Một triệu hai trăm năm mươi nghìn đồng")
        self.assertTrue(shown["has_voucher"])
        before = self.desk.get_desk()["balance"]
        paid = self.desk.pay("party.claim", self.claim.id, shown["seen"])
        self.assertTrue(paid["is_paid"])
        self.assertEqual(self.claim.state, "paid")
        self.assertEqual(before - self.desk.get_desk()["balance"], 1_250_000)
        self.assertEqual(
            self._book_rows(self.claim),
            [(self.claim.id, 1_250_000, self.claim.voucher_number)],
        )
        with self.assertRaises(UserError):
            self.desk.pay("party.claim", self.claim.id, shown["seen"])
        self.assertEqual(len(self._book_rows(self.claim)), 1)
        action = self.desk.print_voucher("party.claim", self.claim.id)
        self.assertEqual(
            action["report_name"], "party_office_finance.claim_payment_voucher"
        )

    def test_advance_is_paid(self):
        advance = self._approved_advance(700_000)
        shown = self.desk.get_payable("party.advance", advance.id)
        self.desk.pay("party.advance", advance.id, shown["seen"])
        self.assertAdvance(advance, paid=700_000, remaining=700_000)
        self.assertNoAlarm()

    def test_changed_after_it_was_shown(self):
        seen = self.desk.get_payable("party.claim", self.claim.id)["seen"]
        self.claim.sudo().move_id.button_draft()
        self.claim.with_user(self.user["accountant_a"]).action_post()
        with self.assertRaisesRegex(UserError, self.claim.name):
            self.desk.pay("party.claim", self.claim.id, seen)
        self.assertEqual(self.claim.state, "posted")

    def test_says_why_not(self):
        claim = self._approved_claim([2_000_000])
        shown = self.desk.get_payable("party.claim", claim.id)
        self.assertTrue(shown["why_not"])
        with self.assertRaises(UserError):
            self.desk.pay("party.claim", claim.id, shown["seen"])
        transfer = self._posted_claim([1_000_000])
        shown = self.desk.get_payable("party.claim", transfer.id)
        self.assertTrue(shown["why_not"])
        with self.assertRaises(UserError):
            self.desk.pay("party.claim", transfer.id, shown["seen"])

    def test_documents_of_a_list(self):
        other = self._waiting_claim(3_000_000)
        batch = self._ready_batch(other)
        (shown,) = [b for b in self.desk.get_desk()["batches"] if b["id"] == batch.id]
        self.assertEqual((shown["left"], shown["progress"]), (3_000_000, "0/1"))
        self.assertEqual(self._names(batch=batch.id), [other.name])
        payable = self.desk.get_payable("party.claim", other.id)
        self.assertEqual(payable["batch"], batch.name)
        self.desk.pay("party.claim", other.id, payable["seen"])
        self.assertEqual(batch.state, "paid")
        self.assertNotIn(batch.id, [b["id"] for b in self.desk.get_desk()["batches"]])

    def test_only_the_cashier(self):
        seen = self.claim._payable_fingerprint()
        for user in set(self.user) - {"cashier"}:
            desk = self.desk.with_user(self.user[user])
            calls = (
                lambda desk=desk: desk.get_desk(),
                lambda desk=desk: desk.get_payable("party.claim", self.claim.id),
                lambda desk=desk: desk.pay("party.claim", self.claim.id, seen),
                lambda desk=desk: desk.print_voucher("party.claim", self.claim.id),
            )
            for call in calls:
                with self.subTest(user), self.assertRaises(AccessError):
                    call()
        self.assertEqual(self.claim.state, "posted")

    def test_other_models_are_refused(self):
        for name in ("res.users", "account.move", "", None, "party.receipt"):
            with self.subTest(name), self.assertRaises(UserError):
                self.desk.get_payable(name, 1)
        for number in (999_999_999, "1", None, [1], -1):
            with self.subTest(number), self.assertRaises(UserError):
                self.desk.get_payable("party.claim", number)

    def test_queries_do_not_grow_with_rows(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            rows = self.desk.get_desk()["rows"]
            return self.env.cr.sql_log_count - start, len(rows)

        self._waiting_claim(100_000)
        count()
        few, rows = count()
        for _number in range(5):
            self._waiting_claim(100_000)
        count()
        many, more = count()
        self.assertGreater(more, rows)
        self.assertEqual(few, many)
