from odoo import api, fields, models


class PartyDispatchToll(models.Model):
    """A toll, ferry or parking ticket of a trip."""

    _name = "party.dispatch.toll"
    _description = "Toll of a Trip"
    _inherit = ["party.dispatch.row.mixin"]
    _order = "dispatch_id, date, id"
    _rec_name = "station"

    date = fields.Date(
        string="Day", required=True, default=fields.Date.context_today, index=True
    )
    station = fields.Char(string="Toll station")
    amount = fields.Monetary(required=True)
    invoice_number = fields.Char(string="Ticket number")
    photo = fields.Image(string="Photo of the ticket", max_width=1920, max_height=1920)

    _amount_possible = models.Constraint(
        "CHECK (amount > 0 AND amount < 100000000)",
        "A toll is above zero and below 100 million đồng.",
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"amount"}
