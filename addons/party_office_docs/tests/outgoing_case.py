"""Test API of outgoing papers: a draft of board A, sent, signed, issued."""

import base64

from odoo import Command

from .common import DocsCase


class OutgoingCase(DocsCase):
    """``draft`` values: staff A drafts for body A, the head of board B signs T/L.

    The route is: head A, form checker (the clerk), signer.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body.clerk_id = cls.body_a.clerk_id = cls.user["clerk"]
        cls.signer = cls.user["deputy_chief"]
        cls.env["party.signing.power"].create(
            {
                "user_id": cls.signer.id,
                "body_id": cls.body_a.id,
                "authority": "tl",
                "position": "PHÓ CHÁNH VĂN PHÒNG",
                "date_from": "2020-01-01",
            }
        )

    @classmethod
    def _new_draft(cls, key="staff_a", **values):
        return (
            cls.env["party.document.draft"]
            .with_user(cls.user[key])
            .create(
                {
                    "board_id": cls.board_a.id,
                    "body_id": cls.body_a.id,
                    "kind_id": cls.kind.id,
                    "title": "V/v sơ kết công tác sáu tháng",
                    "content": "<p>Kính gửi các ban</p>",
                    "signer_id": cls.signer.id,
                    "authority": "tl",
                    "recipient_ids": [
                        Command.create({"board_id": cls.board_b.id}),
                        Command.create({"correspondent_id": cls.sender.id}),
                        Command.create({"name": "Lưu Văn phòng", "role": "file"}),
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _approve(cls, draft, key):
        mine = draft.with_user(cls.user[key])
        mine.with_context(approval_seen=mine.content_hash).action_approve()

    @classmethod
    def _at_signature(cls, **values):
        """Return a draft that waits for its signature."""
        draft = cls._new_draft(**values)
        draft.action_submit()
        cls._approve(draft, "head_a")
        cls._approve(draft, "clerk")
        return draft

    @classmethod
    def _signed(cls, **values):
        draft = cls._at_signature(**values)
        cls._approve(draft, "deputy_chief")
        return draft

    @classmethod
    def _issued(cls, **values):
        """Return the paper (as superuser) of a draft that was issued."""
        draft = cls._signed(**values)
        draft.with_user(cls.user["clerk"]).action_issue()
        return draft.sudo().document_id

    @classmethod
    def _upload(cls, key, name="scan.pdf", content=b"%PDF-1.4 scan"):
        return (
            cls.env["ir.attachment"]
            .with_user(cls.user[key])
            .create({"name": name, "datas": base64.b64encode(content)})
        )
