from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .outgoing_case import OutgoingCase

OUTSIDERS = ("staff_b", "head_b", "accountant_b", "chief_accountant", "cashier", "manager")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestOutgoingAccess(OutgoingCase):
    """Who reads and writes drafts, opinions, versions, recipients, the hand-over book."""

    def _may(self, record, key, operation="read"):
        return record.with_user(self.user[key]).has_access(operation)

    def test_draft_is_read_by_its_unit_and_the_office(self):
        draft = self._new_draft()
        for key in ("staff_a", "head_a", "clerk", "office_chief"):
            self.assertTrue(self._may(draft, key), key)
            self.assertTrue(self._may(draft.recipient_ids, key), key)
        for key in OUTSIDERS:
            self.assertFalse(self._may(draft, key), key)
            self.assertFalse(self._may(draft.recipient_ids, key), key)
            drafts = self.env["party.document.draft"].with_user(self.user[key])
            self.assertFalse(drafts.search([("id", "=", draft.id)]), key)
            self.assertFalse(drafts.name_search("sơ kết"), key)
            groups = drafts.formatted_read_group(
                [("id", "=", draft.id)], ["state"], ["__count"]
            )
            self.assertFalse(groups, key)

    def test_files_follow_the_draft(self):
        draft = self._new_draft()
        file = self._upload("staff_a")
        draft.attachment_ids = file
        draft.action_submit()
        kept = draft.version_ids.attachment_ids
        for key in ("head_a", "clerk"):
            self.assertTrue(self._may(file, key), key)
            self.assertTrue(self._may(kept, key), key)
        for key in OUTSIDERS:
            self.assertFalse(self._may(file, key), key)
            self.assertFalse(self._may(kept, key), key)

    def test_lines_elsewhere_follow_the_draft(self):
        draft = self._new_draft()
        draft.action_submit()
        item = self.env["party.work.item"].sudo()._of(draft)
        for record in (item, draft.sudo().approval_ids, draft.sudo().clock_entry_ids):
            self.assertTrue(record)
            for key in OUTSIDERS:
                found = record.with_user(self.user[key]).search(
                    [("id", "in", record.ids)]
                )
                self.assertFalse(found, f"{record} {key}")
        self.assertNotIn("sơ kết", " ".join(draft.sudo().approval_ids.mapped("document_name")))

    def test_who_writes_a_draft(self):
        draft = self._new_draft()
        for key in ("staff_a", "head_a"):
            draft.with_user(self.user[key]).title = f"sửa bởi {key}"
        for key in (*OUTSIDERS, "clerk", "office_chief"):
            with self.assertRaises(AccessError, msg=key):
                draft.with_user(self.user[key]).title = "giả mạo"
            with self.assertRaises(AccessError, msg=key):
                draft.recipient_ids[0].with_user(self.user[key]).copies = 5
            with self.assertRaises(AccessError, msg=key):
                draft.with_user(self.user[key]).unlink()

    def test_nobody_drafts_for_another_unit(self):
        with self.assertRaises(AccessError):
            self._new_draft("staff_b")
        draft = self._new_draft("clerk")
        self.assertEqual(draft.board_id, self.board_a)

    def test_recipients_cannot_be_pushed_into_other_papers(self):
        theirs = self._new_draft()
        paper = self._issued()
        rows = self.env["party.document.recipient"].with_user(self.user["staff_b"])
        for vals in ({"draft_id": theirs.id}, {"document_id": paper.id}):
            with self.assertRaises((AccessError), msg=str(vals)):
                rows.create({"name": "Chúng tôi", **vals})
        mine = self._new_draft(
            "staff_b", board_id=self.board_b.id, body_id=self.body.id
        ).recipient_ids[0]
        with self.assertRaises(UserError):
            mine.draft_id = theirs
        with self.assertRaises(AccessError):
            mine.document_id = paper

    def test_signer_reads_when_it_reaches_him(self):
        self.env["party.signing.power"].create(
            {
                "user_id": self.user["head_b"].id,
                "body_id": self.body_a.id,
                "authority": "tl",
                "position": "TRƯỞNG BAN",
                "date_from": "2020-01-01",
            }
        )
        draft = self._new_draft(signer_id=self.user["head_b"].id)
        self.assertFalse(self._may(draft, "head_b"))
        draft.action_submit()
        self._approve(draft, "head_a")
        self.assertFalse(self._may(draft, "head_b"))
        self._approve(draft, "clerk")
        self.assertTrue(self._may(draft, "head_b"))
        self._approve(draft, "head_b")
        self.assertTrue(self._may(draft, "head_b"), "who signed goes on reading it")

    def test_nobody_signs_for_another(self):
        draft = self._at_signature()
        for key in ("staff_a", "head_a", "clerk", "office_chief"):
            mine = draft.with_user(self.user[key])
            with self.assertRaises(AccessError, msg=key):
                mine.with_context(approval_seen=mine.content_hash).action_approve()

    def test_issued_paper_is_read_by_its_recipients(self):
        draft = self._signed()
        self.assertFalse(self._may(draft, "staff_b"))
        draft.with_user(self.user["clerk"]).action_issue()
        paper = draft.sudo().document_id
        for key in ("staff_a", "head_a", "staff_b", "head_b", "deputy_chief", "clerk"):
            self.assertTrue(self._may(paper, key), key)
            self.assertTrue(self._may(paper.delivery_ids, key), key)
        for key in ("chief_accountant", "cashier", "manager", "accountant_b"):
            self.assertFalse(self._may(paper, key), key)
            self.assertFalse(self._may(paper.delivery_ids, key), key)
        self.assertFalse(self._may(draft, "staff_b"), "the draft stays with its unit")

    # ---------------------------------------------------------------------- opinions
    def _asked(self):
        draft = self._new_draft()
        draft.action_ask_opinions(self.board_b.ids, "2026-06-17")
        return draft, draft.sudo().opinion_ids

    def test_unit_that_is_asked_reads_and_its_head_answers(self):
        draft, opinion = self._asked()
        self.assertEqual(draft.waiting_user_id, self.user["staff_a"])
        self.assertIn(self.user["head_b"], draft.sudo().activity_ids.user_id)
        for key in ("staff_b", "head_b", "staff_a"):
            self.assertTrue(self._may(draft, key), key)
        for key in ("chief_accountant", "cashier", "manager", "accountant_a"):
            self.assertFalse(self._may(draft, key), key)
            self.assertFalse(self._may(opinion, key), key)
        for key in ("staff_b", "head_a", "staff_a", "clerk"):
            with self.assertRaises(AccessError, msg=key):
                opinion.with_user(self.user[key]).action_agree()
        head = opinion.with_user(self.user["head_b"])
        with self.assertRaises(AccessError):
            head.write({"answer": "agree"})
        with self.assertRaises(UserError):
            head.action_answer("changes", "  ")
        head.action_answer("changes", "Bổ sung căn cứ")
        self.assertRecordValues(
            opinion, [{"answer": "changes", "text": "Bổ sung căn cứ", "timing": "on_time"}]
        )
        self.assertNotIn(self.user["head_b"], draft.sudo().activity_ids.user_id)
        with self.assertRaises(UserError):
            head.action_agree()
        self.assertTrue(draft.opinion_box)

    def test_late_and_silent_opinions(self):
        _draft, opinion = self._asked()
        self.assertEqual(opinion.timing, "open")
        with freeze_time("2026-06-17 16:59:00"):
            opinion.invalidate_recordset(["timing"])
            self.assertEqual(opinion.timing, "open", "still the 17th at the office")
        with freeze_time("2026-06-17 17:01:00"):
            opinion.invalidate_recordset(["timing"])
            self.assertEqual(opinion.timing, "silent")
            opinion.with_user(self.user["head_b"]).action_agree()
            self.assertEqual(opinion.timing, "late")

    def test_who_asks_and_whom(self):
        draft = self._new_draft()
        for key in ("clerk", "office_chief"):
            with self.assertRaises(AccessError, msg=key):
                draft.with_user(self.user[key]).action_ask_opinions(
                    self.board_b.ids, "2026-06-17"
                )
        for boards, day in (
            ([], "2026-06-17"),
            (self.board_a.ids, "2026-06-17"),
            (self.board_b.ids, "2026-06-14"),
            (self.board_b.ids, "1900-01-01"),
            (self.board_b.ids, False),
            ("abc", "2026-06-17"),
        ):
            with self.assertRaises(UserError, msg=f"{boards} {day}"):
                draft.action_ask_opinions(boards, day)
        draft.action_submit()
        with self.assertRaises(UserError):
            draft.action_ask_opinions(self.board_b.ids, "2026-06-17")

    def test_opinions_stop_with_the_signature(self):
        draft, opinion = self._asked()
        draft.action_submit()
        for key in ("head_a", "clerk", "deputy_chief"):
            self._approve(draft, key)
        with self.assertRaises(UserError):
            opinion.with_user(self.user["head_b"]).action_agree()

    # ------------------------------------------------------------------------ powers
    def test_powers_to_sign_are_given_by_the_chief(self):
        values = {
            "user_id": self.user["staff_a"].id,
            "body_id": self.body_a.id,
            "position": "TRƯỞNG BAN",
        }
        powers = self.env["party.signing.power"]
        for key in ("staff_a", "head_a", "clerk"):
            with self.assertRaises(AccessError, msg=key):
                powers.with_user(self.user[key]).create(values)
        powers.with_user(self.user["office_chief"]).create(values)

    def test_dialogs_open_no_door(self):
        draft = self._at_signature()
        paper = self._issued()
        with self.assertRaises(AccessError):
            self.env["party.document.stop"].with_user(self.user["staff_a"]).create(
                {
                    "document_ids": [Command.set(paper.ids)],
                    "what": "recalled",
                    "reason": "Giả mạo",
                }
            ).action_confirm()
        with self.assertRaises(AccessError):
            self.env["party.document.signature"].with_user(self.user["staff_a"]).create(
                {"draft_id": draft.id}
            )
        with self.assertRaises(AccessError):
            self.env["party.document.entry"].with_user(self.user["head_a"]).create({})
