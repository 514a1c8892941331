import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_approval import ApprovalCase


@tagged("post_install", "-at_install")
class TestScopeOfDocuments(ApprovalCase):
    """Nothing of a document of board B reaches accountant A, by any channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        documents = cls.env["test.party.document"]
        cls.secret = documents.with_user(cls.user["staff_b"]).create(
            {
                "subject": "Bí mật của ban B",
                "amount": 777,
                "line_ids": [Command.create({"text": "dòng của B"})],
            }
        )
        cls.secret.action_submit()
        cls.own = documents.with_user(cls.user["staff_a"]).create(
            {"subject": "Của ban A", "amount": 100}
        )
        cls.attachment = cls.env["ir.attachment"].create(
            {
                "name": "hoa-don-b.txt",
                "raw": b"bi mat",
                "res_model": cls.secret._name,
                "res_id": cls.secret.id,
            }
        )
        cls.secret.sudo().message_post(body="Trao đổi của ban B")
        cls.accountant = cls.user["accountant_a"]
        cls.accountant.group_ids |= (
            cls.env.ref("account.group_account_user")
            | cls.env.ref("account.group_account_manager")
            | cls.env.ref("base.group_allow_export")
        )

    def _as(self, model):
        return self.env[model].with_user(self.accountant)

    def test_search_read_and_groups(self):
        documents = self._as("test.party.document")
        self.assertEqual(documents.search([]), self.own)
        self.assertEqual(documents.search_count([("amount", "=", 777)]), 0)
        self.assertFalse(documents.name_search("Bí mật"))
        self.assertFalse(documents.search([("subject", "ilike", "bi mat")]))
        with self.assertRaises(AccessError):
            documents.browse(self.secret.id).read(["subject"])
        groups = documents.formatted_read_group([], ["board_id"], ["amount:sum"])
        self.assertEqual([group["amount:sum"] for group in groups], [100])
        exported = documents.search([]).export_data(["subject", "amount"])["datas"]
        self.assertEqual(len(exported), 1)
        self.assertFalse(self._as("test.party.document.line").search([]))

    def test_around_the_document(self):
        about = [("model", "=", self.secret._name), ("res_id", "=", self.secret.id)]
        self.assertFalse(self._as("mail.message").search(about))
        about = [
            ("res_model", "=", self.secret._name),
            ("res_id", "=", self.secret.id),
        ]
        for model in (
            "mail.activity",
            "ir.attachment",
            "party.approval",
            "party.clock.entry",
            "party.work.item",
        ):
            with self.subTest(model):
                self.assertTrue(self.env[model].search(about))
                self.assertFalse(self._as(model).search(about))
        with self.assertRaises(AccessError):
            self._as("ir.attachment").browse(self.attachment.id).read(["raw"])

    def test_sums_over_the_work_list(self):
        groups = self._as("party.work.item").formatted_read_group(
            [("res_model", "=", self.secret._name)], ["board_id"], ["amount:sum"]
        )
        self.assertEqual([group["amount:sum"] for group in groups], [100])

    def test_a_follower_sees_no_more(self):
        self.secret.sudo().message_subscribe(self.accountant.partner_id.ids)
        self.assertFalse(
            self._as("test.party.document").search([("id", "=", self.secret.id)])
        )


@tagged("post_install", "-at_install")
class TestForgeryByRpc(ApprovalCase, HttpCase):
    """The same over HTTP, as a hostile client would send it."""

    def _rpc(self, model, method, args=(), kwargs=None):
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": list(args),
                        "kwargs": kwargs or {},
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    @mute_logger("odoo.http")
    def test_forge_state_and_evidence(self):
        document = self._sent()
        step = document.approval_ids[:1]
        self.authenticate("test_staff_a", "test_staff_a")
        document_args = [[document.id]]
        for model, method, args in (
            (document._name, "write", [*document_args, {"state": "approved"}]),
            (document._name, "write", [*document_args, {"amount": 1}]),
            (document._name, "web_save", [*document_args, {"state": "approved"}]),
            (document._name, "action_approve", document_args),
            (document._name, "_set_state", [*document_args, "approved"]),
            (document._name, "_hand_to", [*document_args, False, ""]),
            (document._name, "_on_approved", document_args),
            (document._name, "unlink", document_args),
            ("party.approval", "write", [[step.id], {"state": "approved"}]),
            ("party.approval", "_reassign", [[step.id], 1]),
            ("party.approval", "unlink", [[step.id]]),
            ("party.approval", "create", [{"state": "approved"}]),
            ("party.clock.entry", "create", [{"step": "x"}]),
        ):
            kwargs = {"specification": {}} if method == "web_save" else {}
            kwargs["context"] = {
                "approval_seen": document.content_hash,
                "su": True,
                "uid": 1,
            }
            with self.subTest(model=model, method=method, args=args):
                self.assertIn("error", self._rpc(model, method, args, kwargs))
        document.invalidate_recordset()
        self.assertEqual(document.state, "submitted")
        self.assertEqual(step.state, "pending")

    def test_attachment_by_url(self):
        document = self._sent("staff_b")
        attachment = self.env["ir.attachment"].create(
            {
                "name": "b.txt",
                "raw": b"bi mat",
                "res_model": document._name,
                "res_id": document.id,
            }
        )
        for login, status in (("test_accountant_a", 404), ("test_accountant_b", 200)):
            with self.subTest(login):
                self.authenticate(login, login)
                response = self.url_open(f"/web/content/{attachment.id}")
                self.assertEqual(response.status_code, status)

    def test_the_approver_decides_over_rpc(self):
        document = self._sent()
        self.authenticate("test_head_a", "test_head_a")
        seen = self._rpc(document._name, "read", [[document.id], ["content_hash"]])
        seen_hash = seen["result"][0]["content_hash"]
        answer = self._rpc(
            document._name,
            "action_approve",
            [[document.id]],
            {"context": {"approval_seen": seen_hash}},
        )
        self.assertNotIn("error", answer)
        document.invalidate_recordset()
        self.assertEqual(document.waiting_user_id, self.user["accountant_a"])
