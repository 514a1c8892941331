from odoo import Command, api, fields, models

from ..rules.car_route import legs, measure


class PartyCarRequest(models.Model):
    """Over which places a trip goes, and how far that is."""

    _inherit = "party.car.request"

    place_id = fields.Many2one(
        "party.place",
        string="Where to",
        compute="_compute_place_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('kind', '!=', 'office')]",
        help="The first place on the way. Type a new name to add a place.",
    )
    stop_ids = fields.One2many(
        "party.car.request.stop", "request_id", string="Places on the way", copy=True
    )
    destination = fields.Char(
        string="Route",
        compute="_compute_route",
        store=True,
        readonly=False,
        precompute=True,
    )
    km = fields.Float(
        compute="_compute_route", store=True, readonly=False, precompute=True
    )
    hard_km = fields.Float(
        string="Of them mountain or city km",
        digits=(10, 1),
        compute="_compute_route",
        store=True,
        readonly=False,
        precompute=True,
    )
    distance_box = fields.Char(
        string="How the km are known", compute="_compute_distance_box"
    )

    _hard_km_possible = models.Constraint(
        "CHECK (hard_km >= 0 AND (km = 0 OR hard_km <= km))",
        "Mountain and city km are part of the km there and back.",
    )

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "stop_ids", "hard_km"]

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"hard_km"}

    # --------------------------------------------------------------------- first place
    @api.depends("stop_ids.place_id", "stop_ids.sequence")
    def _compute_place_id(self):
        for request in self:
            first = request.stop_ids.sorted("sequence")[:1]
            request.place_id = first.place_id or request.place_id

    @api.onchange("place_id")
    def _onchange_place_id(self):
        first = self.stop_ids.sorted("sequence")[:1]
        if not self.place_id:
            self.stop_ids -= first
        elif first:
            first.place_id = self.place_id
        else:
            self.stop_ids = [Command.create({"place_id": self.place_id.id})]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # the places are the truth, the first of them is a shorter way to name it
            place_id = vals.pop("place_id", False)
            if place_id and not vals.get("stop_ids"):
                vals["stop_ids"] = [Command.create({"place_id": place_id})]
        return super().create(vals_list)

    def write(self, vals):
        if "place_id" in vals:
            vals = dict(vals)
            place_id = vals.pop("place_id")
            if "stop_ids" not in vals:
                for request in self:
                    request._go_first_to(place_id)
        return super().write(vals)

    def _go_first_to(self, place_id):
        """Let a trip go to one place first; the other places stay.

        :param int place_id: ``party.place``, or False to leave the first one out
        """
        self._check_content_open()
        first = self.stop_ids.sorted("sequence")[:1]
        if not place_id:
            first.unlink()
        elif first:
            first.write({"place_id": place_id})
        else:
            self.write({"stop_ids": [Command.create({"place_id": place_id})]})

    # -------------------------------------------------------------------------- route
    def _way(self, places):
        """Return the legs of a round trip over some places, as pairs of their ids.

        :param places: ``party.place``, in order (may name one twice)
        """
        office = self.env["party.place"]._office(self.company_id or self.env.company)
        ids = [place._origin.id for place in places if place._origin.id]
        return legs(office.id, ids) if office else []

    def _places(self):
        """Return the places on the way (list of ``party.place``), in order."""
        self.ensure_one()
        return [stop.place_id for stop in self.stop_ids.sorted("sequence")]

    @api.depends("stop_ids.place_id", "stop_ids.sequence")
    def _compute_route(self):
        for request in self:
            places = [place for place in request._places() if place]
            if not places:
                # what was typed stays
                request.destination = request.destination
                request.km = request.km
                request.hard_km = request.hard_km
                continue
            request.destination = " – ".join(place.name or "" for place in places)
            route, _table = request._measure()
            known = not route.unknown and route.km
            request.km = float(route.km) if known else 0.0
            request.hard_km = float(route.hard_km) if known else 0.0

    def _measure(self):
        """Return ``(Route, the rows of the table it uses)``."""
        self.ensure_one()
        way = self._way(self._places())
        places = self.env["party.place"].browse({place for leg in way for place in leg})
        table = self.env["party.distance"]._between(places)
        return measure(way, table._known()), table

    @api.depends("stop_ids.place_id", "stop_ids.sequence")
    @api.depends_context("lang")
    def _compute_distance_box(self):
        for request in self:
            request.distance_box = request._say_distance()

    def _say_distance(self):
        if not self.stop_ids.place_id:
            return False
        route, table = self._measure()
        if route.unknown:
            names = {
                place.id: place.name
                for place in self.env["party.place"].browse(
                    {place for leg in route.unknown for place in leg}
                )
            }
            return self.env._(
                "Not known yet: %(legs)s. Type the km there and back; the first trip "
                "teaches the table.",
                legs=", ".join(
                    " – ".join(names[place] for place in sorted(leg))
                    for leg in route.unknown
                ),
            )
        learned = table.filtered(lambda row: row.known_by == "learned")
        if learned:
            return self.env._(
                "By the median of %(trips)s trips.", trips=min(learned.mapped("trips"))
            )
        return self.env._("By the distance table.") if table else False
