from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    # a concept of its own has a file of its own
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    party_budget_chapter = fields.Char(
        related="company_id.party_budget_chapter", readonly=False
    )
    party_budget_category = fields.Char(
        related="company_id.party_budget_category", readonly=False
    )
