import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetExport(FinanceCase):
    """What is exported can be imported again, to the đồng."""

    def _content(self, action):
        number = int(action["url"].split("/")[3].split("?")[0])
        return self.env["ir.attachment"].sudo().browse(number)

    def _import(self, attachment, user="chief_accountant"):
        """Import a workbook; return the draft decision."""
        wizard = (
            self.env["party.budget.import"]
            .with_user(self.user[user])
            .create(
                {
                    "year": 2026,
                    "decision_number": f"again {attachment.id}",
                    "issuer": "Test",
                    "data": base64.b64encode(attachment.raw),
                }
            )
        )
        action = wizard.action_import()
        self.assertFalse(wizard.wrong_count)
        return self.env["party.budget.decision"].browse(action["res_id"])

    def _keys(self, decision):
        return sorted(
            (*line._budget_key(), line.amount, line.note) for line in decision.line_ids
        )

    def test_decision_round_trip(self):
        decision = self._new_decision(
            "supplement",
            [
                (self.board_a, self.fund, self.fuel, 1_234_567),
                (self.board_a, self.fund_12, self.supplies, 1),
                (self.board_b, self.fund, self.services, 10**12),
            ],
        )
        decision.line_ids[0].note = "quý I"
        attachment = self._content(decision.action_export())
        self.assertTrue(attachment.name.endswith("QĐ-TEST.xlsx"))
        self.assertEqual(self._keys(self._import(attachment)), self._keys(decision))

    def _export(self, user="chief_accountant", **values):
        wizards = self.env["party.budget.export"].with_user(self.user[user])
        return self._content(wizards.create({"year": 2026, **values}).action_export())

    def test_estimate_of_a_year_by_fund(self):
        self._allocate(self.board_a, 7_000, fund=self.fund_12)
        mine = [
            Command.set((self.board_a | self.board_b).ids),
        ]
        every = self._import(self._export(board_ids=mine))
        self.assertEqual(
            sorted(every.line_ids.mapped("amount")), [7_000, 50_000_000, 100_000_000]
        )
        one = self._export(fund_ids=[Command.set(self.fund_12.ids)], board_ids=mine)
        self.assertEqual(one.name, "du-toan-2026-nguon-12.xlsx")
        self.assertEqual(self._import(one).line_ids.amount, 7_000)

    def test_accountants_export_what_they_follow(self):
        decision = self._import(self._export("accountant_a"), "accountant_a")
        self.assertEqual(decision.line_ids.board_id, self.board_a)
        with self.assertRaisesRegex(UserError, "Nothing"):
            self._export("accountant_a", board_ids=[Command.set(self.board_b.ids)])
        for name in ("staff_a", "head_a", "cashier", "manager"):
            with self.assertRaises(AccessError):
                self._export(name)
