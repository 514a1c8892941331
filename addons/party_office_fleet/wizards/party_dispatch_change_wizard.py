from odoo import api, fields, models


class PartyDispatchChangeWizard(models.TransientModel):
    """Asks what changes on an order, and why."""

    _name = "party.dispatch.change.wizard"
    _description = "Change an Order"

    dispatch_id = fields.Many2one("party.dispatch", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("swap", "Other car or driver"),
            ("exchange", "Exchange with another order"),
            ("move", "Other time"),
            ("split", "Take requests off"),
            ("breakdown", "Breakdown"),
        ],
        required=True,
        default="swap",
    )
    progress = fields.Selection(related="dispatch_id.progress")
    reason = fields.Char(required=True)
    car_id = fields.Many2one("party.car", string="Other car", ondelete="cascade")
    driver_id = fields.Many2one(
        "party.driver", string="Other driver", ondelete="cascade"
    )
    other_id = fields.Many2one(
        "party.dispatch",
        string="Other order",
        domain="[('id', '!=', dispatch_id), ('progress', '=', 'planned'), "
        "('state', 'in', ('draft', 'returned', 'approved'))]",
        ondelete="cascade",
    )
    start = fields.Datetime(
        string="Leave", compute="_compute_times", store=True, readonly=False
    )
    stop = fields.Datetime(
        string="Back", compute="_compute_times", store=True, readonly=False
    )
    request_ids = fields.Many2many(
        "party.car.request",
        "party_dispatch_change_wizard_request_rel",
        string="Requests to take off",
        domain="[('dispatch_id', '=', dispatch_id)]",
    )
    odometer = fields.Integer(string="Odometer where it stopped (km)")

    @api.depends("dispatch_id")
    def _compute_times(self):
        for wizard in self:
            wizard.start = wizard.dispatch_id.start
            wizard.stop = wizard.dispatch_id.stop

    def action_change(self):
        """Change the order; the order checks the right to."""
        self.ensure_one()
        order, reason = self.dispatch_id, self.reason
        car, driver = self.car_id.id, self.driver_id.id
        result = None
        if self.kind == "swap":
            order.action_swap(car, driver, reason)
        elif self.kind == "exchange":
            order.action_exchange(self.other_id.id, reason)
        elif self.kind == "move":
            order.action_reschedule(self.start, self.stop, reason)
        elif self.kind == "split":
            result = order.action_split(self.request_ids.ids, reason, car, driver)
        else:
            result = order.action_breakdown(self.odometer, reason, car, driver)
        return result or {"type": "ir.actions.act_window_close"}
