from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .archive_common import ArchiveCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPartyArchiveFile(ArchiveCase):
    """File plans, files, papers into files."""

    def test_files_are_numbered_by_unit_and_year(self):
        issuer = self.board_a.issuer_suffix or self.board_a.code
        self.assertEqual(self.file.name, f"01.{issuer}/2026")
        self.assertEqual(self._new_file().name, f"02.{issuer}/2026")
        self.assertEqual(self._new_file(year=2025).name, f"01.{issuer}/2025")
        other = self._new_file(key="staff_b", board_id=self.board_b.id)
        self.assertTrue(other.name.startswith("01."))

    def test_dates_follow_the_decree(self):
        self.assertEqual(self.file.handover_due, date(2027, 6, 10))
        self.assertEqual(self.file.kept_until, date(2036, 12, 31))
        self.file.is_construction = True
        self.assertEqual(self.file.handover_due, date(2026, 9, 10))
        self.file.is_permanent = True
        self.assertFalse(self.file.kept_until)

    def test_plan_gives_numbers_and_opens_files_once(self):
        plan = (
            self.env["party.archive.plan"]
            .with_user(self.user["staff_a"])
            .create(
                {
                    "year": 2027,
                    "board_id": self.board_a.id,
                    "line_ids": [
                        (0, 0, {"title": t, "retention_id": self.retention.id})
                        for t in ("Một", "Hai")
                    ],
                }
            )
        )
        with self.assertRaises(UserError):
            plan.action_open_files()
        with self.assertRaises(AccessError):
            plan.action_issue()
        with self.assertRaises(AccessError):
            plan.state = "issued"
        plan.with_user(self.user["clerk"]).action_issue()
        issuer = self.board_a.issuer_suffix or self.board_a.code
        self.assertEqual(
            plan.line_ids.mapped("name"), [f"01.{issuer}/2027", f"02.{issuer}/2027"]
        )
        plan.action_open_files()
        plan.action_open_files()
        files = plan.line_ids.file_ids
        self.assertEqual(
            sorted(files.mapped("name")), sorted(plan.line_ids.mapped("name"))
        )
        self.assertEqual(files.mapped("retention_years"), [10, 10])
        with self.assertRaises(UserError):
            plan.line_ids[0].title = "Ba"
        with self.assertRaises(UserError):
            plan.line_ids[0].unlink()

    def test_papers_go_into_a_file_from_form_and_list(self):
        papers = self._done() + self._done()
        staff = self.user["staff_a"]
        self.env["party.archive.filing"].with_user(staff).with_context(
            active_model="party.document", active_ids=papers.ids
        ).create({"file_id": self.file.id}).action_file()
        self.assertEqual(papers.file_id, self.file)
        self.assertEqual(self.file.document_count, 2)
        papers[0].with_user(staff).action_take_out_of_file()
        self.assertFalse(papers[0].file_id)
        filing = self.env["party.archive.filing"].with_user(staff)
        filing.create(
            {"document_ids": papers[0].ids, "new_title": "Việc mới"}
        ).action_file()
        self.assertEqual(papers[0].file_id.title, "Việc mới")
        self.assertEqual(papers[0].file_id.board_id, self.board_a)

    def test_only_the_unit_in_charge_files_a_paper(self):
        paper = self._done(co=self.board_b)
        mine = self._new_file(key="staff_b", board_id=self.board_b.id)
        with self.assertRaises(AccessError):
            paper.with_user(self.user["staff_b"])._put_into_file(mine)
        with self.assertRaises(AccessError):
            paper.with_user(self.user["staff_b"]).action_open_filing()
        with self.assertRaises(AccessError):
            paper.with_user(self.user["staff_a"])._put_into_file(mine)
        with self.assertRaises(AccessError):
            paper.with_user(self.user["clerk"]).file_id = self.file
        paper.with_user(self.user["clerk"])._put_into_file(mine)
        self.assertEqual(paper.file_id, mine)
        # its title is for readers of the file
        shown = paper.with_user(self.user["staff_a"]).sudo().file_id.display_name
        self.assertEqual(shown, mine.name)

    def test_secret_and_unregistered_papers_are_not_filed(self):
        clerk = self.user["clerk"]
        with self.assertRaises(UserError):
            self._new_paper().with_user(clerk)._put_into_file(self.file)
        stub = (
            self.env["party.document"]
            .with_user(clerk)
            .create({"body_id": self.body.id, "secrecy": "secret"})
        )
        stub.action_register()
        with self.assertRaises(UserError):
            stub._put_into_file(self.file)

    def test_a_file_with_papers_is_not_deleted(self):
        self._done().with_user(self.user["staff_a"])._put_into_file(self.file)
        with self.assertRaises(UserError):
            self.file.unlink()
        self._new_file().unlink()

    def test_bad_days_are_refused(self):
        for values in (
            {"date_to": "2025-12-31"},
            {"date_from": "1900-01-01"},
            {"sheet_count": -1},
            {"year": 26},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._new_file(**values).flush_recordset()
