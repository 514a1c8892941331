from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    party_budget_chapter = fields.Char(
        related="company_id.party_budget_chapter", readonly=False
    )
    party_budget_category = fields.Char(
        related="company_id.party_budget_category", readonly=False
    )
