from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES
from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words
from odoo.addons.party_office_base.rules.money import MAX_AMOUNT, format_dong, whole


class PartyClaim(models.Model):
    """A request to pay (đề nghị thanh toán), from the paper to the voucher."""

    _name = "party.claim"
    _description = "Payment Claim"
    _inherit = [
        "party.paper.mixin",
        "party.approval.mixin",
        "party.cost.mixin",
        "party.entry.mixin",
    ]
    _order = "date desc, id desc"
    _mail_post_access = "read"

    state = fields.Selection(
        selection_add=[
            *APPROVAL_STATES,
            ("posted", "Posted, to be paid"),
            ("paid", "Paid"),
        ],
        ondelete={"posted": "cascade", "paid": "cascade"},
    )
    # a copy belongs to the company where it is made; nobody but the server sets it
    company_id = fields.Many2one(copy=False)
    kind_id = fields.Many2one(
        "party.claim.kind",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["party.claim.kind"]._usual(),
        tracking=True,
    )
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        help="Decides which year's budget pays.",
    )
    description = fields.Char(string="Reason for payment", required=True)
    partner_id = fields.Many2one(
        "res.partner", string="Payee", help="Who receives the money."
    )
    payee_name = fields.Char(
        string="Receiver", help="The person who takes the cash, when not the payee."
    )
    payment_method = fields.Selection(
        [("cash", "Cash"), ("transfer", "Bank transfer")],
        required=True,
        default="cash",
        tracking=True,
    )
    line_ids = fields.One2many(
        "party.claim.line", "claim_id", string="Lines", copy=True
    )
    amount_total = fields.Monetary(
        string="Total", compute="_compute_amount_total", store=True, tracking=True
    )
    amount_words = fields.Char(string="In words", compute="_compute_amount_words")
    budget_box = fields.Html(
        string="Budget", compute="_compute_budget_box", sanitize=False
    )
    attachment_ids = fields.Many2many(string="Invoices and papers")
    move_id = fields.Many2one(
        "account.move", string="Journal entry", readonly=True, copy=False
    )
    voucher_number = fields.Char(readonly=True, copy=False, index="btree_not_null")
    posted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    posted_on = fields.Date(readonly=True, copy=False)
    paid_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    paid_on = fields.Date(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    can_post = fields.Boolean(compute="_compute_can_act")
    can_pay = fields.Boolean(compute="_compute_can_act")
    can_cancel = fields.Boolean(compute="_compute_can_act")

    _board_state_idx = models.Index("(board_id, state, date)")

    # ---------------------------------------------------------------- computes
    @api.depends("line_ids.amount")
    def _compute_amount_total(self):
        for claim in self:
            claim.amount_total = sum(claim.line_ids.mapped("amount"))

    @api.depends("amount_total")
    def _compute_amount_words(self):
        for claim in self:
            # an amount that no line may have is still typed into an unsaved form
            plausible = abs(claim.amount_total) < MAX_AMOUNT
            claim.amount_words = plausible and amount_in_words(
                round(claim.amount_total)
            )

    @api.depends_context("uid")
    @api.depends("state", "board_id", "move_id")
    def _compute_can_act(self):
        for claim in self:
            claim.can_post = claim.state == "approved" and not claim._why_not_post()
            claim.can_pay = claim.state == "posted" and not claim._why_not_pay()
            claim.can_cancel = not claim._why_not_cancel()

    @api.depends_context("uid", "lang")
    @api.depends(
        "state",
        "board_id",
        "date",
        "line_ids.amount",
        "line_ids.fund_id",
        "line_ids.item_id",
    )
    def _compute_budget_box(self):
        visible = self.env.user.visible_board_ids
        for claim in self:
            # the requester of another board's claim sees no figures of that board
            seen = claim.board_id in visible
            claim.budget_box = claim._render_budget_box() if seen else False

    def _render_budget_box(self):
        """Return an HTML table: what each budget line has, and what is left after."""
        asked = {}
        for line, amount in self._asked_of_budget().items():
            # found anew: a client could name any line in an unsaved form
            budget_line = line.sudo()._find_budget_line()
            asked[budget_line] = asked.get(budget_line, 0) + amount
        if not asked:
            return False
        counted = self.state in ("approved", "posted", "paid")
        rows = [
            (line, self._budget_figures(line, amount, counted))
            for line, amount in asked.items()
        ]
        return self._render_wide(rows) + self._render_narrow(rows)

    def _budget_titles(self):
        return (
            self.env._("Allocated"),
            self.env._("Held"),
            self.env._("Spent"),
            self.env._("Available"),
            self.env._("This claim"),
            self.env._("Left after this claim"),
        )

    def _budget_figures(self, line, amount, counted):
        """Return the figures (đồng) in the order of ``_budget_titles``.

        :param bool counted: whether the claim is already held or spent
        """
        left = line.available if counted else line.available - amount
        return (line.allocated, line.held, line.spent, line.available, amount, left)

    def _budget_name(self, line):
        if not line:
            return self.env._("No budget for this fund, item and year")
        return f"{line.fund_id.code} · {line.item_id.display_name}"

    def _render_wide(self, rows):
        """Return the table for a wide screen."""
        head = Markup().join(
            Markup('<th class="text-end">{}</th>').format(title)
            for title in self._budget_titles()
        )
        body = Markup().join(
            Markup('<tr class="{}"><td>{}</td>{}</tr>').format(
                "text-danger fw-bold" if figures[-1] < 0 else "",
                self._budget_name(line),
                Markup().join(
                    Markup('<td class="text-end text-nowrap">{}</td>').format(
                        format_dong(value)
                    )
                    for value in figures
                ),
            )
            for line, figures in rows
        )
        return Markup(
            '<table class="table table-sm mb-0 d-none d-md-table"><thead><tr>'
            "<th>{}</th>{}</tr></thead><tbody>{}</tbody></table>"
        ).format(self.env._("Budget line"), head, body)

    def _render_narrow(self, rows):
        """Return one block for each budget line, for a phone."""
        titles = self._budget_titles()
        blocks = Markup()
        for line, figures in rows:
            items = Markup().join(
                Markup(
                    '<div class="d-flex justify-content-between {}">'
                    "<span>{}</span><span>{}</span></div>"
                ).format(
                    "fw-bold" if title == titles[-1] else "",
                    title,
                    format_dong(value),
                )
                for title, value in zip(titles, figures, strict=True)
            )
            blocks += Markup('<div class="mb-3 {}"><strong>{}</strong>{}</div>').format(
                "text-danger" if figures[-1] < 0 else "",
                self._budget_name(line),
                items,
            )
        return Markup('<div class="d-md-none">{}</div>').format(blocks)

    # ---------------------------------------------------------------- approval
    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "kind_id",
            "date",
            "description",
            "partner_id",
            "payee_name",
            "payment_method",
            "line_ids",
            "attachment_ids",
        ]

    def _approval_kind(self):
        return self.kind_id.code or ""

    def _approval_amount(self):
        return self.amount_total

    def _work_item_summary(self):
        return self.description or ""

    def _work_item_fields(self):
        return super()._work_item_fields() | {"description", "line_ids"}

    def _decision_notes(self):
        """Say what each budget line has left after each claim."""
        found = {}
        # the approver of a step need not see the whole budget of the board
        return {claim.id: claim._decision_note(found) for claim in self.sudo()}

    def _decision_note(self, found):
        """Return the note of one claim.

        :param dict found: budget lines found for other claims, kept up to date
        """
        asked = {}
        for line, amount in self._asked_of_budget().items():
            key = (self.board_id, self.date.year, line.fund_id, line.item_id)
            if key not in found:
                found[key] = line._find_budget_line()
            asked[found[key]] = asked.get(found[key], 0) + amount
        return "; ".join(
            self._decision_note_of(budget_line, amount)
            for budget_line, amount in asked.items()
        )

    def _decision_note_of(self, budget_line, amount):
        figures = {
            "item": budget_line.item_id.code or "?",
            "available": format_dong(budget_line.available),
        }
        left = budget_line.available - amount
        if left < 0:
            return self.env._(
                "%(item)s: %(available)s đ available, %(missing)s đ MISSING",
                missing=format_dong(-left),
                **figures,
            )
        return self.env._(
            "%(item)s: %(available)s đ available, %(left)s đ after this claim",
            left=format_dong(left),
            **figures,
        )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "move_id",
            "voucher_number",
            "posted_by_id",
            "posted_on",
            "paid_by_id",
            "paid_on",
            "cancel_reason",
            "amount_total",
        }

    def _has_payee(self):
        """Tell whether somebody is named who can receive a transfer."""
        return bool(self.partner_id)

    def _check_can_submit(self):
        result = super()._check_can_submit()
        if not self.line_ids:
            raise UserError(
                self.env._("Enter at least one line of what is to be paid.")
            )
        if any(line.amount <= 0 for line in self.line_ids):
            raise UserError(self.env._("Every line needs an amount above zero."))
        if self.payment_method == "transfer" and not self._has_payee():
            raise UserError(self.env._("A bank transfer needs a payee."))
        self.line_ids._check_fund_wall()
        for line in self.line_ids:
            line._budget_line_or_refuse()
        return result

    def action_submit(self):
        """Give each claim its number and send it, see ``party.approval.mixin``."""
        for claim in self:
            if claim.name == "/":
                claim._check_requester()
                # numbers are given by the series only
                number = (
                    self.env["party.series"]
                    .sudo()
                    ._next("payment_claim", claim.date, claim)
                )
                claim.sudo().write({"name": number})
        return super().action_submit()

    def _on_approved(self):
        result = super()._on_approved()
        for line in self.line_ids:
            # the line that pays is fixed with the approval
            line.sudo().write({"budget_line_id": line._budget_line_or_refuse().id})
        self._fix_advance_shares()
        self._cost_hold()
        self._reserve_advance()
        self._hand_to(self._accountant_in_duty(), self.env._("Post"))
        return result

    def _on_cancelled(self):
        result = super()._on_cancelled()
        self._cost_release(self.cancel_reason or self.env._("Cancelled"))
        return result

    # -------------------------------------------------------------------- cost
    def _cost_lines(self):
        from odoo.addons.party_office_base.rules.cost import CostLine

        return [
            CostLine(
                self.board_id,
                line.item_id.code,
                line.amount,
                line.name,
                fund_code=line.fund_id.code,
            )
            for line in self.line_ids
        ]

    def _cost_allocation(self):
        return [
            (line.budget_line_id, whole(line._amount_hold()), line.name)
            # superuser mode: who acts for the board need not see its budget
            for line in self.sudo().line_ids
        ]

    # ------------------------------------------------------------------- cancel
    def _why_not_cancel(self):
        """Return why the user may not cancel this claim, or ``""``."""
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
            "cancel "
            "an approved claim."
        )

    def _check_can_cancel(self):
        for claim in self:
            reason = claim._why_not_cancel()
            if reason:
                raise UserError(
                    self.env._(
                        "%(claim)s: %(reason)s",
                        claim=claim.display_name,
                        reason=reason,
                    )
                )

    def action_cancel(self, reason=""):
        """Cancel the claims; an approved one needs a reason and frees its hold.

        :raises UserError: wrong state, no right, or no reason
        """
        for claim in self:
            if claim.state == "approved" and not (reason or "").strip():
                raise UserError(
                    self.env._(
                        "Say why an approved claim is cancelled: it frees budget."
                    )
                )
            claim._check_can_cancel()
            # the reason is written by this action only
            claim.sudo().write({"cancel_reason": reason})
        return super().action_cancel()

    def action_open_cancel(self):
        """Open the dialog that asks why the claim is cancelled."""
        self.ensure_one()
        if self.state != "approved":
            return self.action_cancel()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel the claim"),
            "res_model": "party.claim.cancel",
            "view_mode": "form",
            "target": "new",
            "context": {"default_claim_id": self.id},
        }

    def action_open_ledger(self):
        """Open the rows of the budget ledger that this claim made."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_budget_move_action"
        )
        action["domain"] = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return action
