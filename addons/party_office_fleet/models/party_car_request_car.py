from odoo import fields, models


class PartyCarRequest(models.Model):
    """What the one who asked needs to know of the answer: car, driver, phone."""

    _inherit = "party.car.request"

    car_id = fields.Many2one(related="dispatch_id.car_id", string="Car")
    driver_id = fields.Many2one(related="dispatch_id.driver_id", string="Driver")
    driver_phone = fields.Char(
        related="dispatch_id.driver_id.phone", string="Phone of the driver"
    )
    trip_progress = fields.Selection(related="dispatch_id.progress", string="Trip")
