import base64

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DocsCase

PDF = base64.b64encode(b"%PDF-1.4 thu")
MAIL = """From: vanthu@trunguong.example
To: {to}
Subject: {subject}
Message-ID: <{key}@trunguong.example>
Content-Type: text/plain; charset=utf-8

{body}
"""


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestSecrecyGate(DocsCase):
    """Content of a secret paper is refused, by whatever way it comes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stub = cls._stub()
        cls.stub.action_register()
        cls.open_paper = cls._registered()

    @classmethod
    def _stub(cls, **values):
        return (
            cls.env["party.document"]
            .with_user(cls.user["clerk"])
            .with_context(tracking_disable=False)
            .create({"body_id": cls.body.id, "secrecy": "secret", **values})
        )

    def _refused_by_database(self, statement, *params):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.cr.execute(statement, params)

    # ------------------------------------------------------------------ fields
    def test_every_content_field_is_refused(self):
        content = {
            "abstract": "chuyện mật",
            "symbol": "1-BC/TU",
            "sender_id": self.sender.id,
            "signer_name": "Người ký",
            "note": "ghi chú",
            "instruction": "bút phê",
            "attachment_ids": [(0, 0, {"name": "a.pdf", "datas": PDF})],
        }
        for name, value in content.items():
            with self.assertRaises(UserError, msg=name):
                self._stub(**{name: value})
            for env_user in (self.env.user, self.user["clerk"]):
                with self.assertRaises(UserError, msg=name):
                    self.stub.with_user(env_user).write({name: value})

    def test_a_mark_from_the_context_or_a_default_counts(self):
        documents = self.env["party.document"].with_user(self.user["clerk"])
        with self.assertRaises(UserError):
            documents.with_context(default_secrecy="secret").create(
                {"body_id": self.body.id, "abstract": "chuyện mật"}
            )
        self.env["ir.default"].set(
            "party.document", "secrecy", "top", user_id=self.user["clerk"].id
        )
        with self.assertRaises(UserError):
            self._new_paper()

    def test_import_of_rows(self):
        documents = self.env["party.document"].with_user(self.user["clerk"])
        result = documents.load(
            ["body_id/.id", "secrecy", "abstract"],
            [[str(self.body.id), "secret", "chuyện mật"]],
        )
        self.assertFalse(result["ids"])
        self.assertEqual(result["messages"][0]["type"], "error")

    def test_mixed_rows_in_one_call(self):
        clerk = self.env["party.document"].with_user(self.user["clerk"])
        papers = clerk.create(
            [
                {"body_id": self.body.id, "abstract": "thường"},
                {"body_id": self.body.id, "secrecy": "top"},
                {"body_id": self.body.id, "abstract": "thường nữa"},
            ]
        )
        self.assertEqual(papers.mapped("secrecy"), ["none", "top", "none"])
        with self.assertRaises(UserError):
            papers.write({"note": "ghi chú"})

    # ------------------------------------------------------------------- marks
    def test_a_mark_is_not_lowered(self):
        for model in (self.stub, self.stub.sudo()):
            with self.assertRaises(UserError):
                model.write({"secrecy": "none"})
        self._refused_by_database(
            "UPDATE party_document SET secrecy = 'none' WHERE id = %s", self.stub.id
        )

    def test_a_mark_on_what_has_content_needs_the_action(self):
        paper = self._new_paper()
        for model in (paper, paper.sudo()):
            with self.assertRaises(UserError):
                model.write({"secrecy": "secret"})

    def test_nothing_by_setting(self):
        self.company.party_secret_papers = "nothing"
        with self.assertRaises(UserError):
            self._stub()

    def test_nothing_is_logged_about_a_stub(self):
        stub = self._stub()
        stub.action_register()
        self.assertFalse(
            self.env["mail.message"].search_count(
                [("model", "=", stub._name), ("res_id", "=", stub.id)]
            )
        )

    # ------------------------------------------------------------- attachments
    def test_attachments(self):
        attachments = self.env["ir.attachment"]
        target = {"res_model": "party.document", "res_id": self.stub.id}
        file = attachments.create({"name": "a.pdf", "datas": PDF})
        other = attachments.create(
            {"name": "b.pdf", "res_model": "res.partner", "res_id": 1, "datas": PDF}
        )
        for call in (
            lambda: attachments.create({"name": "x", "datas": PDF, **target}),
            lambda: attachments.with_context(
                default_res_model="party.document", default_res_id=self.stub.id
            ).create({"name": "x", "datas": PDF}),
            lambda: file.write(target),
            lambda: other.write(target),
            lambda: self.stub.sudo().write({"attachment_ids": [(4, file.id)]}),
            lambda: self.stub.sudo().write({"attachment_ids": [(6, 0, file.ids)]}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                call()

    def test_attachments_in_the_database(self):
        file = self.env["ir.attachment"].create({"name": "a.pdf", "datas": PDF})
        file.flush_recordset()
        self._refused_by_database(
            "UPDATE ir_attachment SET res_model = 'party.document', res_id = %s"
            " WHERE id = %s",
            self.stub.id,
            file.id,
        )
        relation = self.stub._fields["attachment_ids"].relation
        self._refused_by_database(
            f"INSERT INTO {relation} (party_document_id, ir_attachment_id)"
            " VALUES (%s, %s)",
            self.stub.id,
            file.id,
        )

    # ----------------------------------------------------------------- chatter
    def test_messages(self):
        for call in (
            lambda: self.stub.message_post(body="chuyện mật"),
            lambda: self.stub.sudo()._message_log(body="chuyện mật"),
            lambda: self.env["mail.message"].create(
                {
                    "model": "party.document",
                    "res_id": self.stub.id,
                    "body": "chuyện mật",
                }
            ),
            lambda: self.open_paper.message_post(body="x").write(
                {"res_id": self.stub.id}
            ),
            lambda: self.env["mail.scheduled.message"].create(
                {
                    "model": "party.document",
                    "res_id": self.stub.id,
                    "body": "chuyện mật",
                    "scheduled_date": "2026-07-01 00:00:00",
                    "author_id": self.env.user.partner_id.id,
                }
            ),
            lambda: self.env["mail.compose.message"].create(
                {
                    "model": "party.document",
                    "res_ids": str(self.stub.ids),
                    "body": "chuyện mật",
                }
            ),
            lambda: self.stub.activity_schedule(
                "mail.mail_activity_data_todo", note="chuyện mật"
            ),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                call()
        self._refused_by_database(
            "INSERT INTO mail_message (model, res_id, body, message_type)"
            " VALUES ('party.document', %s, 'chuyện mật', 'comment')",
            self.stub.id,
        )

    # --------------------------------------------------------------- own rows
    def test_rows_about_the_paper(self):
        routing = self.env["party.document.routing"]
        with self.assertRaises(UserError), self.cr.savepoint():
            routing.create(
                {
                    "document_id": self.stub.id,
                    "board_id": self.board_a.id,
                    "role": "info",
                }
            )
        self._refused_by_database(
            "INSERT INTO party_document_routing (document_id, board_id, role)"
            " VALUES (%s, %s, 'info')",
            self.stub.id,
            self.board_a.id,
        )

    def test_ordinary_papers_are_not_touched(self):
        self.open_paper.message_post(body="trao đổi")
        self.env["ir.attachment"].create(
            {
                "name": "a.pdf",
                "datas": PDF,
                "res_model": "party.document",
                "res_id": self.open_paper.id,
            }
        )
        self.open_paper.invalidate_recordset()
        self.assertGreaterEqual(self.open_paper.secrecy_turn, 2)

    # ----------------------------------------------------------- mail gateway
    def _mail(self, key, subject="Công văn", body="Kính gửi", thread=False):
        before = self.env["mail.message"].search_count([])
        sent = self.env["mail.mail"].search([]).ids
        result = self.env["mail.thread"].message_process(
            "party.document",
            MAIL.format(to="papers@test.example", subject=subject, body=body, key=key),
            thread_id=thread,
        )
        mails = self.env["mail.mail"].search([("id", "not in", sent)])
        return result, self.env["mail.message"].search_count([]) - before, mails

    def test_marked_mail_is_refused(self):
        papers = self.env["party.document"].with_context(active_test=False)
        count = papers.search_count([])
        for key, subject, body in (
            ("m1", "=?utf-8?q?=5BM=E1=BA=ACT=5D_b=C3=A1o_c=C3=A1o_XYZQ?=", "Kính gửi"),
            ("m2", "Cong van", "TỈNH ỦY\nTUYỆT MẬT\nchuyện XYZQ"),
        ):
            result, messages, mails = self._mail(key, subject, body)
            self.assertFalse(result)
            # what is stored is the answer alone
            self.assertLessEqual(messages, len(mails))
            self.assertEqual(papers.search_count([]), count)
            for mail in mails:
                self.assertNotIn("XYZQ", f"{mail.subject} {mail.body_html}")

    def test_mail_to_a_secret_paper_is_refused(self):
        result, _messages, _mails = self._mail("m3", thread=self.stub.id)
        self.assertFalse(result)
        self.assertFalse(self.stub.sudo().message_ids)
