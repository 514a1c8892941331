from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..rules.progress import year_elapsed

COUNTERS = ("allocated", "held", "advanced", "spent", "available")


class PartyBudget(models.Model):
    """The budget of one board for one year (dự toán năm của ban)."""

    _name = "party.budget"
    _description = "Budget of a Board"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "year desc, board_id, id"

    board_id = fields.Many2one(
        "party.board", required=True, readonly=True, index=True, ondelete="restrict"
    )
    year = fields.Integer(required=True, readonly=True, index=True, aggregator=None)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many("party.budget.line", "budget_id", string="Budget lines")
    allocated = fields.Monetary(compute="_compute_totals")
    held = fields.Monetary(compute="_compute_totals")
    advanced = fields.Monetary(compute="_compute_totals")
    spent = fields.Monetary(compute="_compute_totals")
    available = fields.Monetary(compute="_compute_totals")
    used_share = fields.Float(
        string="Used (%)", compute="_compute_totals", digits=(16, 1)
    )
    year_share = fields.Float(
        string="Year elapsed (%)", compute="_compute_year_share", digits=(16, 1)
    )

    _board_year_unique = models.Constraint(
        "UNIQUE(board_id, year, company_id)",
        "This board already has a budget for this year.",
    )

    @api.depends("line_ids.allocated")
    def _compute_totals(self):
        aggregates = [f"{name}:sum" for name in COUNTERS]
        rows = self.env["party.budget.line"]._read_group(
            [("budget_id", "in", self.ids)], ["budget_id"], aggregates
        )
        sums = {budget.id: values for budget, *values in rows}
        for budget in self:
            values = sums.get(budget.id) or [0] * len(COUNTERS)
            budget.update(dict(zip(COUNTERS, values, strict=True)))
            used = budget.allocated - budget.available
            budget.used_share = used * 100 / budget.allocated if budget.allocated else 0

    @api.depends("year")
    def _compute_year_share(self):
        today = fields.Date.context_today(self)
        for budget in self:
            budget.year_share = float(year_elapsed(budget.year or today.year, today))

    @api.depends("board_id", "year")
    def _compute_display_name(self):
        for budget in self:
            # the name of a board is public inside the office
            budget.display_name = (
                f"{budget.board_id.sudo().name or ''} {budget.year or ''}"
            )

    @api.model
    def _obtain(self, boards, year, company):
        """Return the budgets of several boards, made when missing.

        :param boards: ``party.board`` records
        :param int year: budget year
        :returns: ``{board id: party.budget}``
        """
        # no role may create a budget by hand: a posted decision does
        budgets = self.sudo().search(
            [
                ("board_id", "in", boards.ids),
                ("year", "=", year),
                ("company_id", "=", company.id),
            ]
        )
        missing = boards - budgets.board_id
        budgets += self.sudo().create(
            [
                {"board_id": board.id, "year": year, "company_id": company.id}
                for board in missing
            ]
        )
        return {budget.board_id.id: budget for budget in budgets}

    def _lock_open(self):
        """Hold these budgets open until the end of the transaction.

        Closing a year waits for the transactions that are booking on it, and the other
        way round.

        :raises UserError: when one of them is closed
        """
        if not self:
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT id, state FROM party_budget WHERE id IN %s ORDER BY id FOR "
                "SHARE",
                tuple(self.ids),
            )
        )
        closed = self.sudo().browse([row[0] for row in rows if row[1] != "open"])
        closed._refuse_closed()

    def _check_open(self):
        """Refuse closed budgets before work is put into them; ``_lock_open`` decides.

        :raises UserError: when one of them is closed
        """
        # whether a year is closed is public inside the office
        self.sudo().filtered(lambda b: b.state != "open")._refuse_closed()

    def _refuse_closed(self):
        if self:
            raise UserError(
                self.env._(
                    "The budget is closed: %(budgets)s. Money of a closed year does "
                    "not "
                    "move any more; ask the chief accountant to reopen it.",
                    budgets=", ".join(self.mapped("display_name")),
                )
            )

    def action_close(self):
        """Close the year: no money of these budgets moves any more."""
        self._check_can_close()
        self.check_access("read")
        # no role has write access on budgets: only this action closes them
        self.sudo().filtered(lambda b: b.state == "open").write({"state": "closed"})

    def action_reopen(self):
        """Open a closed year again."""
        self._check_can_close()
        self.check_access("read")
        # see action_close
        self.sudo().filtered(lambda b: b.state == "closed").write({"state": "open"})

    def _check_can_close(self):
        if not self.env.user.has_group("party_office_base.group_chief_accountant"):
            raise AccessError(
                self.env._(
                    "Only the chief accountant may close or reopen a budget year."
                )
            )

    def action_open_lines(self):
        """Open the execution of these budgets."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_budget_line_action"
        )
        action["domain"] = [("budget_id", "in", self.ids)]
        action["context"] = {}
        return action
