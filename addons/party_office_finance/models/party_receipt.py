from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words
from odoo.addons.party_office_base.rules.money import MAX_AMOUNT, format_dong, whole

STATES = [
    ("draft", "Draft"),
    ("issued", "To be received"),
    ("received", "Received"),
    ("cancelled", "Cancelled"),
]


class PartyReceipt(models.Model):
    """Money that comes into the cash box (phiếu thu).

    An accountant makes it, the cashier confirms that the money is there; nobody
    confirms his own.
    """

    _name = "party.receipt"
    _description = "Cash Receipt"
    _inherit = [
        "party.link.mixin",
        "party.clock.mixin",
        "party.entry.mixin",
        "mail.thread",
    ]
    _order = "date desc, id desc"

    name = fields.Char(required=True, copy=False, default="/", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("advance_return", "Rest of an advance returned"),
            ("other", "Other money received"),
            ("withdrawal", "Cash drawn from the Treasury"),
        ],
        required=True,
        default="advance_return",
        tracking=True,
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
        index=True,
    )
    board_id = fields.Many2one(
        "party.board",
        required=True,
        index=True,
        compute="_compute_board_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    advance_id = fields.Many2one(
        "party.advance",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The advance whose rest is returned.",
    )
    advance_remaining = fields.Monetary(
        string="Still owed", compute="_compute_advance_remaining"
    )
    account_id = fields.Many2one(
        "account.account",
        string="From account",
        ondelete="restrict",
        help="Credited: where the money comes from.",
    )
    date = fields.Date(
        required=True,
        default=lambda self: local_today(self.env),
        copy=False,
        tracking=True,
    )
    amount = fields.Monetary(required=True, tracking=True)
    amount_words = fields.Char(string="In words", compute="_compute_amount_words")
    partner_id = fields.Many2one("res.partner", string="Received from (partner)")
    payer_name = fields.Char(string="Received from")
    description = fields.Char(required=True)
    requester_id = fields.Many2one(
        "res.users",
        string="Made by",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    received_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    received_on = fields.Date(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    can_issue = fields.Boolean(compute="_compute_can_act")
    can_receive = fields.Boolean(compute="_compute_can_act")

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 1e15)",
        "A receipt is above zero and below one million billion đồng.",
    )
    _source_named = models.Constraint(
        "CHECK ((kind = 'advance_return') = (advance_id IS NOT NULL))",
        "The return of an advance names the advance, and nothing else does.",
    )

    # ---------------------------------------------------------------- computes
    @api.depends("advance_id")
    def _compute_board_id(self):
        for receipt in self:
            receipt.board_id = (
                receipt.advance_id.board_id or receipt.board_id or self._usual_board()
            )

    def _usual_board(self):
        """Return the board of other money: the office's, else one the user follows."""
        office = self.env["party.board"].search(
            [
                ("kind", "=", "office"),
                ("company_id", "in", [False, self.env.company.id]),
            ],
            limit=1,
        )
        visible = self.env.user.visible_board_ids
        return office if office in visible else visible[:1]

    @api.depends("advance_id.remaining")
    def _compute_advance_remaining(self):
        for receipt in self:
            # which advance may be named is checked where it is set; an unsaved form
            # may name any, by many ways
            advance = receipt.advance_id
            seen = receipt.id or advance._origin.has_access("read")
            receipt.advance_remaining = advance.sudo().remaining if seen else 0

    @api.depends("amount")
    def _compute_amount_words(self):
        for receipt in self:
            plausible = abs(receipt.amount) < MAX_AMOUNT
            receipt.amount_words = plausible and amount_in_words(round(receipt.amount))

    @api.depends("name")
    def _compute_display_name(self):
        for receipt in self:
            numbered = receipt.name and receipt.name != "/"
            receipt.display_name = receipt.name if numbered else self.env._("Draft")

    @api.depends_context("uid")
    @api.depends("state", "board_id", "requester_id")
    def _compute_can_act(self):
        for receipt in self:
            receipt.can_issue = (
                receipt.state == "draft" and not receipt._why_not_accountant()
            )
            receipt.can_receive = (
                receipt.state == "issued" and not receipt._why_not_receive()
            )

    @api.onchange("advance_id")
    def _onchange_advance_id(self):
        if self.advance_id:
            advance = self.advance_id
            self.amount = advance.remaining - advance.reserved
            self.payer_name = advance.requester_id.name
            self.description = self.env._("Rest of advance %s", advance.name)

    # -------------------------------------------------------------- protection
    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "advance_id"]

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "name",
            "company_id",
            "state",
            "requester_id",
            "received_by_id",
            "received_on",
            "cancel_reason",
            "move_id",
            "clock_entry_ids",
        }

    @api.model_create_multi
    def create(self, vals_list):
        self._check_not_withdrawal(vals.get("kind") for vals in vals_list)
        receipts = super().create(vals_list)
        # the kind may also come from a default
        self._check_not_withdrawal(receipts.mapped("kind"))
        return receipts

    def _check_not_withdrawal(self, kinds):
        """Refuse receipts of Treasury cash made by hand.

        :raises AccessError: outside superuser mode
        """
        if not self.env.su and "withdrawal" in kinds:
            raise AccessError(
                self.env._(
                    "Cash drawn from the Treasury arrives by its Treasury voucher."
                )
            )

    def write(self, vals):
        content = {
            "kind",
            "board_id",
            "advance_id",
            "account_id",
            "date",
            "amount",
            "partner_id",
            "payer_name",
            "description",
        }
        if content & vals.keys() and not self.env.su:
            for receipt in self:
                if receipt.state != "draft":
                    raise UserError(
                        self.env._(
                            "%(receipt)s has its number: what it says cannot be "
                            "changed. Cancel it and make a new one.",
                            receipt=receipt.display_name,
                        )
                    )
        self._check_not_withdrawal([vals.get("kind")])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(receipt.state != "draft" or receipt.name != "/" for receipt in self):
            raise UserError(
                self.env._("A receipt that has a number is cancelled, not deleted.")
            )

    def _work_item_summary(self):
        return self.description or ""

    def _work_item_amount(self):
        return self.amount

    def _work_item_fields(self):
        return super()._work_item_fields() | {"description", "amount"}

    def _work_item_state(self):
        states = {"draft": "draft", "issued": "open", "received": "done"}
        return states.get(self.state, "stopped")

    # ------------------------------------------------------------------- issue
    def action_issue(self):
        """Give the receipts their numbers and hand them to the cashier.

        :raises AccessError: unless the user is the board's accountant or the chief
        :raises UserError: wrong state, or nothing to be received
        """
        for receipt in self:
            receipt.check_access("write")
            receipt._check_receipt_state("draft")
            reason = receipt._why_not_accountant()
            if reason:
                raise AccessError(reason)
            receipt._check_source()
            receipt._issue()
        return True

    def _issue(self):
        self.ensure_one()
        # numbers are given by actions only
        receipt = self._in_own_context()
        debtor = receipt.advance_id.requester_id
        cashier = receipt._cashier_or_refuse(receipt.requester_id, debtor)
        number = receipt.env["party.series"]._next(
            "receipt_voucher", local_today(self.env), receipt
        )
        receipt.write({"name": number, "state": "issued"})
        receipt._hand_to(cashier, self.env._("Receive"))
        self.invalidate_recordset()

    def _check_receipt_state(self, state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        if self.state != state:
            raise UserError(
                self.env._(
                    "%(receipt)s is in the state “%(state)s”; this cannot be done now.",
                    receipt=self.display_name,
                    state=labels[self.state],
                )
            )

    def _check_source(self):
        """Refuse a receipt of what cannot be received.

        :raises UserError: the advance owes less, or no proper account
        """
        if self.kind == "advance_return":
            # the figures of the advance decide, whoever asks
            advance = self.advance_id.sudo()
            free = advance._free() if advance.state == "paid" else 0
            if self.amount > free or advance.board_id != self.board_id:
                raise UserError(
                    self.env._(
                        "Advance %(advance)s has %(free)s đ to be returned, not "
                        "%(asked)s đ.",
                        advance=advance.name,
                        free=format_dong(free),
                        asked=format_dong(self.amount),
                    )
                )
            return
        if self.kind == "withdrawal":
            return
        # the chart is the same for whoever asks
        account = self.account_id.sudo()
        if not account:
            raise UserError(self.env._("Name the account that the money comes from."))
        company = self.company_id.sudo()
        if account.budget_controlled or account == company.party_cash_account_id:
            raise UserError(
                self.env._(
                    "Account %(account)s cannot be the source of a receipt: it takes "
                    "from a budget, or is the cash itself.",
                    account=account.display_name,
                )
            )
        self._check_no_open_advance(account)

    def _check_no_open_advance(self, account):
        """Refuse "other money" of somebody who owes an advance on this account.

        The books would say that he has paid, his advance would still be open.

        :param account: ``account.account`` that is credited
        :raises UserError: naming the advance, or asking who pays
        """
        debts = {
            credit
            for _debit, credit in self._entry_pairs(
                "advance_return", self.company_id.sudo()._party_default_fund(False)
            )
        }
        if account not in debts:
            return
        if not self.partner_id:
            raise UserError(
                self.env._(
                    "Account %(account)s is what single persons owe: say who pays, in "
                    "the field “Received from (partner)”.",
                    account=account.display_name,
                )
            )
        # whoever made the receipt, the debt counts
        advance = (
            self.env["party.advance"]
            .sudo()
            .search(
                [
                    ("requester_id.partner_id", "=", self.partner_id.id),
                    ("state", "=", "paid"),
                    ("company_id", "=", self.company_id.id),
                ],
                order="due_date, id",
                limit=1,
            )
        )
        if advance:
            raise UserError(
                self.env._(
                    "%(person)s still owes %(amount)s đ of advance %(advance)s: choose "
                    "“Rest of an advance returned” and name it.",
                    person=self.partner_id.name,
                    amount=format_dong(advance.remaining),
                    advance=advance.name,
                )
            )

    # ----------------------------------------------------------------- receive
    def _why_not_receive(self):
        self.ensure_one()
        if not self.env.user.has_group("party_office_base.group_cashier"):
            return self.env._("Only the cashier receives cash.")
        # the debtor may be somebody whose advance the cashier does not follow
        if self.env.user in self.requester_id | self.advance_id.sudo().requester_id:
            return self.env._("Who made the receipt or pays does not confirm it.")
        return ""

    def action_receive(self):
        """Confirm that the money is in the box: entry, cash book, advance, budget.

        :raises AccessError: unless the user is cashier, and not the one who made it
        :raises UserError: wrong state, or the advance owes less by now
        """
        for receipt in self:
            receipt.check_access("read")
            receipt._check_receipt_state("issued")
            reason = receipt._why_not_receive()
            if reason:
                raise AccessError(reason)
            receipt._check_source()
            receipt._receive()
        return True

    def _receive(self):
        self.ensure_one()
        # stamped by this action only, which has checked role and state
        receipt = self._in_own_context()
        amount = whole(receipt.amount)
        today = local_today(self.env)
        if not receipt.move_id:
            receipt._create_standard_entry(receipt._prepare_entry())
        advance = receipt.advance_id
        if advance:
            entry = advance._cost_entry(
                "return",
                advance.budget_line_id,
                receipt.description,
                advanced=-amount,
                day=today,
            )
            advance.env["party.budget.line"]._book([entry])
            advance._move_figures(returned=amount)
        receipt.write(
            {
                "state": "received",
                "received_by_id": self.env.uid,
                "received_on": today,
            }
        )
        receipt._hand_to(False, "")
        receipt.env["party.cash.entry"]._record(
            "in",
            amount,
            today,
            receipt,
            receipt.name,
            receipt.payer_name or receipt.partner_id.name,
            receipt.description,
        )
        self.invalidate_recordset()

    def _prepare_entry(self):
        company = self.company_id
        journal = company._party_payment_accounts("cash")[0]
        if self.advance_id:
            lines = self._prepare_pair_lines(
                "advance_return",
                self.advance_id.fund_id,
                whole(self.amount),
                self.description,
                self.advance_id.requester_id.partner_id,
            )
        else:
            common = {"name": self.description, "partner_id": self.partner_id.id}
            cash = company.party_cash_account_id or company._party_account("1111")
            lines = [
                common | {"account_id": cash.id, "debit": self.amount, "credit": 0.0},
                common
                | {
                    "account_id": self.account_id.id,
                    "debit": 0.0,
                    "credit": self.amount,
                },
            ]
        return {"journal_id": journal.id, "ref": self.name, "line_ids": lines}

    # ------------------------------------------------------------------ cancel
    def action_cancel(self, reason=""):
        """Cancel receipts whose money did not come; the number stays in its book.

        :raises AccessError: unless the user is the board's accountant or the chief
        :raises UserError: already received, or no reason for a given number
        """
        for receipt in self:
            receipt.check_access("read")
            why_not = receipt._why_not_accountant()
            if why_not:
                raise AccessError(why_not)
            receipt._cancel(reason)
        return True

    def _cancel(self, reason):
        if self.state not in ("draft", "issued") or self.move_id:
            raise UserError(
                self.env._(
                    "%(receipt)s cannot be cancelled any more.",
                    receipt=self.display_name,
                )
            )
        if self.state == "issued":
            # numbers are kept by the series only; it asks for the reason
            self.env["party.series.number"].sudo()._of(self)._cancel(reason)
        # stamped by this action only
        self.sudo().write({"state": "cancelled", "cancel_reason": reason})
        self._hand_to(False, "")

    def _on_entry_taken_back(self):
        """Refuse: the money is in the box.

        :raises UserError: naming the receipt
        """
        for receipt in self.filtered(lambda r: r.state == "received"):
            raise UserError(
                self.env._(
                    "The money of %(receipt)s is in the cash box: its entry cannot be "
                    "taken back.",
                    receipt=receipt.display_name,
                )
            )

    @api.model
    def _issue_withdrawal(self, move, amount, description, partner=None):
        """Issue a receipt of cash drawn from the Treasury, whose entry is posted.

        Called by the document that draws it; the cashier confirms that the money is in
        the box.

        :param move: the posted ``account.move`` that debits the cash
        :param amount: đồng
        :return: the new ``party.receipt``
        """
        # made by the document's action, which has checked the right to
        receipt = self.sudo().create(
            {
                "kind": "withdrawal",
                "company_id": move.company_id.id,
                "amount": whole(amount),
                "description": description,
                "partner_id": partner.id if partner else False,
                "move_id": move.id,
            }
        )
        receipt._issue()
        return receipt

    def action_open_entry(self):
        """Open the journal entry of this receipt."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
