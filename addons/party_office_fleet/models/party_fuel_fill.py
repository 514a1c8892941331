from odoo import api, fields, models

from odoo.addons.party_office_base.rules.fuel import invoice_key


class PartyFuelFill(models.Model):
    """A fill of fuel as its invoice says, on a trip or at the garage."""

    _name = "party.fuel.fill"
    _description = "Fuel Fill of a Car"
    _inherit = ["party.dispatch.row.mixin"]
    _order = "date desc, odometer desc, id desc"

    dispatch_id = fields.Many2one(required=False, index="btree_not_null")
    company_id = fields.Many2one(
        "res.company",
        related=None,
        store=True,
        required=True,
        default=lambda self: self.env.company,
    )
    car_id = fields.Many2one(
        "party.car",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_people",
        store=True,
        readonly=False,
        precompute=True,
    )
    driver_id = fields.Many2one(
        "party.driver",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_people",
        store=True,
        readonly=False,
        precompute=True,
    )
    date = fields.Date(
        string="Day of the fill",
        required=True,
        default=fields.Date.context_today,
        index=True,
    )
    odometer = fields.Integer(string="Odometer (km)", aggregator=None)
    litres = fields.Float(required=True, digits=(10, 3))
    unit_price = fields.Monetary(string="Price of a litre", aggregator="avg")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="As the invoice says, tax included (đồng).",
    )
    invoice_series = fields.Char(help="For example 1C26TAB.")
    invoice_number = fields.Char()
    invoice_key = fields.Char(
        compute="_compute_invoice_key", store=True, index="btree_not_null"
    )
    station = fields.Char(string="Petrol station")
    photo = fields.Image(string="Photo of the invoice", max_width=1920, max_height=1920)

    _fill_possible = models.Constraint(
        "CHECK (litres > 0 AND litres < 1000 AND odometer >= 0)",
        "A fill has between 0 and 1,000 litres.",
    )
    _amount_possible = models.Constraint(
        "CHECK (amount >= 0 AND amount < 100000000 AND unit_price >= 0)",
        "A fill costs less than 100 million đồng.",
    )

    @api.depends("dispatch_id")
    def _compute_people(self):
        for fill in self:
            fill.car_id = fill.dispatch_id.car_id or fill.car_id
            fill.driver_id = fill.dispatch_id.driver_id or fill.driver_id

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
            key = invoice_key(fill.invoice_series or "", fill.invoice_number or "")
            fill.invoice_key = key or False

    @api.depends("car_id", "date", "litres")
    def _compute_display_name(self):
        for fill in self:
            day = fill.date.strftime("%d/%m/%Y") if fill.date else ""
            fill.display_name = " · ".join(
                filter(None, (fill.car_id.plate, day, f"{fill.litres:g} L"))
            )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {
            "odometer",
            "litres",
            "unit_price",
            "amount",
        }
