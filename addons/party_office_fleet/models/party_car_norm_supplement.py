from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES

from ..rules.fuel_norm import CarNorm, Supplement
from ..tools import exact


class PartyCarNorm(models.Model):
    """What the decision adds to the norm: an old car, many km, a short trip."""

    _inherit = "party.car.norm"

    supplement_ids = fields.One2many(
        "party.car.norm.supplement", "norm_id", string="Supplements", copy=True
    )

    def _to_litres(self):
        """Return the norm as the rule of litres takes it (``rules.fuel_norm``)."""
        self.ensure_one()
        return CarNorm(
            litres=exact(self.litres),
            hard_pct=exact(self.hard_pct),
            idle_litres=exact(self.idle_litres),
            supplements=tuple(row._to_rule() for row in self.supplement_ids),
        )


class PartyCarNormSupplement(models.Model):
    """More litres than the norm, in per cent, under a condition of the decision."""

    _name = "party.car.norm.supplement"
    _description = "Supplement to a Fuel Norm"
    _inherit = ["party.verified.mixin", "party.plausible.mixin"]
    _order = "norm_id, id"

    check_state = fields.Selection(CHECK_STATES)
    norm_id = fields.Many2one(
        "party.car.norm", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="norm_id.car_id.company_id", store=True)
    name = fields.Char(
        string="What for", required=True, help="For example: more than 10 years old."
    )
    pct = fields.Float(
        string="More (%)", required=True, digits=(6, 2), aggregator="avg"
    )
    day_from = fields.Date(
        string="From this day", help="For example the day the car gets 10 years old."
    )
    odometer_from = fields.Integer(
        string="From this odometer (km)", aggregator=None, help="Zero: always."
    )
    km_below = fields.Float(
        string="Trips shorter than (km)", digits=(8, 1), help="Zero: all trips."
    )
    source = fields.Char(
        string="Decision", help="When it is not the one that sets the norm."
    )

    _possible = models.Constraint(
        "CHECK (pct > 0 AND pct <= 100 AND odometer_from >= 0 AND km_below >= 0)",
        "A supplement is above zero and at most 100 per cent.",
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"pct", "odometer_from", "km_below"}

    def _to_rule(self):
        self.ensure_one()
        return Supplement(
            pct=exact(self.pct),
            label=self.name,
            day_from=self.day_from or None,
            odometer_from=self.odometer_from,
            km_below=exact(self.km_below),
        )


class PartyCar(models.Model):
    """The norm and the price by which a car's fuel is reckoned on a day."""

    _inherit = "party.car"

    def _fuel_price_on(self, day: date):
        """Return the price (``party.fuel.price``) of this car's fuel, or none."""
        self.ensure_one()
        prices = self.env["party.fuel.price"].with_company(self.company_id)
        if not self.fuel:
            return prices.browse()
        return prices._latest([self.fuel], day)

    def _norm_or_refuse(self, day: date):
        """Return the norm in force on a day.

        :raises UserError: the car has none
        """
        norm = self._norm_on(day)
        if not norm:
            raise UserError(
                self.env._(
                    "%(car)s has no fuel norm on %(day)s: enter the decision that "
                    "sets it.",
                    car=self.display_name,
                    day=day.strftime("%d/%m/%Y"),
                )
            )
        return norm
