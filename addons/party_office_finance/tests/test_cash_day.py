from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.test_form_report import pdf_pages

from ..rules.cash import DENOMINATIONS
from .advance_common import AdvanceCase
from .common import TODAY

MINUTES = "party_office_finance.cash_count_minutes"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestCashDay(AdvanceCase):
    """The box holds 1.000.000.000 đ: 2000 notes of 500.000."""

    def _count(self, notes, user="cashier"):
        """Return today's open day with some notes counted."""
        box = self.cash_box.with_user(self.user[user])
        day = self.env["party.cash.day"].browse(box.action_close_day()["res_id"])
        day = day.with_user(self.user[user])
        for line in day.count_ids:
            line.quantity = notes.get(int(line.denomination), line.quantity)
        return day

    def _closed(self, notes):
        day = self._count(notes)
        day.action_close()
        return day

    def _pay(self, amount):
        claim = self._approved_claim([amount])
        self._post(claim)
        claim.with_user(self.user["cashier"]).action_pay()
        return self.env["party.cash.entry"].search([], limit=1)

    def test_close(self):
        self._pay(1_507_600)
        day = self._count({500_000: 1_996})
        self.assertEqual(day.count_ids.mapped("denomination"), list(DENOMINATIONS))
        self.assertRecordValues(
            day,
            [
                {
                    "opening": 1_000_000_000,
                    "total_in": 0,
                    "total_out": 1_507_600,
                    "closing": 998_492_400,
                    "counted": 998_000_000,
                    "gap": -492_400,
                }
            ],
        )
        with self.assertRaises(UserError) as refused:
            day.action_close()
        for part in ("998.492.400", "998.000.000", "492.400", "count again"):
            self.assertIn(part, str(refused.exception))
        self._count({200_000: 2, 50_000: 1, 20_000: 2, 2_000: 1, 500: 1, 200: 2})
        with self.assertRaisesRegex(UserError, "More than the book: 500 đ"):
            day.action_close()
        self._count({500: 0})
        day.action_close()
        self.assertRecordValues(day, [{"state": "closed", "counted": 998_492_400}])

    def test_a_rest_below_the_smallest_note(self):
        self._pay(500_073)  # 999.499.927 is left: no notes make up 927
        day = self._count({500_000: 1_998, 200_000: 2, 50_000: 1, 20_000: 2})
        with self.assertRaisesRegex(UserError, "9.927"):
            day.action_close()
        self._count({5_000: 1, 2_000: 2, 500: 1, 200: 1})
        with self.assertRaisesRegex(UserError, "Less than the book: 227 đ"):
            day.action_close()
        self._count({200: 2})
        day.action_close()
        self.assertRecordValues(day, [{"closing": 999_499_927, "gap": -27}])
        (text,) = self._minutes(day, "cashier")
        self.assertIn("Lý do thiếu: số lẻ dưới mệnh giá", text)

    def test_closed_day_takes_no_more(self):
        day = self._closed({500_000: 2_000})
        self.assertRecordValues(
            day,
            [
                {
                    "state": "closed",
                    "closed_by_id": self.user["cashier"].id,
                    "gap": 0,
                }
            ],
        )
        self.assertEqual(str(self.cash_box.closed_until), "2026-06-15")
        entry = self._pay(1_000)
        self.assertEqual(str(entry.date), "2026-06-16", "the next open day")
        self.assertEqual(day.closing, 1_000_000_000)
        for action in (
            lambda: day.count_ids[0].write({"quantity": 5}),
            lambda: day.write({"note": "x"}),
            lambda: day.write({"count_ids": [Command.clear()]}),
            lambda: day.action_close(),
        ):
            with self.assertRaises(UserError):
                action()
        with freeze_time("2026-06-16 03:00:00"):
            self.assertEqual(str(self._pay(2_000).date), "2026-06-16")
            following = self._count({500_000: 1_999, 200_000: 2})
            following.date = "2026-06-16"
            self.assertRecordValues(
                following,
                [
                    {
                        "opening": 1_000_000_000,
                        "total_out": 3_000,
                        "closing": 999_997_000,
                    }
                ],
            )

    def test_days_that_cannot_be_closed(self):
        self._closed({500_000: 2_000})
        days = self.env["party.cash.day"].with_user(self.user["cashier"])
        full = [Command.create({"denomination": 500_000, "quantity": 2_000})]
        for day, text in (
            ("2026-06-14", "already closed"),
            ("2026-06-16", "to come"),
        ):
            earlier = days.create({"date": day, "count_ids": full})
            with self.assertRaisesRegex(UserError, text):
                earlier.action_close()

    def test_the_last_day_with_entries_is_closed(self):
        self._pay(500_000)
        days = self.env["party.cash.day"].with_user(self.user["cashier"])
        full = [Command.create({"denomination": 500_000, "quantity": 1_999})]
        earlier = days.create({"date": "2026-06-14", "count_ids": full})
        with self.assertRaisesRegex(UserError, "has moved since, on 15/06/2026"):
            earlier.action_close()

    def test_who_counts_and_closes(self):
        day = self._count({500_000: 2_000})
        for user in ("chief_accountant", "office_chief", "accountant_a", "staff_a"):
            with self.subTest(user), self.assertRaises(AccessError):
                day.with_user(self.user[user]).action_close()
            with self.subTest(user), self.assertRaises(AccessError):
                day.count_ids.with_user(self.user[user]).write({"quantity": 1})
        day.action_close()

    def test_reopen(self):
        day = self._closed({500_000: 2_000})
        for user in ("cashier", "office_chief"):
            with self.assertRaises(AccessError):
                day.with_user(self.user[user]).action_reopen()
        with freeze_time("2026-06-16 03:00:00"):
            later = self._closed({500_000: 2_000})
        chief = self.user["chief_accountant"]
        with self.assertRaisesRegex(UserError, "closed last"):
            day.with_user(chief).action_reopen()
        later.with_user(chief).action_reopen()
        self.assertEqual(str(self.cash_box.closed_until), "2026-06-15")
        self.assertEqual(later.state, "open")
        day.with_user(chief).action_reopen()
        self.assertFalse(self.cash_box.closed_until)
        self.assertEqual(str(self._pay(1_000).date), "2026-06-15")
        with self.assertRaises(UserError):
            day.with_user(chief).action_reopen()

    def test_notes_that_do_not_exist(self):
        day = self._count({})
        with self.assertRaisesRegex(UserError, "no note of 3.000"):
            day.count_ids[0].denomination = 3_000

    def test_nothing_is_forged(self):
        day = self._count({500_000: 2_000})
        for name, value in (
            ("state", "closed"),
            ("counted", 5),
            ("closed_by_id", self.user["staff_a"].id),
            ("closed_at", "2026-01-01 00:00:00"),
            ("box_id", self.cash_box.id),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                day.write({name: value})
        hostile = day.with_context(
            default_state="closed", default_closed_by_id=self.user["staff_a"].id
        )
        self.assertEqual(hostile.create({"date": "2026-06-14"}).state, "open")

    def _minutes(self, day, user):
        reports = self.env["ir.actions.report"].with_user(self.user[user])
        return pdf_pages(reports._render_qweb_pdf(MINUTES, day.ids)[0])

    def test_minutes(self):
        self._pay(500_000)
        day = self._count({500_000: 1_998, 200_000: 2, 50_000: 2})
        with self.assertRaisesRegex(UserError, "not closed yet"):
            self._minutes(day, "cashier")
        day.checker_id = self.user["accountant_a"]
        day.action_close()
        (text,) = self._minutes(day, "chief_accountant")
        for part in (
            "BIÊN BẢN KIỂM KÊ QUỸ",
            "C44-HD",
            "Số dư theo sổ quỹ x 999.500.000",
            "Số kiểm kê thực tế x 999.500.000",
            "Loại 500.000 đồng 1.998 999.000.000",
            "Loại 200.000 đồng 2 400.000",
            "Loại 1.000 đồng - -",
            "Chênh lệch (III = I - II) x 0",
            "Chín trăm chín mươi chín triệu năm trăm nghìn đồng",
            "Kế toán trưởng",
            "Người chịu trách nhiệm kiểm kê",
            "Thủ quỹ",
            "chief_accountant",
            "accountant_a",
            "cashier",
        ):
            self.assertIn(part, text)
        for user in ("staff_a", "accountant_a"):
            with self.assertRaises(AccessError):
                self._minutes(day, user)

    def test_list_costs_constant_queries(self):
        days = self.env["party.cash.day"].with_user(self.user["cashier"])
        names = ("opening", "closing", "counted", "state")

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            days.web_search_read([], {name: {} for name in names})
            return self.cr.sql_log_count - before

        self._count({})
        queries()
        few = queries()
        for number in range(1, 9):
            days.create({"date": f"2026-06-0{number}"})
        self.assertEqual(queries(), few)
