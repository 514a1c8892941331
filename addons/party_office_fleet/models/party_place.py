from odoo import api, fields, models
from odoo.exceptions import AccessError

DISPATCHER = "party_office_base.group_dispatcher"
MANAGER = "party_office_base.group_manager"


class PartyPlace(models.Model):
    """A place that cars go to. Who asks for a car adds one by typing its name."""

    _name = "party.place"
    _description = "Place"
    _order = "trip_count desc, name, id"

    name = fields.Char(required=True)
    name_key = fields.Char(compute="_compute_name_key", store=True)
    kind = fields.Selection(
        [
            ("place", "Place of work"),
            ("office", "Our office"),
            ("home", "Somebody's home"),
        ],
        required=True,
        default="place",
        help="Trips begin and end at our office. A trip that only joins home and "
        "office is not allowed (decree 72/2023/NĐ-CP, article 8, clause 2).",
    )
    trip_count = fields.Integer(
        string="Trips", readonly=True, copy=False, aggregator=None
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(company_id, name_key)", "There is already a place with this name."
    )

    @api.depends("name")
    def _compute_name_key(self):
        for place in self:
            place.name_key = self._key(place.name)

    @api.model
    def _key(self, name):
        """Return a name as places are compared: spaces and capitals do not matter."""
        return " ".join((name or "").split()).casefold()

    @api.model
    def name_create(self, name):
        """Return the place of this name; a new one only when there is none."""
        known = self.with_context(active_test=False).search(
            [
                ("name_key", "=", self._key(name)),
                ("company_id", "=", self.env.company.id),
            ],
            limit=1,
        )
        if known:
            return known.id, known.display_name
        return super().name_create(" ".join(name.split()))

    @api.model_create_multi
    def create(self, vals_list):
        # what a place is decides who may be driven there
        if any(vals.get("kind", "place") != "place" for vals in vals_list):
            self._check_keeper()
        places = super().create(vals_list)
        if any(place.kind != "place" for place in places):
            # it may also come from a default
            self._check_keeper()
        return places

    def _check_keeper(self):
        """Refuse whoever does not keep the list of places.

        :raises AccessError: neither dispatcher nor manager
        """
        user = self.env.user
        if not (self.env.su or user.has_group(DISPATCHER) or user.has_group(MANAGER)):
            raise AccessError(
                self.env._(
                    "Only the car dispatcher says which place is an office or a home."
                )
            )

    @api.model
    def _office(self, company):
        """Return the place where the trips of a company begin, or none."""
        return self.search(
            [("kind", "=", "office"), ("company_id", "=", company.id)],
            order="id",
            limit=1,
        )
