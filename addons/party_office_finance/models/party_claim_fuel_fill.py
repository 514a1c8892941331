from odoo import api, fields, models

from odoo.addons.party_office_base.rules.fuel import Fill, invoice_key

from .party_claim_event import exact


class PartyClaimFuelFill(models.Model):
    """One fill of fuel as its invoice says."""

    _name = "party.claim.fuel.fill"
    _description = "Fuel Fill"
    _inherit = ["party.claim.fact.mixin", "party.plausible.mixin"]
    _order = "claim_id, date, odometer, id"

    claim_id = fields.Many2one(
        "party.claim", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="claim_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="Day of the fill", required=True, default=fields.Date.context_today
    )
    plate = fields.Char(
        string="Number plate",
        compute="_compute_plate",
        store=True,
        readonly=False,
        precompute=True,
        help="As the invoice says.",
    )
    odometer = fields.Integer(string="Odometer (km)")
    litres = fields.Float(required=True, digits=(10, 3))
    unit_price = fields.Monetary(string="Price of a litre")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="As the invoice says, tax included (đồng).",
    )
    invoice_series = fields.Char(string="Invoice series", help="For example 1C26TAB.")
    invoice_number = fields.Char()
    invoice_key = fields.Char(
        compute="_compute_invoice_key", store=True, index="btree_not_null"
    )
    partner_id = fields.Many2one("res.partner", string="Station")
    driver = fields.Char()

    _fill_possible = models.Constraint(
        "CHECK (litres > 0 AND amount >= 0 AND amount < 1e15 AND odometer >= 0)",
        "A fill has litres above zero, and neither amount nor odometer are negative.",
    )

    @api.depends("claim_id.car_id")
    def _compute_plate(self):
        for fill in self:
            fill.plate = fill.plate or fill.claim_id.car_id.plate

    @api.depends("litres", "unit_price")
    def _compute_amount(self):
        for fill in self:
            if fill.litres and fill.unit_price:
                currency = fill.currency_id or self.env.company.currency_id
                fill.amount = currency.round(fill.litres * fill.unit_price)
            else:
                fill.amount = fill.amount or 0

    @api.depends("invoice_series", "invoice_number")
    def _compute_invoice_key(self):
        for fill in self:
            fill.invoice_key = (
                invoice_key(fill.invoice_series or "", fill.invoice_number or "")
                or False
            )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {
            "odometer",
            "litres",
            "unit_price",
            "amount",
        }

    @api.model
    def _approval_content_fields(self):
        return [
            "date",
            "plate",
            "odometer",
            "litres",
            "unit_price",
            "amount",
            "invoice_series",
            "invoice_number",
            "partner_id",
            "driver",
        ]

    def _to_rule(self):
        """Return the fill as the rules take it."""
        self.ensure_one()
        return Fill(
            day=self.date,
            litres=exact(self.litres),
            amount=exact(self.amount),
            odometer=self.odometer,
            invoice=self.invoice_key or "",
            plate=self.plate or "",
            key=self,
        )
