from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.car_route import differs, rolling


def _decimal(number):
    return Decimal(str(number))


class PartyDistance(models.Model):
    """How far two places are from each other (km, one way, the same both ways).

    What the dispatcher typed holds. Where he typed nothing, the rolling median of ended
    trips does; where trips say something else than he, it is shown, not taken over: a
    detour must not become the norm by itself.
    """

    _name = "party.distance"
    _description = "Distance"
    _inherit = ["party.protected.mixin", "party.plausible.mixin"]
    _order = "from_id, to_id"

    from_id = fields.Many2one(
        "party.place", required=True, index=True, ondelete="cascade"
    )
    to_id = fields.Many2one(
        "party.place", required=True, index=True, ondelete="cascade"
    )
    typed_km = fields.Float(string="Km typed", digits=(8, 1), aggregator=None)
    typed_hard_km = fields.Float(
        string="Of them mountain or city (typed)", digits=(8, 1), aggregator=None
    )
    learned_km = fields.Float(
        string="Km by the trips",
        digits=(8, 1),
        readonly=True,
        aggregator=None,
        help="The median of the latest trips.",
    )
    learned_hard_km = fields.Float(
        string="Of them mountain or city (by the trips)",
        digits=(8, 1),
        readonly=True,
        aggregator=None,
    )
    trips = fields.Integer(string="Trips measured", readonly=True, aggregator=None)
    sample_ids = fields.One2many(
        "party.distance.sample", "distance_id", string="What the trips say"
    )
    km = fields.Float(compute="_compute_km", store=True, digits=(8, 1), aggregator=None)
    hard_km = fields.Float(
        string="Mountain or city km",
        compute="_compute_km",
        store=True,
        digits=(8, 1),
        aggregator=None,
    )
    known_by = fields.Selection(
        [("typed", "Typed"), ("learned", "By the trips")],
        compute="_compute_km",
        store=True,
    )
    differs = fields.Boolean(
        string="Trips say otherwise", compute="_compute_km", store=True
    )
    company_id = fields.Many2one(related="from_id.company_id", store=True)

    _pair_unique = models.UniqueIndex(
        "(LEAST(from_id, to_id), GREATEST(from_id, to_id))",
        "The distance of these places is already in the table.",
    )
    _two_places = models.Constraint(
        "CHECK (from_id <> to_id)", "A distance lies between two places."
    )
    _km_possible = models.Constraint(
        "CHECK (typed_km BETWEEN 0 AND 5000"
        " AND typed_hard_km >= 0 AND typed_hard_km <= typed_km)",
        "A distance has between 0 and 5,000 km; mountain and city km are part of it.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "learned_km",
            "learned_hard_km",
            "trips",
            "sample_ids",
        }

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"typed_km", "typed_hard_km"}

    @api.depends("typed_km", "typed_hard_km", "learned_km", "learned_hard_km")
    def _compute_km(self):
        for distance in self:
            typed = bool(distance.typed_km)
            distance.km = distance.typed_km or distance.learned_km
            distance.hard_km = (
                distance.typed_hard_km if typed else distance.learned_hard_km
            )
            learned = distance.learned_km and "learned"
            distance.known_by = "typed" if typed else learned or False
            distance.differs = differs(
                _decimal(distance.typed_km), _decimal(distance.learned_km)
            )

    @api.depends("from_id", "to_id")
    def _compute_display_name(self):
        for distance in self:
            distance.display_name = f"{distance.from_id.name} – {distance.to_id.name}"

    def action_take_learned(self):
        """Let what the trips say hold from now on.

        :raises UserError: no trip has measured it yet
        :raises AccessError: outside the roles that keep the table
        """
        self.check_access("write")
        for distance in self:
            if not distance.learned_km:
                raise UserError(
                    self.env._(
                        "No trip has measured %(distance)s yet.",
                        distance=distance.display_name,
                    )
                )
            distance.write(
                {
                    "typed_km": distance.learned_km,
                    "typed_hard_km": distance.learned_hard_km,
                }
            )

    # ------------------------------------------------------------------------ looking
    @api.model
    def _between(self, places):
        """Return the rows that join some places, in one query."""
        return self.search([("from_id", "in", places.ids), ("to_id", "in", places.ids)])

    def _known(self):
        """Return ``{pair of place ids: (km, hard km)}`` for the rules."""
        return {
            frozenset((row.from_id.id, row.to_id.id)): (
                _decimal(row.km),
                _decimal(row.hard_km),
            )
            for row in self
            if row.km
        }

    # ----------------------------------------------------------------------- learning
    @api.model
    def _learn(self, pair, km, hard_km, order):
        """Keep what an ended trip says about two places.

        :param frozenset pair: ids of the two places
        :param Decimal km: one way
        :param Decimal hard_km: of them on mountain or city roads
        :param order: the ``party.dispatch`` that measured it
        """
        first, second = sorted(pair)
        # trips are driven by persons who may not write the table
        table = self.sudo()
        row = table._between(self.env["party.place"].browse(sorted(pair)))
        row = row or table.create({"from_id": first, "to_id": second})
        samples = row.sample_ids.filtered(lambda sample: sample.dispatch_id == order)
        values = {"km": float(km), "hard_km": float(hard_km)}
        if samples:
            samples.write(values)
        else:
            samples.create({"distance_id": row.id, "dispatch_id": order.id, **values})
        row._take_samples()

    def _take_samples(self):
        """Bring the learned km in line with the trips."""
        for row in self:
            samples = row.sample_ids.sorted("id")
            row.write(
                {
                    "learned_km": rolling([_decimal(s.km) for s in samples]),
                    "learned_hard_km": rolling([_decimal(s.hard_km) for s in samples]),
                    "trips": len(samples),
                }
            )


class PartyDistanceSample(models.Model):
    """What one trip says about a distance (km, one way)."""

    _name = "party.distance.sample"
    _description = "Measured Distance"
    _order = "id desc"

    distance_id = fields.Many2one(
        "party.distance", required=True, index=True, ondelete="cascade", readonly=True
    )
    dispatch_id = fields.Many2one(
        "party.dispatch",
        string="Order",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    km = fields.Float(digits=(8, 1), readonly=True, aggregator=None)
    hard_km = fields.Float(
        string="Mountain or city km", digits=(8, 1), readonly=True, aggregator=None
    )

    _order_once = models.UniqueIndex(
        "(distance_id, dispatch_id)", "A trip measures a distance once."
    )
