from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES
from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong, whole

from ..rules.advance import days_overdue, settlement_due


class PartyAdvance(models.Model):
    """Money given in advance to a member of staff (tạm ứng), until it is settled.

    Whoever asks is the debtor. Circular 17/2024/TT-BTC: an advance without a contract
    is settled by the end of the following month.
    """

    _name = "party.advance"
    _description = "Advance"
    _inherit = [
        "party.paper.mixin",
        "party.approval.mixin",
        "party.cost.mixin",
        "party.entry.mixin",
    ]
    _order = "date desc, id desc"
    _mail_post_access = "read"

    state = fields.Selection(
        selection_add=[*APPROVAL_STATES, ("paid", "Paid"), ("settled", "Settled")],
        ondelete={"paid": "cascade", "settled": "cascade"},
    )
    # a copy belongs to the company where it is made; nobody but the server sets it
    company_id = fields.Many2one(copy=False)
    purpose = fields.Char(string="Purpose of the advance", required=True)
    amount = fields.Monetary(required=True, tracking=True)
    kind_id = fields.Many2one(
        "party.claim.kind",
        string="Kind of spending",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["party.claim.kind"]._usual(),
        help="Says which fund and budget item usually pay.",
    )
    fund_id = fields.Many2one(
        "party.fund",
        compute="_compute_budget_keys",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    item_id = fields.Many2one(
        "party.budget.item",
        string="Budget item",
        compute="_compute_budget_keys",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date = fields.Date(
        required=True,
        default=lambda self: local_today(self.env),
        tracking=True,
        copy=False,
        help="Decides which year's budget pays.",
    )
    due_date = fields.Date(
        string="To be settled by",
        compute="_compute_due_date",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
        help="The last day of the following month, unless a contract says otherwise "
        "(circular 17/2024/TT-BTC).",
    )
    payment_method = fields.Selection(
        [("cash", "Cash"), ("transfer", "Bank transfer")],
        required=True,
        default="cash",
        tracking=True,
    )
    budget_line_id = fields.Many2one(
        "party.budget.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The budget line that pays, fixed at approval.",
    )
    paid = fields.Monetary(required=True, default=0, readonly=True, copy=False)
    settled = fields.Monetary(
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="Proved by the papers of posted claims.",
    )
    returned = fields.Monetary(
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="Given back into the cash box.",
    )
    reserved = fields.Monetary(
        string="In approved claims",
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="Proved by approved claims that are not posted yet.",
    )
    remaining = fields.Monetary(
        string="Still owed",
        readonly=True,
        copy=False,
        help="Paid − settled − returned. The database computes it.",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    voucher_number = fields.Char(readonly=True, copy=False, index="btree_not_null")
    paid_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    paid_on = fields.Date(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    claim_ids = fields.One2many(
        "party.claim", "advance_id", string="Claims", readonly=True
    )
    receipt_ids = fields.One2many(
        "party.receipt", "advance_id", string="Receipts", readonly=True
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_overdue", search="_search_is_overdue"
    )
    days_overdue = fields.Integer(compute="_compute_overdue")
    can_pay = fields.Boolean(compute="_compute_can_act")
    can_transfer = fields.Boolean(compute="_compute_can_act")
    can_cancel = fields.Boolean(compute="_compute_can_act")
    can_settle = fields.Boolean(compute="_compute_can_act")

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 1e15)",
        "An advance is above zero and below one million billion đồng.",
    )
    _not_negative = models.Constraint(
        "CHECK (paid >= 0 AND settled >= 0 AND returned >= 0 AND reserved >= 0)",
        "No figure of an advance may be negative.",
    )
    _not_more_than_paid = models.Constraint(
        "CHECK (settled + returned + reserved <= paid)",
        "No more can be settled or returned than was paid.",
    )
    _paid_as_approved = models.Constraint(
        "CHECK (paid = 0 OR paid = amount)",
        "An advance is paid as it was approved.",
    )
    _board_state_idx = models.Index("(board_id, state, due_date)")
    _open_of_requester_idx = models.Index("(requester_id, due_date) WHERE state='paid'")

    def init(self):
        """Let the database compute ``remaining``, so that no code can set it."""
        result = super().init()
        cr = self.env.cr
        cr.execute(
            "SELECT attgenerated FROM pg_attribute WHERE attname = 'remaining' "
            "AND attrelid = 'party_advance'::regclass AND NOT attisdropped"
        )
        if (cr.fetchone() or [""])[0] != "s":
            cr.execute(
                "ALTER TABLE party_advance DROP COLUMN IF EXISTS remaining, "
                "ADD COLUMN remaining numeric GENERATED ALWAYS AS "
                "(paid - settled - returned) STORED"
            )
        return result

    # ---------------------------------------------------------------- computes
    @api.depends("kind_id")
    def _compute_budget_keys(self):
        for advance in self:
            kind = advance.kind_id
            company = advance.company_id or self.env.company
            advance.fund_id = (
                advance.fund_id or kind.fund_id or company._party_default_fund(False)
            )
            advance.item_id = advance.item_id or kind.item_id

    @api.depends("date")
    def _compute_due_date(self):
        for advance in self:
            advance.due_date = advance.date and settlement_due(advance.date)

    @api.depends("state", "due_date")
    def _compute_overdue(self):
        today = local_today(self.env)
        for advance in self:
            late = advance.state == "paid" and days_overdue(advance.due_date, today)
            advance.days_overdue = late
            advance.is_overdue = bool(late)

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "paid") & Domain(
            "due_date", "<", local_today(self.env)
        )

    @api.depends_context("uid")
    @api.depends("state", "board_id", "payment_method", "remaining")
    def _compute_can_act(self):
        for advance in self:
            advance.can_pay = advance.state == "approved" and not advance._why_not_pay()
            advance.can_transfer = (
                advance.state == "approved"
                and advance.payment_method == "transfer"
                and advance.requester_id != self.env.user
                and not advance._why_not_accountant()
            )
            advance.can_cancel = not advance._why_not_cancel()
            advance.can_settle = (
                advance.state == "paid" and advance.requester_id == self.env.user
            )

    @api.constrains("date", "due_date")
    def _check_due_date(self):
        for advance in self:
            if advance.due_date < advance.date:
                raise ValidationError(
                    self.env._("An advance is settled after its date, not before.")
                )

    # ---------------------------------------------------------------- approval
    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "purpose",
            "amount",
            "kind_id",
            "fund_id",
            "item_id",
            "date",
            "due_date",
            "payment_method",
            "attachment_ids",
        ]

    def _approval_kind(self):
        return self.kind_id.code or ""

    def _approval_amount(self):
        return self.amount

    def _work_item_summary(self):
        return self.purpose or ""

    def _work_item_fields(self):
        return super()._work_item_fields() | {"purpose", "amount"}

    def _decision_notes(self):
        """Say what the budget line has left after each advance."""
        notes = {}
        # the approver of a step need not see the whole budget of the board
        for advance in self.sudo():
            line = advance._find_budget_line()
            left = line.available - advance.amount
            notes[advance.id] = self.env._(
                "%(item)s: %(available)s đ available, %(left)s đ after this advance",
                item=line.item_id.code or "?",
                available=format_dong(line.available),
                left=format_dong(left),
            )
        return notes

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "budget_line_id",
            "paid",
            "settled",
            "returned",
            "reserved",
            "remaining",
            "move_id",
            "voucher_number",
            "paid_by_id",
            "paid_on",
            "cancel_reason",
            "claim_ids",
            "receipt_ids",
        }

    def _check_can_submit(self):
        result = super()._check_can_submit()
        self._check_nothing_overdue()
        self._check_fund_wall()
        return result

    def _check_fund_wall(self):
        """Refuse a fund that may not pay for the item.

        :raises UserError: naming the funds that may pay, the rule and the way out
        """
        self.env["party.fund.rule"]._check(
            self.fund_id,
            self.item_id,
            self.kind_id,
            self.date,
            self._budget_line_or_refuse(),
        )

    def _check_nothing_overdue(self):
        """Refuse a new advance while the requester has not settled an old one.

        :raises UserError: naming the overdue advance
        """
        self.ensure_one()
        # his own debts, of whatever board, whether he sees that board now or not
        overdue = self.sudo().search(
            [("requester_id", "=", self.requester_id.id), ("is_overdue", "=", True)],
            order="due_date, id",
            limit=1,
        )
        if overdue:
            raise UserError(
                self.env._(
                    "%(user)s has not settled advance %(advance)s: %(amount)s đ were "
                    "due on %(due)s. Settle it by a payment claim or return the rest "
                    "first.",
                    user=self.requester_id.name,
                    advance=overdue.name,
                    amount=format_dong(overdue.remaining),
                    due=overdue.due_date.strftime("%d/%m/%Y"),
                )
            )

    def action_submit(self):
        """Give each advance its number and send it, see ``party.approval.mixin``."""
        for advance in self:
            if advance.name == "/":
                advance._check_requester()
                # numbers are given by the series only
                series = self.env["party.series"].sudo()
                number = series._next("advance", advance.date, advance)
                advance.sudo().write({"name": number})
        return super().action_submit()

    def _on_approved(self):
        result = super()._on_approved()
        self._check_fund_wall()
        # the line that pays is fixed with the approval
        self.sudo().write({"budget_line_id": self._budget_line_or_refuse().id})
        self._cost_hold()
        self._hand_to(self._payer(), self._payment_step())
        return result

    def _on_cancelled(self):
        result = super()._on_cancelled()
        self._cost_release(self.cancel_reason or self.env._("Cancelled"))
        return result

    # -------------------------------------------------------------------- cost
    def _find_budget_line(self):
        """Return the budget line that would pay today, or an empty recordset."""
        self.ensure_one()
        return self.env["party.budget.line"]._find(
            self.board_id, self.date.year, self.fund_id, self.item_id, self.company_id
        )

    def _budget_line_or_refuse(self):
        """Return the budget line that pays.

        :raises UserError: when the board has none for this fund, item and year
        """
        self.ensure_one()
        return self.env["party.budget.line"]._find_or_refuse(
            self.board_id, self.date.year, self.fund_id, self.item_id, self.company_id
        )

    def _cost_lines(self):
        from odoo.addons.party_office_base.rules.cost import CostLine

        return [
            CostLine(
                self.board_id,
                self.item_id.code,
                self.amount,
                self.purpose,
                fund_code=self.fund_id.code,
            )
        ]

    def _cost_allocation(self):
        # superuser mode: who acts for the board need not see its budget
        return [(self.sudo().budget_line_id, whole(self.amount), self.purpose)]

    # ------------------------------------------------------------------- cancel
    def _why_not_cancel(self):
        """Return why the user may not cancel this advance, or ``""``."""
        self.ensure_one()
        if self.state in ("draft", "returned", "submitted"):
            if self.requester_id == self.env.user:
                return ""
            return self.env._("Only the requester may cancel it before its approval.")
        if self.state != "approved":
            return self.env._("It cannot be cancelled in this state.")
        if self.requester_id == self.env.user or not self._why_not_accountant():
            return ""
        return self.env._(
            "Only the requester, the board's accountant or the chief accountant may "
            "cancel an approved advance."
        )

    def _check_can_cancel(self):
        for advance in self:
            reason = advance._why_not_cancel()
            if reason:
                raise UserError(
                    self.env._(
                        "%(advance)s: %(reason)s",
                        advance=advance.display_name,
                        reason=reason,
                    )
                )

    def action_cancel(self, reason=""):
        """Cancel the advances before they are paid; what they hold is freed.

        :raises UserError: wrong state, or no right
        """
        for advance in self:
            advance._check_can_cancel()
            # the reason is written by this action only
            advance.sudo().write({"cancel_reason": reason})
        return super().action_cancel()

    # ------------------------------------------------------------------- links
    def action_settle(self):
        """Open a new payment claim that settles this advance."""
        self.ensure_one()
        self._check_state("paid")
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.claim",
            "view_mode": "form",
            "context": {
                "default_advance_id": self.id,
                "default_board_id": self.board_id.id,
                "default_kind_id": self.kind_id.id,
                "default_description": self.purpose,
            },
        }

    def action_open_entry(self):
        """Open the journal entry of this advance."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    def action_open_ledger(self):
        """Open the rows of the budget ledger that this advance made."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_budget_move_action"
        )
        action["domain"] = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return action
