from odoo import api, fields, models


class PartyDispatchIncident(models.Model):
    """Something that went wrong on a trip: the dispatcher is told at once."""

    _name = "party.dispatch.incident"
    _description = "Incident of a Trip"
    _inherit = ["party.dispatch.row.mixin"]
    _order = "moment desc, id desc"

    kind = fields.Selection(
        [
            ("delay", "Delay"),
            ("breakdown", "Breakdown"),
            ("accident", "Accident"),
            ("fine", "Traffic fine"),
            ("other", "Something else"),
        ],
        required=True,
        default="other",
        index=True,
    )
    moment = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now, index=True
    )
    place = fields.Char(string="Where")
    description = fields.Char(string="What happened", required=True)
    odometer = fields.Integer(string="Odometer (km)", aggregator=None)
    photo = fields.Image(max_width=1920, max_height=1920)

    _odometer_possible = models.Constraint(
        "CHECK (odometer >= 0)", "An odometer does not show less than nothing."
    )

    @api.depends("kind", "description")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for incident in self:
            incident.display_name = (
                f"{kinds.get(incident.kind)}: {incident.description}"
            )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"odometer"}
