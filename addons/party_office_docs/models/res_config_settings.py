from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    party_secret_papers = fields.Selection(
        related="company_id.party_secret_papers", readonly=False
    )
