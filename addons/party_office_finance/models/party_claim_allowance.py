from odoo import api, fields, models
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.rules.form_text import figure


class PartyClaimAllowance(models.Model):
    """One computed amount of a claim: for whom, how much, by which article.

    Written by the calculation only; the claim lines are sums of these rows.
    """

    _name = "party.claim.allowance"
    _description = "Computed Amount of a Claim"
    _order = "claim_id, sequence, id"
    _rec_name = "component_id"

    claim_id = fields.Many2one(
        "party.claim", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    company_id = fields.Many2one(related="claim_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    component_id = fields.Many2one(
        "party.claim.component", required=True, readonly=True, ondelete="restrict"
    )
    person = fields.Char(readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True, index="btree_not_null")
    day_from = fields.Date(string="From", readonly=True)
    day_to = fields.Date(string="To", readonly=True)
    quantity = fields.Float(digits=(16, 3), readonly=True)
    unit = fields.Char(readonly=True)
    price = fields.Monetary(string="Rate", readonly=True, help="đồng for one unit.")
    amount = fields.Monetary(readonly=True)
    asked = fields.Monetary(
        readonly=True, help="What the papers say, when the norm allows less."
    )
    remark = fields.Char(readonly=True)
    norm_id = fields.Many2one("party.norm", readonly=True, ondelete="set null")
    regulation = fields.Char(readonly=True)
    article = fields.Char(readonly=True)
    rate_from = fields.Date(string="Rate in force since", readonly=True)
    verified = fields.Boolean(string="Rate verified", readonly=True)
    explanation = fields.Char(compute="_compute_explanation")

    @api.depends("quantity", "price", "amount", "regulation", "article", "rate_from")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for row in self:
            row.explanation = self._explain(row)

    @api.model
    def _explain(self, row):
        """Return in one line how an amount comes about.

        :param row: a record of this model, or an object with its fields
        """
        parts = [f"{figure(row.quantity, 3)} × {figure(row.price)} đ"]
        source = ", ".join(filter(None, (row.regulation, row.article)))
        if source:
            parts.append(source)
        if row.rate_from:
            parts.append(
                self.env._("since %(day)s", day=format_date(self.env, row.rate_from))
            )
        if row.asked:
            parts.append(
                self.env._("papers say %(amount)s đ", amount=figure(row.asked))
            )
        if row.remark:
            parts.append(row.remark)
        return " · ".join(parts)
