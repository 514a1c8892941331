import base64
import os

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..secrecy_files import delete_unused
from .common import DocsCase

WORD = "Kzqx7"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestSecrecyRemoval(DocsCase):
    """A Mật paper came in by mistake: nothing of it stays, a minute says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper = cls._directed(
            co=cls.board_b,
            symbol=f"9-BC/{WORD}",
            abstract=f"Báo cáo {WORD}",
            note=f"kèm {WORD}",
            signer_name=f"Ông {WORD}",
        ).sudo()
        cls.paper = cls.paper.with_context(tracking_disable=False)
        cls.paper.instruction = f"Xử lý {WORD}"
        files = cls.env["ir.attachment"].create(
            [
                {"name": f"{WORD} {n}.txt", "datas": base64.b64encode(raw.encode())}
                for n, raw in enumerate((f"noi dung {WORD} 1", f"noi dung {WORD} 2"))
            ]
        )
        files[0].write({"res_model": cls.paper._name, "res_id": cls.paper.id})
        cls.paper.write({"attachment_ids": [(4, files[0].id)]})
        cls.paper.message_post(
            body=f"trao đổi {WORD}",
            partner_ids=cls.user["staff_a"].partner_id.ids,
            attachment_ids=files[1].ids,
        )
        cls.paper.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=f"nhắc {WORD}",
            note=f"nhắc {WORD}",
            user_id=cls.user["head_a"].id,
        )
        cls.env["mail.scheduled.message"].create(
            {
                "model": cls.paper._name,
                "res_id": cls.paper.id,
                "body": f"hẹn {WORD}",
                "scheduled_date": "2026-07-01 00:00:00",
                "author_id": cls.env.user.partner_id.id,
            }
        )
        cls.env["bus.bus"].sudo().create({"channel": "x", "message": f'"{WORD}"'})
        text = cls.env["party.document.text"]._of(cls.paper)
        text.body = f"noi dung {WORD.lower()}"
        cls.files = files
        cls.env.flush_all()

    def _found(self):
        """Return the columns of the whole database that hold the word."""
        self.env.flush_all()
        self.cr.execute(
            """
            SELECT c.table_name, array_agg(c.column_name::text)
              FROM information_schema.columns c
              JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
               AND c.data_type IN ('text', 'character varying', 'jsonb', 'json',
                                   'bytea', 'tsvector', 'ARRAY', 'character')
             GROUP BY c.table_name
            """
        )
        found = []
        for table, columns in self.cr.fetchall():
            for column in columns:
                self.cr.execute(
                    f"""SELECT count(*) FROM "{table}" WHERE position(%s in lower(
                        CASE WHEN pg_typeof("{column}") = 'bytea'::regtype
                        THEN encode("{column}"::text::bytea, 'escape')
                        ELSE "{column}"::text END)) > 0""",
                    [WORD.lower()],
                )
                if self.cr.fetchone()[0]:
                    found.append(f"{table}.{column}")
        self.cr.execute("SELECT count(*) FROM pg_largeobject_metadata")
        self.assertEqual(self.cr.fetchone()[0], 0)
        return found

    def _mark(self, key="clerk", level="secret", reason="quét nhầm"):
        paper = self.paper.with_user(self.user[key]).sudo(False)
        return paper.action_mark_secret(level, reason)

    def test_nothing_stays(self):
        before = self._found()
        for column in (
            "party_document.abstract",
            "party_document_text.words",
            "mail_message.body",
            "mail_activity.note",
            "ir_attachment.name",
            "party_work_item.summary",
            "bus_bus.message",
        ):
            self.assertIn(column, before)
        paths = [
            self.files._full_path(name) for name in self.files.mapped("store_fname")
        ]
        names = self.files.mapped("store_fname")
        number = self.paper.name
        minute = self._mark()
        self.assertEqual(self._found(), [])
        self.assertFalse(self.files.exists())
        self.assertTrue(all(map(os.path.exists, paths)))
        self.assertEqual(delete_unused(self.env, names), [])
        self.assertFalse(any(map(os.path.exists, paths)))
        paper = self.paper
        self.assertEqual(
            (paper.name, paper.state, paper.secrecy), (number, "secret", "secret")
        )
        self.assertTrue(paper.document_date)
        self.assertFalse(paper.waiting_user_id | paper.lead_board_id.head_id)
        self.assertEqual(paper.reader_board_ids, self.office)
        self.assertFalse(paper.with_user(self.user["staff_a"]).has_access("read"))
        self.assertEqual(minute.document_name, number)
        self.assertEqual(minute.file_count, 2)
        self.assertGreaterEqual(minute.message_count, 1)
        self.assertIn(self.board_b.name, minute.reader_names)
        with self.assertRaises(UserError):
            paper.message_post(body="lại nữa")

    def test_who_and_how(self):
        for key in ("staff_a", "head_a", "staff_b"):
            with self.assertRaises(AccessError, msg=key):
                self._mark(key)
        for level, reason in (("none", "x"), ("secret", " "), ("bogus", "x")):
            with self.assertRaises(UserError):
                self._mark(level=level, reason=reason)
        self._mark("office_chief")
        with self.assertRaises(UserError):
            self._mark()
        self.assertEqual(self._mark(level="top").secrecy, "top")

    def test_a_minute_is_never_changed(self):
        minute = self._mark()
        for key in ("clerk", "office_chief"):
            mine = minute.with_user(self.user[key])
            self.assertTrue(mine.has_access("read"))
            with self.assertRaises(UserError):
                mine.write({"reason": "x"})
            # the rights end before the ledger says so
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(UserError):
                mine.sudo().unlink()
        for key in ("staff_a", "head_a", "accountant_a", "cashier", "manager"):
            self.assertFalse(minute.with_user(self.user[key]).has_access("read"), key)

    def test_unregistered_and_two_at_once(self):
        papers = self._new_paper() | self._registered()
        minutes = papers.action_mark_secret("high", "quét nhầm")
        self.assertEqual(len(minutes), 2)
        self.assertEqual(papers.mapped("state"), ["received", "secret"])
        papers[0].action_register()
        self.assertEqual(papers[0].state, "secret")

    def test_a_copy_elsewhere_is_told(self):
        self.env["ir.attachment"].create({"name": "x", "raw": self.files[0].raw})
        self.assertEqual(self._mark().copy_count, 1)
