from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.party_office_base.rules.money import MAX_AMOUNT

from ..rules import decision as rule


class PartyBudgetDecisionLine(models.Model):
    """One amount of a budget decision."""

    _name = "party.budget.decision.line"
    _description = "Budget Decision Line"
    _inherit = ["party.approval.line.mixin"]
    _approval_document_field = "decision_id"
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
        required=True,
        help="Below zero only in a transfer or a crossing: what is taken away.",
    )
    note = fields.Char()
    allocated_now = fields.Monetary(compute="_compute_figures")
    available_now = fields.Monetary(compute="_compute_figures")
    allocated_after = fields.Monetary(compute="_compute_figures")
    available_after = fields.Monetary(compute="_compute_figures")

    @api.constrains("amount")
    def _check_whole(self):
        for line in self:
            # written so that "not a number" fails too
            if not abs(line.amount) < MAX_AMOUNT or line.amount != int(line.amount):
                raise ValidationError(
                    self.env._("Amounts are whole đồng, below one million billion.")
                )

    @api.depends_context("uid")
    @api.depends(
        "board_id",
        "fund_id",
        "item_id",
        "amount",
        "decision_id.kind",
        "decision_id.year",
        "decision_id.state",
        "decision_id.reverses_id",
    )
    def _compute_figures(self):
        figures = self._budget_figures()
        for line in self:
            decision = line.decision_id
            key = (decision.company_id.id, decision.year, *line._budget_key())
            allocated, available = figures.get(key, (0, 0))
            effect = line._effect()
            line.allocated_now = allocated
            line.available_now = available
            line.allocated_after = allocated + effect.allocated
            line.available_after = available + effect.allocated - effect.held

    def _effect(self):
        """Return what the line will change in its year; nothing once it is posted."""
        decision = self.decision_id
        undone = decision.reverses_id.kind or ""
        open_states = ("draft", "returned", "submitted", "approved")
        counts = decision.state in open_states and (
            decision.kind in rule.FACTORS or undone in rule.FACTORS
        )
        if not counts:
            return rule.Effect(self._budget_key(), 0)
        line = rule.Line(self._budget_key(), self.amount)
        return rule.effects(decision.kind, line, undone)[0]

    def _budget_figures(self):
        """Return ``{(company, year, board, fund, item): (allocated, available)}``.

        One query, with the rights of the user: an unsaved line may name any board.
        """
        budget_lines = self.env["party.budget.line"]
        if not budget_lines.has_access("read"):
            return {}
        found = budget_lines.search_fetch(
            [
                ("company_id", "in", self.decision_id.company_id.ids),
                ("year", "in", list(set(self.decision_id.mapped("year")))),
                ("board_id", "in", self.board_id.ids),
                ("fund_id", "in", self.fund_id.ids),
                ("item_id", "in", self.item_id.ids),
            ],
            [
                "company_id",
                "year",
                "board_id",
                "fund_id",
                "item_id",
                "allocated",
                "available",
            ],
        )
        return {
            (line.company_id.id, line.year, *line._key()): (
                line.allocated,
                line.available,
            )
            for line in found
        }

    def write(self, vals):
        result = super().write(vals)
        if {"board_id", "decision_id"} & vals.keys():
            # record rules look at a line before it is written: it could be turned to
            # a board that the user does not follow
            self.check_access("write")
        return result

    def _budget_key(self):
        """Return the ids (board, fund, item) that name the budget line."""
        self.ensure_one()
        return self.board_id.id, self.fund_id.id, self.item_id.id

    @api.model
    def _approval_content_fields(self):
        return ["board_id", "fund_id", "item_id", "amount", "note"]
