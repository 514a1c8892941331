"""What a refusal tells, and the warnings before it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import BudgetShort
from .common import FinanceCase


@tagged("post_install", "-at_install")
class TestBudgetControl(FinanceCase):
    """Board A has 100 million đồng for fuel."""

    def _refusal(self, user, claim):
        claim.action_submit()
        with self.assertRaises(BudgetShort) as caught:
            while claim.sudo().state == "submitted":
                decider = claim.sudo().waiting_user_id
                seen = claim.with_user(decider).content_hash
                claim.with_user(decider).with_context(
                    approval_seen=seen
                ).action_approve()
        return caught.exception

    def test_refusal_is_data(self):
        self._allocate(self.board_a, 30_000_000, item=self.supplies)
        holder = self._approved_claim([70_000_000])
        claim = self._new_claim([40_000_000])
        refusal = self._refusal("office_chief", claim)
        self.assertEqual(len(refusal.context["lines"]), 1)
        line = refusal.context["lines"][0]
        self.assertEqual(line["id"], self.line_a.id)
        self.assertEqual(
            [row["amount"] for row in line["figures"]],
            ["100.000.000", "0", "0", "70.000.000", "30.000.000"]
            + ["40.000.000", "10.000.000"],
        )
        self.assertEqual(
            line["holders"],
            [
                {
                    "name": holder.name,
                    "amount": "70.000.000",
                    "model": "party.claim",
                    "id": holder.id,
                }
            ],
        )
        self.assertEqual(
            [(donor["name"], donor["amount"]) for donor in line["donors"]],
            [(self.supplies.display_name, "30.000.000")],
        )
        for text in ("10.000.000", holder.name, self.supplies.display_name):
            self.assertIn(text, str(refusal))

    def test_offers_follow_rights(self):
        def offers(login):
            line = self.line_a.with_user(self.user[login])
            return ["action" in offer for offer in line._offers(5)]

        self.assertEqual(offers("accountant_a"), [True, True])
        self.assertEqual(offers("head_a"), [False])
        self.assertEqual(offers("accountant_b"), [])
        self.assertEqual(offers("staff_a"), [])

    def test_other_boards_donors_stay_hidden(self):
        self._allocate(self.board_a, 30_000_000, item=self.supplies)
        line = self.line_a.with_user(self.user["accountant_b"])
        self.assertEqual(line._donors(), [])
        self.assertTrue(self.line_a.with_user(self.user["accountant_a"])._donors())

    def test_drafted_transfer_names_the_line(self):
        offer = self.line_a.with_user(self.user["accountant_a"])._offers(7)[1]
        context = offer["action"]["context"]
        self.assertEqual(context["default_kind"], "transfer")
        (command,) = context["default_line_ids"]
        self.assertEqual(command[2]["item_id"], self.fuel.id)
        self.assertEqual(command[2]["amount"], 7)

    def test_tell_accountant(self):
        line = self.line_a.with_user(self.user["head_a"])
        line.action_tell_accountant(5_000_000)
        activity = self.line_a.budget_id.activity_ids
        self.assertEqual(activity.user_id, self.user["accountant_a"])
        self.assertIn("5.000.000", activity.note)
        with self.assertRaises(AccessError):
            self.line_a.with_user(self.user["accountant_b"]).action_tell_accountant(1)

    def test_thresholds(self):
        budget = self.line_a.budget_id
        self._approved_claim([79_999_999])
        self.assertFalse(budget.activity_ids)
        self._approved_claim([1])
        self.assertEqual(len(budget.activity_ids), 1)
        self.assertTrue(budget.activity_ids.summary.startswith("80 %"))
        self.assertEqual(budget.activity_ids.user_id, self.user["accountant_a"])
        self._approved_claim([5_000_000])
        self.assertTrue(budget.activity_ids.summary.startswith("80 %"))
        last = self._approved_claim([15_000_000])
        self.assertTrue(budget.activity_ids.summary.startswith("100 %"))
        self.assertEqual(len(budget.activity_ids), 1)
        last.action_cancel("not needed")
        self._approved_claim([5_000_000])
        self.assertTrue(budget.activity_ids.summary.startswith("90 %"))
