from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .archive_common import ArchiveCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPartyArchiveLife(ArchiveCase):
    """Hand-over, loan, disposal."""

    # ---------------------------------------------------------------- hand-over
    def test_hand_over(self):
        files = self._closed() | self._closed()
        files.action_hand_over()
        handover = files.handover_id
        self.assertEqual(handover.file_ids, files)
        self.assertEqual(handover.name, "/")
        with self.assertRaises(UserError):
            files[0].action_hand_over()  # on a list already
        handover.action_send()
        number = handover.name
        self.assertRegex(number, r"^GN\d{3}/2026$")
        self.assertEqual(handover.waiting_user_id, self.user["clerk"])
        with self.assertRaises(AccessError):
            handover.action_accept()
        with self.assertRaises(AccessError):
            handover.state = "accepted"
        with self.assertRaises(UserError):
            files[0].action_take_off_list()
        clerk = handover.with_user(self.user["clerk"])
        with self.assertRaises(UserError):
            clerk.action_return("")
        clerk.action_return("Thiếu hộp số 3")
        self.assertEqual(handover.waiting_user_id, self.user["staff_a"])
        handover.action_send()
        self.assertEqual(handover.name, number)
        clerk.action_accept()
        self.assertEqual(files.mapped("state"), ["handed", "handed"])
        self.assertEqual(files.mapped("archived_on"), [date(2026, 6, 15)] * 2)
        self.assertFalse(handover.waiting_user_id)
        with self.assertRaises(UserError):
            clerk.action_accept()

    def test_only_closed_files_of_one_unit_are_handed_over(self):
        with self.assertRaises(UserError):
            self.file.action_hand_over()
        other = self._new_file(key="staff_b", board_id=self.board_b.id)
        with self.assertRaises(UserError):
            (self._closed().sudo() | other.sudo()).action_hand_over()
        handover = self.env["party.archive.handover"].with_user(self.user["staff_b"])
        handover = handover.create({"board_id": self.board_b.id})
        with self.assertRaises(UserError):
            handover.action_add_closed()
        with self.assertRaises(UserError):
            handover.action_send()
        with self.assertRaises(AccessError):
            handover.with_user(self.user["staff_b"]).file_ids = self.file

    def test_who_hands_over_does_not_take_over(self):
        clerk = self.user["clerk"]
        file = self._closed().with_user(clerk)
        file.action_hand_over()
        file.handover_id.action_send()
        with self.assertRaises(AccessError):
            file.handover_id.action_accept()

    # --------------------------------------------------------------------- loan
    def _loan(self, file, key="staff_a", **values):
        return (
            self.env["party.archive.loan"]
            .with_user(self.user[key])
            .create(
                {
                    "file_id": file.id,
                    "purpose": "Tham khảo chuẩn bị báo cáo",
                    "due_on": "2026-06-25",
                    **values,
                }
            )
        )

    def _allowed(self, file, key="staff_a", **values):
        loan = self._loan(file, key, **values)
        loan.action_submit()
        chief = loan.with_user(self.user["office_chief"])
        chief.with_context(approval_seen=chief.content_hash).action_approve()
        return loan

    def test_loan_from_slip_to_return(self):
        file = self._archived()
        loan = self._loan(file)
        loan.action_submit()
        self.assertRegex(loan.name, r"^MHS\d{3}/2026$")
        self.assertEqual(loan.waiting_user_id, self.user["office_chief"])
        clerk = loan.with_user(self.user["clerk"])
        with self.assertRaises(UserError):
            clerk.action_hand_out()
        chief = loan.with_user(self.user["office_chief"])
        chief.with_context(approval_seen=chief.content_hash).action_approve()
        self.assertEqual(loan.waiting_user_id, self.user["clerk"])
        with self.assertRaises(AccessError):
            loan.action_hand_out()
        with self.assertRaises(AccessError):
            loan.progress = "out"
        clerk.action_hand_out()
        self.assertEqual(loan.waiting_user_id, self.user["staff_a"])
        self.assertEqual(file.borrower_id, self.user["staff_a"])
        with self.assertRaises(UserError):
            loan.action_cancel()
        for sheets in (None, True, -1, "12", float("nan")):
            with self.subTest(sheets), self.assertRaises(UserError):
                clerk.action_take_back(sheets)
        with self.assertRaises(UserError):
            clerk.action_take_back(11)
        clerk.action_take_back(11, "Thiếu tờ số 7, đã lập biên bản")
        self.assertEqual((loan.progress, loan.sheets_back), ("back", 11))
        self.assertFalse(file.borrower_id)
        self.assertFalse(loan.waiting_user_id)

    def test_a_file_is_with_one_borrower(self):
        file = self._archived()
        first, second = self._allowed(file), self._allowed(file, "head_a")
        clerk = self.user["clerk"]
        first.with_user(clerk).action_hand_out()
        with self.assertRaises(UserError):
            second.with_user(clerk).action_hand_out()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE party_archive_loan SET progress = 'out',"
                " handed_out_at = now() WHERE id = %s",
                [second.id],
            )
        with self.assertRaises(UserError):
            self._loan(file, "head_a").action_submit()
        first.with_user(clerk).action_take_back(12)
        second.with_user(clerk).action_hand_out()

    def test_borrower_of_another_unit(self):
        file = self._archived()
        with self.assertRaises(AccessError):
            self._loan(file, "staff_b")
        staff_b = self.user["staff_b"]
        with self.assertRaises(AccessError):
            self._loan(file, "staff_a", borrower_id=staff_b.id)
        loan = self._allowed(
            file, "clerk", borrower_id=staff_b.id, board_id=self.board_b.id
        )
        self.assertFalse(file.with_user(staff_b).has_access("read"))
        loan.with_user(self.user["clerk"]).action_hand_out()
        self.assertTrue(file.with_user(staff_b).has_access("read"))
        # but the papers in it are no more open to him than before
        self.assertFalse(file.with_user(staff_b).document_ids)
        self.assertFalse(file.with_user(staff_b).entry_ids)
        with self.assertRaises(AccessError):
            file.with_user(staff_b).store = "Nhà riêng"
        loan.with_user(self.user["clerk"]).action_take_back(12)
        self.assertFalse(file.with_user(staff_b).has_access("read"))

    def test_refused_and_impossible_loans(self):
        file = self._archived()
        for values in (
            {"due_on": "2026-06-14"},
            {"due_on": "2027-06-14"},
            {"purpose": "  "},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self._loan(file, **values).action_submit()
        with self.assertRaises(UserError):
            self._loan(self._closed()).action_submit()
        with self.assertRaises(UserError):
            self._loan(
                file, "clerk", borrower_id=self.user["office_chief"].id
            ).action_submit()
        loan = self._loan(file)
        loan.action_submit()
        loan.with_user(self.user["office_chief"]).action_refuse("Đang kiểm kê")
        with self.assertRaises(UserError):
            loan.with_user(self.user["clerk"]).action_hand_out()

    def test_reminders_of_loans_are_one_each(self):
        loan = self._allowed(self._archived())
        loan.with_user(self.user["clerk"]).action_hand_out()
        Loan = self.env["party.archive.loan"]
        todos = loan.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref("mail.mail_activity_data_todo")
        )
        Loan._cron_remind()
        self.assertFalse(todos)
        with freeze_time("2026-06-22 02:00:00"):
            Loan._cron_remind()
            Loan._cron_remind()
        todo = loan.sudo().activity_ids
        self.assertEqual(todo.user_id, self.user["staff_a"])
        before = todo.summary
        with freeze_time("2026-06-26 02:00:00"):
            Loan._cron_remind()
            loan.invalidate_recordset()
            self.assertTrue(loan.is_overdue)
            self.assertIn(loan, Loan.search([("is_overdue", "=", True)]))
        self.assertEqual(len(loan.sudo().activity_ids), 1)
        self.assertNotEqual(todo.summary, before)
        loan.with_user(self.user["clerk"]).action_take_back(12)
        self.assertFalse(loan.sudo().activity_ids)

    # ----------------------------------------------------------------- disposal
    def _review(self, **values):
        council = self.user["clerk"] | self.user["head_a"] | self.user["head_b"]
        review = self.env["party.archive.disposal"].with_user(self.user["clerk"])
        return review.create(
            {
                "council_ids": council.ids,
                "minutes_symbol": "01-BB/HĐ",
                "minutes_date": "2037-01-05",
                "attachment_ids": [(0, 0, {"name": "bien ban.pdf", "raw": b"bb"})],
                **values,
            }
        )

    def test_destruction_needs_expiry_council_minutes_and_decision(self):
        file = self._archived()
        paper = file.sudo().document_ids
        scan = paper.attachment_ids
        clerk, chief = self.user["clerk"], self.user["office_chief"]
        with freeze_time("2037-02-01 02:00:00"):
            for missing in (
                {"council_ids": self.user["head_a"].ids},
                {"minutes_symbol": False},
                {"attachment_ids": False},
            ):
                review = self._review(**missing)
                review.action_collect()
                with self.subTest(missing), self.assertRaises(UserError):
                    review.action_propose()
                review.action_cancel()
            review = self._review()
            review.action_collect()
            self.assertIn(file, review.line_ids.file_id)
            with self.assertRaises(UserError):
                self._review().action_collect()  # it is on a list
            with self.assertRaises(UserError):
                review.action_destroy()
            review.action_propose()
            self.assertEqual(review.waiting_user_id, chief)
            with self.assertRaises(AccessError):
                review.action_decide("12-QĐ/VPTU", "2037-02-01")
            with self.assertRaises(UserError):
                review.line_ids.proposal = "keep"
            by_chief = review.with_user(chief)
            with self.assertRaises(UserError):
                by_chief.action_decide("", "2037-02-01")
            by_chief.action_decide("12-QĐ/VPTU", "2037-02-01")
            with self.assertRaises(AccessError):
                by_chief.action_destroy()
            review.with_user(clerk).action_destroy()
        self.assertEqual(review.state, "done")
        self.assertEqual(file.state, "destroyed")
        self.assertEqual(file.destroyed_by_id, review)
        self.assertFalse(scan.exists())
        self.assertTrue(paper.exists().abstract)
        self.assertTrue(file.sudo().entry_ids.exists())

    def test_permanent_and_running_files_are_not_destroyed(self):
        keep = self._archived(retention_id=False, is_permanent=True)
        running = self._archived(retention_id=False, retention_years=50)
        with freeze_time("2037-02-01 02:00:00"):
            for file in (keep, running):
                review = self._review(line_ids=[(0, 0, {"file_id": file.id})])
                with self.assertRaises(UserError):
                    review.action_propose()

    def test_the_council_may_keep_longer(self):
        file = self._archived()
        with freeze_time("2037-02-01 02:00:00"):
            review = self._review(
                line_ids=[
                    (0, 0, {"file_id": file.id, "proposal": "keep", "more_years": 20})
                ]
            )
            review.action_propose()
            review.with_user(self.user["office_chief"]).action_decide(
                "13-QĐ/VPTU", "2037-02-01"
            )
            review.action_destroy()
        self.assertEqual((file.state, file.retention_years), ("handed", 30))
        self.assertEqual(file.kept_until, date(2056, 12, 31))
