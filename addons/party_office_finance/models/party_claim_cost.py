from odoo import api, fields, models


class PartyClaimCost(models.Model):
    """What an invoice or receipt of a conference or reception says.

    It caps what the norms allow for its component; hall, documents and the like have no
    norm and are paid by it.
    """

    _name = "party.claim.cost"
    _description = "Cost Paper of a Conference or Reception"
    _inherit = ["party.claim.fact.mixin", "party.plausible.mixin"]
    _order = "claim_id, sequence, id"

    claim_id = fields.Many2one(
        "party.claim", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(related="claim_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    component_id = fields.Many2one(
        "party.claim.component", string="Cost", required=True, ondelete="restrict"
    )
    name = fields.Char(string="What was paid for")
    date = fields.Date(string="Invoice date")
    invoice_number = fields.Char()
    partner_id = fields.Many2one("res.partner", string="Seller")
    amount = fields.Monetary(required=True, help="As the paper says, tax included.")

    _amount_possible = models.Constraint(
        "CHECK (amount >= 0 AND amount < 1e15)",
        "An amount to be paid is not negative and below one million billion đồng.",
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"amount", "sequence"}

    @api.model
    def _approval_content_fields(self):
        return [
            "component_id",
            "name",
            "date",
            "invoice_number",
            "partner_id",
            "amount",
        ]
