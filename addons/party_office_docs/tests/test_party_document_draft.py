from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .outgoing_case import OutgoingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPartyDocumentDraft(OutgoingCase):
    """A draft: head, form check, signature, number."""

    def test_way_of_a_paper(self):
        draft = self._new_draft()
        self.assertEqual(draft.signer_position, "PHÓ CHÁNH VĂN PHÒNG")
        draft.action_submit()
        for key in ("head_a", "clerk", "deputy_chief"):
            self.assertEqual(draft.waiting_user_id, self.user[key])
            self._approve(draft, key)
        self.assertEqual(draft.state, "approved")
        self.assertEqual(draft.signed_by_id, self.signer)
        self.assertEqual(draft.waiting_user_id, self.user["clerk"])
        self.assertFalse(draft.document_id, "no number before the clerk issues it")
        draft.with_user(self.user["clerk"]).action_issue()
        paper = draft.sudo().document_id
        self.assertRecordValues(
            paper,
            [
                {
                    "name": "01-CV/BAT",
                    "symbol": "01-CV/BAT",
                    "state": "issued",
                    "direction": "out",
                    "abstract": "V/v sơ kết công tác sáu tháng",
                    "signer_name": "deputy_chief",
                    "board_id": self.board_a.id,
                }
            ],
        )
        self.assertEqual(draft.state, "issued")
        self.assertFalse(draft.waiting_user_id)
        self.assertEqual(paper.attachment_ids.name, "01-CV-BAT.pdf")
        self.assertEqual(paper.attachment_ids.raw[:4], b"%PDF")

    def test_number_only_after_signature(self):
        draft = self._at_signature()
        with self.assertRaises(UserError):
            draft.with_user(self.user["clerk"]).action_issue()
        self.assertFalse(
            self.env["party.series.number"].search(
                [("res_model", "=", "party.document"), ("scope", "=like", "BAT/%")]
            )
        )

    def test_only_the_clerk_issues(self):
        draft = self._signed()
        for key in ("staff_a", "head_a", "deputy_chief", "office_chief"):
            with self.assertRaises(AccessError, msg=key):
                draft.with_user(self.user[key]).action_issue()

    def test_issued_twice_is_refused(self):
        draft = self._signed()
        clerk = draft.with_user(self.user["clerk"])
        clerk.action_issue()
        with self.assertRaises(UserError):
            clerk.action_issue()

    def test_two_drafts_take_two_numbers(self):
        drafts = self._signed() | self._signed(title="V/v khác")
        drafts.with_user(self.user["clerk"]).action_issue()
        self.assertEqual(
            drafts.sudo().document_id.mapped("name"), ["01-CV/BAT", "02-CV/BAT"]
        )

    def test_books_by_kind_and_congress(self):
        plan = self.env.ref("party_office_docs.kind_plan")
        self.assertEqual(self._issued().name, "01-CV/BAT")
        self.assertEqual(self._issued(kind_id=plan.id).name, "01-KH/BAT")

    def test_congress_has_one_series_for_all_kinds(self):
        self.body_a.is_congress = True
        plan = self.env.ref("party_office_docs.kind_plan")
        self.assertEqual(self._issued().name, "01-CV/BAT")
        self.assertEqual(self._issued(kind_id=plan.id).name, "02-KH/BAT")

    def test_joint_paper_takes_the_lead_body_book(self):
        self._issued()
        paper = self._issued(co_body_ids=[Command.set(self.body.ids)])
        self.assertEqual(paper.name, "02-CV/BAT")
        self.assertEqual(paper.body_id, self.body_a)

    def test_who_drafts_does_not_sign(self):
        draft = self._new_draft(signer_id=self.user["staff_a"].id, authority="self")
        with self.assertRaises(UserError):
            draft.action_submit()

    def test_signer_needs_the_power(self):
        draft = self._new_draft(authority="tm")
        with self.assertRaises(UserError):
            draft.action_submit()
        other = self._new_draft(signer_id=self.user["head_b"].id, authority="self")
        with self.assertRaises(UserError):
            other.action_submit()
        only_plans = self.env["party.signing.power"].search(
            [("user_id", "=", self.signer.id)]
        )
        only_plans.kind_ids = self.env.ref("party_office_docs.kind_plan")
        with self.assertRaises(UserError):
            self._new_draft().action_submit()

    def test_head_of_the_unit_signs_by_nature_without_a_first_step(self):
        draft = self._new_draft(
            signer_id=self.user["head_a"].id,
            authority="self",
            signer_position="TRƯỞNG BAN",
        )
        draft.action_submit()
        self.assertEqual(draft.waiting_user_id, self.user["clerk"])
        self._approve(draft, "clerk")
        self._approve(draft, "head_a")
        self.assertEqual(draft.state, "approved")

    def test_what_is_missing_is_named(self):
        draft = self._new_draft(recipient_ids=False, title=False, content=False)
        with self.assertRaises(UserError) as refusal:
            draft.action_submit()
        self.assertEqual(str(refusal.exception).count(";"), 2)

    def test_content_is_locked_once_sent(self):
        draft = self._new_draft()
        draft.action_submit()
        for vals in (
            {"title": "khác"},
            {"content": "<p>khác</p>"},
            {"recipient_ids": [Command.clear()]},
            {"authority": "tm"},
        ):
            with self.assertRaises(UserError, msg=str(vals)):
                draft.write(vals)
        with self.assertRaises(UserError):
            draft.recipient_ids[0].copies = 3

    def test_form_check_returns_naming_the_faults(self):
        draft = self._new_draft()
        draft.action_submit()
        self._approve(draft, "head_a")
        fault = self.env.ref("party_office_docs.form_item_recipients")
        clerk = draft.with_user(self.user["clerk"])
        self.assertEqual(clerk.pending_role, "form_checker")
        clerk.action_check_form(fault.ids, "Thiếu nơi lưu")
        self.assertEqual(draft.state, "returned")
        self.assertEqual(draft.waiting_user_id, self.user["staff_a"])
        self.assertEqual(draft.form_fault_ids, fault)
        self.assertIn(fault.name, draft.return_box)
        self.assertIn("Thiếu nơi lưu", draft.return_box)
        draft.action_submit()
        self.assertFalse(draft.form_fault_ids)

    def test_form_check_passes_on(self):
        draft = self._new_draft()
        draft.action_submit()
        self._approve(draft, "head_a")
        clerk = draft.with_user(self.user["clerk"])
        clerk.with_context(approval_seen=clerk.content_hash).action_check_form()
        self.assertEqual(draft.waiting_user_id, self.signer)

    def test_form_check_only_in_its_turn(self):
        draft = self._new_draft()
        draft.action_submit()
        with self.assertRaises(UserError):
            draft.with_user(self.user["clerk"]).action_check_form()
        self._approve(draft, "head_a")
        with self.assertRaises(AccessError):
            draft.with_user(self.user["head_a"]).action_check_form()

    def test_signed_on_paper_with_a_scan(self):
        draft = self._at_signature()
        clerk = draft.with_user(self.user["clerk"])
        self.assertTrue(clerk.can_enter_signature)
        with self.assertRaises(UserError):
            clerk.action_enter_signature([])
        theirs = self._upload("staff_a")
        with self.assertRaises(AccessError):
            clerk.action_enter_signature(theirs.ids)
        scan = self._upload("clerk")
        with self.assertRaises(AccessError):
            draft.with_user(self.user["head_a"]).action_enter_signature(scan.ids)
        with self.assertRaises(UserError):
            clerk.action_enter_signature(scan.ids, "2026-06-16")
        clerk.action_enter_signature(scan.ids, "2026-06-15")
        self.assertEqual(draft.state, "approved")
        self.assertEqual(draft.signed_by_id, self.signer)
        self.assertEqual(draft.signed_capacity, "paper")
        with self.assertRaises(UserError):
            scan.with_user(self.user["clerk"]).unlink()
        clerk.action_issue()
        self.assertIn(
            "scan.pdf", draft.sudo().document_id.attachment_ids.mapped("name")
        )

    def test_substitute_signs_in_his_own_name(self):
        self.env["party.substitution"].with_user(self.signer).create(
            {
                "substitute_id": self.user["office_chief"].id,
                "date_to": "2026-06-30",
                "capacity": "kt",
            }
        )
        draft = self._at_signature()
        self._approve(draft, "office_chief")
        self.assertEqual(draft.signed_capacity, "kt")
        draft.with_user(self.user["clerk"]).action_issue()
        self.assertEqual(draft.sudo().document_id.signer_name, "office_chief")

    def test_date_of_the_paper(self):
        draft = self._signed()
        clerk = draft.with_user(self.user["clerk"])
        for day in ("2026-06-14", "2026-06-16", "1900-01-01"):
            with self.assertRaises(UserError, msg=day):
                clerk.action_issue(day)
        clerk.action_issue("2026-06-15")

    def test_protected_fields_cannot_be_forged(self):
        draft = self._new_draft()
        for vals in (
            {"state": "approved"},
            {"signed_by_id": self.signer.id},
            {"secrecy": "secret"},
            {"reader_board_ids": [Command.link(self.board_b.id)]},
            {"document_id": self._registered().id},
            {"version_ids": [Command.clear()]},
            {"form_fault_ids": [Command.clear()]},
        ):
            # no right to, or no mark on what has content
            with self.assertRaises(UserError, msg=str(vals)):
                draft.write(vals)
            with self.assertRaises(UserError, msg=str(vals)):
                self._new_draft(**vals)

    def test_counts_that_cannot_be(self):
        for vals in ({"copy_count": 10**18}, {"page_count": 10**18}):
            with self.assertRaises(UserError, msg=str(vals)):
                self._new_draft(**vals)

    def test_versions_are_kept(self):
        draft = self._new_draft()
        file = self._upload("staff_a", "du-thao.docx", b"one")
        draft.attachment_ids = file
        draft.action_submit()
        draft.action_withdraw()
        draft.action_submit()
        self.assertEqual(draft.version_count, 1, "the same text is the same version")
        draft.action_withdraw()
        draft.title = "V/v sơ kết công tác quý"
        file.raw = b"two"
        draft.action_submit()
        new, old = draft.version_ids.sorted("number", reverse=True)
        self.assertEqual((new.number, old.number), (2, 1))
        self.assertEqual(old.attachment_ids.raw, b"one")
        self.assertEqual(new.attachment_ids.raw, b"two")
        self.assertEqual(old.title, "V/v sơ kết công tác sáu tháng")
        self.assertIn("quý</ins>", new.changes)
        self.assertIn("sáu", new.changes)
        with self.assertRaises(AccessError):
            old.title = "khác"

    def test_what_it_answers_is_locked_once_sent(self):
        paper, other = self._directed(), self._directed(abstract="Văn bản khác")
        draft = self._at_signature(answer_to_ids=[Command.link(paper.id)])
        link = {"answer_to_ids": [Command.link(other.id)]}
        for key in ("staff_a", "deputy_chief", "clerk"):
            with self.assertRaises(UserError, msg=key):
                draft.with_user(self.user[key]).write(link)
        self._approve(draft, "deputy_chief")
        with self.assertRaises(UserError):
            draft.sudo().write(link)
        self.assertEqual(draft.sudo().answer_to_ids.ids, paper.ids)
        mine = self._new_draft(answer_to_ids=[Command.link(paper.id)])
        mine.write(link)
        self.assertEqual(mine.answer_to_ids.ids, (paper | other).ids)

    def test_answers_must_be_readable(self):
        incoming = self._directed(lead=self.board_b)
        with self.assertRaises(AccessError):
            self._new_draft(answer_to_ids=[Command.link(incoming.id)])
        mine = self._directed()
        self._issued(answer_to_ids=[Command.link(mine.id)])
        told = mine.sudo().activity_ids.filtered(
            lambda a: (
                a.user_id == self.user["head_a"] and "01-CV/BAT" in (a.summary or "")
            )
        )
        self.assertTrue(told)
