from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES
from odoo.addons.party_office_base.rules.money import format_dong, whole

from ..rules import decision as rule

DECISION_KINDS = [
    ("allocate", "Allocation"),
    ("supplement", "Supplement"),
    ("transfer", "Transfer inside a fund"),
    ("crossing", "Crossing between funds"),
    ("reduce", "Reduction"),
    ("withhold", "Withholding"),
    ("restore", "Release of what is withheld"),
    ("cancel", "Cancellation of estimate"),
    ("carry_over", "Carry-over to next year"),
    ("reverse", "Reversal of a decision"),
]
#: a number that begins so stands for one that is not given yet
PROVISIONAL = "?"


class PartyBudgetDecision(models.Model):
    """A signed decision that gives, adds, moves, holds back or takes back budget.

    Estimates are changed only by decision (Budget Law 89/2025/QH15, circular 26/2026).
    A decision is drafted, approved by the chief of office and posted to the budget
    ledger by the chief accountant. A posted one never changes: another one undoes it.
    """

    _name = "party.budget.decision"
    _description = "Budget Decision"
    _inherit = ["party.paper.mixin", "party.approval.mixin", "party.link.mixin"]
    _order = "date desc, id desc"
    _mail_post_access = "read"

    # the number on the signed paper: typed, not given by a series
    name = fields.Char(
        string="Decision number",
        required=True,
        copy=False,
        readonly=False,
        default=False,
        tracking=True,
    )
    board_id = fields.Many2one(
        string="Prepared by",
        default=lambda self: self._default_board(),
        help="The unit that drafts the decision; the lines say who gets the money.",
    )
    requester_id = fields.Many2one(string="Author")
    state = fields.Selection(
        selection_add=[*APPROVAL_STATES, ("posted", "Posted")],
        ondelete={"posted": "cascade"},
    )
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    issuer = fields.Char(required=True, help="The body that signed the decision.")
    kind = fields.Selection(
        DECISION_KINDS, default="allocate", required=True, tracking=True
    )
    year = fields.Integer(
        string="Budget year",
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
    )
    basis = fields.Text(
        string="Legal basis",
        help="What the decision rests on; a crossing between funds needs it.",
    )
    line_ids = fields.One2many(
        "party.budget.decision.line", "decision_id", string="Lines", copy=True
    )
    attachment_ids = fields.Many2many(
        string="Signed decision",
        help="The scanned paper. Everybody who may read the decision may read it.",
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
        help="What the lines that you may see give or take; money that is moved "
        "counts once.",
    )
    restores_id = fields.Many2one(
        "party.budget.decision",
        string="Releases",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The decision that withheld the money.",
    )
    reverses_id = fields.Many2one(
        "party.budget.decision",
        string="Undoes",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The posted decision that this one undoes.",
    )
    reversal_ids = fields.One2many(
        "party.budget.decision", "reverses_id", string="Undone by", readonly=True
    )
    year_end_id = fields.Many2one(
        "party.year.end",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The year end that made this decision.",
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
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    posted_at = fields.Datetime(readonly=True, copy=False)
    can_post = fields.Boolean(compute="_compute_can_post")

    _number_unique = models.Constraint(
        "UNIQUE(company_id, issuer, name)",
        "This issuer's decision was already entered.",
    )
    _year_plausible = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "Enter the budget year with four digits."
    )
    _undone_once = models.UniqueIndex(
        "(reverses_id) WHERE state = 'posted' AND reverses_id IS NOT NULL",
        "A decision is undone only once.",
    )

    def _default_board(self):
        office = self.env["party.board"].search(
            [
                ("kind", "=", "office"),
                ("company_id", "in", [self.env.company.id, False]),
            ],
            limit=1,
        )
        return office or self.env.user.own_board_id

    # ---------------------------------------------------------------- computes
    # stored, because a rule that follows line_ids would fill the cache with lines that
    # the user may not see
    @api.depends("line_ids.board_id")
    def _compute_board_ids(self):
        for decision in self:
            decision.board_ids = decision.line_ids.board_id

    @api.depends("line_ids.amount")
    def _compute_amount_total(self):
        for decision in self:
            decision.amount_total = decision._volume()

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_post(self):
        posts = self.env.user.has_group("party_office_base.group_chief_accountant")
        for decision in self:
            decision.can_post = posts and decision.state == "approved"

    def _volume(self):
        """Return what the lines give or take (đồng); what is moved counts once."""
        return sum(max(amount, 0) for amount in self.line_ids.mapped("amount"))

    # ------------------------------------------------------------- protection
    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "restores_id", "reverses_id"]

    @api.model
    def _protected_fields(self):
        return (super()._protected_fields() - {"name"}) | {
            "posted_by_id",
            "posted_at",
            "board_ids",
            "workbook",
            "workbook_name",
            "year_end_id",
        }

    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "name",
            "date",
            "issuer",
            "kind",
            "year",
            "basis",
            "restores_id",
            "reverses_id",
            "line_ids",
            "attachment_ids",
        ]

    # ---------------------------------------------------------------- approval
    def _approval_kind(self):
        return self.kind or ""

    def _approval_amount(self):
        # the route and the evidence rest on the whole, whoever looks
        return self.sudo()._volume()

    def _check_can_submit(self):
        result = super()._check_can_submit()
        self._check_complete()
        return result

    def _on_approved(self):
        result = super()._on_approved()
        chief = self.company_id.sudo().chief_accountant_id
        if not chief:
            raise UserError(
                self.env._(
                    "Name the chief accountant in the settings of the office: "
                    "approved decisions wait there to be posted."
                )
            )
        self._hand_to(chief, self.env._("Post"))
        return result

    # --------------------------------------------------------------- work list
    def _work_item_fields(self):
        return super()._work_item_fields() | {"kind", "year", "issuer", "line_ids"}

    def _work_item_summary(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(kind)s %(year)s, %(boards)s boards, %(lines)s lines, signed by "
            "%(issuer)s",
            kind=kinds.get(self.kind, ""),
            year=self.year,
            boards=len(self.line_ids.board_id),
            lines=len(self.line_ids),
            issuer=self.issuer or "",
        )

    def _prepare_work_item(self):
        # the money is of the boards in the lines: the staff of the unit that drafts
        # the decision has no part in it
        return super()._prepare_work_item() | {"board_id": False}

    def _decision_notes(self):
        """Say which budget lines would be short after each decision."""
        notes = {}
        # the approver sees all boards; his substitute may not
        for decision in self.sudo():
            short = decision.line_ids.filtered(lambda line: line.available_after < 0)
            if short:
                notes[decision.id] = "; ".join(
                    self.env._(
                        "%(board)s %(item)s: %(missing)s đ MISSING",
                        board=line.board_id.code or line.board_id.name,
                        item=line.item_id.code,
                        missing=format_dong(-line.available_after),
                    )
                    for line in short[:5]
                )
        return notes

    # -------------------------------------------------------------------- rule
    def _rule_lines(self):
        """Return the lines as the pure rule takes them."""
        return [
            rule.Line(line._budget_key(), whole(line.amount)) for line in self.line_ids
        ]

    def _provisional_number(self, text):
        """Return a number for a draft whose paper is not signed yet.

        It says so, and a decision with it is not sent.
        """
        number = f"{PROVISIONAL} {text}"
        # names are unique for each issuer, also of decisions that the user cannot see
        known = set(
            self.sudo().search([("name", "=like", f"{number}%")]).mapped("name")
        )
        return next(
            name
            for name in (number, *(f"{number} ({n})" for n in range(2, 10_000)))
            if name not in known
        )

    def action_export(self):
        """Download the lines of the decision as a workbook that the import reads."""
        self.ensure_one()
        self.check_access("read")
        exports = self.env["party.budget.export"]
        exports._check_may_export()
        number = "".join(c if c.isalnum() else "-" for c in self.name or "")
        return exports._download(
            f"quyet-dinh-{number}.xlsx",
            self.line_ids.board_id,
            [exports._row(line, line.amount, line.note) for line in self.line_ids],
        )
