from datetime import date

from psycopg2 import Error
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.party_office_base.rules.report import ReportOptions, totals

from .advance_common import AdvanceCase
from .common import TODAY


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestCashBook(AdvanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # an account of its own: a demo may have entries on the usual one
        cls.cash = cls.cash.copy({"code": "11119", "name": "Cash of the test"})
        cls.company.party_cash_account_id = cls.cash

    def _record(self, direction, amount, day="2026-06-15", number="X"):
        return self.env["party.cash.entry"]._record(
            direction, amount, day, self.cash_box, number, "Somebody", "Something"
        )

    def _report(self, code, day="2026-06-30", user="cashier", since=None):
        options = ReportOptions(
            day=date.fromisoformat(day),
            year=2026,
            since=since and date.fromisoformat(since),
        )
        provider = self.env[f"party.report.{code}"].with_user(self.user[user])
        return provider._report(options)

    def _paid_claim(self, amount):
        claim = self._approved_claim([amount])
        self._post(claim)
        claim.with_user(self.user["cashier"]).action_pay()
        return claim

    # ------------------------------------------------------------------ the book
    def test_rows_run_on(self):
        first = self._record("out", 400)
        second = self._record("in", 150)
        self.assertRecordValues(
            first | second,
            [
                {"amount_in": 0, "amount_out": 400, "balance_after": 999_999_600},
                {"amount_in": 150, "amount_out": 0, "balance_after": 999_999_750},
            ],
        )
        self.assertEqual(second.sequence, first.sequence + 1)
        self.assertEqual(self.cash_box.balance, 999_999_750)

    def test_the_box_gives_no_more_than_it_has(self):
        with self.assertRaises(UserError) as refused:
            self._record("out", 1_000_000_001)
        for part in ("1.000.000.000", "1.000.000.001", "Missing: 1 đ", "Treasury"):
            self.assertIn(part, str(refused.exception))
        self._record("out", 1_000_000_000)
        self.assertEqual(self.cash_box.balance, 0)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute("UPDATE party_cash_box SET balance = -1")

    def test_amounts_and_days_that_are_none(self):
        for amount in (0, -5):
            with self.assertRaisesRegex(UserError, "above zero"):
                self._record("in", amount)
        with self.assertRaisesRegex(UserError, "future"):
            self._record("in", 5, "2026-06-16")

    def test_the_book_does_not_go_back(self):
        self._record("in", 5, "2026-06-15")
        self.assertEqual(str(self._record("in", 7, "2026-06-10").date), "2026-06-15")

    def test_append_only_for_everybody(self):
        entry = self._record("in", 5)
        for action in (
            lambda: entry.write({"amount": 6}),
            lambda: entry.unlink(),
            lambda: entry.create({"amount": 6}),
            lambda: entry.with_context(party_cash_recording=True).create({}),
        ):
            with self.assertRaises(UserError):
                action()
        for query in (
            "UPDATE party_cash_entry SET amount = 6",
            "DELETE FROM party_cash_entry",
            "TRUNCATE party_cash_entry",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(Error),
                self.cr.savepoint(),
            ):
                self.cr.execute(query)

    # ------------------------------------------------------------------- opening
    def test_opening_balance_once(self):
        chief = self.user["chief_accountant"]
        with self.assertRaisesRegex(UserError, "begun already"):
            self.cash_box.with_user(chief).action_opening_balance(5)
        company = self.env["res.company"].create({"name": "Other office"})
        box = self.env["party.cash.box"]._of(company)
        self.assertEqual(self.env["party.cash.box"]._of(company), box)
        for user in ("cashier", "office_chief"):
            self.user[user].company_ids += company
            foreign = box.with_user(self.user[user]).with_company(company)
            with self.assertRaises(AccessError):
                foreign.action_opening_balance(5)
        chief.company_ids += company
        own = box.with_user(chief).with_company(company)
        with self.assertRaises(UserError):
            own.action_opening_balance(-1)
        with self.assertRaises(UserError):
            own.action_opening_balance(5, "2026-06-16")
        wizard = (
            self.env["party.cash.opening"]
            .with_user(chief)
            .with_company(company)
            .create({"box_id": box.id, "amount": 700, "date": "2026-06-01"})
        )
        wizard.action_confirm()
        self.assertRecordValues(box, [{"balance": 700, "is_opened": True}])
        self.assertRecordValues(
            box.entry_ids, [{"is_opening": True, "amount_in": 700, "sequence": 1}]
        )

    def test_opening_after_other_entries_is_refused(self):
        company = self.env["res.company"].create({"name": "Other office"})
        box = self.env["party.cash.box"]._of(company)
        self.env["party.cash.entry"]._record("in", 5, "2026-06-15", box, "", "", "")
        chief = self.user["chief_accountant"]
        chief.company_ids += company
        with self.assertRaisesRegex(UserError, "begun already"):
            box.with_user(chief).with_company(company).action_opening_balance(5)

    # ------------------------------------------------------------------- reports
    def test_report_by_month(self):
        with freeze_time("2026-05-20 03:00:00"):
            self._record("out", 300, "2026-05-20", "PC1")
            self._record("in", 100, "2026-05-20", "PT1")
        self._record("out", 50, "2026-06-15", "PC2")
        report = self._report("cash_book", since="2026-05-01")
        self.assertEqual(report.form_code, "S11-H")
        rows = [
            (
                row.level,
                row.cells.get("number_in") or row.cells.get("number_out") or "",
                row.cells.get("amount_in", ""),
                row.cells.get("amount_out", ""),
                row.cells.get("balance", ""),
            )
            for row in report.rows
        ]
        self.assertEqual(
            rows,
            [
                (1, "", "", "", 1_000_000_000),
                (0, "PC1", 0, 300, 999_999_700),
                (0, "PT1", 100, 0, 999_999_800),
                (1, "", 100, 300, ""),
                (1, "", "", "", 999_999_800),
                (1, "", "", "", 999_999_800),
                (0, "PC2", 0, 50, 999_999_750),
                (1, "", 0, 50, ""),
                (1, "", "", "", 999_999_750),
            ],
        )
        self.assertEqual(
            totals(report.columns, report.rows), {"amount_in": 100, "amount_out": 350}
        )
        june = self._report("cash_book")
        self.assertEqual(june.rows[0].cells["balance"], 999_999_800)
        empty = self._report("cash_book", day="2026-07-31", since="2026-07-01")
        self.assertEqual(empty.rows[0].cells["balance"], 999_999_750)

    def test_report_is_for_who_sees_all_boards(self):
        for code in ("cash_book", "cash_check"):
            for user in ("cashier", "chief_accountant", "office_chief"):
                self.assertTrue(self._report(code, user=user).columns)
            for user in ("accountant_a", "head_a", "staff_a", "clerk"):
                with self.assertRaises(AccessError):
                    self._report(code, user=user)

    def _findings(self, day="2026-06-30"):
        return [
            (row.cells.get("state", ""), row.cells["description"], row.cells["gap"])
            for row in self._report("cash_check", day).rows
        ]

    def _open_the_ledger(self):
        """Enter the opening balance of account 1111 by hand, as the chief does."""
        income = self.company._party_account("3371")
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-01-01",
                "journal_id": self.company.party_general_journal_id.id,
                "line_ids": [
                    (0, 0, {"account_id": self.cash.id, "debit": 1_000_000_000}),
                    (0, 0, {"account_id": income.id, "credit": 1_000_000_000}),
                ],
            }
        )
        move.action_post()

    def test_ledger_and_book_agree(self):
        self._open_the_ledger()
        self._paid_claim(5_000)
        advance = self._paid_advance(7_000)
        self._post(self._settling_claim(advance, [6_000]))
        receipt = (
            self.env["party.receipt"]
            .with_user(self.user["accountant_a"])
            .create({"advance_id": advance.id, "amount": 1_000, "description": "x"})
        )
        receipt.action_issue()
        receipt.with_user(self.user["cashier"]).action_receive()
        self.assertEqual(
            self._findings(),
            [("", "Balance on this day", 0), ("", "Sum of the differences", 0)],
        )

    def test_unpaid_vouchers_explain_a_difference(self):
        self._open_the_ledger()
        claim = self._approved_claim([5_000])
        self._post(claim)
        found = self._findings()
        self.assertEqual(found[0][2], -5_000)
        self.assertEqual(
            found[1],
            ("Explained", f"{claim.voucher_number} posted, not yet paid", -5_000),
        )
        self.assertEqual(found[2][2], -5_000)
        with freeze_time("2026-06-17 03:00:00"):
            claim.with_user(self.user["cashier"]).action_pay()
            self.assertEqual(len(self._findings("2026-06-17")), 2)
            # as of the day before it is still the explanation
            self.assertEqual(self._findings("2026-06-16")[1][0], "Explained")

    def test_anything_else_is_an_alarm(self):
        self._open_the_ledger()
        self._new_entry(8_000).action_post()  # by hand, on the cash account
        self._record("in", 300)
        found = self._findings()
        self.assertEqual(found[0][2], -8_300)
        self.assertEqual({row[0] for row in found[1:-1]}, {"ALARM"})
        self.assertEqual(sorted(row[2] for row in found[1:-1]), [-8_000, -300])
        self.assertEqual(found[-1][2], -8_300)

    def test_opening_balance_missing_in_the_ledger(self):
        found = self._findings()
        self.assertEqual(found[1], ("ALARM", "Opening balance", -1_000_000_000))

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            list(self._report("cash_book").rows)
            list(self._report("cash_check").rows)
            return self.cr.sql_log_count - before

        self._paid_claim(10)
        self._post(self._approved_claim([10]))
        count()
        few = count()
        for _number in range(3):
            self._paid_claim(10)
            self._post(self._approved_claim([10]))
        # what the ORM has in its cache varies by a query; six vouchers would add six
        self.assertLessEqual(count(), few + 2)
