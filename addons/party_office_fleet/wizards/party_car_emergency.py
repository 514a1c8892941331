from odoo import api, fields, models


class PartyCarEmergency(models.TransientModel):
    """Record who approved a trip by phone, and send the car."""

    _name = "party.car.emergency"
    _description = "Car by Phone"

    request_id = fields.Many2one("party.car.request", readonly=True, ondelete="cascade")
    dispatch_id = fields.Many2one(
        "party.dispatch",
        string="Dispatch order",
        readonly=True,
        ondelete="cascade",
        help="An order that is planned already, in place of a request.",
    )
    allowed_user_ids = fields.Many2many(
        "res.users", compute="_compute_allowed_user_ids"
    )
    approved_by_id = fields.Many2one(
        "res.users",
        string="Who approved it",
        required=True,
        domain="[('id', 'in', allowed_user_ids)]",
    )
    approved_at = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now
    )
    car_id = fields.Many2one("party.car")
    driver_id = fields.Many2one(
        "party.driver",
        compute="_compute_driver_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("request_id", "dispatch_id")
    def _compute_allowed_user_ids(self):
        for wizard in self:
            document = wizard.dispatch_id or wizard.request_id
            wizard.allowed_user_ids = document and document._phone_approvers()

    @api.depends("car_id")
    def _compute_driver_id(self):
        for wizard in self:
            wizard.driver_id = wizard.driver_id or wizard.car_id.usual_driver_id

    def action_send(self):
        """Let the planned order go, or plan one and open it."""
        self.ensure_one()
        if self.dispatch_id:
            return self.dispatch_id.action_phone(
                self.approved_by_id.id, self.approved_at
            )
        return self.request_id.action_emergency(
            self.approved_by_id.id,
            self.approved_at,
            self.car_id.id,
            self.driver_id.id,
        )
