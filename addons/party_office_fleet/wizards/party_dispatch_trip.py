from odoo import api, fields, models


class PartyDispatchTrip(models.TransientModel):
    """Start, end or correct a trip from the form of the order, also afterwards."""

    _name = "party.dispatch.trip"
    _description = "Trip, Entered on the Form"
    _inherit = ["party.plausible.mixin"]

    dispatch_id = fields.Many2one("party.dispatch", required=True, readonly=True)
    step = fields.Selection(
        [
            ("start", "The car leaves"),
            ("end", "The car is back"),
            ("correct", "Correct the odometer"),
            ("explain", "Explain the km"),
        ],
        required=True,
        readonly=True,
    )
    progress = fields.Selection(related="dispatch_id.progress")
    moment = fields.Datetime(string="When", default=fields.Datetime.now)
    odometer = fields.Integer(string="Odometer (km)")
    odometer_in = fields.Integer(string="Odometer in (km)")
    last_odometer = fields.Integer(
        string="The car's last reading (km)", compute="_compute_last_odometer"
    )
    hard_km = fields.Float(string="Km on hard roads", digits=(10, 1))
    idle_hours = fields.Float(string="Hours at a stand", digits=(6, 2))
    reason = fields.Char()

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {
            "odometer",
            "odometer_in",
            "hard_km",
            "idle_hours",
        }

    @api.depends("dispatch_id")
    def _compute_last_odometer(self):
        for trip in self:
            # the trips of all drivers of the car count
            orders = trip.dispatch_id.sudo()
            trip.last_odometer = orders._last_odometer(orders.car_id)

    def action_confirm(self):
        """Record it; the order checks the right to."""
        self.ensure_one()
        order = self.dispatch_id
        if self.step == "start":
            order.action_start(self.odometer, self.moment)
        elif self.step == "end":
            order.action_end(self.odometer, self.moment)
            order._close_legs(self.hard_km, self.idle_hours)
        elif self.step == "correct":
            order.action_correct_odometer(self.odometer, self.odometer_in, self.reason)
        else:
            order.action_explain(self.reason)
        return {"type": "ir.actions.act_window_close"}
