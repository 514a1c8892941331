from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestLeaksAndForgery(FinanceCase):
    """Ways round the walls that once worked."""

    def test_user_defaults_forge_no_claim(self):
        staff = self.user["staff_a"]
        for field, value in (
            ("state", "posted"),
            ("voucher_number", "PC2026/99999"),
            ("name", "TT2026/99999"),
            ("waiting_user_id", self.user["cashier"].id),
            ("posted_by_id", self.user["accountant_a"].id),
            ("amount_total", 5_000_000),
        ):
            self.env["ir.default"].with_user(staff).set(
                "party.claim", field, value, user_id=True
            )
        claim = self._new_claim([1_000])
        self.assertRecordValues(
            claim,
            [
                {
                    "state": "draft",
                    "voucher_number": False,
                    "name": "/",
                    "waiting_user_id": False,
                    "posted_by_id": False,
                    "amount_total": 1_000,
                }
            ],
        )

    def test_user_defaults_forge_no_decision(self):
        accountant = self.user["accountant_a"]
        for field, value in (("state", "posted"), ("posted_by_id", accountant.id)):
            self.env["ir.default"].with_user(accountant).set(
                "party.budget.decision", field, value, user_id=True
            )
        decision = (
            self.env["party.budget.decision"]
            .with_user(accountant)
            .create({"name": "1", "issuer": "x", "year": 2026})
        )
        self.assertEqual(decision.state, "draft")
        self.assertFalse(decision.posted_by_id)

    def test_an_unsaved_form_shows_no_foreign_budget(self):
        claims = self.env["party.claim"].with_user(self.user["staff_a"])
        line = {"name": "x", "amount": 1, "budget_line_id": self.line_b.id}
        values = {
            "board_id": self.board_a.id,
            "kind_id": self.kind.id,
            "date": "2026-06-10",
            "line_ids": [Command.create(line)],
        }
        result = claims.onchange(values, ["board_id"], {"budget_box": {}})
        box = result["value"].get("budget_box") or ""
        self.assertNotIn("50.000.000", box)

    def test_an_entry_of_two_boards_is_posted_whole_or_not_at_all(self):
        entry = self._new_entry(1_000)
        entry.write(
            {
                "line_ids": [
                    Command.create(
                        {
                            "name": "B",
                            "account_id": self.expense.id,
                            "debit": 2_000,
                            "analytic_distribution": {
                                str(self.board_b.analytic_account_id.id): 100
                            },
                            "party_fund_id": self.fund.id,
                            "party_item_id": self.fuel.id,
                        }
                    ),
                    Command.create(
                        {"name": "C", "account_id": self.cash.id, "credit": 2_000}
                    ),
                ]
            }
        )
        with self.assertRaises(AccessError):
            entry.with_user(self.user["accountant_a"]).action_post()
        self.env.invalidate_all()
        entry.with_user(self.user["chief_accountant"]).action_post()
        self.assertCounters(self.line_a, spent=1_000)
        self.assertCounters(self.line_b, spent=2_000)
        with self.assertRaises(AccessError):
            entry.with_user(self.user["accountant_a"]).button_draft()

    def test_a_claim_is_not_paid_without_its_entry(self):
        claim = self._approved_claim([5_000])
        claim.with_user(self.user["accountant_a"]).action_post()
        entry = claim.sudo().move_id
        reversal = self._agreed(entry._reverse_moves([{"date": "2026-06-15"}]))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            reversal.action_post()
        self.env.invalidate_all()
        claim.with_user(self.user["cashier"]).action_pay()
        self.assertCounters(self.line_a, held=0, spent=5_000)

    def test_what_a_supplier_is_owed_by_all_boards(self):
        partner = self.env["res.partner"].create({"name": "Station"})
        claim = self._new_claim(
            [7_000],
            "staff_b",
            self.board_b,
            partner_id=partner.id,
            payment_method="transfer",
        )
        claim.action_submit()
        self._approve(claim)
        claim.with_user(self.user["accountant_b"]).action_post()
        for user, owed in (("accountant_a", 0), ("chief_accountant", 7_000)):
            seen = partner.with_user(self.user[user])
            seen.invalidate_recordset()
            with self.subTest(user):
                self.assertEqual(seen.debit, owed)
                self.assertEqual(
                    bool(seen.search([("debit", ">", 0), ("id", "=", partner.id)])),
                    bool(owed),
                )

    def test_the_same_person_does_not_decide_all_steps_by_substitution(self):
        for absent in ("head_a", "accountant_a"):
            self.env["party.substitution"].create(
                {
                    "user_id": self.user[absent].id,
                    "substitute_id": self.user["head_b"].id,
                    "date_from": "2026-06-01",
                    "date_to": "2026-06-30",
                }
            )
        claim = self._new_claim([1_000])
        claim.action_submit()
        substitute = claim.with_user(self.user["head_b"])
        substitute.with_context(approval_seen=claim.content_hash).action_approve()
        with self.assertRaisesRegex(AccessError, "decides only once"):
            substitute.with_context(approval_seen=claim.content_hash).action_approve()
