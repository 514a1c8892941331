from decimal import Decimal

from odoo import api, fields, models

from ..rules.fuel import plate_key
from ..rules.norm import NormResult
from .party_fuel_price import FUELS
from .party_verified_mixin import CHECK_STATES


class PartyCar(models.Model):
    """A car of the office: its plate, its tank, its fuel norms by date."""

    _name = "party.car"
    _description = "Car"
    _inherit = ["party.plausible.mixin"]
    _order = "plate, id"
    _rec_names_search = ["plate", "name"]

    plate = fields.Char(string="Number plate", required=True)
    plate_key = fields.Char(compute="_compute_plate_key", store=True)
    name = fields.Char(string="Make and model")
    fuel = fields.Selection(FUELS)
    tank_litres = fields.Float(
        string="Tank (litres)", digits=(8, 2), help="Zero when it is not known."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)
    norm_ids = fields.One2many("party.car.norm", "car_id", string="Fuel norms")

    _plate_unique = models.UniqueIndex(
        "(company_id, plate_key)", "There is already a car with this number plate."
    )
    _tank_possible = models.Constraint(
        "CHECK (tank_litres >= 0)", "A tank does not hold less than nothing."
    )

    @api.depends("plate")
    def _compute_plate_key(self):
        for car in self:
            car.plate_key = plate_key(car.plate or "")

    @api.depends("plate", "name")
    def _compute_display_name(self):
        for car in self:
            car.display_name = " · ".join(filter(None, (car.plate, car.name)))

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"tank_litres"}

    def _norm_on(self, day):
        """Return the norm (``party.car.norm``) in force on a day, or none."""
        self.ensure_one()
        return self.norm_ids.filtered(lambda norm: norm.date_from <= day).sorted(
            "date_from"
        )[-1:]


class PartyCarNorm(models.Model):
    """The fuel norm of a car from a day on, and the decision that sets it."""

    _name = "party.car.norm"
    _description = "Fuel Norm of a Car"
    _inherit = ["party.verified.mixin", "party.plausible.mixin"]
    _order = "car_id, date_from desc, id"
    _rec_name = "source"

    check_state = fields.Selection(CHECK_STATES)
    car_id = fields.Many2one("party.car", required=True, index=True, ondelete="cascade")
    date_from = fields.Date(string="In force since", required=True)
    litres = fields.Float(
        string="Litres for 100 km", required=True, digits=(8, 3), aggregator="avg"
    )
    hard_pct = fields.Float(
        string="More on hard roads (%)",
        digits=(6, 2),
        help="Mountain or city roads, as the decision says.",
        aggregator="avg",
    )
    idle_litres = fields.Float(
        string="Litres for an hour at a stand", digits=(8, 3), aggregator="avg"
    )
    source = fields.Char(
        string="Decision", required=True, help="Number of the decision that sets it."
    )

    _day_unique = models.Constraint(
        "UNIQUE(car_id, date_from)", "This car already has a norm from this day on."
    )
    _litres_possible = models.Constraint(
        "CHECK (litres > 0 AND hard_pct >= 0 AND idle_litres >= 0)",
        "A fuel norm is above zero.",
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"litres", "hard_pct", "idle_litres"}

    def _to_rule(self):
        """Return the norm as the rules cite it (litres for 100 km)."""
        self.ensure_one()
        litres = Decimal(str(self.litres))
        return NormResult(
            value=litres,
            stated=litres,
            layer="province",
            regulation=self.source,
            article="",
            date_from=self.date_from,
            verified=not self.needs_check,
            unit=self.env._("litre"),
        )
