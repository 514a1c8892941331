from psycopg2.errors import RaiseException

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.party_office_base.tests.common import PartyOfficeCase


class ApprovalCase(PartyOfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        model = "test.party.document"
        cls._new_route(model, ["board_head", "assigned_accountant"])
        cls._new_route(
            model,
            ["board_head", "assigned_accountant", "office_chief"],
            amount_from=1e7,
        )

    def _document(self, key="staff_a", amount=100_000, **values):
        user = self.user[key]
        return (
            self.env["test.party.document"]
            .with_user(user)
            .create({"subject": "Giấy in", "amount": amount, **values})
        )

    def _sent(self, key="staff_a", amount=100_000):
        document = self._document(key, amount)
        document.action_submit()
        return document

    def _approve(self, document, key):
        document = document.with_user(self.user[key])
        document.with_context(approval_seen=document.content_hash).action_approve()


@tagged("post_install", "-at_install")
class TestApproval(ApprovalCase):
    def test_from_draft_to_approved(self):
        document = self._sent()
        self.assertRecordValues(
            document,
            [
                {
                    "state": "submitted",
                    "board_id": self.board_a.id,
                    "waiting_user_id": self.user["head_a"].id,
                    "waiting_step": "board_head",
                }
            ],
        )
        self._approve(document, "head_a")
        self.assertEqual(document.waiting_user_id, self.user["accountant_a"])
        self._approve(document, "accountant_a")
        self.assertRecordValues(
            document, [{"state": "approved", "waiting_user_id": False, "acted": 1}]
        )
        self.assertEqual(set(document.approval_ids.mapped("state")), {"approved"})
        self.assertEqual(document.approval_ids.mapped("capacity"), ["self", "self"])
        entries = document.sudo().clock_entry_ids
        self.assertEqual(len(entries), 2)
        self.assertTrue(all(entries.mapped("date_to")))

    def test_the_amount_chooses_the_route(self):
        for amount, steps in ((9_999_999, 2), (10_000_000, 3)):
            with self.subTest(amount):
                self.assertEqual(len(self._sent(amount=amount).approval_ids), steps)

    def test_a_changed_route_does_not_change_running_documents(self):
        document = self._sent()
        routes = self.env["party.approval.route"].search(
            [("model_name", "=", "test.party.document")]
        )
        routes[0].step_ids[1:].unlink()
        self.assertEqual(len(document.approval_ids), 2)

    def test_no_route_is_said_clearly(self):
        self.env["party.approval.route"].search([]).active = False
        with self.assertRaisesRegex(UserError, "No approval route"):
            self._sent()

    def test_nobody_approves_his_own_request(self):
        document = self._sent("head_a")
        # the head's own request goes past him to the chief of office
        self.assertEqual(document.waiting_user_id, self.user["office_chief"])
        with self.assertRaises(AccessError):
            self._approve(document, "head_a")

    def test_not_even_as_substitute(self):
        document = self._sent()
        self.env["party.substitution"].create(
            {
                "user_id": self.user["head_a"].id,
                "substitute_id": self.user["staff_a"].id,
                "date_from": "2020-01-01",
                "date_to": "2099-01-01",
            }
        )
        self.assertFalse(document.can_decide)
        with self.assertRaisesRegex(AccessError, "own request"):
            self._approve(document, "staff_a")

    def test_a_substitute_decides_inside_his_dates_and_is_named(self):
        document = self._sent()
        self.env["party.substitution"].create(
            {
                "user_id": self.user["head_a"].id,
                "substitute_id": self.user["head_b"].id,
                "date_from": "2026-11-01",
                "date_to": "2026-11-05",
            }
        )
        with freeze_time("2026-11-06 03:00:00"), self.assertRaises(AccessError):
            self._approve(document, "head_b")
        with freeze_time("2026-11-03 03:00:00"):
            self.env.invalidate_all()
            # he belongs to another board and can open it all the same
            waiting = self.env["test.party.document"].with_user(self.user["head_b"])
            self.assertIn(document, waiting.search([("is_waiting_on_me", "=", True)]))
            self._approve(document, "head_b")
        step = document.approval_ids[0]
        self.assertRecordValues(
            step,
            [
                {
                    "user_id": self.user["head_a"].id,
                    "decided_by_id": self.user["head_b"].id,
                    "capacity": "kt",
                }
            ],
        )

    def test_the_wrong_person_is_refused(self):
        document = self._sent()
        for key in ("accountant_a", "office_chief", "chief_accountant", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._approve(document, key)
        for key in ("staff_b", "head_b", "accountant_b"):
            with self.subTest(key), self.assertRaises(AccessError):
                document.with_user(self.user[key]).with_context(
                    approval_seen=document.content_hash
                ).action_approve()

    def test_only_what_was_seen_is_approved(self):
        document = self._sent()
        seen = document.content_hash
        head = document.with_user(self.user["head_a"])
        with self.assertRaisesRegex(UserError, "not what you saw"):
            head.action_approve()
        head.action_return("Thiếu hóa đơn")
        document.amount = 200_000
        document.action_submit()
        with self.assertRaisesRegex(UserError, "not what you saw"):
            head.with_context(approval_seen=seen).action_approve()
        self._approve(document, "head_a")

    def test_content_changed_behind_the_screen_is_not_approved(self):
        document = self._sent()
        seen = document.content_hash
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE test_party_document SET amount = 9 WHERE id = %s", [document.id]
        )
        self.env.invalidate_all()
        for claimed in (seen, document.content_hash):
            with self.assertRaisesRegex(UserError, "not what you saw"):
                document.with_user(self.user["head_a"]).with_context(
                    approval_seen=claimed
                ).action_approve()

    def test_content_is_locked_once_sent(self):
        document = self._document(line_ids=[Command.create({"text": "một"})])
        document.action_submit()
        line = document.line_ids
        for attempt in (
            lambda: document.write({"amount": 1}),
            lambda: document.write({"board_id": self.board_b.id}),
            lambda: document.write({"line_ids": [Command.create({"text": "hai"})]}),
            lambda: line.write({"text": "khác"}),
            lambda: line.unlink(),
            lambda: self.env["test.party.document.line"].create(
                {"document_id": document.id, "text": "lén"}
            ),
            lambda: line.with_context(default_document_id=document.id).create(
                {"text": "lén"}
            ),
        ):
            with self.assertRaises(UserError):
                attempt()
        document.remark = "không thuộc nội dung duyệt"

    def test_a_line_cannot_be_moved_into_a_sent_document(self):
        document = self._sent()
        other = self._document(line_ids=[Command.create({"text": "một"})])
        with self.assertRaises(UserError):
            other.line_ids.document_id = document

    def test_return_needs_a_reason_and_goes_to_the_requester(self):
        document = self._sent()
        head = document.with_user(self.user["head_a"])
        with self.assertRaises(UserError):
            head.action_return("  ")
        head.action_return("Thiếu hóa đơn")
        self.assertRecordValues(
            document,
            [{"state": "returned", "waiting_user_id": self.user["staff_a"].id}],
        )
        self.assertEqual(document.approval_ids.mapped("state"), ["returned", "void"])
        document.action_submit()
        self.assertEqual(document.approval_ids.mapped("round"), [1, 1, 2, 2])

    def test_refuse_ends_it(self):
        document = self._sent()
        wizard = (
            self.env["party.approval.decision"]
            .with_user(self.user["head_a"])
            .with_context(**document.action_open_refuse()["context"])
            .create({"reason": "Không cần"})
        )
        wizard.action_confirm()
        self.assertRecordValues(
            document, [{"state": "refused", "waiting_user_id": False}]
        )

    def test_wrong_states(self):
        document = self._document()
        for action in (
            document.action_withdraw,
            document.action_reset_draft,
            document.action_approve,
        ):
            with self.subTest(action.__name__), self.assertRaises(UserError):
                action()
        document.action_submit()
        with self.assertRaises(UserError):
            document.action_submit()
        with self.assertRaises(UserError):
            document.unlink()

    def test_only_the_requester_sends_and_withdraws(self):
        document = self._document()
        with self.assertRaises(AccessError):
            document.with_user(self.user["head_a"]).action_submit()
        document.action_submit()
        with self.assertRaises(AccessError):
            document.with_user(self.user["head_a"]).action_withdraw()
        document.action_withdraw()
        self.assertEqual(document.state, "draft")

    def test_two_at_once(self):
        documents = self._document() | self._document()
        documents.action_submit()
        head = documents.with_user(self.user["head_a"])
        self.assertEqual(len(set(head.mapped("content_hash"))), 1)
        head.with_context(approval_seen=head[0].content_hash).action_approve()
        documents.with_user(self.user["accountant_a"]).action_refuse("Trùng")
        self.assertEqual(documents.mapped("state"), ["refused", "refused"])

    def test_nobody_to_decide_is_said_clearly(self):
        self.board_a.head_id = False
        self.company.office_chief_id = False
        self.company.deputy_office_chief_id = False
        with self.assertRaisesRegex(UserError, "Nobody can decide"):
            self._sent()

    def test_the_work_list_follows(self):
        document = self._document()
        item = self.env["party.work.item"]._of(document)
        self.assertEqual(item.state, "draft")
        document.action_submit()
        mine = self.env["party.work.item"].with_user(self.user["head_a"])
        waiting = mine.search([("is_waiting_on_me", "=", True)])
        self.assertEqual(waiting, item)
        self.assertTrue(waiting.can_decide)
        waiting.with_context(approval_seen=waiting.content_hash).action_approve()
        self.assertEqual(document.waiting_user_id, self.user["accountant_a"])
        self._approve(document, "accountant_a")
        self.assertEqual(item.state, "done")
        draft = self._document()
        draft_item = self.env["party.work.item"]._of(draft)
        draft.unlink()
        self.assertFalse(draft_item.exists())

    def test_an_activity_reminds_the_person_waited_on(self):
        document = self._sent()
        activities = self.env["mail.activity"].search(
            [("res_model", "=", document._name), ("res_id", "=", document.id)]
        )
        self.assertEqual(activities.user_id, self.user["head_a"])
        self._approve(document, "head_a")
        self.assertFalse(activities.exists())


@tagged("post_install", "-at_install")
class TestApprovalEvidence(ApprovalCase):
    def test_state_and_clock_cannot_be_forged(self):
        document = self._document()
        for values in (
            {"state": "approved"},
            {"waiting_user_id": False},
            {"waiting_since": "2020-01-01 00:00:00"},
            {"requester_id": self.user["staff_b"].id},
            {"name": "TT2026/00001"},
            {"approval_ids": [Command.create({"name": "x"})]},
        ):
            for key in ("staff_a", "manager", "office_chief"):
                attempt = self.subTest(values=values, key=key)
                with attempt, self.assertRaises(AccessError):
                    document.with_user(self.user[key]).write(values)
            attempt = self.subTest(values=values, at="create")
            with attempt, self.assertRaises(AccessError):
                self._document(**values)

    def test_defaults_in_the_context_forge_nothing(self):
        documents = self.env["test.party.document"].with_user(self.user["staff_a"])
        document = documents.with_context(
            default_state="approved",
            default_requester_id=self.user["staff_b"].id,
            default_waiting_user_id=self.user["staff_b"].id,
        ).create({"subject": "x"})
        self.assertRecordValues(
            document,
            [
                {
                    "state": "draft",
                    "requester_id": self.user["staff_a"].id,
                    "waiting_user_id": False,
                }
            ],
        )

    def test_a_copy_is_a_fresh_draft_of_its_copier(self):
        document = self._sent()
        copy = document.with_user(self.user["head_a"]).copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "state": "draft",
                    "requester_id": self.user["head_a"].id,
                    "waiting_user_id": False,
                    "approval_ids": [],
                }
            ],
        )

    def test_an_import_forges_nothing(self):
        documents = self.env["test.party.document"].with_user(self.user["staff_a"])
        result = documents.load(["subject", "state"], [["x", "approved"]])
        self.assertFalse(result["ids"])

    def test_evidence_is_not_written_by_any_role(self):
        document = self._sent()
        step = document.approval_ids[:1]
        values = {"state": "approved", "decided_by_id": self.user["head_a"].id}
        for key in ("staff_a", "head_a", "office_chief", "manager"):
            with self.subTest(key):
                with self.assertRaises(AccessError):
                    step.with_user(self.user[key]).write(values)
                with self.assertRaises(AccessError):
                    step.with_user(self.user[key]).unlink()
                with self.assertRaises(AccessError):
                    step.with_user(self.user[key]).create({"name": "x"})

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_decided_steps(self):
        document = self._sent()
        self._approve(document, "head_a")
        self.env.flush_all()
        decided, pending = document.sudo().approval_ids
        for query, step in (
            ("UPDATE party_approval SET comment = 'x' WHERE id = %s", decided),
            ("UPDATE party_approval SET state = 'void' WHERE id = %s", decided),
            ("DELETE FROM party_approval WHERE id = %s", decided),
            ("DELETE FROM party_approval WHERE id = %s", pending),
            ("UPDATE party_approval SET content_hash = 'x' WHERE id = %s", pending),
            ("UPDATE party_approval SET amount = 1 WHERE id = %s", pending),
        ):
            refusal = self.assertRaises(RaiseException)
            with self.subTest(query), refusal, self.env.cr.savepoint():
                self.env.cr.execute(query, [step.id])

    def test_the_approval_must_cover_the_content(self):
        document = self._sent()
        self._approve(document, "head_a")
        self._approve(document, "accountant_a")
        document._check_approval_intact()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE test_party_document SET amount = 9 WHERE id = %s", [document.id]
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            document._check_approval_intact()
        with self.assertRaises(UserError):
            self._document()._check_approval_intact()


@tagged("post_install", "-at_install")
class TestHandoverOfWork(ApprovalCase):
    def test_what_waits_on_the_accountant_passes_on(self):
        waiting = self._sent()
        self._approve(waiting, "head_a")
        earlier = self._sent()
        handover = (
            self.env["party.handover"]
            .with_user(self.user["chief_accountant"])
            .create(
                {
                    "board_id": self.board_a.id,
                    "from_user_id": self.user["accountant_a"].id,
                    "to_user_id": self.user["accountant_b"].id,
                }
            )
        )
        self.assertEqual(handover.open_count, 2)
        handover.action_confirm()
        self.assertEqual(len(handover.line_ids), 2)
        self.assertEqual(waiting.waiting_user_id, self.user["accountant_b"])
        self.assertEqual(earlier.waiting_user_id, self.user["head_a"])
        self._approve(waiting, "accountant_b")
        self._approve(earlier, "head_a")
        self.assertEqual(earlier.waiting_user_id, self.user["accountant_b"])
        with self.assertRaises(AccessError):
            waiting.with_user(self.user["accountant_a"]).read(["subject"])

    def test_the_night_moves_what_a_dated_change_left(self):
        document = self._sent()
        self._approve(document, "head_a")
        self.board_a.assignment_ids.date_to = "2020-12-31"
        self._assign(self.board_a, self.user["accountant_b"], "2021-01-01")
        self.env["party.approval"]._cron_reroute()
        self.assertEqual(document.waiting_user_id, self.user["accountant_b"])
