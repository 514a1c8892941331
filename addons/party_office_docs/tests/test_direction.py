from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .doing_case import DoingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestDirection(DoingCase):
    """Bút phê: one lead, one deadline, a history; who may write it."""

    def test_direct(self):
        paper = self._registered()
        self._direct(
            paper, co_ids=self.board_b.ids, info_ids=(self.board_b | self.office).ids
        )
        self.assertRecordValues(
            paper.sudo(),
            [
                {
                    "state": "directed",
                    "phase": "doing",
                    "lead_board_id": self.board_a.id,
                    "handler_id": self.user["head_a"].id,
                    "waiting_user_id": self.user["head_a"].id,
                    "director_id": self.user["office_chief"].id,
                    "instruction": "Tham mưu, báo cáo",
                }
            ],
        )
        self.assertEqual(str(paper.deadline), "2026-06-30")
        roles = {r.board_id: r.role for r in paper.sudo().routing_ids}
        self.assertEqual(
            roles, {self.board_a: "lead", self.board_b: "co", self.office: "info"}
        )
        row = paper.sudo().direction_ids
        self.assertEqual(
            (row.kind, row.capacity, row.user_id),
            ("direct", "self", self.user["office_chief"]),
        )

    def test_who_may_direct(self):
        paper = self._registered()
        paper._add_readers(self.board_a | self.board_b)
        for key in ("head_a", "staff_a", "clerk", "manager", "chief_accountant"):
            with self.assertRaises(AccessError, msg=key):
                self._direct(paper, key)
        self._direct(paper, "deputy_chief")
        # the one who deals with it does not direct it again
        with self.assertRaises(AccessError):
            self._direct(paper, "head_a", lead=self.board_b, reason="Không phải")

    def test_what_makes_no_sense_is_refused(self):
        paper = self._registered()
        for values in (
            {"lead_id": None},
            {"lead_id": -1},
            {"lead_id": 10**18},
            {"lead_id": "1"},
            {"co_ids": ["x"]},
            {"co_ids": 5},
            {"deadline": "2026-06-14"},
            {"deadline": "1900-01-01"},
            {"deadline": "9999-01-01"},
            {"deadline": "soon"},
            {"instruction": "a" * 5001},
        ):
            chosen = {"lead_id": self.board_a.id, "deadline": "2026-06-30", **values}
            with self.assertRaises(UserError, msg=str(values)):
                self._as("office_chief", paper).action_direct(**chosen)
        self.assertEqual(paper.state, "registered")
        with self.assertRaises(UserError):
            self._direct(self._new_paper())

    def test_usual_deadline_in_working_days(self):
        period = self.env.ref("party_office_docs.period_urgent")
        period.days = 3
        paper = self._registered(urgency="1")
        self._direct(paper, deadline=None)
        # Monday and three working days
        self.assertEqual(str(paper.deadline), "2026-06-18")
        self.env["party.document.period"].create(
            {"urgency": "1", "kind_id": self.kind.id, "days": 5}
        )
        other = self._registered(urgency="1")
        self._direct(other, deadline=False)
        self.assertEqual(str(other.deadline), "2026-06-22")

    def test_leader_above_the_office(self):
        paper = self._registered()
        chief = self._as("office_chief", paper)
        with self.assertRaises(UserError):
            chief.action_pass_up(self.user["staff_a"].id)
        chief.action_pass_up(self.user["secretary"].id, "Kính trình đồng chí")
        self.assertEqual(paper.waiting_user_id, self.user["secretary"])
        with self.assertRaises(AccessError):
            self._direct(paper, "head_b")
        self._direct(paper, "secretary")
        self.assertEqual(paper.sudo().director_id, self.user["secretary"])
        # the chief writes down what the leader decided, by his order
        self._direct(paper, lead=self.board_b, reason="Đồng chí Bí thư giao lại")
        row = paper._last_direction()
        self.assertEqual(
            (row.kind, row.capacity, row.on_behalf_id, row.user_id),
            ("again", "tl", self.user["secretary"], self.user["office_chief"]),
        )
        self.assertEqual(paper.sudo().director_id, self.user["secretary"])
        self.assertEqual(len(paper.sudo().direction_ids), 3)

    def test_substitute(self):
        paper = self._registered()
        self._as("office_chief", paper).action_pass_up(self.user["secretary"].id)
        self.env["party.substitution"].create(
            {
                "user_id": self.user["secretary"].id,
                "substitute_id": self.user["head_b"].id,
                "date_from": "2026-06-15",
                "date_to": "2026-06-16",
                "capacity": "kt",
            }
        )
        self._direct(paper, "head_b")
        row = paper._last_direction()
        self.assertEqual(
            (row.capacity, row.on_behalf_id), ("kt", self.user["secretary"])
        )

    def test_direct_again_needs_a_reason_and_closes_it_to_the_former_unit(self):
        paper = self._doing(lead=self.board_a)
        self._as("head_a", paper).action_pass(self.user["staff_a"].id)
        with self.assertRaises(UserError):
            self._direct(paper, lead=self.board_b)
        self._direct(paper, lead=self.board_b, reason="Đúng lĩnh vực Ban Nội chính")
        self.assertEqual(paper.waiting_user_id, self.user["head_b"])
        for key in ("head_a", "staff_a"):
            self.assertFalse(self._as(key, paper).has_access("read"), key)
        self.assertTrue(self._as("staff_b", paper).has_access("read"))
        self.assertEqual(len(paper.sudo().direction_ids), 2)

    def test_two_leaders_at_once(self):
        paper = self._registered()
        self._direct(paper, seen=0)
        with self.assertRaises(UserError):
            self._direct(
                paper, "deputy_chief", lead=self.board_b, reason="Giao lại", seen=0
            )
        self.assertEqual(paper.sudo().lead_board_id, self.board_a)

    def test_file_without_work(self):
        paper = self._registered()
        self._as("office_chief", paper).action_file(self.board_b.ids, "Để biết, lưu")
        self.assertRecordValues(
            paper.sudo(),
            [{"state": "done", "waiting_user_id": False, "lead_board_id": False}],
        )
        self.assertTrue(self._as("staff_b", paper).has_access("read"))
        self.assertFalse(self._as("staff_a", paper).has_access("read"))
        with self.assertRaises(UserError):
            self._direct(paper)

    def test_proposal(self):
        paper = self._registered()
        self._as("clerk", paper).action_propose(
            self.board_b.id, self.board_a.ids, [], "2026-06-25", "Tham mưu trả lời"
        )
        self.assertEqual(paper.sudo().proposed_by_id, self.user["clerk"])
        dialog = (
            self.env["party.document.step"]
            .with_user(self.user["office_chief"])
            .create({"document_id": paper.id, "step": "direct"})
        )
        self.assertEqual(dialog.lead_id, self.board_b)
        self.assertEqual(dialog.instruction, "Tham mưu trả lời")
        dialog.action_confirm()
        self.assertFalse(dialog.exists())
        self.assertEqual(paper.sudo().lead_board_id, self.board_b)
        self.assertEqual(str(paper.deadline), "2026-06-25")
        with self.assertRaises(UserError):
            self._as("clerk", paper).proposal_lead_id = self.board_a
        with self.assertRaises(AccessError):
            self._as("head_b", paper).action_propose(self.board_a.id)

    def test_direction_cannot_be_forged(self):
        paper = self._doing()
        for key in ("clerk", "office_chief", "head_a"):
            for vals in (
                {"phase": "result"},
                {"handler_id": self.user["staff_b"].id},
                {"deadline": "2027-01-01"},
                {"director_id": self.user["clerk"].id},
                {"escalation": "none"} if key != "clerk" else {"alarm_rung": 0},
                {"quality": "excellent"},
                {"proposed_by_id": self.user["staff_b"].id},
            ):
                with self.assertRaises(AccessError, msg=f"{key} {vals}"):
                    self._as(key, paper).write(vals)
            with self.assertRaises(AccessError, msg=key):
                self.env["party.document.direction"].with_user(self.user[key]).create(
                    {
                        "document_id": paper.id,
                        "kind": "direct",
                        "user_id": self.user["office_chief"].id,
                    }
                )
            with self.assertRaises(AccessError, msg=key):
                self._as(key, paper.sudo().direction_ids).write({"instruction": "x"})
            with self.assertRaises(AccessError, msg=key):
                self._as(key, paper.sudo().routing_ids).write({"role": "info"})

    def test_the_database_keeps_lead_and_part_together(self):
        paper = self._doing(co=self.board_b)
        self.env.flush_all()
        for statement in (
            "UPDATE party_document SET lead_board_id = %(b)s WHERE id = %(paper)s",
            "DELETE FROM party_document_routing WHERE document_id = %(paper)s"
            " AND role = 'lead'",
            "UPDATE party_document_routing SET role = 'info'"
            " WHERE document_id = %(paper)s AND role = 'lead'",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError, msg=statement),
                self.cr.savepoint(),
            ):
                self.cr.execute(statement, {"paper": paper.id, "b": self.board_b.id})
                self.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
