from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.money import MAX_AMOUNT


class PartyBudgetDecisionLine(models.Model):
    """One amount of a budget decision."""

    _name = "party.budget.decision.line"
    _description = "Budget Decision Line"
    _order = "decision_id, id"

    decision_id = fields.Many2one(
        "party.budget.decision", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="decision_id.state")
    board_id = fields.Many2one("party.board", required=True, index=True)
    fund_id = fields.Many2one("party.fund", required=True)
    item_id = fields.Many2one("party.budget.item", required=True)
    company_id = fields.Many2one(related="decision_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        required=True, help="Below zero only in a transfer: what is taken away."
    )
    note = fields.Char()

    @api.constrains("amount")
    def _check_whole(self):
        for line in self:
            # written so that "not a number" fails too
            if not abs(line.amount) < MAX_AMOUNT or line.amount != int(line.amount):
                raise ValidationError(
                    self.env._("Amounts are whole đồng, below one million billion.")
                )

    def _budget_key(self):
        """Return the ids (board, fund, item) that name the budget line."""
        self.ensure_one()
        return self.board_id.id, self.fund_id.id, self.item_id.id

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.decision_id._check_draft()
        return lines

    def write(self, vals):
        self.decision_id._check_draft()
        result = super().write(vals)
        self.decision_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self.decision_id._check_draft()
