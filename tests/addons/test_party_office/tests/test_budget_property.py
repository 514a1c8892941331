"""Whatever people do, in whatever order: no overspending, no lost đồng.

Random sequences of decisions, claims, advances, entries, reversals and cancellations,
each by the person whose part it is. A refusal is fine; afterwards everything must agree
as after a success.
"""

from collections import defaultdict

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.party_office_finance.tests.common import TODAY, FinanceCase

AMOUNTS = st.integers(1, 60_000_000)
PICK = st.integers(0, 10**6)
REFUSALS = (UserError, AccessError, ValidationError)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBudgetProperty(FinanceCase):
    """Two boards, two items, every kind of document that moves budget."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allocate(cls.board_a, 40_000_000, item=cls.supplies)
        cls.keys = [
            (board, item)
            for board in (cls.board_a, cls.board_b)
            for item in (cls.fuel, cls.supplies)
        ]

    # ------------------------------------------------------------------ the steps
    def _place(self, pick):
        board, item = self.keys[pick % len(self.keys)]
        letter = "a" if board == self.board_a else "b"
        return board, item, letter

    def _any(self, model, domain, pick):
        records = self.env[model].search(domain, order="id")
        return records[pick % len(records)] if records else records

    def _step_claim(self, pick, amount):
        board, item, letter = self._place(pick)
        claim = self._new_claim([], f"staff_{letter}", board)
        claim.write(
            {
                "line_ids": [
                    Command.create({"name": "x", "amount": part, "item_id": item.id})
                    for part in (amount, amount // 3 + 1)
                ]
            }
        )
        claim.action_submit()
        self._approve(claim)

    def _step_cancel_claim(self, pick, _amount):
        claim = self._any("party.claim", [("state", "=", "approved")], pick)
        if claim:
            claim.with_user(claim.requester_id).action_cancel("not needed")

    def _step_post_claim(self, pick, _amount):
        claim = self._any("party.claim", [("state", "=", "approved")], pick)
        if claim:
            claim.with_user(claim.waiting_user_id).action_post()

    def _step_pay_claim(self, pick, _amount):
        claim = self._any("party.claim", [("state", "=", "posted")], pick)
        if claim:
            claim.with_user(self.user["cashier"]).action_pay()

    def _step_take_entry_back(self, pick, _amount):
        move = self._any(
            "account.move",
            [
                ("state", "=", "posted"),
                ("line_ids.account_id.budget_controlled", "=", True),
            ],
            pick,
        )
        if move:
            move.with_user(self.user["chief_accountant"]).button_draft()

    def _step_reverse_entry(self, pick, _amount):
        move = self._any(
            "account.move",
            [
                ("state", "=", "posted"),
                ("line_ids.account_id.budget_controlled", "=", True),
                ("reversal_move_ids", "=", False),
            ],
            pick,
        )
        if move:
            self._agreed(move._reverse_moves()).action_post()

    def _step_typed_entry(self, pick, amount):
        board, item, _letter = self._place(pick)
        sign = -1 if pick % 5 == 0 else 1
        entry = self._new_entry(sign * amount, board, party_item_id=item.id)
        entry.action_post()

    def _step_repost_entry(self, pick, _amount):
        move = self._any(
            "account.move",
            [
                ("state", "=", "draft"),
                ("line_ids.account_id.budget_controlled", "=", True),
            ],
            pick,
        )
        if move:
            move.with_user(self.user["chief_accountant"]).action_post()

    def _step_decision(self, pick, amount):
        board, item, _letter = self._place(pick)
        kinds = ("allocate", "supplement", "reduce", "withhold", "cancel")
        self._decide(kinds[pick % len(kinds)], [(board, item, amount)])

    def _step_transfer(self, pick, amount):
        board, item, _letter = self._place(pick)
        to_board, to_item, _letter = self._place(pick // 7)
        self._decide("transfer", [(board, item, -amount), (to_board, to_item, amount)])

    def _decide(self, kind, lines):
        lines = [(board, self.fund, item, amount) for board, item, amount in lines]
        draft = self._new_decision(kind, lines, user="chief_accountant")
        self._post_decision(draft)

    def _step_undo_decision(self, pick, _amount):
        decision = self._any(
            "party.budget.decision",
            [("state", "=", "posted"), ("kind", "!=", "reverse")],
            pick,
        )
        if decision:
            chief = self.user["chief_accountant"]
            action = decision.with_user(chief).action_undo()
            draft = decision.with_user(chief).browse(action["res_id"])
            paper = Command.create({"name": "b.txt", "raw": b"b"})
            draft.write({"name": f"{draft.id}-QĐ/U", "attachment_ids": [paper]})
            self._post_decision(draft)

    def _step_advance(self, pick, amount):
        board, item, letter = self._place(pick)
        advance = (
            self.env["party.advance"]
            .with_user(self.user[f"staff_{letter}"])
            .create(
                {
                    "board_id": board.id,
                    "purpose": "Trip",
                    "amount": amount,
                    "kind_id": self.kind.id,
                    "fund_id": self.fund.id,
                    "item_id": item.id,
                }
            )
        )
        advance.action_submit()
        self._approve(advance)

    def _step_pay_advance(self, pick, _amount):
        advance = self._any("party.advance", [("state", "=", "approved")], pick)
        if advance:
            advance.with_user(self.user["cashier"]).action_pay()

    def _step_settle_advance(self, pick, amount):
        advance = self._any("party.advance", [("state", "=", "paid")], pick)
        if not advance:
            return
        letter = "a" if advance.board_id == self.board_a else "b"
        claim = self._new_claim(
            [amount], f"staff_{letter}", advance.board_id, advance_id=advance.id
        )
        claim.line_ids.item_id = self.keys[pick % 2][1]
        claim.action_submit()
        self._approve(claim)

    def _step_return_advance(self, pick, amount):
        advance = self._any("party.advance", [("state", "=", "paid")], pick)
        if not advance:
            return
        receipt = (
            self.env["party.receipt"]
            .with_user(advance.board_id.accountant_id)
            .create(
                {
                    "kind": "advance_return",
                    "advance_id": advance.id,
                    "amount": min(amount, advance.remaining),
                    "description": "Rest",
                }
            )
        )
        receipt.action_issue()
        receipt.with_user(self.user["cashier"]).action_receive()

    STEPS = (
        *("claim", "claim", "post_claim", "post_claim", "pay_claim", "cancel_claim"),
        *("take_entry_back", "reverse_entry", "typed_entry", "repost_entry"),
        *("decision", "undo_decision", "transfer"),
        *("advance", "pay_advance", "settle_advance", "return_advance"),
    )

    # -------------------------------------------------------------- what must hold
    def _check_invariants(self, history):
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["party.budget.line"].search([])
        for line in lines:
            self.assertGreaterEqual(line.available, 0, history)
            self.assertEqual(
                line.available,
                line.allocated - line.held - line.advanced - line.spent,
                history,
            )
        spent = defaultdict(int)
        for item in self.env["account.move.line"].search(
            [
                ("parent_state", "=", "posted"),
                ("account_id.budget_controlled", "=", True),
            ]
        ):
            (account,) = item.analytic_distribution
            spent[int(account)] += item.balance
        for board in (self.board_a, self.board_b):
            counted = sum(
                lines.filtered(lambda x, b=board: x.board_id == b).mapped("spent")
            )
            self.assertEqual(counted, spent[board.analytic_account_id.id], history)
        # counters, ledger, months, documents, books and analytic lines agree
        alarms = self.env["party.budget.drift"]._cron_check()
        self.assertFalse(alarms.mapped("name"), history)

    @given(
        st.lists(
            st.tuples(st.sampled_from(STEPS), PICK, AMOUNTS), min_size=15, max_size=40
        )
    )
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def _any_sequence(self, steps):
        with self.env.cr.savepoint() as whole:
            history = []
            for name, pick, amount in steps:
                done = self._try(getattr(self, f"_step_{name}"), pick, amount)
                history.append(f"{name}({pick}, {amount}): {done}")
            self._check_invariants("\n".join(history))
            for row in history:
                self.outcomes[row.split("(")[0]].add(row.split(": ", 1)[1])
            whole.rollback()
        self.env.invalidate_all()

    def test_any_sequence(self):
        """No sequence breaks anything, and every step succeeds in some sequence."""
        self.outcomes = defaultdict(set)
        self._any_sequence()
        never = {
            name: outcomes
            for name, outcomes in self.outcomes.items()
            if "ok" not in outcomes
        }
        self.assertFalse(never)
        self.assertEqual(self.outcomes.keys(), set(self.STEPS))

    def _try(self, step, pick, amount):
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                step(pick, amount)
                self.env.flush_all()
        except REFUSALS as refusal:
            self.env.invalidate_all()
            return f"refused: {str(refusal).splitlines()[0][:80]}"
        return "ok"
