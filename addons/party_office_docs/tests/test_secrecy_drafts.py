from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from . import test_secrecy_removal
from .outgoing_case import OutgoingCase

WORD = test_secrecy_removal.WORD


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestSecrecyDrafts(OutgoingCase):
    """A draft and the paper that it became are one paper for the gate."""

    _found = test_secrecy_removal.TestSecrecyRemoval._found

    def _telling(self):
        """Return a draft that says the word wherever a draft can."""
        files = self._upload("staff_a", f"{WORD}.txt", f"tệp {WORD}".encode())
        draft = self._new_draft(
            title=f"Báo cáo {WORD}",
            content=f"<p>nội dung {WORD}</p>",
            attachment_ids=[Command.set(files.ids)],
            recipient_ids=[Command.create({"name": f"Nơi nhận {WORD}"})],
        )
        draft.action_ask_opinions([self.board_b.id], "2026-06-20")
        opinion = draft.sudo().opinion_ids.with_user(self.user["head_b"])
        opinion.action_answer("changes", f"ý kiến {WORD}")
        return draft

    def test_a_draft_loses_its_words(self):
        draft = self._telling()
        self.assertIn("party_document_draft.title", self._found())
        draft.with_user(self.user["clerk"]).action_mark_secret("secret", "soạn nhầm")
        self.assertEqual(self._found(), [])
        self.assertEqual((draft.state, draft.secrecy), ("cancelled", "secret"))
        self.assertFalse(draft.sudo().recipient_ids | draft.sudo().recipient_ids)
        self.assertFalse(draft.sudo().version_ids)
        with self.assertRaises(UserError):
            draft.sudo().title = "lại"
        with self.assertRaises(UserError):
            self.env["party.document.recipient"].create(
                {"draft_id": draft.id, "name": "Nơi nhận"}
            )

    def test_the_issued_paper_goes_with_its_draft(self):
        for marked in ("paper", "draft"):
            with self.subTest(marked):
                draft = self._telling()
                draft.action_submit()
                for key in ("head_a", "clerk", "deputy_chief"):
                    self._approve(draft, key)
                draft.with_user(self.user["clerk"]).action_issue()
                paper = draft.sudo().document_id
                self.assertIn("party_document.abstract", self._found())
                record = paper if marked == "paper" else draft
                record.with_user(self.user["clerk"]).sudo(False).action_mark_secret(
                    "high", "phát hành nhầm"
                )
                self.assertEqual(self._found(), [])
                self.assertEqual((paper.state, paper.secrecy), ("secret", "high"))
                self.assertEqual((draft.state, draft.secrecy), ("issued", "high"))
                self.assertTrue(paper.name, "the number stays")
