from odoo import api, fields, models


class PartyDispatchLeg(models.Model):
    """One stretch of a trip, as the log book has it."""

    _name = "party.dispatch.leg"
    _description = "Leg of a Trip"
    _inherit = ["party.dispatch.row.mixin"]
    _order = "dispatch_id, sequence, id"
    _rec_name = "place_to"

    sequence = fields.Integer(default=10)
    place_from = fields.Char(string="From")
    place_to = fields.Char(string="To", required=True)
    km = fields.Float(digits=(10, 1))
    hard_km = fields.Float(
        string="Km on hard roads",
        digits=(10, 1),
        help="Those of them on mountain or city roads, where the norm is higher.",
    )
    idle_hours = fields.Float(
        string="Hours at a stand",
        digits=(6, 2),
        help="With the engine running while the car waits.",
    )
    odometer = fields.Integer(string="Odometer (km)", aggregator=None)
    note = fields.Char()

    _km_possible = models.Constraint(
        "CHECK (km >= 0 AND km < 10000)", "A leg has between 0 and 10,000 km."
    )
    _hard_possible = models.Constraint(
        "CHECK (hard_km >= 0 AND hard_km <= km)",
        "The km on hard roads are part of the km of the leg.",
    )
    _idle_possible = models.Constraint(
        "CHECK (idle_hours >= 0 AND idle_hours <= 240)",
        "A car stands between 0 and 240 hours with the engine running.",
    )
    _odometer_possible = models.Constraint(
        "CHECK (odometer >= 0)", "An odometer does not show less than nothing."
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"odometer"}
