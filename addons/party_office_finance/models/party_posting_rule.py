from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES

from .party_chart_account import REGIMES

EVENTS = [
    ("claim_cash", "Claim paid in cash"),
    ("claim_transfer", "Claim accepted, to be paid by transfer"),
    ("treasury_payment", "Treasury pays a supplier from the estimate"),
    ("cash_withdrawal", "Cash withdrawn from the estimate"),
    ("advance_cash", "Advance paid in cash"),
    ("advance_transfer", "Advance paid by transfer"),
    ("advance_settlement", "Advance settled by papers"),
    ("advance_return", "Rest of an advance returned in cash"),
    ("budget_repayment", "Budget repaid to the Treasury"),
    ("order_received", "Money by payment order received"),
    ("order_spending", "Money by payment order spent"),
]

#: Words that stand for an account which the document or the fund names.
EXPENSE = "EXPENSE"
INCOME = "INCOME"


class PartyPostingRule(models.Model):
    """A standard entry (bút toán mẫu): what an event debits and credits.

    Circular 24/2024 and, as the older regime, circular 107/2017. Documents ask here, so
    that accountants rarely type an entry.
    """

    _name = "party.posting.rule"
    _description = "Standard Entry"
    _inherit = ["party.official.mixin", "party.verified.mixin"]
    _order = "regime, event, sequence, id"

    check_state = fields.Selection(selection_add=CHECK_STATES)
    event = fields.Selection(EVENTS, required=True)
    regime = fields.Selection(REGIMES, required=True, default="tt24")
    fund_regime = fields.Selection(
        [
            ("estimate", "By estimate (withdrawn at the Treasury)"),
            ("payment_order", "By payment order"),
            ("party", "Party's own money"),
        ],
        help="Empty: money of every kind.",
    )
    sequence = fields.Integer(default=10)
    debit_code = fields.Char(
        required=True, help="Code of the account, EXPENSE or INCOME."
    )
    credit_code = fields.Char(
        required=True, help="Code of the account, EXPENSE or INCOME."
    )
    note = fields.Char(string="Legal basis")
    active = fields.Boolean(default=True)

    _one_rule = models.UniqueIndex(
        "(regime, event, COALESCE(fund_regime, ''), sequence) WHERE active",
        "There is already a standard entry for this event, fund and sequence.",
    )

    @api.constrains("regime", "debit_code", "credit_code")
    def _check_codes(self):
        """Both sides are a word or a postable account of the regime's chart."""
        chart = self.env["party.chart.account"]
        for rule in self:
            codes = {rule.debit_code, rule.credit_code}
            if len(codes) == 1:
                raise ValidationError(
                    self.env._(
                        "A standard entry debits one account and credits another."
                    )
                )
            rows = chart.search(
                [
                    ("regime", "=", rule.regime),
                    ("code", "in", list(codes)),
                    ("off_balance", "=", False),
                    ("child_ids", "=", False),
                ]
            )
            unknown = codes - {EXPENSE, INCOME} - set(rows.mapped("code"))
            if unknown:
                raise ValidationError(
                    self.env._(
                        "The chart of this regime has no account %(codes)s that can be "
                        "posted on.",
                        codes=", ".join(sorted(unknown)),
                    )
                )

    @api.model
    def _official_editable_fields(self):
        return super()._official_editable_fields() | {"active"}

    def _check_not_official(self):
        if self.filtered("is_official"):
            raise UserError(
                self.env._(
                    "This row came with the software: archive it and add your own."
                )
            )

    @api.depends("event", "debit_code", "credit_code")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        for rule in self:
            rule.display_name = (
                f"{events.get(rule.event, '')}: {rule.debit_code}/{rule.credit_code}"
            )

    @api.model
    def _pairs(self, event, company, fund, expense=None):
        """Return ``[(debit account, credit account)]`` of an event, in order.

        :param company: ``res.company`` whose regime and chart count
        :param fund: ``party.fund`` that pays
        :param expense: ``account.account`` that stands for EXPENSE
        :raises UserError: no standard entry, or an account missing in the chart
        """
        # standard entries and the chart are the same for whoever acts
        rules = self.sudo().search(
            [
                ("event", "=", event),
                ("regime", "=", company.sudo().party_accounting_regime),
                ("fund_regime", "in", [False, fund.regime]),
            ]
        )
        own = rules.filtered("fund_regime") or rules
        if not own:
            events = dict(self._fields["event"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "There is no standard entry for “%(event)s” and fund %(fund)s. "
                    "Ask the chief accountant to add it.",
                    event=events[event],
                    fund=fund.display_name,
                )
            )
        words = {EXPENSE: expense, INCOME: fund.income_code}
        return [
            tuple(
                company._party_account(words.get(code, code) or code)
                for code in (rule.debit_code, rule.credit_code)
            )
            for rule in own
        ]
