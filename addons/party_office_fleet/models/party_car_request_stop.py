from odoo import api, fields, models


class PartyCarRequestStop(models.Model):
    """A place on the way of a trip, in order; it begins and ends at the office."""

    _name = "party.car.request.stop"
    _description = "Stop of a Trip"
    _inherit = ["party.approval.line.mixin"]
    _order = "request_id, sequence, id"
    _rec_name = "place_id"
    _approval_document_field = "request_id"

    request_id = fields.Many2one(
        "party.car.request", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    place_id = fields.Many2one(
        "party.place", required=True, index=True, ondelete="restrict"
    )

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "sequence", "place_id"]
