from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .archive_common import ArchiveCase

OUTSIDERS = ("staff_b", "head_b", "accountant_a", "accountant_b", "chief_accountant")
OTHERS = ("cashier", "manager")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPartyArchiveAccess(ArchiveCase):
    """Who sees files and what is done with them; what nobody may forge."""

    def _may(self, record, keys, operation="read"):
        return {k for k in keys if record.with_user(self.user[k]).has_access(operation)}

    def test_who_sees_files(self):
        file = self._archived()
        inside = {"staff_a", "head_a", "clerk", "office_chief"}
        records = [file, file.handover_id, file.sudo().entry_ids]
        for record in records:
            everybody = [*inside, *OUTSIDERS, *OTHERS]
            self.assertEqual(self._may(record, everybody), inside, record._name)
        for key in (*OUTSIDERS, *OTHERS):
            File = self.env["party.archive.file"].with_user(self.user[key])
            with self.subTest(key):
                self.assertFalse(File.search([("id", "=", file.id)]))
                self.assertFalse(File.name_search("Hội nghị sơ kết"))
                self.assertFalse(File._read_group([], [], ["__count"])[0][0])
                with self.assertRaises(AccessError):
                    file.with_user(self.user[key]).read(["title"])
                with self.assertRaises(AccessError):
                    file.with_user(self.user[key]).store = "Kho 9"
                items = self.env["party.work.item"].sudo()._of(file.handover_id)
                self.assertFalse(
                    items.with_user(self.user[key])._filtered_access("read")
                )

    def test_loans_are_for_borrower_and_archive(self):
        file = self._archived()
        loan = (
            self.env["party.archive.loan"]
            .with_user(self.user["staff_a"])
            .create(
                {"file_id": file.id, "purpose": "Tham khảo", "due_on": "2026-06-20"}
            )
        )
        loan.action_submit()
        inside = {"staff_a", "head_a", "clerk", "office_chief"}
        self.assertEqual(self._may(loan, [*inside, *OUTSIDERS, *OTHERS]), inside)
        for row in (
            self.env["party.work.item"].sudo()._of(loan),
            loan.sudo().clock_entry_ids,
            loan.sudo().approval_ids,
        ):
            self.assertTrue(row)
            for key in (*OUTSIDERS, *OTHERS):
                self.assertFalse(
                    row.with_user(self.user[key])._filtered_access("read"),
                    f"{row._name} {key}",
                )

    def test_disposals_are_for_clerk_and_chief(self):
        review = (
            self.env["party.archive.disposal"]
            .with_user(self.user["clerk"])
            .create({"minutes_symbol": "01-BB/HĐ"})
        )
        keys = ("clerk", "office_chief", "staff_a", "head_a", *OUTSIDERS, *OTHERS)
        self.assertEqual(self._may(review, keys), {"clerk", "office_chief"})
        self.assertEqual(self._may(review, keys, "write"), {"clerk"})
        for vals in ({"state": "decided"}, {"decision_symbol": "1-QĐ/TU"}):
            with self.assertRaises(AccessError):
                review.write(vals)

    def test_nothing_is_forged(self):
        file = self._closed()
        forged = {
            "name": "99.X/2026",
            "state": "open",
            "seal": "0",
            "closed_at": False,
            "closed_by_id": self.user["staff_b"].id,
            "handover_id": False,
            "archived_on": "2026-01-01",
            "borrower_id": self.user["staff_b"].id,
            "destroyed_by_id": False,
            "integrity": "whole",
            "content_version": 1,
        }
        for name, value in forged.items():
            for key in ("staff_a", "clerk"):
                with self.subTest(name), self.assertRaises(AccessError):
                    file.with_user(self.user[key]).write({name: value})
            with self.subTest(name), self.assertRaises(AccessError):
                self._new_file(**{name: value})
        Entry = self.env["party.archive.entry"].with_user(self.user["clerk"])
        with self.assertRaises(AccessError):
            Entry.create({"file_id": file.id, "sequence": 1, "digest": "x"})
        for model, vals in (
            ("party.archive.handover", {"state": "accepted"}),
            ("party.archive.handover", {"requester_id": self.user["head_a"].id}),
            ("party.archive.loan", {"progress": "out"}),
            ("party.archive.plan", {"state": "issued"}),
        ):
            with self.subTest(f"{model} {vals}"), self.assertRaises(AccessError):
                self.env[model].with_user(self.user["clerk"]).create(vals)

    def test_units_make_their_own_files(self):
        with self.assertRaises(AccessError):
            self._new_file(key="staff_b")  # of board A
        with self.assertRaises(AccessError):
            self.file.with_user(self.user["staff_b"]).action_close()
        mine = self._new_file(key="staff_b", board_id=self.board_b.id)
        with self.assertRaises(AccessError):
            mine.board_id = self.board_a

    def test_retention_is_kept_by_clerk_and_manager(self):
        keys = ("clerk", "manager", "staff_a", "head_a", "office_chief")
        self.assertEqual(self._may(self.retention, keys), set(keys))
        self.assertEqual(self._may(self.retention, keys, "write"), {"clerk", "manager"})

    def test_forms_and_reports(self):
        file = self._archived()
        Report = self.env["ir.actions.report"]
        clerk = self.user["clerk"]
        plan = self.env["party.archive.plan"].with_user(clerk)
        loan = self.env["party.archive.loan"].with_user(clerk)
        review = self.env["party.archive.disposal"].with_user(clerk)
        lines = [(0, 0, {"title": "Một", "retention_id": self.retention.id})]
        for xmlid, record in (
            (
                "party_archive_plan_report",
                plan.create({"board_id": self.board_a.id, "line_ids": lines}),
            ),
            (
                "party_archive_loan_report",
                loan.create(
                    {"file_id": file.id, "purpose": "Đọc", "due_on": "2026-06-20"}
                ),
            ),
            (
                "party_archive_disposal_report",
                review.create({"line_ids": [(0, 0, {"file_id": file.id})]}),
            ),
        ):
            content, _kind = Report.with_user(clerk)._render(
                f"party_office_docs.{xmlid}", record.ids
            )
            self.assertEqual(content[:4], b"%PDF", xmlid)
        for xmlid, record in (
            ("party_archive_file_report", file),
            ("party_archive_handover_report", file.handover_id),
        ):
            for key in ("staff_a", "clerk"):
                content, kind = Report.with_user(self.user[key])._render(
                    f"party_office_docs.{xmlid}", record.ids
                )
                self.assertEqual(content[:4], b"%PDF", xmlid)
            with self.assertRaises(AccessError):
                Report.with_user(self.user["staff_b"])._render(
                    f"party_office_docs.{xmlid}", record.ids
                )

    def _rows(self, code, key, **options):
        run = self.env["party.report.run"].with_user(self.user[key])
        run = run.create({"code": code, **options})
        return [row.cells for row in run._build().rows]

    def test_reports_equal_the_files_and_keep_the_scope(self):
        late = self._new_file(date_from="2025-01-05", date_to="2025-06-01")
        archived = self._archived()
        rows = self._rows("archive_due", "clerk", day="2026-06-15")
        mine = (late.name, self.file.name, archived.name)
        found = [(r["name"], r["late"]) for r in rows if r["name"] in mine]
        self.assertEqual(found, [(late.name, 14)])
        self.assertEqual(self._rows("archive_due", "head_b", day="2026-06-15"), [])
        rows = self._rows("archive_list", "head_a")
        self.assertEqual(
            [(r["name"], r["sheets"]) for r in rows], [(archived.name, 12)]
        )
        self.assertEqual(self._rows("archive_list", "head_b"), [])
        rows = self._rows("archive_loan", "clerk")
        self.assertNotIn(archived.name, [r["file"] for r in rows])
        with self.assertRaises(AccessError):
            self._rows("archive_due", "cashier")

    def test_reminder_of_hand_over_is_one_each(self):
        late = self._new_file(date_from="2025-01-05", date_to="2025-06-01")
        File = self.env["party.archive.file"]
        File._cron_remind_handover()
        File._cron_remind_handover()
        todo = late.sudo().activity_ids
        self.assertEqual(todo.user_id, self.user["staff_a"])
        self.assertEqual(len(todo), 1)
        self.assertFalse(self.file.sudo().activity_ids)
