from odoo import api, fields, models


class PartyCarEmergency(models.TransientModel):
    """Record who approved a trip by phone, and send the car."""

    _name = "party.car.emergency"
    _description = "Car by Phone"

    request_id = fields.Many2one(
        "party.car.request", required=True, readonly=True, ondelete="cascade"
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
    car_id = fields.Many2one("party.car", required=True)
    driver_id = fields.Many2one(
        "party.driver",
        required=True,
        compute="_compute_driver_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("request_id")
    def _compute_allowed_user_ids(self):
        for wizard in self:
            wizard.allowed_user_ids = (
                wizard.request_id and wizard.request_id._phone_approvers()
            )

    @api.depends("car_id")
    def _compute_driver_id(self):
        for wizard in self:
            wizard.driver_id = wizard.driver_id or wizard.car_id.usual_driver_id

    def action_send(self):
        """Plan the order and open it."""
        self.ensure_one()
        return self.request_id.action_emergency(
            self.approved_by_id.id,
            self.approved_at,
            self.car_id.id,
            self.driver_id.id,
        )
