from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    car_repair_quotes = fields.Integer(
        related="company_id.car_repair_quotes", readonly=False
    )
