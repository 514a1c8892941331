from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY, FinanceCase

MILLION = 1_000_000


class DecisionCase(FinanceCase):
    def _lines(self, *amounts, fund=None, item=None):
        """Return lines of board A, then B, for fuel."""
        boards = (self.board_a, self.board_b)
        return [
            (board, fund or self.fund, item or self.fuel, amount)
            for board, amount in zip(boards, amounts, strict=False)
        ]

    def _posted(self, kind, lines, **values):
        return self._post_decision(self._new_decision(kind, lines, **values))

    def _refused(self, kind, lines, *parts, **values):
        """Check that a decision cannot be sent, and that the reason has all parts."""
        decision = self._new_decision(kind, lines, **values)
        with self.assertRaises(UserError) as refusal:
            decision.action_submit()
        for part in parts:
            self.assertIn(part, str(refusal.exception))
        self.assertEqual(decision.state, "draft")


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetDecision(DecisionCase):
    """The way of a decision, and what each kind does to the budget."""

    # ------------------------------------------------------------------ the way
    def test_way_from_draft_to_ledger(self):
        decision = self._new_decision("supplement", self._lines(5 * MILLION))
        self.assertEqual(decision.requester_id, self.user["accountant_a"])
        self.assertEqual(decision.board_id.kind, "office")
        decision.action_submit()
        self.assertEqual(decision.sudo().waiting_user_id, self.user["office_chief"])
        self.assertCounters(self.line_a, allocated=100 * MILLION)
        self._approve(decision)
        self.assertEqual(decision.state, "approved")
        self.assertEqual(decision.sudo().waiting_user_id, self.user["chief_accountant"])
        self.assertCounters(self.line_a, allocated=100 * MILLION)
        decision.with_user(self.user["chief_accountant"]).action_post()
        self.assertRecordValues(
            decision.sudo(),
            [
                {
                    "state": "posted",
                    "posted_by_id": self.user["chief_accountant"].id,
                    "waiting_user_id": False,
                }
            ],
        )
        self.assertCounters(self.line_a, allocated=105 * MILLION)

    def test_my_work_of_the_chief_of_office(self):
        decision = self._new_decision("supplement", self._lines(5 * MILLION, 2))
        decision.action_submit()
        items = self.env["party.work.item"].with_user(self.user["office_chief"])
        item = items.search(
            [("res_model", "=", decision._name), ("res_id", "=", decision.id)]
        )
        self.assertTrue(item.is_waiting_on_me)
        self.assertTrue(item.can_decide)
        self.assertEqual(item.amount, 5 * MILLION + 2)
        for part in ("Supplement 2026", "2 boards", "2 lines", "Test"):
            self.assertIn(part, item.summary)
        self.assertFalse(
            items.with_user(self.user["staff_a"]).search([("id", "=", item.id)])
        )
        approver = item.with_context(approval_seen=item.content_hash)
        approver.action_approve()
        self.assertEqual(decision.state, "approved")

    def test_approver_is_told_what_will_be_short(self):
        decision = self._new_decision("reduce", self._lines(101 * MILLION))
        decision.action_submit()
        notes = decision.with_user(self.user["office_chief"])._decision_notes()
        self.assertIn("1.000.000", notes[decision.id])

    def test_author_does_not_approve_and_others_do_not_decide(self):
        decision = self._new_decision("supplement", self._lines(5))
        decision.action_submit()
        for name in ("accountant_a", "accountant_b", "chief_accountant", "cashier"):
            record = decision.with_user(self.user[name])
            with self.assertRaises(AccessError):
                record.with_context(
                    approval_seen=decision.sudo().content_hash
                ).action_approve()
        own = self._new_decision(
            "supplement", self._lines(5), user="office_chief_author"
        )
        own.action_submit()
        self.assertEqual(own.sudo().waiting_user_id, self.user["deputy_chief"])

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a chief of office who also has the right to draft decisions
        chief = cls.user["office_chief"]
        chief.group_ids += cls.env.ref("party_office_base.group_accountant")
        cls.user["office_chief_author"] = chief

    def test_only_the_chief_accountant_posts_what_is_approved(self):
        decision = self._new_decision("supplement", self._lines(5 * MILLION))
        chief = decision.with_user(self.user["chief_accountant"])
        with self.assertRaisesRegex(UserError, "Draft"):
            chief.action_post()
        decision.action_submit()
        with self.assertRaisesRegex(UserError, "Waiting for approval"):
            chief.action_post()
        self._approve(decision)
        for role in (
            "staff_a",
            "head_a",
            "cashier",
            "office_chief",
            "manager",
            "accountant_a",
        ):
            with self.assertRaises(AccessError):
                decision.with_user(self.user[role]).action_post()
        chief.action_post()
        with self.assertRaisesRegex(UserError, "Posted"):
            chief.action_post()
        self.assertCounters(self.line_a, allocated=105 * MILLION)

    def test_two_decisions_at_once(self):
        both = self.env["party.budget.decision"]
        for amounts in ((1,), (2, 3)):
            decision = self._new_decision(
                "supplement", self._lines(*amounts), user="chief_accountant"
            )
            decision.action_submit()
            both |= self._approve(decision)
        both.with_user(self.user["chief_accountant"]).action_post()
        self.assertEqual(set(both.mapped("state")), {"posted"})
        self.assertCounters(self.line_a, allocated=100_000_003)
        self.assertCounters(self.line_b, allocated=50_000_003)

    def test_returned_refused_and_cancelled_move_nothing(self):
        for action in ("action_return", "action_refuse"):
            decision = self._new_decision("supplement", self._lines(5))
            decision.action_submit()
            chief = decision.with_user(self.user["office_chief"])
            with self.assertRaisesRegex(UserError, "why"):
                getattr(chief, action)("")
            getattr(chief, action)("Wrong figures")
        decision = self._new_decision("supplement", self._lines(5))
        decision.action_submit()
        self._approve(decision)
        decision.action_cancel()
        with self.assertRaisesRegex(UserError, "Cancelled"):
            decision.with_user(self.user["chief_accountant"]).action_post()
        self.assertCounters(self.line_a, allocated=100 * MILLION)

    def test_what_is_missing_is_said_at_once(self):
        self._refused(
            "crossing",
            [],
            "instead of “?”",
            "scanned",
            "no lines",
            name="? a draft",
            attachment_ids=False,
        )

    def test_content_is_locked_once_sent(self):
        decision = self._new_decision("supplement", self._lines(5))
        decision.action_submit()
        paper = decision.attachment_ids
        changes = [
            {"name": "2"},
            {"year": 2025},
            {"kind": "reduce"},
            {"basis": "x"},
            {"line_ids": [Command.clear()]},
            {"attachment_ids": [Command.clear()]},
        ]
        for state in ("submitted", "approved", "posted"):
            self.assertEqual(decision.state, state)
            for user in ("accountant_a", "chief_accountant"):
                record = decision.with_user(self.user[user])
                for vals in changes:
                    with self.assertRaises(UserError):
                        record.write(vals)
                with self.assertRaises(UserError):
                    record.line_ids.write({"amount": 7})
                with self.assertRaises(UserError):
                    record.unlink()
            with self.assertRaises(UserError):
                paper.sudo().write({"raw": b"forged"})
            if state == "submitted":
                self._approve(decision)
            elif state == "approved":
                decision.with_user(self.user["chief_accountant"]).action_post()
        decision.with_user(self.user["chief_accountant"]).write({"note": "a remark"})

    def test_approval_covers_what_was_seen(self):
        decision = self._new_decision("supplement", self._lines(5))
        decision.action_submit()
        self._approve(decision)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE party_budget_decision_line SET amount = 9000000 "
            "WHERE decision_id = %s",
            [decision.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "does not cover"):
            decision.with_user(self.user["chief_accountant"]).action_post()

    def test_fields_are_not_forged(self):
        decision = self._new_decision("supplement", self._lines(5))
        forged = {
            "state": "posted",
            "posted_by_id": self.user["accountant_a"].id,
            "posted_at": "2026-06-01 00:00:00",
            "requester_id": self.user["chief_accountant"].id,
            "waiting_user_id": self.user["accountant_a"].id,
            "board_ids": [Command.clear()],
            "year_end_id": 1,
            "workbook": "AAAA",
        }
        for name, value in forged.items():
            for user in ("accountant_a", "chief_accountant"):
                with self.subTest(name, user=user), self.assertRaises(AccessError):
                    decision.with_user(self.user[user]).write({name: value})
        forged.pop("board_ids")
        forged.pop("workbook")
        copy = decision.with_context(
            **{f"default_{name}": value for name, value in forged.items()}
        ).copy({"name": "copy"})
        self.assertRecordValues(
            copy.sudo(),
            [
                {
                    "state": "draft",
                    "posted_by_id": False,
                    "requester_id": self.user["accountant_a"].id,
                    "waiting_user_id": False,
                    "year_end_id": False,
                }
            ],
        )

    def test_accountant_prepares_for_his_boards_only(self):
        with self.assertRaises(AccessError):
            self._new_decision("supplement", self._lines(1, 2), user="accountant_b")
        decision = self._new_decision("supplement", self._lines(1, 2))
        self.env.invalidate_all()
        mine = decision.with_user(self.user["accountant_a"])
        self.assertEqual(mine.line_ids.board_id, self.board_a)
        mine.invalidate_recordset()
        self.assertEqual(mine.amount_total, 1)
        with self.assertRaises(AccessError):
            mine.write({"note": "not his"})

    def test_who_reads_a_decision(self):
        decision = self._new_decision("supplement", self._lines(1))
        reads = {
            "accountant_a": True,
            "chief_accountant": True,
            "office_chief": True,
            "accountant_b": False,
        }
        for name, expected in reads.items():
            for records in (decision, decision.line_ids):
                found = (
                    self.env[records._name]
                    .with_user(self.user[name])
                    .search([("id", "in", records.ids)])
                )
                self.assertEqual(bool(found), expected, name)
        for name in ("staff_a", "head_a", "cashier", "clerk", "driver", "manager"):
            for records in (decision, decision.line_ids):
                with self.assertRaises(AccessError):
                    records.with_user(self.user[name]).read(["state"])
        with self.assertRaises(AccessError):
            decision.attachment_ids.with_user(self.user["accountant_b"]).read(["raw"])

    def test_a_substitute_sees_what_he_decides_and_no_more(self):
        self.env["party.substitution"].create(
            {
                "user_id": self.user["office_chief"].id,
                "substitute_id": self.user["accountant_b"].id,
                "date_from": "2026-06-15",
                "date_to": "2026-06-16",
                "capacity": "kt",
                "decision": "1-TB",
            }
        )
        decision = self._new_decision("supplement", self._lines(5))
        substitute = decision.with_user(self.user["accountant_b"])
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            substitute.line_ids.read(["amount"])
        decision.action_submit()
        self.env.invalidate_all()
        self.assertEqual(substitute.line_ids.amount, 5)
        substitute.with_context(approval_seen=substitute.content_hash).action_approve()
        self.assertEqual(decision.approval_ids.capacity, "kt")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            substitute.line_ids.read(["amount"])

    def test_returned_to_its_author_opens_no_foreign_lines(self):
        decision = self._new_decision("supplement", self._lines(5))
        decision.action_submit()
        decision.with_user(self.user["office_chief"]).action_return("More")
        with self.assertRaises(AccessError):
            decision.with_user(self.user["accountant_a"]).write(
                {
                    "line_ids": [
                        Command.create(
                            {
                                "board_id": self.board_b.id,
                                "fund_id": self.fund.id,
                                "item_id": self.fuel.id,
                                "amount": 1,
                            }
                        )
                    ]
                }
            )

    def test_amounts_stay_below_the_limit(self):
        with self.assertRaises(ValidationError):
            self._new_decision("supplement", self._lines(10**15))

    def test_lines_show_now_and_after_in_one_query(self):
        lines = self._lines(5 * MILLION, 60 * MILLION)
        decision = self._new_decision("reduce", lines)
        self.assertRecordValues(
            decision.line_ids,
            [
                {
                    "allocated_now": 100 * MILLION,
                    "allocated_after": 95 * MILLION,
                    "available_now": 100 * MILLION,
                    "available_after": 95 * MILLION,
                },
                {
                    "allocated_now": 50 * MILLION,
                    "allocated_after": -10 * MILLION,
                    "available_now": 50 * MILLION,
                    "available_after": -10 * MILLION,
                },
            ],
        )
        self.env.flush_all()
        decision.line_ids.invalidate_recordset(["available_after"])
        with self.assertQueryCount(1):
            decision.line_ids.mapped("available_after")

    def test_an_unsaved_line_shows_no_foreign_figures(self):
        decision = self._new_decision("supplement", self._lines(5))
        line = decision.line_ids.new(
            {
                "decision_id": decision.id,
                "board_id": self.board_b.id,
                "fund_id": self.fund.id,
                "item_id": self.fuel.id,
            }
        )
        self.assertFalse(line.allocated_now)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestDecisionKinds(DecisionCase):
    """What each kind of decision does to the counters."""

    def test_supplement_and_reduce(self):
        self._posted("supplement", self._lines(MILLION, 2 * MILLION))
        self.assertCounters(self.line_a, allocated=101 * MILLION)
        self.assertCounters(self.line_b, allocated=52 * MILLION)
        self._posted("reduce", self._lines(MILLION))
        self.assertCounters(self.line_a, allocated=100 * MILLION)
        self._refused("reduce", self._lines(-1), "above zero")

    def test_new_line_is_made(self):
        line = self._allocate(self.board_a, 3 * MILLION, item=self.supplies)
        self.assertEqual(line.budget_id, self.line_a.budget_id)
        self.assertCounters(line, allocated=3 * MILLION)
        self.assertFalse(line.crossing_decision_id)

    def test_same_line_twice(self):
        self._refused("supplement", self._lines(1) * 2, "two lines")

    def test_transfer_stays_inside_a_fund(self):
        self._posted("transfer", self._lines(-5 * MILLION, 5 * MILLION))
        self.assertCounters(self.line_a, allocated=95 * MILLION)
        self.assertCounters(self.line_b, allocated=55 * MILLION)
        self._refused("transfer", self._lines(-5, 4), "zero")
        across = [*self._lines(-5), (self.board_a, self.fund_12, self.fuel, 5)]
        self._refused("transfer", across, "every fund", "crossing")

    def test_crossing_needs_a_basis(self):
        across = [*self._lines(-5), (self.board_a, self.fund_12, self.fuel, 5)]
        self._refused("crossing", across, "basis")
        self._refused("crossing", self._lines(-5, 5), "no money", basis="x")
        decision = self._posted("crossing", across, basis="Công văn 12/STC")
        self.assertCounters(self.line_a, allocated=100 * MILLION - 5)
        moves = self.env["party.budget.move"].search([("res_id", "=", decision.id)])
        self.assertEqual(set(moves.mapped("kind")), {"crossing"})

    def test_withheld_money_is_named_in_refusals(self):
        decision = self._posted("withhold", self._lines(90 * MILLION))
        self.assertCounters(self.line_a, held=90 * MILLION, available=10 * MILLION)
        claim = self._new_claim([11 * MILLION])
        claim.action_submit()
        with self.assertRaises(UserError) as refusal:
            self._approve(claim)
        text = str(refusal.exception)
        self.assertIn(f"{decision.name}: 90.000.000", text)
        self.assertIn("Missing: 1.000.000", text)
        with self.assertRaisesRegex(UserError, "Missing"):
            self._posted("withhold", self._lines(10 * MILLION + 1))

    def test_restore_gives_back_what_is_still_held(self):
        withheld = self._posted("withhold", self._lines(9 * MILLION))
        held_by_a_claim = self._approved_claim([5 * MILLION])
        self._posted("restore", self._lines(4 * MILLION), restores_id=withheld.id)
        self.assertCounters(self.line_a, held=10 * MILLION)
        self._refused(
            "restore",
            self._lines(6 * MILLION),
            "5.000.000",
            "6.000.000",
            "1.000.000",
            restores_id=withheld.id,
        )
        last = self._new_decision("restore", [], restores_id=withheld.id)
        last.with_user(last.requester_id).action_fill_lines()
        self.assertEqual(last.line_ids.amount, 5 * MILLION)
        self._post_decision(last)
        self.assertCounters(self.line_a, held=5 * MILLION)
        holders = self.env["party.budget.move"]._open_documents(self.line_a)
        self.assertEqual(
            holders[self.line_a.id],
            [
                (
                    *(held_by_a_claim.name, 5 * MILLION, 0),
                    *("party.claim", held_by_a_claim.id),
                )
            ],
        )
        self._refused("restore", self._lines(1), "withheld", restores_id=False)

    def test_two_restores_of_the_same_money(self):
        withheld = self._posted("withhold", self._lines(9 * MILLION))
        self._approved_claim([9 * MILLION])
        twice = [
            self._new_decision(
                "restore", self._lines(9 * MILLION), restores_id=withheld.id
            )
            for _number in range(2)
        ]
        for decision in twice:
            decision.action_submit()
            self._approve(decision)
        chief = self.user["chief_accountant"]
        twice[0].with_user(chief).action_post()
        with self.assertRaisesRegex(UserError, "still holds 0 đ"):
            twice[1].with_user(chief).action_post()
        self.assertCounters(self.line_a, held=9 * MILLION)

    def test_cancel_takes_what_is_left(self):
        self._approved_claim([30 * MILLION])
        self._posted("cancel", self._lines(70 * MILLION))
        self.assertCounters(
            self.line_a, allocated=30 * MILLION, held=30 * MILLION, available=0
        )
        with self.assertRaisesRegex(UserError, "Missing: 1 "):
            self._posted("cancel", self._lines(1))

    def test_carry_over_opens_the_next_year(self):
        self._posted("carry_over", self._lines(40 * MILLION))
        self.assertCounters(self.line_a, allocated=60 * MILLION)
        following = self.env["party.budget.line"].search(
            [("board_id", "=", self.board_a.id), ("year", "=", 2027)]
        )
        self.assertEqual((following.fund_id, following.item_id), (self.fund, self.fuel))
        self.assertCounters(following, allocated=40 * MILLION)
        with self.assertRaises(UserError) as refusal:
            self._posted("carry_over", self._lines(61 * MILLION))
        self.assertIn("60.000.000", str(refusal.exception))
        self.assertCounters(following, allocated=40 * MILLION)

    # ------------------------------------------------------------------ undoing
    def _undo(self, decision, user="chief_accountant", number="99-QĐ/TEST"):
        """Return the draft that undoes a decision, with its number and paper."""
        action = decision.with_user(self.user[user]).action_undo()
        draft = (
            self.env["party.budget.decision"]
            .with_user(self.user[user])
            .browse(action["res_id"])
        )
        draft.write(
            {
                "name": number,
                "attachment_ids": [Command.create({"name": "b.txt", "raw": b"b"})],
            }
        )
        return draft

    def test_every_kind_is_undone_to_the_dong(self):
        across = [*self._lines(-5), (self.board_a, self.fund_12, self.fuel, 5)]
        decisions = {
            "supplement": self._lines(7, 8),
            "transfer": self._lines(-7, 7),
            "crossing": across,
            "reduce": self._lines(7),
            "withhold": self._lines(7, 8),
            "cancel": self._lines(7),
            "carry_over": self._lines(7),
        }
        for kind, lines in decisions.items():
            with self.subTest(kind):
                done = self._posted(kind, lines, basis="Căn cứ")
                undo = self._undo(done, number=f"{kind}-QĐ/TEST")
                self.assertEqual(undo.kind, "reverse")
                self._post_decision(undo)
                self.assertCounters(self.line_a, allocated=100 * MILLION, held=0)
                self.assertCounters(self.line_b, allocated=50 * MILLION, held=0)
                self.assertEqual(done.reversal_ids, undo)
                opened = done.action_open_reversal()
                self.assertEqual(opened["res_id"], undo.id)
        lines = self.env["party.budget.line"].search([("year", "=", 2027)])
        self.assertEqual(set(lines.mapped("allocated")), {0})

    def test_a_restore_is_undone_by_holding_again(self):
        withheld = self._posted("withhold", self._lines(9))
        restored = self._posted("restore", self._lines(9), restores_id=withheld.id)
        self._post_decision(self._undo(restored))
        self.assertCounters(self.line_a, held=9)
        self.assertEqual(
            self.env["party.budget.move"]._holds_of(withheld), {self.line_a.id: 9}
        )
        with self.assertRaisesRegex(UserError, "still holds 0 đ"):
            self._posted("restore", self._lines(9), restores_id=withheld.id)
            self._post_decision(self._undo(withheld, number="98"))

    def test_undone_once_only(self):
        done = self._posted("supplement", self._lines(7))
        draft = self._undo(done)
        again = done.with_user(self.user["chief_accountant"]).action_undo()
        self.assertEqual(again["res_id"], draft.id, "the draft is opened again")
        second = self._new_decision(
            "reverse", self._lines(7), reverses_id=done.id, user="chief_accountant"
        )
        for decision in (draft, second):
            decision.action_submit()
            self._approve(decision)
        chief = self.user["chief_accountant"]
        draft.with_user(chief).action_post()
        with self.assertRaisesRegex(UserError, "already undone by 99"):
            second.with_user(chief).action_post()
        with self.assertRaisesRegex(UserError, "already undone"):
            done.with_user(chief).action_undo()
        with self.assertRaisesRegex(UserError, "not undone"):
            draft.with_user(chief).action_undo()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.cr.execute(
                "UPDATE party_budget_decision SET state = 'posted' WHERE id = %s",
                [second.id],
            )

    def test_undoing_is_refused_when_the_money_is_used(self):
        done = self._posted("supplement", self._lines(7 * MILLION))
        self._approved_claim([103 * MILLION])
        with self.assertRaises(UserError) as refusal:
            self._post_decision(self._undo(done))
        for part in ("107.000.000", "103.000.000", "7.000.000", "Missing: 3.000.000"):
            self.assertIn(part, str(refusal.exception))
        self.assertCounters(self.line_a, allocated=107 * MILLION)

    def test_reversal_has_exactly_the_lines(self):
        done = self._posted("supplement", self._lines(7))
        self._refused("reverse", self._lines(6), "exactly", reverses_id=done.id)
        self._refused("reverse", self._lines(7), "posted", reverses_id=False)
        self._refused("supplement", self._lines(7), "only", reverses_id=done.id)

    def test_undo_rights(self):
        done = self._posted("supplement", self._lines(7))
        draft = self._new_decision("supplement", self._lines(7))
        with self.assertRaisesRegex(UserError, "Draft"):
            draft.action_undo()
        for name in ("staff_a", "head_a", "cashier", "accountant_b"):
            with self.assertRaises(AccessError):
                done.with_user(self.user[name]).action_undo()
        self.assertTrue(self._undo(done, "accountant_a"))

    def test_closed_years(self):
        chief = self.user["chief_accountant"]
        self.line_a.budget_id.with_user(chief).action_close()
        with self.assertRaisesRegex(UserError, "closed"):
            self._posted("supplement", self._lines(7))
