from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    party_morning_from = fields.Float(
        related="company_id.party_morning_from", readonly=False
    )
    party_morning_to = fields.Float(
        related="company_id.party_morning_to", readonly=False
    )
    party_afternoon_from = fields.Float(
        related="company_id.party_afternoon_from", readonly=False
    )
    party_afternoon_to = fields.Float(
        related="company_id.party_afternoon_to", readonly=False
    )
    party_confirm_days = fields.Integer(
        related="company_id.party_confirm_days", readonly=False
    )
