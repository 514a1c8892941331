import base64
import io
from collections import Counter
from datetime import datetime

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyLedgerExport(FinanceCase):
    """The file says what the ledger says, to the đồng, and only what one may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.period = {"date_from": "2026-06-01", "date_to": "2026-06-15"}
        # entries that are there already stay out of the period
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE account_move SET date = '2001-01-01' "
            "WHERE date BETWEEN '2026-06-01' AND '2026-06-15'"
        )
        cls.env.invalidate_all()
        cls.claim = cls._approved_claim(
            [3_000_000, 1_234_567],
            partner_id=cls.env["res.partner"]
            .create({"name": "Seller", "ref": "NB01"})
            .id,
        )
        cls.claim.with_user(cls.user["accountant_a"]).action_post()
        cls.entry_b = cls._new_entry(7_000_001, cls.board_b)
        cls.entry_b.action_post()

    def _wizard(self, user="chief_accountant", **values):
        return (
            self.env["party.ledger.export"]
            .with_user(self.user[user])
            .create({**self.period, **values})
        )

    def _export(self, user="chief_accountant", **values):
        action = self._wizard(user, **values).action_export()
        log = self.env[action["res_model"]].browse(action["res_id"])
        return log.with_user(self.user[user])

    def _book(self, log):
        return load_workbook(io.BytesIO(base64.b64decode(log.file)))

    def _rows(self, log, sheet=0):
        """Return the rows of a sheet as dicts by heading."""
        head, *rows = self._book(log).worksheets[sheet].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]

    def _ledger_sums(self, moves):
        debits, credits = Counter(), Counter()
        for line in moves.line_ids:
            debits[line.account_id.code] += int(line.debit)
            credits[line.account_id.code] += int(line.credit)
        return +debits, +credits

    def assertLikeLedger(self, log, moves):
        """Compare rows and check sheet with the journal items."""
        debits, credits = Counter(), Counter()
        rows = self._rows(log)
        for row in rows:
            debits[row["TK Nợ"]] += row["Số tiền"]
            credits[row["TK Có"]] += row["Số tiền"]
        self.assertEqual((debits, credits), self._ledger_sums(moves))
        self.assertEqual(log.amount, sum(debits.values()))
        self.assertEqual((log.row_count, log.entry_count), (len(rows), len(moves)))
        (_head, *sums, total) = (
            self._book(log).worksheets[-1].iter_rows(values_only=True)
        )
        self.assertEqual({row[0]: row[1] for row in sums if row[1]}, dict(debits))
        self.assertEqual({row[0]: row[2] for row in sums if row[2]}, dict(credits))
        self.assertEqual(total[1:], (log.amount, log.amount))

    # ----------------------------------------------------------------- content
    def test_sums_by_account_equal_the_ledger(self):
        mixed = self._new_entry(500_000)
        mixed.write(
            {
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.company._party_account("3371").id,
                            "debit": 500_000,
                            "credit": 0,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company._party_account("5111").id,
                            "debit": 0,
                            "credit": 500_000,
                        }
                    ),
                ]
            }
        )
        self._agreed(mixed).action_post()
        log = self._export()
        self.assertLikeLedger(log, self.claim.sudo().move_id | self.entry_b | mixed)
        pairs = [
            (row["TK Nợ"], row["TK Có"])
            for row in self._rows(log)
            if row["Số tiền"] == 500_000
        ]
        self.assertEqual(pairs, [("61112", "1111"), ("3371", "5111")])

    def test_a_row_in_full(self):
        self.company.party_budget_chapter = "0509"
        rows = self._rows(self._export())
        claim = self.claim.sudo()
        row = next(row for row in rows if row["Số tiền"] == 1_234_567)
        self.assertEqual(
            row,
            {
                "Ngày hạch toán": datetime(2026, 6, 15),
                "Ngày chứng từ": datetime(2026, 6, 15),
                "Số chứng từ": claim.voucher_number,
                "Loại chứng từ": row["Loại chứng từ"],
                "Diễn giải": "Fuel in June",
                "Diễn giải chi tiết": "Fill 2",
                "TK Nợ": "61112",
                "TK Có": "1111",
                "Số tiền": 1_234_567,
                "Nguồn": "13",
                "Cấp phát": row["Cấp phát"],
                # text: the zero in front stays
                "Chương": "0509",
                "Khoản": "351",
                "Mục": "6500",
                "Tiểu mục": "6503",
                "Nghiệp vụ": None,
                "Hoạt động sự nghiệp": None,
                "Mã đối tượng": "NB01",
                "Tên đối tượng": "Seller",
                "Phòng ban": "TA",
                "Số hóa đơn": None,
            },
        )
        self.assertTrue(row["Loại chứng từ"])
        self.assertTrue(row["Cấp phát"])

    def test_no_cell_is_a_formula(self):
        entry = self._new_entry(1_000)
        entry.line_ids[:1].name = '=HYPERLINK("http://evil")'
        entry.ref = "=1+1"
        self._agreed(entry).action_post()
        sheet = self._book(self._export()).worksheets[0]
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        self.assertNotIn("f", kinds)

    def test_columns_are_data(self):
        columns = self.env["party.ledger.export.column"].with_user(
            self.user["chief_accountant"]
        )
        columns.search([]).filtered(
            lambda column: (
                column.source not in ("debit_account", "credit_account", "amount")
            )
        ).write({"active": False})
        columns.create({"header": "Loại", "source": "constant", "constant": "X"})
        columns.search([("source", "=", "debit_account")]).header = "Debit"
        rows = self._rows(self._export())
        self.assertEqual(
            rows[0],
            {
                "Debit": "61112",
                "TK Có": "1111",
                "Số tiền": rows[0]["Số tiền"],
                "Loại": "X",
            },
        )
        columns.search([("source", "=", "amount")]).active = False
        with self.assertRaises(UserError):
            self._export(choice="all", confirm_again=True)

    def test_one_sheet_for_each_kind_of_voucher(self):
        entry = self._new_entry(9_000)
        entry.line_ids.filtered("credit").account_id = self.company._party_account(
            "331"
        )
        self._agreed(entry).action_post()
        log = self._export(layout="by_voucher")
        sheets = self._book(log).worksheets
        # payments in cash by the claim's journal; others by the general journal
        self.assertEqual(len(sheets), 3)
        amounts = [
            {row["Số tiền"] for row in self._rows(log, number)} for number in (0, 1)
        ]
        # the second row of the claim is Dr 3371 / Cr 5111
        self.assertIn({3_000_000, 1_234_567, 4_234_567}, amounts)
        self.assertIn({7_000_001, 9_000}, amounts)

    def test_funds(self):
        self._allocate(self.board_a, 1_000_000, fund=self.fund_12)
        entry = self._new_entry(2_000, party_fund_id=self.fund_12.id)
        entry.action_post()
        log = self._export(fund_ids=[Command.set(self.fund_12.ids)])
        self.assertEqual(log.sudo().move_ids, entry)
        self.assertEqual({row["Nguồn"] for row in self._rows(log)}, {"12"})

    # ------------------------------------------------------------ second export
    def test_second_export_is_warned_of(self):
        first = self._export()
        self.assertTrue(self.entry_b.party_exported)
        self.assertEqual(self._wizard().exported_count, 2)
        with self.assertRaises(UserError):
            self._export()
        with self.assertRaises(UserError):
            self._export(choice="all")
        again = self._export(choice="all", confirm_again=True)
        self.assertEqual(again.checksum, first.checksum)
        self.assertEqual(again.amount, first.amount)
        late = self._new_entry(5_000)
        late.action_post()
        new = self._export()
        self.assertEqual(new.sudo().move_ids, late)
        self.assertNotEqual(new.checksum, first.checksum)

    def test_an_entry_taken_back_is_named_and_exported_again(self):
        log = self._export()
        self.entry_b.button_draft()
        self.env.invalidate_all()
        self.assertFalse(self.entry_b.party_exported)
        self.assertEqual(log.taken_back_move_ids, self.entry_b)
        self.assertEqual(log.taken_back_count, 1)
        self.assertEqual(self._wizard().taken_back_count, 1)
        self.assertEqual(
            log.action_open_taken_back()["domain"], [("id", "in", self.entry_b.ids)]
        )
        self.entry_b.action_post()
        again = self._export()
        self.assertEqual(again.sudo().move_ids, self.entry_b)

    def test_search_exported(self):
        self._export("accountant_b")
        moves = self.env["account.move"]
        ours = [("id", "in", (self.entry_b | self.claim.sudo().move_id).ids)]
        self.assertEqual(
            moves.search([*ours, ("party_exported", "=", True)]), self.entry_b
        )
        self.assertEqual(
            moves.search([*ours, ("party_exported", "=", False)]),
            self.claim.sudo().move_id,
        )

    # ------------------------------------------------------------------- access
    def test_accountant_exports_his_boards_only(self):
        log = self._export("accountant_b")
        self.assertLikeLedger(log, self.entry_b)
        self.assertEqual({row["Phòng ban"] for row in self._rows(log)}, {"TB"})

    def test_entry_of_several_boards_is_the_chiefs(self):
        entry = self._new_entry(1_000)
        credit = entry.line_ids.filtered("credit")
        entry.write(
            {
                "line_ids": [
                    Command.update(credit.id, {"credit": 3_000}),
                    Command.create(
                        {
                            "name": "Expense",
                            "account_id": self.expense.id,
                            "debit": 2_000,
                            "credit": 0,
                            "analytic_distribution": {
                                str(self.board_b.analytic_account_id.id): 100
                            },
                            "party_fund_id": self.fund.id,
                            "party_item_id": self.fuel.id,
                        }
                    ),
                ]
            }
        )
        self._agreed(entry).action_post()
        for user in ("accountant_a", "accountant_b"):
            self.assertNotIn(entry, self._export(user).sudo().move_ids)
        log = self._export()
        self.assertEqual(log.sudo().move_ids, entry)
        boards = {row["Số tiền"]: row["Phòng ban"] for row in self._rows(log)}
        self.assertEqual(boards, {1_000: "TA", 2_000: "TB"})

    def test_who_may_export(self):
        for user in ("staff_a", "head_a", "cashier", "office_chief", "manager"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self._wizard(user)

    def test_a_log_is_private_and_is_never_written(self):
        log = self._export("accountant_a")
        model = self.env["party.ledger.export.log"]
        found = [("id", "=", log.id)]
        for user, sees in (
            ("accountant_a", True),
            ("chief_accountant", True),
            ("accountant_b", False),
        ):
            with self.subTest(user=user):
                logs = model.with_user(self.user[user])
                self.assertEqual(bool(logs.search(found)), sees)
        foreign = log.with_user(self.user["accountant_b"])
        foreign.invalidate_recordset()
        with self.assertRaises(AccessError):
            foreign.read(["file"])
        with self.assertRaises(AccessError):
            model.with_user(self.user["office_chief"]).search(found)
        for user in ("accountant_a", "chief_accountant", "manager"):
            own = log.with_user(self.user[user])
            for change in (
                lambda own=own: own.write({"amount": 0}),
                lambda own=own: own.unlink(),
                lambda own=own: own.create({"name": "x"}),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_who_loses_a_board_loses_its_file(self):
        log = self._export("accountant_a")
        self.board_a.assignment_ids.date_to = "2026-06-14"
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            log.with_user(self.user["accountant_a"]).read(["file"])

    def test_columns_are_kept_by_the_chief_accountant(self):
        column = self.env["party.ledger.export.column"].search([], limit=1)
        for user in ("accountant_a", "office_chief", "manager"):
            with self.assertRaises(AccessError):
                column.with_user(self.user[user]).write({"header": "x"})

    # -------------------------------------------------------------------- speed
    def test_more_entries_cost_no_more_queries(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            wizard = self._wizard(choice="all", confirm_again=True)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            wizard.action_export()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        entries = self.env["account.move"]
        for _number in range(20):
            entries |= self._new_entry(1_000)
        entries.action_post()
        self.assertLessEqual(queries(), few + 2)
