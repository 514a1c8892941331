from odoo import api, fields, models


class PartyDispatchRowMixin(models.AbstractModel):
    """Something that was recorded on a trip: a leg, a toll, a fill, an incident.

    The driver records it by the actions of the order, the dispatcher corrects it here.
    Once the order is settled, nobody changes it.
    """

    _name = "party.dispatch.row.mixin"
    _description = "Recorded On A Trip"
    _inherit = ["party.plausible.mixin"]

    dispatch_id = fields.Many2one(
        "party.dispatch",
        string="Dispatch order",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="dispatch_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    def _check_trip_open(self):
        """Refuse to change what the order was settled by.

        :raises UserError: not approved, or settled
        """
        self.dispatch_id.sudo()._check_trip_open()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_trip_open()
        return rows

    def write(self, vals):
        self._check_trip_open()
        result = super().write(vals)
        if "dispatch_id" in vals:
            self._check_trip_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._check_trip_open()
