"""A directive of the Standing Committee, from the envelope to the loan of its file."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_docs.tests.outgoing_case import OutgoingCase


@tagged("post_install", "-at_install")
class TestDirective(OutgoingCase):
    """Three boards, one in the lead: each step by the person whose step it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board_c = cls._new_board("Ban Tuyên giáo và Dân vận (thử)", "TC")
        cls._new_user("head_c", "board_head", cls.board_c)
        cls._new_user("staff_c", "staff", cls.board_c)
        cls.board_c.head_id = cls.user["head_c"]
        cls._new_user("staff_d", "staff", cls._new_board("Ban khác (thử)", "TD"))
        cls.directive = cls.env.ref("party_office_docs.kind_directive")
        cls.report = cls.env.ref("party_office_docs.kind_report")

    def _as(self, key, record):
        return record.with_user(self.user[key])

    def _all_readers(self, paper):
        return {
            key
            for key in self.user
            if self._as(key, paper).search_count([("id", "=", paper.id)])
        }

    def test_from_the_envelope_to_the_loan(self):
        with freeze_time("2026-06-15 02:00:00"):
            paper = self._come_in()
            self._direct(paper)
        with freeze_time("2026-06-16 02:00:00"):
            self._pass_on(paper)
            self._contribute(paper)
        with freeze_time("2026-06-22 02:00:00"):
            draft = self._write_the_answer(paper)
        with freeze_time("2026-06-24 02:00:00"):
            answer = self._issue(draft)
            self._hand_over(answer)
            self._close(paper, answer)
        with freeze_time("2026-07-01 02:00:00"):
            file = self._file(paper, answer)
            self._lend(file)
        self._check_chain(paper, answer)

    # ------------------------------------------------------------------- steps
    def _come_in(self):
        paper = self._new_paper(
            symbol="15-CT/TW",
            kind_id=self.directive.id,
            abstract="Chỉ thị về tăng cường chuyển đổi số trong các cơ quan đảng",
            urgency="1",
            body_id=self.body.id,
            attachment_ids=[Command.set(self._upload("clerk").ids)],
        )
        paper.action_register()
        self.assertEqual((paper.name, paper.state), ("1/2026", "registered"))
        self.assertEqual(paper.waiting_user_id, self.user["office_chief"])
        return paper

    def _direct(self, paper):
        with self.assertRaises(AccessError):
            self._as("clerk", paper).action_direct(
                self.board_a.id, deadline="2026-06-26", instruction="x"
            )
        self._as("office_chief", paper).action_direct(
            self.board_a.id,
            co_ids=[self.board_b.id],
            info_ids=[self.board_c.id],
            deadline="2026-06-26",
            instruction="Tham mưu báo cáo Ban Thường vụ",
        )
        parts = {part.board_id: part.role for part in paper.sudo().routing_ids}
        self.assertEqual(
            parts, {self.board_a: "lead", self.board_b: "co", self.board_c: "info"}
        )
        self.assertEqual(paper.sudo().deadline, date(2026, 6, 26))
        # the office registered it, three boards have a part in it
        readers = self._all_readers(paper)
        self.assertLessEqual({"staff_a", "staff_b", "staff_c", "clerk"}, readers)
        self.assertNotIn("staff_d", readers)

    def _pass_on(self, paper):
        self.assertEqual(paper.sudo().waiting_user_id, self.user["head_a"])
        with self.assertRaises(AccessError):
            self._as("head_b", paper).action_pass(self.user["staff_b"].id)
        self._as("head_a", paper).action_pass(self.user["staff_a"].id)
        self.assertEqual(paper.sudo().waiting_user_id, self.user["staff_a"])
        # handing it on inside the unit does not move the day
        self.assertEqual(paper.sudo().deadline, date(2026, 6, 26))
        self.assertEqual(len(self._open_entries(paper)), 1)

    def _open_entries(self, paper):
        return paper.sudo().clock_entry_ids.filtered(lambda entry: not entry.date_to)

    def _contribute(self, paper):
        self.env["party.document.contribution"].with_user(self.user["staff_b"]).create(
            {"document_id": paper.id, "text": "Đề nghị bổ sung phần kinh phí"}
        )
        seen = self._as("staff_a", paper).contribution_ids.mapped("text")
        self.assertEqual(seen, ["Đề nghị bổ sung phần kinh phí"])

    def _write_the_answer(self, paper):
        draft = self._new_draft(
            kind_id=self.report.id,
            title="Báo cáo triển khai Chỉ thị số 15-CT/TW",
            answer_to_ids=[Command.set(paper.ids)],
        )
        draft.action_ask_opinions([self.board_b.id, self.board_c.id], "2026-06-24")
        opinions = draft.sudo().opinion_ids
        self.assertEqual(opinions.board_id, self.board_b | self.board_c)
        for key, answer, text in (
            ("head_b", "changes", "Thêm số liệu quý II"),
            ("head_c", "agree", ""),
        ):
            board = self.user[key].own_board_id
            mine = opinions.filtered(lambda o, board=board: o.board_id == board)
            self._as(key, mine).action_answer(answer, text)
        self.assertEqual(set(opinions.mapped("answer")), {"changes", "agree"})
        draft.content = "<p>Kính gửi Ban Thường vụ. Số liệu quý II: đã bổ sung.</p>"
        draft.action_submit()
        self._approve(draft, "head_a")
        self._approve(draft, "clerk")
        with self.assertRaises(UserError):
            self._as("clerk", draft).action_issue()
        self._approve(draft, "deputy_chief")
        self.assertEqual(draft.sudo().state, "approved")
        self.assertEqual(len(draft.sudo().version_ids), 2)
        return draft

    def _issue(self, draft):
        self._as("clerk", draft).action_issue()
        answer = draft.sudo().document_id
        self.assertEqual(answer.name, "01-BC/BAT")
        self.assertEqual(answer.document_date, date(2026, 6, 24))
        return answer

    def _hand_over(self, answer):
        self._as("clerk", answer).action_hand_over()
        self._as("head_b", answer).action_receive()
        line = answer.delivery_ids.filtered(lambda d: d.board_id == self.board_b)
        self.assertEqual(line.received_by_id, self.user["head_b"])
        with self.assertRaises(AccessError):
            self._as("staff_c", answer).check_access("read")

    def _close(self, paper, answer):
        mine = self._as("staff_a", paper)
        self.assertEqual(mine.answer_ids.ids, answer.ids)
        self.assertEqual(mine.evidence_ids.mapped("symbol"), ["01-BC/BAT"])
        mine.action_submit_result("Đã báo cáo Ban Thường vụ")
        self.assertEqual(paper.sudo().waiting_user_id, self.user["office_chief"])
        with self.assertRaises(AccessError):
            mine.action_accept("done")
        self._as("office_chief", paper).action_accept("done", "Đúng hạn")
        self.assertEqual(paper.sudo().state, "done")
        self.assertFalse(paper.sudo().waiting_user_id)
        self.assertFalse(self._open_entries(paper))

    def _file(self, paper, answer):
        retention = self.env["party.retention"].search(
            [("is_permanent", "=", False)], limit=1
        )
        file = (
            self.env["party.archive.file"]
            .with_user(self.user["staff_a"])
            .create(
                {
                    "title": "Triển khai Chỉ thị 15-CT/TW",
                    "board_id": self.board_a.id,
                    "retention_id": retention.id,
                    "date_from": "2026-06-15",
                    "date_to": "2026-06-24",
                    "sheet_count": 9,
                }
            )
        )
        self._as("staff_a", paper | answer)._put_into_file(file)
        file.action_close()
        with self.assertRaises(UserError):
            self._as("clerk", paper).message_post(body="thêm")
        self.assertEqual(file.sudo().document_ids, paper.sudo() | answer)
        file.action_hand_over()
        file.handover_id.action_send()
        self._as("clerk", file.handover_id).action_accept()
        self.assertEqual(file.sudo().state, "handed")
        return file

    def _lend(self, file):
        loan = (
            self.env["party.archive.loan"]
            .with_user(self.user["head_a"])
            .create({"file_id": file.id, "purpose": "Kiểm tra", "due_on": "2026-07-10"})
        )
        loan.action_submit()
        self._approve(loan, "office_chief")
        self._as("clerk", loan).action_hand_out()
        self.assertEqual(file.sudo().borrower_id, self.user["head_a"])
        self._as("clerk", loan).action_take_back(sheets=9)
        self.assertFalse(file.sudo().borrower_id)

    def _check_chain(self, paper, answer):
        """From one paper the whole way is found, and the books say the same."""
        self.assertEqual(answer.answer_to_ids, paper.sudo())
        self.assertEqual(paper.sudo().file_id, answer.file_id)
        kinds = paper.sudo().direction_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["direct", "accept"])
        for code in ("paper_in", "paper_out"):
            series = self.env["party.series"].search([("code", "=", code)])
            self.assertFalse(
                [gap for gap in series._gaps() if gap[1].startswith("TUT")]
            )
            self.assertFalse(
                [gap for gap in series._gaps() if gap[1].startswith("BAT")]
            )
