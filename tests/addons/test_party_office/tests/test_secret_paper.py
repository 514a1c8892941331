"""A Mật paper comes in by mistake, goes its way for two days, and is noticed."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_docs.tests import test_secrecy_removal
from odoo.addons.party_office_docs.tests.outgoing_case import OutgoingCase

WORD = test_secrecy_removal.WORD


@tagged("post_install", "-at_install")
class TestSecretPaper(OutgoingCase):
    """Everything that was written about it is gone; the number and a minute stay."""

    _found = test_secrecy_removal.TestSecrecyRemoval._found

    def _as(self, key, record):
        return record.with_user(self.user[key])

    def _goes_its_way(self):
        with freeze_time("2026-06-15 02:00:00"):
            scan = self._upload("clerk", f"{WORD}.pdf", f"%PDF {WORD}".encode())
            paper = self._new_paper(
                symbol=f"7-BC/{WORD}",
                abstract=f"Báo cáo {WORD}",
                note=f"kèm {WORD}",
                attachment_ids=[Command.set(scan.ids)],
            )
            paper.action_register()
            self._as("clerk", paper).action_propose(
                lead_id=self.board_a.id,
                deadline="2026-06-26",
                instruction=f"Đề xuất {WORD}",
            )
            self._as("office_chief", paper).action_direct(
                self.board_a.id,
                co_ids=[self.board_b.id],
                deadline="2026-06-26",
                instruction=f"Xử lý {WORD}",
            )
        with freeze_time("2026-06-16 02:00:00"):
            self._as("head_a", paper).action_pass(self.user["staff_a"].id)
            mine = self._as("staff_a", paper)
            mine.action_ask_extension("2026-06-30", f"Cần thêm thời gian {WORD}")
            mine.message_post(body=f"Trao đổi {WORD}")
            rows = self.env["party.document.contribution"]
            self._as("staff_b", rows).create(
                {"document_id": paper.id, "text": f"Góp ý {WORD}"}
            )
            evidence = self.env["party.document.evidence"]
            self._as("staff_a", evidence).create(
                {"document_id": paper.id, "symbol": f"9-BC/{WORD}"}
            )
            draft = self._new_draft(
                title=f"Trả lời {WORD}", answer_to_ids=[Command.set(paper.ids)]
            )
        return paper, draft

    def test_a_secret_paper_by_mistake(self):
        paper, draft = self._goes_its_way()
        before = set(self._found())
        for column in (
            "party_document.abstract",
            "party_document_direction.instruction",
            "party_document_extension.reason",
            "party_document_contribution.text",
            "party_document_evidence.symbol",
            "ir_attachment.name",
            "mail_message.body",
            "party_document_draft.title",
        ):
            self.assertIn(column, before)
        with freeze_time("2026-06-17 02:00:00"):
            for key in ("staff_a", "head_a"):
                with self.assertRaises(AccessError):
                    self._as(key, paper).action_mark_secret("secret", "nhầm")
            # the answer speaks of it too: it is marked for itself
            self._as("office_chief", draft).action_mark_secret("secret", "nhập nhầm")
            minute = self._as("office_chief", paper).action_mark_secret(
                "secret", "nhập nhầm"
            )
        self.assertEqual(self._found(), [])
        paper.invalidate_recordset()
        self.assertEqual((paper.sudo().state, paper.name), ("secret", "1/2026"))
        self.assertFalse(paper.sudo().waiting_user_id)
        self._refuses_everything(paper)
        self._is_out_of_sight(paper)
        report = self.env["ir.actions.report"].search(
            [("model", "=", "party.secrecy.minute")], limit=1
        )
        pdf, _kind = report._render_party_pdf(report, minute.ids)
        self.assertEqual(pdf[:4], b"%PDF")
        self.assertNotIn(WORD.encode(), pdf)

    def _refuses_everything(self, paper):
        """Whoever tries, on whichever path."""
        stub = paper.sudo()
        rows = {
            "party.document.contribution": {"text": "x"},
            "party.document.evidence": {"symbol": "1-BC/X"},
            "party.document.recipient": {"name": "x"},
            "ir.attachment": {"name": "x", "raw": b"x", "res_model": stub._name},
        }
        for name, values in rows.items():
            link = "res_id" if name == "ir.attachment" else "document_id"
            with self.subTest(name), self.assertRaises(UserError):
                self.env[name].sudo().create({**values, link: stub.id})
        for values in ({"abstract": "x"}, {"symbol": "1-CV/X"}, {"secrecy": "none"}):
            with self.subTest(values), self.assertRaises(UserError):
                stub.write(values)
        with self.assertRaises(UserError):
            stub.message_post(body="x")
        with self.assertRaises(UserError):
            stub.activity_schedule("mail.mail_activity_data_todo", note="x")

    def _is_out_of_sight(self, paper):
        for key in ("staff_a", "head_a", "staff_b", "accountant_a", "staff_a"):
            board = self.user[key].own_board_id
            if board == self.office:
                continue
            self.assertFalse(
                self._as(key, paper).search_count([("id", "=", paper.id)]), key
            )
