from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.rules.money import format_dong, whole

from ..rules import year_end as rule

#: what the chief accountant may change
EDITABLE = {"contract_amount", "carry_amount", "change_reason"}


class PartyYearEndLine(models.Model):
    """What is left on one budget line at the year end, and what becomes of it."""

    _name = "party.year.end.line"
    _description = "Year End: Money Left"
    _inherit = ["party.protected.mixin"]
    _order = "board_id, fund_id, item_id, id"

    year_end_id = fields.Many2one(
        "party.year.end", required=True, readonly=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="year_end_id.state")
    company_id = fields.Many2one(related="year_end_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    budget_line_id = fields.Many2one(
        "party.budget.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    board_id = fields.Many2one("party.board", required=True, readonly=True, index=True)
    fund_id = fields.Many2one("party.fund", required=True, readonly=True)
    item_id = fields.Many2one("party.budget.item", required=True, readonly=True)
    allocated = fields.Monetary(readonly=True)
    spent = fields.Monetary(readonly=True)
    held = fields.Monetary(readonly=True)
    advanced = fields.Monetary(readonly=True)
    available = fields.Monetary(string="Left", readonly=True)
    late_additions = fields.Monetary(
        string="Added after 30 September",
        readonly=True,
        help="Allocations and supplements of that time, as the ledger has them.",
    )
    contract_amount = fields.Monetary(
        string="Contracts signed before 31 December",
        help="What is still to be paid on them. Enter it: the budget does not know "
        "contracts.",
    )
    proposed_carry = fields.Monetary(
        string="Proposed to carry over", compute="_compute_proposal", store=True
    )
    reason = fields.Selection(
        [
            ("autonomous", "Autonomous money"),
            ("contract", "Contract signed before 31 December"),
            ("late_addition", "Added after 30 September"),
            ("contract_and_late", "Contract, and added after 30 September"),
            ("unused", "Not used: cancelled"),
        ],
        compute="_compute_proposal",
        store=True,
    )
    article = fields.Char(compute="_compute_proposal", store=True)
    carry_amount = fields.Monetary(
        string="To carry over",
        compute="_compute_carry_amount",
        store=True,
        readonly=False,
    )
    cancel_amount = fields.Monetary(
        string="To cancel", compute="_compute_cancel_amount", store=True
    )
    change_reason = fields.Char(
        string="Reason for the change",
        help="Needed when it is not what was proposed.",
    )

    _line_unique = models.Constraint(
        "UNIQUE(year_end_id, budget_line_id)", "This budget line is already listed."
    )
    _within_what_is_left = models.Constraint(
        "CHECK (carry_amount >= 0 AND carry_amount <= available)",
        "Not more can be carried over than what is left.",
    )
    _contract_not_negative = models.Constraint(
        "CHECK (contract_amount >= 0 AND contract_amount < 1e15)",
        "What is to be paid on contracts is not negative.",
    )

    @api.depends(
        "available", "late_additions", "contract_amount", "fund_id.is_autonomous"
    )
    def _compute_proposal(self):
        for line in self:
            proposal = rule.propose(
                whole(line.available),
                line.fund_id.is_autonomous,
                whole(line.late_additions),
                whole(line.contract_amount),
            )
            regulation = (
                rule.CIRCULAR if proposal.reason == "unused" else rule.DECREE_BUDGET
            )
            line.proposed_carry = proposal.carry
            line.reason = proposal.reason
            line.article = self.env._(
                "article %(article)s, %(regulation)s",
                article=proposal.article,
                regulation=regulation,
            )

    @api.depends("proposed_carry", "available")
    def _compute_carry_amount(self):
        for line in self:
            # what was changed with a reason stays, as far as it is still there
            if line.change_reason:
                line.carry_amount = min(line.carry_amount, max(line.available, 0))
            else:
                line.carry_amount = line.proposed_carry

    @api.depends("carry_amount", "available")
    def _compute_cancel_amount(self):
        for line in self:
            line.cancel_amount = line.available - line.carry_amount

    @api.constrains("carry_amount", "change_reason", "contract_amount")
    def _check_change(self):
        for line in self:
            if line.carry_amount != int(line.carry_amount) or (
                line.contract_amount != int(line.contract_amount)
            ):
                raise ValidationError(self.env._("Amounts are whole đồng."))
            changed = line.carry_amount != line.proposed_carry
            if changed and not (line.change_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(line)s: %(proposed)s đ is proposed to carry over. Say why "
                        "it is %(carry)s đ.",
                        line=line.budget_line_id.display_name,
                        proposed=format_dong(line.proposed_carry),
                        carry=format_dong(line.carry_amount),
                    )
                )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "budget_line_id",
            "year_end_id",
            "board_id",
            "fund_id",
            "item_id",
            "allocated",
            "spent",
            "held",
            "advanced",
            "available",
            "late_additions",
            "proposed_carry",
            "reason",
            "article",
            "cancel_amount",
        }

    def write(self, vals):
        if EDITABLE & vals.keys() and not self.env.su:
            for line in self:
                if line.state != "computed":
                    raise UserError(
                        self.env._(
                            "The decisions are made: what they say is not changed here."
                        )
                    )
        return super().write(vals)

    def _prepare(self, budget_line, late_additions):
        """Return the values of the line of a budget line (đồng)."""
        return {
            "budget_line_id": budget_line.id,
            "board_id": budget_line.board_id.id,
            "fund_id": budget_line.fund_id.id,
            "item_id": budget_line.item_id.id,
            "allocated": budget_line.allocated,
            "spent": budget_line.spent,
            "held": budget_line.held,
            "advanced": budget_line.advanced,
            "available": budget_line.available,
            "late_additions": late_additions,
        }

    def _reason_text(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        return f"{reasons[self.reason]}, {self.article}"


class PartyYearEndOpen(models.Model):
    """A document that still holds money of the year, or an advance to be settled.

    What is held is taken back or posted. Advances that are not settled by 31 January
    are repaid before 15 February; else the Treasury takes them from next year's
    estimate (circular 26/2026, article 19.4.c).
    """

    _name = "party.year.end.open"
    _description = "Year End: Open Hold or Advance"
    _order = "advanced desc, held desc, id"

    year_end_id = fields.Many2one(
        "party.year.end", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="year_end_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    budget_line_id = fields.Many2one(
        "party.budget.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    board_id = fields.Many2one(
        related="budget_line_id.board_id", store=True, index=True
    )
    name = fields.Char(string="Document", readonly=True)
    res_model = fields.Char(string="Document model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document id", model_field="res_model", readonly=True
    )
    date = fields.Date(string="Since", readonly=True)
    held = fields.Monetary(readonly=True)
    advanced = fields.Monetary(readonly=True)

    def action_open_document(self):
        """Open the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
            "name": self.name,
        }
