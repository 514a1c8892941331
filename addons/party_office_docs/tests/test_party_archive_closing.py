import hashlib
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .archive_common import ArchiveCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPartyArchiveClosing(ArchiveCase):
    """A closed file does not change, whoever tries on whatever path."""

    def _refused(self, action, error=UserError):
        with self.assertRaises(error), self.cr.savepoint():
            action()
            self.env.flush_all()

    def _run_check(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["party.archive.file"]._cron_check_integrity()

    def _refused_by_database(self, query, *args):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.cr.execute(query, args)

    def test_closing_needs_what_the_decree_asks_for(self):
        for missing in (
            {"title": " "},
            {"date_to": False},
            {"sheet_count": 0},
            {"retention_id": False, "retention_years": 0},
            {"date_to": "2026-06-16"},
        ):
            file = self._new_file(**missing)
            self._done().with_user(self.user["staff_a"])._put_into_file(file)
            with self.subTest(missing), self.assertRaises(UserError):
                file.action_close()
        with self.assertRaises(UserError):
            self.file.action_close()  # no papers
        busy = self._directed()
        busy.with_user(self.user["staff_a"])._put_into_file(self.file)
        with self.assertRaises(UserError):
            self.file.action_close()
        # an electronic file has no sheets
        file = self._new_file(sheet_count=0, medium="electronic")
        self._done().with_user(self.user["staff_a"])._put_into_file(file)
        file.action_close()
        self.assertEqual(file.state, "closed")

    def test_who_closes(self):
        self._done().with_user(self.user["staff_a"])._put_into_file(self.file)
        for key in ("staff_b", "manager", "chief_accountant"):
            with self.subTest(key), self.assertRaises(AccessError):
                self.file.with_user(self.user[key]).action_close()
        self.file.with_user(self.user["head_a"]).action_close()
        self.assertEqual(self.file.closed_by_id, self.user["head_a"])
        self._refused(self.file.action_close)

    def test_the_seal_names_every_file_with_its_hash(self):
        paper = self._done(content=b"mot")
        paper.with_user(self.user["staff_a"])._put_into_file(self.file)
        own = self.env["ir.attachment"].create({"name": "bia.pdf", "raw": b"hai"})
        self.file.sudo().attachment_ids = own
        self.file.action_close()
        files = self.file.entry_ids.filtered("attachment_id")
        self.assertEqual(
            files.mapped("sha256"),
            [hashlib.sha256(raw).hexdigest() for raw in (b"mot", b"hai")],
        )
        self.assertEqual(self.file.sealed_size, 6)
        self.assertEqual(len(self.file.entry_ids), 3)
        self.assertEqual(len(self.file.seal), 64)
        # the same bytes are stored once
        twin = self.env["ir.attachment"].create({"name": "khac.pdf", "raw": b"mot"})
        self.assertEqual(twin.store_fname, files[0].store_key or twin.store_fname)
        self.assertEqual(twin.checksum, paper.attachment_ids.checksum)

    def test_nothing_changes_through_the_orm(self):
        file = self._closed()
        paper = file.sudo().document_ids.with_user(self.user["clerk"])
        scan = paper.attachment_ids.sudo()
        new = self.env["ir.attachment"].create({"name": "moi.pdf", "raw": b"x"})
        other = self._new_file()
        self._refused(lambda: file.write({"title": "Khác"}))
        self._refused(lambda: file.write({"sheet_count": 3}))
        self._refused(lambda: file.write({"retention_years": 1}))
        self._refused(lambda: file.write({"attachment_ids": [(4, new.id)]}))
        self._refused(lambda: file.write({"state": "open"}), AccessError)
        self._refused(file.unlink)
        self._refused(lambda: paper.write({"abstract": "Khác"}))
        self._refused(lambda: paper.write({"attachment_ids": [(4, new.id)]}))
        self._refused(lambda: paper.write({"attachment_ids": [(5,)]}))
        self._refused(lambda: paper._put_into_file(other))
        self._refused(paper.action_take_out_of_file)
        self._refused(lambda: self._done()._put_into_file(file))
        for values in (
            {"raw": b"khac"},
            {"name": "khac.pdf"},
            {"res_id": False},
            {"res_model": "res.partner", "res_id": 1},
        ):
            self._refused(lambda values=values: scan.write(values))
        self._refused(scan.unlink)
        self._refused(
            lambda: new.write({"res_model": "party.document", "res_id": paper.id})
        )
        self._refused(
            lambda: self.env["ir.attachment"].create(
                {
                    "name": "them.pdf",
                    "raw": b"y",
                    "res_model": "party.document",
                    "res_id": paper.id,
                }
            )
        )
        self._refused(lambda: paper.message_post(body="thêm", attachment_ids=new.ids))
        self._refused(lambda: paper.message_post(body="thêm lời"))
        routing = paper.sudo().routing_ids[:1]
        self._refused(lambda: routing.write({"role": "info"}))
        self._refused(lambda: file.sudo().entry_ids[:1].unlink())
        # where it stands is not part of the file
        file.store = "Kho 1"
        self.assertEqual(file.store, "Kho 1")

    def test_messages_of_papers_stay(self):
        paper = self._done()
        message = paper.message_post(body="ý kiến trước khi đóng")
        paper.with_user(self.user["staff_a"])._put_into_file(self.file)
        self.file.action_close()
        self._refused(lambda: message.sudo().unlink())
        self._refused(lambda: message.sudo().write({"body": "khác"}))
        self._refused_by_database(
            "UPDATE mail_message SET body = 'x' WHERE id = %s", message.id
        )
        self._refused_by_database("DELETE FROM mail_message WHERE id = %s", message.id)

    def test_nothing_changes_through_sql(self):
        file = self._closed()
        paper = file.sudo().document_ids
        scan = paper.attachment_ids
        rel = self.env["party.document"]._fields["attachment_ids"]
        other = self._new_file()
        self.env.flush_all()
        for query, args in (
            ("UPDATE party_document SET abstract = 'x' WHERE id = %s", [paper.id]),
            ("UPDATE party_document SET file_id = NULL WHERE id = %s", [paper.id]),
            (
                "UPDATE party_document SET file_id = %s WHERE id = %s",
                [other.id, paper.id],
            ),
            (
                "UPDATE ir_attachment SET store_fname = 'x', db_datas = NULL,"
                " checksum = 'x' WHERE id = %s",
                [scan.id],
            ),
            ("UPDATE ir_attachment SET res_id = 0 WHERE id = %s", [scan.id]),
            ("DELETE FROM ir_attachment WHERE id = %s", [scan.id]),
            (
                "INSERT INTO ir_attachment (name, type, res_model, res_id)"
                " VALUES ('x', 'binary', 'party.document', %s)",
                [paper.id],
            ),
            (
                f"DELETE FROM {rel.relation} WHERE {rel.column1} = %s",
                [paper.id],
            ),
            ("UPDATE party_archive_file SET state = 'open' WHERE id = %s", [file.id]),
            ("UPDATE party_archive_file SET sheet_count = 1 WHERE id = %s", [file.id]),
            ("UPDATE party_archive_file SET seal = 'x' WHERE id = %s", [file.id]),
            ("DELETE FROM party_archive_file WHERE id = %s", [file.id]),
            ("UPDATE party_archive_entry SET text = 'x' WHERE file_id = %s", [file.id]),
            ("DELETE FROM party_archive_entry WHERE file_id = %s", [file.id]),
            ("TRUNCATE party_archive_entry", []),
        ):
            with self.subTest(query):
                self._refused_by_database(query, *args)

    def test_open_files_and_papers_without_one_are_free(self):
        paper = self._done()
        before = self.file.content_version
        paper.with_user(self.user["staff_a"])._put_into_file(self.file)
        paper.attachment_ids.sudo().name = "ten moi.pdf"
        self.env.flush_all()
        self.file.invalidate_recordset()
        self.assertGreater(self.file.content_version, before + 1)
        paper.attachment_ids.sudo().unlink()
        self._done().attachment_ids.sudo().unlink()

    def test_a_recall_is_still_recorded(self):
        paper = self._done()
        paper.sudo().state = "issued"
        paper.with_user(self.user["staff_a"])._put_into_file(self.file)
        self.file.action_close()
        paper.sudo().state = "recalled"
        self.env.flush_all()
        self._refused_by_database(
            "UPDATE party_document SET state = 'directed' WHERE id = %s", paper.id
        )

    def test_integrity_finds_what_passed_beside_the_triggers(self):
        file = self._closed()
        file.action_verify()
        self.assertEqual((file.integrity, file.findings), ("whole", ""))
        scan = file.sudo().document_ids.attachment_ids
        scan.flush_recordset()
        # as one with the password of the database would
        self.cr.execute("ALTER TABLE ir_attachment DISABLE TRIGGER USER")
        self.cr.execute(
            "UPDATE ir_attachment SET db_datas = %s, store_fname = NULL WHERE id = %s",
            [b"gia mao", scan.id],
        )
        self.cr.execute("ALTER TABLE ir_attachment ENABLE TRIGGER USER")
        scan.invalidate_recordset()
        with mute_logger("odoo.addons.party_office_docs.models.party_archive_check"):
            self._run_check()
            self._run_check()
        self.assertEqual(file.integrity, "broken")
        self.assertIn("scan.pdf", file.findings)
        todo = file.sudo().activity_ids
        self.assertEqual(todo.user_id, self.user["clerk"])
        self.assertEqual(len(todo), 1)
        # it cannot be handed over as if it were whole
        file.action_hand_over()
        file.handover_id.action_send()
        with (
            mute_logger("odoo.addons.party_office_docs.models.party_archive_check"),
            self.assertRaises(UserError),
        ):
            file.handover_id.with_user(self.user["clerk"]).action_accept()

    def test_a_paper_marked_secret_leaves_and_the_rest_is_sealed_again(self):
        paper, other = self._done(content=b"mat"), self._done(content=b"thuong")
        (paper | other).with_user(self.user["staff_a"])._put_into_file(self.file)
        self.file.action_close()
        before = self.file.seal
        paper.sudo()._withdraw_from_file()
        self.assertFalse(paper.file_id)
        self.assertNotEqual(self.file.seal, before)
        self.assertEqual(len(self.file.entry_ids), 2)
        paper.attachment_ids.sudo().unlink()
        self.file.action_verify()
        self.assertEqual(self.file.integrity, "whole")
        self._refused(lambda: other.attachment_ids.sudo().unlink())

    def test_two_files_close_at_once(self):
        files = self._new_file() | self._new_file()
        for file in files:
            self._done().with_user(self.user["staff_a"])._put_into_file(file)
        files.action_close()
        self.assertEqual(files.mapped("state"), ["closed", "closed"])
        self.assertEqual(len(set(files.mapped("seal"))), 2)
