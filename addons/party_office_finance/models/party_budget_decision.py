from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules.ledger import BudgetEntry
from ..rules.money import whole


class PartyBudgetDecision(models.Model):
    """A signed decision that gives, adds, moves or takes back budget.

    Estimates are allocated, supplemented, adjusted and reduced only by decision (budget
    law 89/2025/QH15, circular 26/2026). A posted decision is undone by another one.
    """

    _name = "party.budget.decision"
    _description = "Budget Decision"
    _inherit = ["party.protected.mixin", "mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(
        string="Decision number", required=True, copy=False, tracking=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    issuer = fields.Char(required=True, help="The body that signed the decision.")
    kind = fields.Selection(
        [
            ("allocate", "Allocation"),
            ("supplement", "Supplement"),
            ("reduce", "Reduction"),
            ("transfer", "Transfer between lines"),
        ],
        default="allocate",
        required=True,
        tracking=True,
    )
    year = fields.Integer(
        string="Budget year",
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many(
        "party.budget.decision.line", "decision_id", string="Lines", copy=True
    )
    board_ids = fields.Many2many(
        "party.board",
        string="Boards",
        compute="_compute_board_ids",
        store=True,
        help="The boards of the lines: they decide who sees the decision.",
    )
    amount_total = fields.Monetary(
        string="Total",
        compute="_compute_amount_total",
        help="Sum of the lines that you may see.",
    )
    workbook = fields.Binary(
        string="Imported workbook",
        attachment=True,
        readonly=True,
        copy=False,
        groups="party_office_base.group_chief_accountant",
    )
    workbook_name = fields.Char(
        readonly=True, copy=False, groups="party_office_base.group_chief_accountant"
    )
    note = fields.Text()
    state = fields.Selection(
        [("draft", "Draft"), ("posted", "Posted")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    posted_at = fields.Datetime(readonly=True, copy=False)

    _number_unique = models.Constraint(
        "UNIQUE(company_id, issuer, name)",
        "This issuer's decision was already entered.",
    )
    _year_plausible = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "Enter the budget year with four digits."
    )

    # stored, because a rule that follows line_ids would fill the cache with lines that
    # the user may not see
    @api.depends("line_ids.board_id")
    def _compute_board_ids(self):
        for decision in self:
            decision.board_ids = decision.line_ids.board_id

    @api.depends("line_ids.amount")
    def _compute_amount_total(self):
        for decision in self:
            decision.amount_total = sum(decision.line_ids.mapped("amount"))

    # ------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "state",
            "posted_by_id",
            "posted_at",
            "board_ids",
        }

    def write(self, vals):
        if vals.keys() - {"note", "message_main_attachment_id"}:
            self._check_draft()
        return super().write(vals)

    def _check_draft(self):
        for decision in self:
            if decision.sudo().state != "draft" and not self.env.su:
                raise UserError(
                    self.env._(
                        "Decision %(name)s is posted and cannot be changed. Enter "
                        "another "
                        "decision that corrects it.",
                        name=decision.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(decision.state != "draft" for decision in self):
            raise UserError(
                self.env._(
                    "A posted decision stays. Enter another one that corrects it."
                )
            )

    # ----------------------------------------------------------------- actions
    def action_post(self):
        """Post the decisions to the budget ledger.

        :raises AccessError: unless the user is chief accountant
        :raises UserError: posted already, no lines, or a reduction that is not covered
        """
        if not self.env.user.has_group("party_office_base.group_chief_accountant"):
            raise AccessError(
                self.env._("Only the chief accountant posts decisions to the budget.")
            )
        self.check_access("read")
        for decision in self:
            decision._check_can_post()
            decision._post_lines()
            # state is written by this action only
            decision.sudo().write(
                {
                    "state": "posted",
                    "posted_by_id": self.env.uid,
                    "posted_at": fields.Datetime.now(),
                }
            )
        return True

    def _check_can_post(self):
        self.ensure_one()
        if self.state != "draft":
            raise UserError(
                self.env._("Decision %(name)s is already posted.", name=self.name)
            )
        if not self.line_ids:
            raise UserError(
                self.env._("Decision %(name)s has no lines.", name=self.name)
            )
        amounts = self.line_ids.mapped("amount")
        if self.kind == "transfer":
            if sum(amounts):
                raise UserError(
                    self.env._(
                        "A transfer takes from some lines what it gives to others: the "
                        "lines of %(name)s must add up to zero.",
                        name=self.name,
                    )
                )
        elif min(amounts) <= 0:
            raise UserError(
                self.env._("Every amount of decision %s must be above zero.", self.name)
            )

    def _post_lines(self):
        """Book each line: make its budget line when missing, then move the ledger."""
        sign = -1 if self.kind == "reduce" else 1
        budget_lines = self._obtain_budget_lines()
        self.env["party.budget.line"]._book(
            entries := [
                BudgetEntry(
                    line_id=budget_lines[line._budget_key()].id,
                    kind=self.kind,
                    allocated=sign * whole(line.amount),
                    document=(self._name, self.id),
                    document_name=self.display_name,
                    day=self.date,
                    note=line.note or "",
                    requester_id=self.create_uid.id,
                )
                for line in self.line_ids
            ]
        )
        self.env["party.treasury.balance"]._follow_entries(entries)

    def _obtain_budget_lines(self):
        """Return ``{(board, fund, item ids): party.budget.line}``, made when
        missing.
        """
        budgets = self.env["party.budget"]._obtain(
            self.line_ids.board_id, self.year, self.company_id
        )
        # lines have no write access for anybody: a posted decision makes them
        lines_model = self.env["party.budget.line"].sudo()
        existing = lines_model.search(
            [("budget_id", "in", [budget.id for budget in budgets.values()])]
        )
        found = {line._key(): line for line in existing}
        missing = {line._budget_key(): None for line in self.line_ids} | found
        new_keys = [key for key, line in missing.items() if line is None]
        created = lines_model.create(
            [
                {"budget_id": budgets[board].id, "fund_id": fund, "item_id": item}
                for board, fund, item in new_keys
            ]
        )
        return found | dict(zip(new_keys, created, strict=True))

    def action_open_ledger(self):
        """Open the rows of the ledger that this decision made."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_budget_move_action"
        )
        action["domain"] = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return action
