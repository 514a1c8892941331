"""Where the wall between the funds stands: allocation, claim, posted entry."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyBudgetLine(models.Model):
    _inherit = "party.budget.line"

    crossing_decision_id = fields.Many2one(
        "party.budget.decision",
        string="Crossing decision",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The decision that lets this fund pay for this item.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._refuse_crossing(vals_list)
        # written out, so that no default_* key of the context can set it
        return super().create([{"crossing_decision_id": False, **v} for v in vals_list])

    def write(self, vals):
        if not self.env.su:
            self._refuse_crossing([vals])
        return super().write(vals)

    @api.model
    def _refuse_crossing(self, vals_list):
        if any("crossing_decision_id" in vals for vals in vals_list):
            raise UserError(
                self.env._("Only a posted decision lets a fund cross to an item.")
            )


class PartyBudgetDecisionLine(models.Model):
    _inherit = "party.budget.decision.line"

    def _wall_refusal(self):
        """Return why the fund of this line may not pay for its item, or ``""``."""
        self.ensure_one()
        return self.env["party.fund.rule"]._refusal(
            self.fund_id, self.item_id, day=self.decision_id.date
        )

    def _wall_reasons(self):
        """Return the refusals of these lines, without those that a crossing opened."""
        refused = {line: line._wall_refusal() for line in self}
        refused = {line: reason for line, reason in refused.items() if reason}
        if not refused:
            return []
        opened = self._crossed_keys()
        reasons = [
            f"{line.board_id.name}: {reason}"
            for line, reason in refused.items()
            if line._budget_key() not in opened
        ]
        return reasons and [*reasons, self.env["party.fund.rule"]._way_out()]

    def _crossed_keys(self):
        """Return the keys (board, fund, item) of the year that a crossing opened."""
        decision = self.decision_id
        lines = (
            self.env["party.budget.line"]
            .sudo()
            .search(
                [
                    ("company_id", "=", decision.company_id.id),
                    ("year", "=", decision.year),
                    ("board_id", "in", self.board_id.ids),
                    ("crossing_decision_id", "!=", False),
                ]
            )
        )
        return {line._key() for line in lines}


class PartyClaimLine(models.Model):
    _inherit = "party.claim.line"

    allowed_fund_ids = fields.Many2many(
        "party.fund", compute="_compute_allowed_fund_ids", compute_sudo=True
    )

    @api.depends("item_id", "claim_id.kind_id", "claim_id.date", "claim_id.board_id")
    def _compute_allowed_fund_ids(self):
        rules = self.env["party.fund.rule"]
        crossed = self._crossed_funds()
        for line in self:
            claim = line.claim_id
            funds = rules._allowed_funds(line.item_id, claim.kind_id, claim.date)
            line.allowed_fund_ids = funds | crossed.get(
                (claim.board_id.id, claim.date and claim.date.year, line.item_id.id),
                funds.browse(),
            )

    def _crossed_funds(self):
        """Return ``{(board, year, item): funds}`` that a crossing opened; one query.

        A line of an item counts for its sub-items, as when the budget line is looked
        for.
        """
        chains = {item: item._control_chain() for item in self.item_id}
        items = self.env["party.budget.item"].concat(*chains.values())
        found = self.env["party.budget.line"].search(
            [
                ("board_id", "in", self.claim_id.board_id.ids),
                ("item_id", "in", items.ids),
                ("crossing_decision_id", "!=", False),
            ]
        )
        result = {}
        for budget_line in found:
            for item, chain in chains.items():
                if budget_line.item_id in chain:
                    key = (budget_line.board_id.id, budget_line.year, item.id)
                    known = result.get(key, self.env["party.fund"])
                    result[key] = known | budget_line.fund_id
        return result

    def _check_fund_wall(self):
        """Refuse claim lines whose fund may not pay; all of them at once.

        :raises UserError: naming the funds that may pay, the rules and the way out
        """
        rules = self.env["party.fund.rule"]
        reasons = []
        for line in self:
            claim = line.claim_id
            reason = rules._refusal(
                line.fund_id, line.item_id, claim.kind_id, claim.date
            )
            # only a refusal looks for the budget line
            if reason and not line._find_budget_line().crossing_decision_id:
                reasons.append(f"{line.name}: {reason}")
        if reasons:
            raise UserError("\n".join([*dict.fromkeys(reasons), rules._way_out()]))


class PartyBudgetItem(models.Model):
    _inherit = "party.budget.item"

    fund_rule_ids = fields.One2many("party.fund.rule", "item_id", string="Fund rules")


class PartyClaimKind(models.Model):
    _inherit = "party.claim.kind"

    fund_rule_ids = fields.One2many("party.fund.rule", "kind_id", string="Fund rules")
