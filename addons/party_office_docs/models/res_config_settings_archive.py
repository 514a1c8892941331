from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    archivist_id = fields.Many2one(related="company_id.archivist_id", readonly=False)
