from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase

READS_BUDGET = {
    "head_a": True,
    "accountant_a": True,
    "accountant_b": False,
    "head_b": False,
    "chief_accountant": True,
    "office_chief": True,
    "cashier": True,
    "staff_a": False,
    "driver": False,
    "clerk": False,
    "dispatcher": False,
    "manager": False,
}
BUDGET_MODELS = ("party.budget", "party.budget.line", "party.budget.move")


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestAccessRights(FinanceCase):
    """Who reads what, and that nobody forges a figure, a state or the ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.claim = cls._approved_claim([3_000_000])
        cls.records = {
            "party.budget": cls.line_a.budget_id,
            "party.budget.line": cls.line_a,
            "party.budget.move": cls.line_a.move_ids,
        }

    def _count(self, model, user):
        """Return how many records of board A a user finds; None without access."""
        records = self.records[model]
        try:
            return (
                self.env[model]
                .with_user(self.user[user])
                .search_count([("id", "in", records.ids)])
            )
        except AccessError:
            return None

    def test_reading_of_budgets(self):
        for user, reads in READS_BUDGET.items():
            for model in BUDGET_MODELS:
                with self.subTest(user=user, model=model):
                    self.assertEqual(bool(self._count(model, user)), reads)

    def test_other_channels_of_board_b(self):
        lines = self.env["party.budget.line"].with_user(self.user["accountant_a"])
        domain = [("board_id", "=", self.board_b.id)]
        self.assertFalse(lines.search(domain))
        self.assertFalse(
            lines.formatted_read_group(domain, ["board_id"], ["spent:sum"])
        )
        self.assertFalse(lines.name_search("", domain))
        foreign = self.line_b.with_user(self.user["accountant_a"])
        foreign.invalidate_recordset()
        with self.assertRaises(AccessError):
            foreign.read(["allocated"])
        with self.assertRaises(UserError):
            foreign.export_data(["allocated"])

    def test_nobody_writes_budgets_and_ledger(self):
        values = {
            "party.budget": {"state": "closed"},
            "party.budget.line": {"held": 0},
            "party.budget.move": {"note": "x"},
        }
        for user in self.user.values():
            for model, vals in values.items():
                records = self.records[model].with_user(user)
                with self.subTest(user=user.name, model=model):
                    with self.assertRaises(UserError):
                        records.write(vals)
                    with self.assertRaises(UserError):
                        records.unlink()
                    with self.assertRaises(UserError):
                        records.create({})

    def test_private_methods_are_not_called_from_outside(self):
        for model, names in {
            "party.budget.line": ("_book", "_move_counters"),
            "party.budget.move": ("_append",),
            "party.claim": ("_post_entry", "_cost_hold", "_hand_to", "_set_state"),
        }.items():
            for name in names:
                self.assertTrue(name.startswith("_"))
                self.assertTrue(hasattr(self.env[model], name), name)

    def test_claims_are_seen_by_those_concerned(self):
        sees = {
            "staff_a": True,  # requester
            "head_a": True,
            "accountant_a": True,
            "chief_accountant": True,
            "office_chief": True,
            "cashier": True,
            "staff_b": False,
            "head_b": False,
            "accountant_b": False,
            "driver": False,
        }
        for user, expected in sees.items():
            claims = self.env["party.claim"].with_user(self.user[user])
            with self.subTest(user=user):
                found = claims.search([("id", "=", self.claim.id)])
                self.assertEqual(bool(found), expected)
                lines = claims.env["party.claim.line"].search(
                    [("claim_id", "=", self.claim.id)]
                )
                self.assertEqual(bool(lines), expected)

    def test_claim_fields_are_not_forged(self):
        forged = {
            "state": "approved",
            "voucher_number": "PC1",
            "paid_on": "2026-06-01",
            "waiting_user_id": self.user["staff_a"].id,
            "requester_id": self.user["staff_b"].id,
            "posted_by_id": self.user["staff_a"].id,
            "amount_total": 5,
            "cancel_reason": "x",
        }
        draft = self._new_claim([1_000])
        for name, value in forged.items():
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    draft.write({name: value})
                with self.assertRaises(AccessError):
                    self._new_claim([1_000], **{name: value})
        hostile = {f"default_{name}": value for name, value in forged.items()}
        claim = (
            self.env["party.claim"]
            .with_user(self.user["staff_a"])
            .with_context(**hostile)
            .create(
                {
                    "board_id": self.board_a.id,
                    "description": "x",
                    "line_ids": [Command.create({"name": "y", "amount": 1_000})],
                }
            )
        )
        self.assertRecordValues(
            claim,
            [
                {
                    "state": "draft",
                    "voucher_number": False,
                    "paid_on": False,
                    "waiting_user_id": False,
                    "requester_id": self.user["staff_a"].id,
                    "amount_total": 1_000,
                }
            ],
        )

    def test_claim_line_budget_is_not_forged(self):
        draft = self._new_claim([1_000])
        with self.assertRaises(UserError):
            draft.line_ids.write({"budget_line_id": self.line_b.id})
        draft.with_context(default_budget_line_id=self.line_b.id).write(
            {"line_ids": [Command.create({"name": "z", "amount": 1})]}
        )
        self.assertFalse(draft.sudo().line_ids.budget_line_id)

    def test_claims_are_written_by_their_requester_only(self):
        draft = self._new_claim([1_000])
        for user in ("head_a", "accountant_a", "chief_accountant", "manager"):
            with self.assertRaises(AccessError):
                draft.with_user(self.user[user]).write({"description": "other"})

    def test_configuration(self):
        for user in ("staff_a", "accountant_a", "office_chief", "cashier"):
            with self.assertRaises(AccessError):
                self.fund.with_user(self.user[user]).write({"name": "x"})
            with self.assertRaises(AccessError):
                self.fuel.with_user(self.user[user]).write({"control_level": "item"})
        self.fund.with_user(self.user["chief_accountant"]).write({"verified": True})

    def test_closing_a_year(self):
        budget = self.line_a.budget_id
        for user in ("accountant_a", "office_chief", "cashier", "head_a"):
            with self.assertRaises(AccessError):
                budget.with_user(self.user[user]).action_close()
        both = budget | self.line_b.budget_id
        both.with_user(self.user["chief_accountant"]).action_close()
        self.assertEqual(set(both.mapped("state")), {"closed"})

    def test_reassignment_works_at_once(self):
        self.assertFalse(self._count("party.budget.line", "accountant_b"))
        old = self.board_a.assignment_ids
        old.date_to = "2026-06-14"
        self._assign(self.board_a, self.user["accountant_b"], date_from="2026-06-15")
        self.assertTrue(self._count("party.budget.line", "accountant_b"))
        self.assertFalse(self._count("party.budget.line", "accountant_a"))
        with self.assertRaises(AccessError):
            self.claim.with_user(self.user["accountant_a"]).action_post()
        self.claim.with_user(self.user["accountant_b"]).action_post()
        self.assertEqual(self.claim.sudo().state, "posted")

    def test_papers_are_seen_by_approvers_only(self):
        staff = self.user["staff_a"]
        paper = (
            self.env["ir.attachment"]
            .with_user(staff)
            .create(
                {"name": "invoice.txt", "raw": b"secret", "res_model": "party.claim"}
            )
        )
        claim = self._new_claim([1_000], attachment_ids=[Command.set(paper.ids)])
        self.assertEqual(paper.res_id, claim.id)
        self.env.invalidate_all()
        self.assertEqual(paper.with_user(self.user["head_a"]).raw, b"secret")
        for user in ("staff_b", "accountant_b"):
            with self.assertRaises(AccessError):
                paper.with_user(self.user[user]).read(["raw"])
