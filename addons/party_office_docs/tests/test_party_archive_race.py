from psycopg2 import errors

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

GUARDED = (
    "party_archive_file",
    "party_archive_entry",
    "party_document",
    "ir_attachment",
    "mail_message",
)


@tagged("post_install", "-at_install")
class TestPartyArchiveRace(BaseCase):
    """Two real connections: one closes a file while the other adds to it."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            board = env["party.board"].create({"name": "Race", "code": "RACEAR"})
            body = env["party.issuing.body"].create(
                {"name": "RACE", "code": "RACEAR", "board_id": board.id}
            )
            paper = env["party.document"].create(
                {
                    "direction": "out",
                    "body_id": body.id,
                    "kind_id": env.ref("party_office_docs.kind_letter").id,
                    "name": "01-CV/RACEAR",
                    "number": 1,
                    "registered_at": fields.Datetime.now(),
                    "state": "issued",
                    "abstract": "Race",
                    "document_date": "2026-01-05",
                }
            )
            file = env["party.archive.file"].create(
                {
                    "title": "Race",
                    "board_id": board.id,
                    "year": 2026,
                    "date_from": "2026-01-05",
                    "date_to": "2026-01-06",
                    "sheet_count": 1,
                    "is_permanent": True,
                }
            )
            paper._put_into_file(file)
            self.file, self.paper = file.id, paper.id
            self.board, self.body = board.id, body.id

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            for table in GUARDED:
                cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            papers = "SELECT id FROM party_document WHERE body_id = %(body)s"
            files = "SELECT id FROM party_archive_file WHERE board_id = %(board)s"
            for query in (
                f"DELETE FROM party_archive_entry WHERE file_id IN ({files})",
                "DELETE FROM ir_attachment WHERE res_model = 'party.document'"
                f" AND res_id IN ({papers})",
                "DELETE FROM party_document WHERE body_id = %(body)s",
                "DELETE FROM party_archive_file WHERE board_id = %(board)s",
                "DELETE FROM party_work_item WHERE board_id = %(board)s",
                "DELETE FROM party_series_number WHERE scope = 'RACEAR'",
                "DELETE FROM party_series_counter WHERE scope = 'RACEAR'",
            ):
                cr.execute(query, {"body": self.body, "board": self.board})
            for table in GUARDED:
                cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            env["party.issuing.body"].browse(self.body).unlink()
            board = env["party.board"].browse(self.board)
            account = board.analytic_account_id
            board.unlink()
            account.unlink()

    def _attach(self, env):
        env["ir.attachment"].create(
            {
                "name": "muon.txt",
                "raw": b"muon",
                "res_model": "party.document",
                "res_id": self.paper,
            }
        )
        env.flush_all()

    def _close(self, env):
        env["party.archive.file"].browse(self.file).action_close()
        env.flush_all()

    def _duel(self, first, second):
        """Let ``second`` begin, ``first`` finish, ``second`` go on; it must fail."""
        with self.registry.cursor() as late:
            late.execute("SELECT 1 FROM party_archive_file LIMIT 1")
            with self.registry.cursor() as cr:
                first(api.Environment(cr, SUPERUSER_ID, {}))
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.SerializationFailure),
            ):
                second(api.Environment(late, SUPERUSER_ID, {}))
            late.rollback()

    def test_what_is_added_while_a_file_closes_is_sealed(self):
        self._duel(self._attach, self._close)
        # the HTTP layer runs the loser again: it now sees what was added
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._close(env)
            entries = env["party.archive.file"].browse(self.file).entry_ids
            self.assertIn("muon.txt", entries.mapped("text"))

    def test_nothing_is_added_behind_a_closing(self):
        self._duel(self._close, self._attach)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            entries = env["party.archive.file"].browse(self.file).entry_ids
            self.assertEqual(len(entries), 1)
