from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES
from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong

from ..rules.treasury import (
    ADVANCES,
    KINDS_BY_REGIME,
    ORDERS,
    PAYS_CLAIMS,
    counter_deltas,
    is_open_year,
    overdue_before,
    settle_by,
)

WHOLE_AMOUNT_GROUPS = (
    "party_office_base.group_chief_accountant,party_office_base.group_office_chief,"
    "party_office_base.group_cashier"
)


class PartyTreasuryMove(models.Model):
    """A paper for the State Treasury: withdrawal, transfer, settlement, repayment.

    Circular 17/2024/TT-BTC. One document for each paper; its lines say for which board
    and item. Two persons sign: the chief accountant and the account holder (Law on
    Accounting 88/2015, article 19).
    """

    _name = "party.treasury.move"
    _description = "Treasury Document"
    _inherit = ["party.paper.mixin", "party.approval.mixin", "party.link.mixin"]
    _order = "date desc, id desc"
    _mail_post_access = "read"

    state = fields.Selection(
        selection_add=[*APPROVAL_STATES, ("posted", "Posted")],
        ondelete={"posted": "cascade"},
    )
    kind = fields.Selection(
        [
            ("cash_advance", "Cash withdrawn as an advance"),
            ("cash_actual", "Cash withdrawn as actual spending"),
            ("transfer_actual", "Transfer, actual spending"),
            ("transfer_advance", "Transfer, advance"),
            ("settle_advance", "Settlement of an advance"),
            ("repay_advance", "Repayment of an advance"),
            ("repay_actual", "Repayment of spending"),
            ("order_actual", "Payment order received, actual"),
            ("order_advance", "Payment order received, advance"),
            ("order_spending", "Money of a payment order spent"),
            ("order_approved", "Advance order approved"),
        ],
        required=True,
        default="transfer_actual",
        tracking=True,
    )
    # its lines may be of several boards: then it is the office's paper
    board_id = fields.Many2one(
        required=False,
        compute="_compute_boards",
        store=True,
        readonly=True,
        default=None,
        tracking=False,
    )
    board_ids = fields.Many2many(
        "party.board",
        "party_treasury_move_board_rel",
        string="Boards",
        compute="_compute_boards",
        store=True,
        help="The boards of the lines: they decide who sees the document.",
    )
    date = fields.Date(
        required=True, default=lambda self: local_today(self.env), tracking=True
    )
    year = fields.Integer(
        string="Budget year",
        required=True,
        default=lambda self: local_today(self.env).year,
        aggregator=None,
        help="This year, or last year until 31 January.",
    )
    fund_id = fields.Many2one(
        "party.fund",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company._party_default_fund(False),
        tracking=True,
    )
    fund_regime = fields.Selection(related="fund_id.regime")
    description = fields.Char(string="Content")
    partner_id = fields.Many2one("res.partner", string="Payee")
    contract = fields.Char(
        help="An advance under a contract is recovered by the payments of the "
        "contract, not by the end of the following month."
    )
    order_id = fields.Many2one(
        "party.treasury.move",
        string="Payment order",
        index="btree_not_null",
        ondelete="restrict",
        help="The payment order whose money is spent, approved or repaid.",
    )
    # what the server reads in superuser mode must not stay in the cache of a user who
    # may see a part of it only
    claim_ids = fields.Many2many(
        "party.claim",
        "party_treasury_move_claim_rel",
        string="Claims",
        copy=False,
        depends_context=("uid",),
        help="The posted claims that this transfer pays; their sum is its amount. "
        "Empty: what other entries owe, for example wages.",
    )
    line_ids = fields.One2many(
        "party.treasury.move.line",
        "treasury_id",
        string="Lines",
        copy=True,
        depends_context=("uid",),
    )
    amount = fields.Monetary(
        string="Whole amount",
        compute="_compute_amount",
        store=True,
        # it would tell what the boards of others draw
        groups=WHOLE_AMOUNT_GROUPS,
    )
    amount_total = fields.Monetary(
        string="Total",
        compute="_compute_amount_total",
        help="Sum of the lines that you may see.",
    )
    settled_amount = fields.Monetary(
        string="Settled",
        default=0,
        required=True,
        readonly=True,
        copy=False,
        groups=WHOLE_AMOUNT_GROUPS,
        help="What later documents have settled, spent or repaid of this one.",
    )
    is_open = fields.Boolean(compute="_compute_is_open", store=True)
    amount_open = fields.Monetary(string="Open", compute="_compute_amount_open")
    settle_by = fields.Date(
        string="To be settled by",
        compute="_compute_overdue",
        help="The end of the following month (circular 17/2024).",
    )
    overdue = fields.Boolean(compute="_compute_overdue", search="_search_overdue")
    paper_number = fields.Char(
        string="Treasury paper",
        copy=False,
        tracking=True,
        help="Number of the withdrawal paper or order at the Treasury.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "party_treasury_move_attachment_rel",
        string="Papers",
        copy=False,
    )
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversed_id = fields.Many2one(
        "party.treasury.move",
        string="Reverses",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversal_ids = fields.One2many(
        "party.treasury.move", "reversed_id", string="Reversed by", readonly=True
    )
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    posted_at = fields.Datetime(readonly=True, copy=False)
    can_post = fields.Boolean(compute="_compute_can_act")
    can_reverse = fields.Boolean(compute="_compute_can_act")
    can_settle = fields.Boolean(compute="_compute_can_act")

    _year_plausible = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "Enter the budget year with four digits."
    )
    _not_settled_twice = models.Constraint(
        "CHECK (settled_amount >= 0 AND settled_amount <= amount)",
        "A Treasury document cannot be settled for more than its amount.",
    )
    _one_reversal = models.UniqueIndex(
        "(reversed_id) WHERE state = 'posted'",
        "This Treasury document is already reversed.",
    )
    _figures_idx = models.Index(
        "(company_id, year, fund_id, date) WHERE state='posted'"
    )

    # -------------------------------------------------------------------- computes
    # stored, because a rule that follows line_ids would fill the cache with lines that
    # the user may not see
    @api.depends("line_ids.board_id", "company_id")
    def _compute_boards(self):
        offices = self.env["party.board"].search([("kind", "=", "office")])
        for document in self:
            boards = document.line_ids.board_id
            document.board_ids = boards
            office = offices.filtered(
                lambda b, document=document: (
                    not b.company_id or b.company_id == document.company_id
                )
            )
            document.board_id = boards if len(boards) == 1 else (office or boards)[:1]

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for document in self:
            document.amount = sum(document.line_ids.mapped("amount"))

    @api.depends_context("uid")
    @api.depends("line_ids.amount")
    def _compute_amount_total(self):
        for document in self:
            document.amount_total = sum(document.line_ids.mapped("amount"))

    @api.depends("kind", "state", "amount", "settled_amount", "reversal_ids.state")
    def _compute_is_open(self):
        for document in self:
            document.is_open = (
                document.state == "posted"
                and document.kind in (*ADVANCES, *ORDERS)
                and not document.reversed_id
                and document.settled_amount < document.amount
                and "posted" not in document.reversal_ids.mapped("state")
            )

    @api.depends_context("uid")
    @api.depends("is_open", "settled_amount")
    def _compute_amount_open(self):
        visible = self.env.user.visible_board_ids
        for document in self:
            # the rest of a paper of several boards is for who sees all of them
            whole = document.sudo()
            seen = document.is_open and whole.board_ids <= visible.sudo()
            document.amount_open = whole.amount - whole.settled_amount if seen else 0

    @api.depends("date", "kind", "is_open", "contract", "fund_id")
    def _compute_overdue(self):
        today = local_today(self.env)
        for document in self:
            due = (
                document.date
                and document.kind in ADVANCES
                and not document.contract
                and document.fund_id.regime == "estimate"
            )
            document.settle_by = settle_by(document.date) if due else False
            document.overdue = bool(
                due and document.is_open and document.settle_by < today
            )

    @api.model
    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = (
            Domain("is_open", "=", True)
            & Domain("kind", "in", ADVANCES)
            & Domain("contract", "in", [False, ""])
            & Domain("fund_id.regime", "=", "estimate")
            & Domain("date", "<", overdue_before(local_today(self.env)))
        )
        if set(value) == {True, False}:
            return Domain.TRUE
        return overdue if True in value else ~overdue

    @api.depends_context("uid")
    @api.depends("state", "board_ids", "claim_ids", "is_open", "reversal_ids.state")
    def _compute_can_act(self):
        for document in self:
            keeps = not document._why_not_accountant()
            document.can_post = (
                document.state == "approved" and not document._why_not_post()
            )
            document.can_reverse = (
                document.state == "posted"
                and keeps
                and not document.reversed_id
                and not document._live_reversals()
            )
            document.can_settle = (
                keeps
                and document.is_open
                and document.kind in ADVANCES
                and document.fund_id.regime == "estimate"
            )

    def _live_reversals(self):
        # a colleague may have begun it
        return self.sudo().reversal_ids.filtered(
            lambda d: d.state not in ("cancelled", "refused")
        )

    # -------------------------------------------------------------------- approval
    @api.model
    def _approval_content_fields(self):
        # the board follows from the lines
        inherited = set(super()._approval_content_fields()) - {"board_id"}
        return [
            *sorted(inherited),
            "kind",
            "date",
            "year",
            "fund_id",
            "description",
            "partner_id",
            "contract",
            "order_id",
            "claim_ids",
            "line_ids",
            "attachment_ids",
            "reversed_id",
        ]

    def _content_of(self, names):
        content = super()._content_of(names)
        if self.claim_ids:
            # a claim that is taken back, changed and posted anew is another payment
            content["entries"] = sorted(
                (claim.id, claim.move_id.id) for claim in self.claim_ids
            )
        return content

    def _approval_kind(self):
        return self.kind or ""

    def _approval_amount(self):
        # the route depends on the whole paper, whoever sends it
        return self.sudo().amount

    def _work_item_summary(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.description or kinds.get(self.kind, "")

    def _work_item_fields(self):
        return super()._work_item_fields() | {"description", "kind", "line_ids"}

    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "order_id"]

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "board_id",
            "board_ids",
            "amount",
            "settled_amount",
            "is_open",
            "move_id",
            "reversed_id",
            "posted_by_id",
            "posted_at",
        }

    def _decision_notes(self):
        """Say what the fund has left at the Treasury."""
        # an approver decides on these figures
        documents = self.sudo()
        balances = (
            self.env["party.treasury.balance"]
            .sudo()
            .search(
                [
                    ("fund_id", "in", documents.fund_id.ids),
                    ("year", "in", documents.mapped("year")),
                    ("company_id", "in", documents.company_id.ids),
                ]
            )
        )
        balance_by_key = {(b.company_id, b.year, b.fund_id): b for b in balances}
        return {
            document.id: self.env._(
                "%(fund)s %(year)s: %(remaining)s đ left at the Treasury",
                fund=document.fund_id.code,
                year=document.year,
                remaining=format_dong(
                    balance_by_key[
                        document.company_id, document.year, document.fund_id
                    ].remaining
                ),
            )
            for document in documents
            if (document.company_id, document.year, document.fund_id) in balance_by_key
        }

    def _start_next_step(self):
        """Let a second person sign: who has signed a step does not sign the next.

        :raises UserError: when there is no second person
        """
        result = super()._start_next_step()
        steps = self._current_approvals()
        pending = steps.filtered(lambda step: step.state == "pending")
        signed = steps.decided_by_id
        if pending and pending.user_id in signed:
            others = [
                user
                for user in pending._candidates()
                if user.active and user not in signed | self.requester_id
            ]
            if not others:
                raise UserError(
                    self.env._(
                        "Two persons sign a paper of the Treasury: name a deputy chief "
                        "of office in the settings."
                    )
                )
            pending._reassign(others[0])
        return result

    # -------------------------------------------------------------------- contents
    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents.invalidate_recordset(["claim_ids", "line_ids"])
        documents.filtered(lambda d: d.reversed_id or d.claim_ids)._fill_lines()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if {"claim_ids", "line_ids"} & vals.keys():
            self.invalidate_recordset(["claim_ids", "line_ids"])
        if {"claim_ids", "kind"} & vals.keys():
            self._fill_lines()
        return result

    def _fill_lines(self):
        """Make the lines that follow from claims, or from the document reversed."""
        for document in self:
            if document.reversed_id:
                rows = document._lines_of_reversed()
            elif document.kind in PAYS_CLAIMS and document.claim_ids:
                rows = document._lines_of_claims()
            else:
                # kind or claims were changed: what claims had brought goes
                document.sudo().line_ids.filtered("claim_id").unlink()
                continue
            # which claim a line pays is written by the server only
            writable = document.sudo()
            writable.line_ids.unlink()
            writable.line_ids.create(
                [{**row, "treasury_id": document.id} for row in rows]
            )

    def _lines_of_claims(self):
        """Return the values of one line for each claim and item."""
        # what the user may not read he does not pay
        self.claim_ids.check_access("read")
        sums = {}
        for line in self.claim_ids.sorted("id").sudo().line_ids:
            key = (line.claim_id, line.item_id)
            # what an advance covers was paid with the advance
            due = line.amount - line.advance_amount
            sums[key] = sums.get(key, 0) + due
        return [
            {
                "board_id": claim.board_id.id,
                "item_id": item.id,
                "amount": amount,
                "note": claim.name,
                "claim_id": claim.id,
            }
            for (claim, item), amount in sums.items()
            if amount > 0
        ]

    def _lines_of_reversed(self):
        # a reversal takes back the whole paper, whatever lines the user may see
        return [
            {
                "board_id": line.board_id.id,
                "item_id": line.item_id.id,
                "amount": line.amount,
                "note": line.note,
                "origin_id": line.origin_id.id,
                "claim_id": line.claim_id.id,
            }
            for line in self.sudo().reversed_id.line_ids
        ]

    # ---------------------------------------------------------------------- checks
    def _check_can_submit(self):
        result = super()._check_can_submit()
        if self.reversed_id or self.claim_ids:
            self._fill_lines()
        self._check_contents()
        return result

    def action_submit(self):
        """Give each document its number and send it, see ``party.approval.mixin``."""
        for document in self:
            if document.name == "/":
                document._check_requester()
                # numbers are given by the series only
                number = (
                    self.env["party.series"]
                    .sudo()
                    ._next("treasury_move", document.date, document)
                )
                document.sudo().write({"name": number})
        return super().action_submit()

    def _check_contents(self):
        """Refuse what the Treasury would refuse; called when sent and when posted.

        :raises UserError: saying what is wrong
        """
        self.ensure_one()
        # the whole paper is checked, whatever lines the user may see
        document = self.sudo()
        document._check_kind()
        if not is_open_year(document.kind, document.year, document.date):
            raise UserError(
                self.env._(
                    "The estimate of %(year)s cannot be used by a paper of %(day)s.",
                    year=document.year,
                    day=document.date.strftime("%d/%m/%Y"),
                )
            )
        if document.reversed_id:
            document._check_reversed()
            return
        if document.kind in PAYS_CLAIMS:
            document._check_claims()
        elif document.claim_ids:
            raise UserError(
                self.env._("Only a transfer of actual spending pays claims.")
            )
        if not document.line_ids:
            raise UserError(self.env._("Enter at least one board, item and amount."))
        document._check_origins()

    def _check_kind(self):
        """Refuse a movement that the fund's regime does not know."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        regime = self.fund_id.regime
        if self.kind not in KINDS_BY_REGIME[regime]:
            raise UserError(
                self.env._(
                    "“%(kind)s” is not possible with %(fund)s.",
                    kind=labels[self.kind],
                    fund=self.fund_id.display_name,
                )
            )
        try:
            counter_deltas(regime, self.kind, 1, self._order_kind())
        except ValueError:
            raise UserError(
                self.env._(
                    "“%(kind)s” needs the payment order whose money it moves: an "
                    "advance order is approved or repaid as an advance, an order of "
                    "actual spending is repaid as spending.",
                    kind=labels[self.kind],
                )
            ) from None
        if self.order_id:
            self._check_same_purse(self.order_id)

    def _order_kind(self):
        """Return what the payment order behind this was received as, or ``""``."""
        self.ensure_one()
        return ORDERS.get(self.sudo().order_id.kind, "")

    def _check_same_purse(self, origin):
        """Refuse a document that is not posted, or of another fund, year or office."""
        fits = (
            origin.state == "posted"
            and not origin.reversed_id
            and "posted" not in origin.reversal_ids.mapped("state")
            and origin.fund_id == self.fund_id
            and origin.year == self.year
            and origin.company_id == self.company_id
        )
        if not fits:
            raise UserError(
                self.env._(
                    "%(document)s is not a posted Treasury document of %(fund)s and "
                    "%(year)s.",
                    document=origin.display_name,
                    fund=self.fund_id.display_name,
                    year=self.year,
                )
            )

    def _check_origins(self):
        """Refuse to settle what is not an advance of the boards that settle it."""
        needs = self.fund_id.regime == "estimate" and self.kind in (
            "settle_advance",
            "repay_advance",
        )
        for line in self.line_ids:
            origin = line.origin_id
            if not needs:
                if origin:
                    raise UserError(
                        self.env._("Only a settlement or repayment names an advance.")
                    )
                continue
            if origin.kind not in ADVANCES or line.board_id not in origin.board_ids:
                raise UserError(
                    self.env._(
                        "Name on each line the advance of %(board)s that it settles.",
                        # the name of a board is public inside the office
                        board=line.board_id.name,
                    )
                )
            self._check_same_purse(origin)

    def _check_claims(self):
        """Refuse claims that this transfer cannot pay.

        Without claims it pays what entries owe: wages, electricity.
        """
        for claim in self.claim_ids:
            reason = self._why_claim_not_payable(claim)
            if reason:
                raise UserError(
                    self.env._(
                        "%(claim)s cannot be paid by this paper: %(reason)s",
                        claim=claim.display_name,
                        reason=reason,
                    )
                )

    def _why_claim_not_payable(self, claim):
        """Return why a claim cannot be paid by this document, or ``""``."""
        if claim.state != "posted" or claim.payment_method != "transfer":
            return self.env._("it is not a posted claim to be paid by transfer.")
        if claim.company_id != self.company_id or claim.date.year != self.year:
            return self.env._("it is of another office or budget year.")
        if claim.line_ids.fund_id != self.fund_id:
            return self.env._("its lines are of another fund, or of several.")
        return self._why_paid_elsewhere("claim_ids", claim)

    def _why_paid_elsewhere(self, field, documents):
        """Return that another document on its way pays these, or ``""``."""
        other = self.search(
            [
                (field, "in", documents.ids),
                ("id", "!=", self.id),
                ("reversed_id", "=", False),
                ("state", "in", ("submitted", "approved")),
            ],
            limit=1,
        )
        if other:
            return self.env._("%s already pays it.", other.display_name)
        return ""

    def _check_reversed(self):
        """Refuse to reverse what is not posted, or what others rest on."""
        origin = self.reversed_id
        live = origin._live_reversals() - self
        if origin.state != "posted" or origin.reversed_id or live:
            raise UserError(
                self.env._("%s cannot be reversed any more.", origin.display_name)
            )
        names = ("kind", "fund_id", "year", "company_id", "order_id", "claim_ids")
        if any(self[name] != origin[name] for name in names):
            raise UserError(
                self.env._(
                    "A reversal takes back the whole of %(document)s: its kind, fund, "
                    "year, payment order and claims stay as they are.",
                    document=origin.display_name,
                )
            )
        if origin.settled_amount:
            raise UserError(
                self.env._(
                    "%(document)s was settled for %(amount)s đ: reverse those "
                    "documents first.",
                    document=origin.display_name,
                    amount=format_dong(origin.settled_amount),
                )
            )
