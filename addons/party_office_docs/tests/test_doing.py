from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .doing_case import DoingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestDoing(DoingCase):
    """From the head of the unit to the end; it always waits on one person."""

    def test_the_whole_way_waits_on_one_person(self):
        """Each step names exactly one person, and the clock has no gap."""
        waits = []

        def note(paper):
            waits.append(paper.sudo().waiting_user_id.name)
            open_entries = paper.sudo().clock_entry_ids.filtered(
                lambda e: not e.date_to
            )
            self.assertEqual(len(open_entries), 0 if paper.state == "done" else 1)
            self.assertEqual(open_entries.user_id, paper.sudo().waiting_user_id)

        paper = self._registered()
        note(paper)
        self._as("office_chief", paper).action_pass_up(self.user["secretary"].id)
        note(paper)
        self._direct(paper, "secretary")
        note(paper)
        self._as("head_a", paper).action_pass(self.user["staff_a"].id)
        note(paper)
        self._as("staff_a", paper).action_pass(self.user["colleague_a"].id)
        note(paper)
        self._as("head_a", paper).action_give_back("Không đúng thẩm quyền")
        note(paper)
        self._direct(paper, "secretary", lead=self.board_b, reason="Giao lại")
        note(paper)
        self._as("head_b", paper).action_pass(self.user["staff_b"].id)
        note(paper)
        self._as("staff_b", paper).action_ask_extension("2026-07-10", "Chờ số liệu")
        note(paper)
        self._evidence(paper, "staff_b")
        self._as("staff_b", paper).action_submit_result("Đã trả lời")
        note(paper)
        self._as("secretary", paper).action_return_result("Thiếu phụ lục")
        note(paper)
        self._as("staff_b", paper).action_submit_result("Đã bổ sung")
        note(paper)
        self._as("secretary", paper).action_accept("good")
        note(paper)
        self.assertEqual(
            waits,
            [
                "office_chief",
                "secretary",
                "head_a",
                "staff_a",
                "colleague_a",
                "secretary",
                "head_b",
                "staff_b",
                "staff_b",
                "secretary",
                "staff_b",
                "secretary",
                False,
            ],
        )
        self.assertEqual(
            paper.sudo().direction_ids.sorted("id").mapped("kind"),
            ["up", "direct", "back", "again", "return", "accept"],
        )
        self.assertEqual(paper.sudo().extension_ids.state, "void")

    def test_pass_inside_the_unit_only(self):
        paper = self._doing()
        since = paper.sudo().deadline
        head = self._as("head_a", paper)
        for user in (self.user["head_b"], self.user["staff_b"], self.user["clerk"]):
            with self.assertRaises(UserError, msg=user.name):
                head.action_pass(user.id)
        for forged in (None, 0, -3, "1", 10**18, [1]):
            with self.assertRaises(UserError, msg=str(forged)):
                head.action_pass(forged)
        head.action_pass(self.user["staff_a"].id)
        self.assertEqual(paper.sudo().deadline, since)
        self.assertEqual(paper.sudo().handler_id, self.user["staff_a"])
        lead = paper.sudo().routing_ids.filtered(lambda r: r.role == "lead")
        self.assertEqual(lead.user_id, self.user["staff_a"])
        for key in ("colleague_a", "clerk", "office_chief", "manager"):
            with self.assertRaises(AccessError, msg=key):
                self._as(key, paper).action_pass(self.user["colleague_a"].id)
        # the head may change the person
        head.action_pass(self.user["colleague_a"].id)
        self.assertEqual(paper.sudo().waiting_user_id, self.user["colleague_a"])

    def test_cooperating_unit_cannot_move_the_paper(self):
        paper = self._doing(co=self.board_b)
        for act in (
            lambda p: p.action_pass(self.user["staff_b"].id),
            lambda p: p.action_give_back("x"),
            lambda p: p.action_submit_result("x"),
            lambda p: p.action_ask_extension("2026-07-10", "x"),
            lambda p: p.action_accept("good"),
        ):
            with self.assertRaises(UserError):
                act(self._as("head_b", paper))
        self.assertEqual(paper.sudo().waiting_user_id, self.user["head_a"])

    def test_give_back_keeps_lead_and_deadline(self):
        paper = self._doing()
        self._as("head_a", paper).action_pass(self.user["staff_a"].id)
        with self.assertRaises(AccessError):
            self._as("staff_a", paper).action_give_back("Không đúng thẩm quyền")
        with self.assertRaises(UserError):
            self._as("head_a", paper).action_give_back("  ")
        self._as("head_a", paper).action_give_back("Không đúng thẩm quyền")
        self.assertRecordValues(
            paper.sudo(),
            [
                {
                    "state": "directed",
                    "phase": "back",
                    "lead_board_id": self.board_a.id,
                    "waiting_user_id": self.user["office_chief"].id,
                }
            ],
        )
        self.assertEqual(str(paper.deadline), "2026-06-30")
        with self.assertRaises(UserError):
            self._as("head_a", paper).action_pass(self.user["staff_a"].id)
        # the leader insists: the same unit again
        self._direct(paper, reason="Đúng chức năng của Ban")
        self.assertEqual(paper.sudo().waiting_user_id, self.user["head_a"])

    def test_extension_moves_the_deadline_only_when_approved(self):
        paper = self._doing()
        head = self._as("head_a", paper)
        for deadline, reason in (
            ("2026-06-30", "x"),
            ("2026-06-20", "x"),
            ("2026-07-05", ""),
            ("9999-12-31", "x"),
            (float("nan"), "x"),
        ):
            with self.assertRaises(UserError, msg=f"{deadline} {reason}"):
                head.action_ask_extension(deadline, reason)
        head.action_ask_extension("2026-07-05", "Chờ ý kiến các ban")
        self.assertEqual(str(paper.deadline), "2026-06-30")
        self.assertEqual(paper.sudo().waiting_user_id, self.user["head_a"])
        extension = paper.sudo().extension_ids
        self.assertEqual(extension.waiting_user_id, self.user["office_chief"])
        with self.assertRaises(UserError):
            head.action_ask_extension("2026-07-06", "lần nữa")
        for key in ("head_a", "staff_a", "clerk"):
            with self.assertRaises(AccessError, msg=key):
                self._as(key, extension).action_approve()
            with self.assertRaises(AccessError, msg=key):
                self._as(key, extension).write({"state": "approved"})
        self._as("office_chief", paper).action_approve_extension()
        self.assertEqual(str(paper.deadline), "2026-07-05")
        self.assertEqual(str(paper.first_deadline), "2026-06-30")
        self.assertEqual(extension.decided_by_id, self.user["office_chief"])
        with self.assertRaises(UserError):
            self._as("office_chief", extension).action_approve()
        head.action_ask_extension("2026-07-20", "Vẫn chưa xong")
        last = paper.sudo().extension_ids - extension
        with self.assertRaises(UserError):
            self._as("office_chief", last).action_refuse("")
        self._as("office_chief", last).action_refuse("Khẩn trương hoàn thành")
        self.assertEqual(str(paper.deadline), "2026-07-05")
        self.assertFalse(last.waiting_user_id)

    def test_closing_needs_evidence_and_another_person(self):
        paper = self._doing()
        head = self._as("head_a", paper)
        with self.assertRaises(UserError):
            head.action_submit_result("Đã xong")
        self._evidence(paper, date="2026-06-14", level="central")
        with self.assertRaises(UserError):
            head.action_submit_result("")
        head.action_submit_result("Đã xong")
        for key in ("head_a", "staff_a", "clerk", "head_b"):
            with self.assertRaises(AccessError, msg=key):
                self._as(key, paper).action_accept("good")
        chief = self._as("office_chief", paper)
        with self.assertRaises(UserError):
            chief.action_accept("splendid")
        chief.action_accept("good", "Kịp thời")
        self.assertRecordValues(
            paper.sudo(),
            [
                {
                    "state": "done",
                    "phase": False,
                    "quality": "good",
                    "late_days": 0,
                    "closed_by_id": self.user["office_chief"].id,
                    "waiting_user_id": False,
                    "escalation": "none",
                }
            ],
        )
        with self.assertRaises(UserError):
            chief.action_accept("good")

    def test_the_doer_never_accepts_his_own_result(self):
        """The chief directs to his own office and does it himself."""
        paper = self._doing(lead=self.office)
        self._evidence(paper, "office_chief")
        self._as("office_chief", paper).action_submit_result("Đã xong")
        self.assertEqual(paper.sudo().waiting_user_id, self.user["deputy_chief"])
        with self.assertRaises(AccessError):
            self._as("office_chief", paper).action_accept("excellent")
        self._as("deputy_chief", paper).action_accept("good")
        self.assertEqual(paper.state, "done")

    def test_late_result(self):
        paper = self._doing()
        with freeze_time("2026-07-03 02:00:00"):
            self._evidence(paper)
            self._as("head_a", paper).action_submit_result("Đã xong")
        with freeze_time("2026-07-08 02:00:00"):
            self._as("office_chief", paper).action_accept("done")
        # 30 June to 3 July: what the leader needed is not the unit's delay
        self.assertEqual(paper.sudo().late_days, 3)

    def test_evidence(self):
        paper = self._doing(co=self.board_b)
        row = self._evidence(paper)
        for key in ("staff_b", "head_b", "staff_a", "clerk", "office_chief"):
            with self.assertRaises(AccessError, msg=key):
                self._evidence(paper, key)
            with self.assertRaises(AccessError, msg=key):
                self._as(key, row).write({"symbol": "10-BC/X"})
            with self.assertRaises(AccessError, msg=key):
                self._as(key, row).unlink()
        with self.assertRaises(AccessError):
            self._evidence(paper, user_id=self.user["staff_b"].id)
        for day in ("2026-06-16", "1900-01-01"):
            with self.assertRaises(ValidationError, msg=day):
                self._evidence(paper, date=day)
        # onto a paper of another unit
        other = self._doing(lead=self.board_b)
        with self.assertRaises(AccessError):
            self._as("head_a", row).write({"document_id": other.id})
        self._as("head_a", paper).action_submit_result("Đã xong")
        with self.assertRaises(UserError):
            self._as("head_a", row).unlink()

    def test_contributions(self):
        paper = self._doing(co=self.board_b, info=self.office)
        rows = self.env["party.document.contribution"]

        def write(key, **values):
            return rows.with_user(self.user[key]).create(
                {"document_id": paper.id, "text": "Ý kiến", **values}
            )

        progress, contribution = write("staff_a"), write("staff_b")
        self.assertEqual((progress.board_id, progress.kind), (self.board_a, "progress"))
        self.assertEqual(
            (contribution.board_id, contribution.kind), (self.board_b, "contribution")
        )
        self.assertEqual(self._as("head_a", contribution).text, "Ý kiến")
        # the office is informed only, the manager has no part at all
        for key in ("clerk", "driver", "manager"):
            with self.assertRaises(AccessError, msg=key):
                write(key)
        for forged in (
            {"board_id": self.board_a.id},
            {"user_id": self.user["head_a"].id},
            {"kind": "progress"},
        ):
            with self.assertRaises(AccessError, msg=str(forged)):
                write("staff_b", **forged)
        with self.assertRaises(AccessError):
            self._as("head_a", contribution).write({"text": "khác"})
        contribution.write({"text": "Ý kiến (bổ sung)"})
        self._evidence(paper)
        self._as("head_a", paper).action_submit_result("Đã xong")
        self._as("office_chief", paper).action_accept()
        with self.assertRaises(UserError):
            contribution.unlink()

    def test_answer_is_evidence(self):
        paper = self._doing()
        outgoing = (
            self.env["party.document"]
            .sudo()
            .create(
                {
                    "direction": "out",
                    "body_id": self.body_a.id,
                    "kind_id": self.kind.id,
                    "abstract": "V/v trả lời",
                    "document_date": "2026-06-14",
                }
            )
        )
        with self.assertRaises(AccessError):
            self._as("head_a", paper).action_link_answer(outgoing.id)
        outgoing._add_readers(self.board_a)
        with self.assertRaises(UserError):
            self._as("head_a", paper).action_link_answer(outgoing.id)
        outgoing._take_number()
        outgoing.state = "issued"
        self._as("head_a", paper).action_link_answer(outgoing.id)
        self._as("head_a", paper).action_link_answer(outgoing.id)
        evidence = paper.sudo().evidence_ids
        self.assertEqual(evidence.symbol, outgoing.name)
        self.assertEqual(outgoing.answer_to_ids, paper.sudo())

    def test_two_at_once(self):
        first, second = self._doing(), self._doing()
        for paper in (first, second):
            self._as("head_a", paper).action_ask_extension("2026-07-05", "Chờ")
        both = first.sudo().extension_ids | second.sudo().extension_ids
        both.with_user(self.user["office_chief"]).action_approve()
        self.assertEqual({str(p.deadline) for p in first | second}, {"2026-07-05"})

    def test_leader_who_left(self):
        paper = self._registered()
        self._as("office_chief", paper).action_pass_up(self.user["secretary"].id)
        self._direct(paper, "secretary")
        self.user["secretary"].active = False
        self._evidence(paper)
        self._as("head_a", paper).action_submit_result("Đã xong")
        self.assertEqual(paper.sudo().waiting_user_id, self.user["office_chief"])

    def test_new_head_takes_over(self):
        paper, passed, sent = self._doing(), self._doing(), self._submitted()
        self._as("head_a", passed).action_pass(self.user["staff_a"].id)
        self._new_user("new_head", "board_head", self.board_a)
        self.board_a.head_id = self.user["new_head"]
        self.assertEqual(paper.sudo().waiting_user_id, self.user["new_head"])
        self.assertEqual(passed.sudo().waiting_user_id, self.user["staff_a"])
        self.assertEqual(sent.sudo().waiting_user_id, self.user["office_chief"])
        self._as("office_chief", sent).action_return_result("Thiếu phụ lục")
        self.assertEqual(sent.sudo().waiting_user_id, self.user["new_head"])

    def test_who_left_is_not_waited_on(self):
        """The doer of a returned result is gone: it goes to the head."""
        paper = self._doing()
        self._as("head_a", paper).action_pass(self.user["staff_a"].id)
        self._evidence(paper, "staff_a")
        self._as("staff_a", paper).action_submit_result("Đã xong")
        self.user["staff_a"].active = False
        self._as("office_chief", paper).action_return_result("Thiếu phụ lục")
        self.assertEqual(paper.sudo().waiting_user_id, self.user["head_a"])

    def test_cooperating_head_names_his_person(self):
        paper = self._doing(co=self.board_b)
        part = paper.sudo().routing_ids.filtered(lambda r: r.role == "co")
        for key in ("staff_b", "head_a", "clerk", "office_chief"):
            with self.assertRaises(AccessError, msg=key):
                self._as(key, part).action_assign(self.user["staff_b"].id)
        with self.assertRaises(UserError):
            self._as("head_b", part).action_assign(self.user["staff_a"].id)
        self._as("head_b", part).action_assign(self.user["staff_b"].id)
        self.assertEqual(part.user_id, self.user["staff_b"])
        for key, mine in (("head_b", part), ("head_a", part.browse())):
            self.assertEqual(self._as(key, paper).my_part_id, mine, key)
        dialog = (
            self.env["party.document.step"]
            .with_user(self.user["head_b"])
            .create(
                {
                    "document_id": paper.id,
                    "step": "assign",
                    "person_id": self.user["head_b"].id,
                }
            )
        )
        self.assertEqual(dialog.person_ids, self.user["head_b"] | self.user["staff_b"])
        dialog.action_confirm()
        self.assertEqual(part.user_id, self.user["head_b"])
        self.assertEqual(paper.sudo().waiting_user_id, self.user["head_a"])
        lead = paper.sudo().routing_ids - part
        with self.assertRaises(UserError):
            self._as("head_a", lead).action_assign(self.user["staff_a"].id)
