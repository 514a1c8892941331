from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.rules.money import format_dong, whole


class PartyClaimLine(models.Model):
    """One amount of a payment claim, with the paper it rests on."""

    _name = "party.claim.line"
    _description = "Payment Claim Line"
    _inherit = [
        "party.approval.line.mixin",
        "party.link.mixin",
        "party.protected.mixin",
    ]
    _approval_document_field = "claim_id"
    _order = "claim_id, sequence, id"

    claim_id = fields.Many2one(
        "party.claim", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    board_id = fields.Many2one(related="claim_id.board_id")
    company_id = fields.Many2one(related="claim_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="Invoice date", default=fields.Date.context_today, required=True
    )
    name = fields.Char(string="Description", required=True)
    quantity = fields.Float(digits=(16, 3))
    unit_price = fields.Monetary(help="Price of one unit (đồng), tax included.")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Quantity × unit price, rounded to the đồng; type it when there is no "
        "quantity.",
    )
    invoice_number = fields.Char()
    partner_id = fields.Many2one("res.partner", string="Seller")
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
    is_computed = fields.Boolean(
        readonly=True,
        copy=False,
        help="The sum of computed amounts: it follows from the facts of the claim.",
    )
    budget_line_id = fields.Many2one(
        "party.budget.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The budget line that pays, fixed at approval.",
    )
    advance_amount = fields.Monetary(
        string="Covered by the advance",
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="What the advance pays of this line, fixed at approval.",
    )

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND amount < 1e15 AND quantity >= 0)",
        "An amount to be paid is not negative and below one million billion đồng.",
    )
    _advance_within_amount = models.Constraint(
        "CHECK (advance_amount >= 0 AND advance_amount <= amount)",
        "An advance covers no more of a line than its amount.",
    )

    @api.depends("quantity", "unit_price")
    def _compute_amount(self):
        for line in self:
            if line.quantity and line.unit_price:
                currency = line.currency_id or self.env.company.currency_id
                line.amount = currency.round(line.quantity * line.unit_price)
            else:
                line.amount = line.amount or 0

    @api.depends("claim_id.kind_id")
    def _compute_budget_keys(self):
        for line in self:
            kind = line.claim_id.kind_id
            default_fund = (line.company_id or self.env.company)._party_default_fund(
                False
            )
            line.fund_id = line.fund_id or kind.fund_id or default_fund
            line.item_id = line.item_id or kind.item_id

    @api.constrains("amount", "quantity", "unit_price")
    def _check_amount(self):
        for line in self:
            if line.quantity and line.unit_price:
                exact = line.currency_id.round(line.quantity * line.unit_price)
                if line.currency_id.compare_amounts(exact, line.amount):
                    raise ValidationError(
                        self.env._(
                            "%(name)s: the amount must be quantity × unit price, "
                            "%(amount)s đ.",
                            name=line.name,
                            amount=format_dong(exact),
                        )
                    )

    # -------------------------------------------------------------- protection
    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "claim_id"]

    @api.model
    def _protected_fields(self):
        # only the approval says which budget line pays, and what the advance covers
        return super()._protected_fields() | {
            "budget_line_id",
            "advance_amount",
            "is_computed",
        }

    def write(self, vals):
        self._check_not_computed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_computed(self):
        self._check_not_computed()

    def _check_not_computed(self):
        """Refuse to touch lines that the calculation wrote.

        :raises UserError: outside superuser mode
        """
        if not self.env.su and any(line.is_computed for line in self):
            raise UserError(
                self.env._(
                    "This line is computed: change the facts of the claim instead."
                )
            )

    @api.model
    def _approval_content_fields(self):
        return [
            "date",
            "name",
            "quantity",
            "unit_price",
            "amount",
            "invoice_number",
            "partner_id",
            "fund_id",
            "item_id",
        ]

    # ------------------------------------------------------------------ budget
    def _find_budget_line(self):
        """Return the budget line that would pay for this line today."""
        self.ensure_one()
        claim = self.claim_id
        if not (claim.board_id and claim.date and self.fund_id and self.item_id):
            return self.env["party.budget.line"]
        return self.env["party.budget.line"]._find(
            claim.board_id,
            claim.date.year,
            self.fund_id,
            self.item_id,
            claim.company_id,
        )

    def _budget_line_or_refuse(self):
        """Return the budget line that pays.

        :raises UserError: when the board has none for this fund, item and year
        """
        self.ensure_one()
        claim = self.claim_id
        return self.env["party.budget.line"]._find_or_refuse(
            claim.board_id,
            claim.date.year,
            self.fund_id,
            self.item_id,
            claim.company_id,
        )

    def _amount_hold(self):
        """Return what the budget line must still give (đồng): what was already advanced
        from it is not asked again.
        """
        self.ensure_one()
        own = self.claim_id.advance_id.budget_line_id
        covered = own and self.budget_line_id == own
        return self.amount - (self.advance_amount if covered else 0)

    def _entry_parts(self):
        """Return ``[(event, đồng)]``: what the advance covers and what is paid."""
        self.ensure_one()
        covered = whole(self.advance_amount)
        parts = [
            ("advance_settlement", covered),
            (f"claim_{self.claim_id.payment_method}", whole(self.amount) - covered),
        ]
        return [(event, amount) for event, amount in parts if amount]

    def _prepare_entry_line(self):
        """Return the values of the expense line of the journal entry."""
        self.ensure_one()
        return {
            "name": self.name,
            "account_id": self._expense_account().id,
            "partner_id": (self.partner_id or self.claim_id.partner_id).id,
            "debit": self.amount,
            "credit": 0.0,
            "analytic_distribution": {
                str(self.claim_id.board_id.analytic_account_id.id): 100.0
            },
            "party_fund_id": self.fund_id.id,
            "party_item_id": self.item_id.id,
            "party_claim_line_id": self.id,
        }

    def _expense_account(self):
        """Return the account that is debited.

        :raises UserError: when neither the kind nor the office names one
        """
        company = self.claim_id.company_id
        kind = self.claim_id.kind_id.with_company(company)
        account = kind.expense_account_id or company.party_expense_account_id
        if not account:
            raise UserError(
                self.env._(
                    "No expense account is set for claims of the kind %(kind)s.",
                    kind=kind.name,
                )
            )
        if not account.budget_controlled:
            raise UserError(
                self.env._(
                    "Account %(account)s of the kind %(kind)s does not take from the "
                    "budget. Ask the chief accountant to correct the kind.",
                    account=account.display_name,
                    kind=kind.name,
                )
            )
        return account

    def _check_can_be_spent(self, move_line, board):
        """Refuse a journal item that is not what this claim line was approved for.

        :param move_line: ``account.move.line`` about to be posted
        :param board: ``party.board`` that the journal item is charged to
        :raises UserError: another board, fund, item or amount; or not approved
        """
        self.ensure_one()
        claim = self.claim_id
        same = (
            board == claim.board_id
            and move_line.party_fund_id == self.fund_id
            and move_line.party_item_id == self.item_id
            and move_line.move_id.date.year == claim.date.year
            and not move_line.company_currency_id.compare_amounts(
                move_line.balance, self.amount
            )
        )
        if not same or claim.state != "approved" or claim.move_id != move_line.move_id:
            raise UserError(
                self.env._(
                    "%(line)s does not agree with claim %(claim)s, which was approved "
                    "for "
                    "%(amount)s đ.",
                    line=move_line._party_label(),
                    claim=claim.display_name,
                    amount=format_dong(self.amount),
                )
            )
