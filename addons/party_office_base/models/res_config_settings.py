from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    chief_accountant_id = fields.Many2one(
        related="company_id.chief_accountant_id", readonly=False
    )
    office_chief_id = fields.Many2one(
        related="company_id.office_chief_id", readonly=False
    )
    deputy_office_chief_id = fields.Many2one(
        related="company_id.deputy_office_chief_id", readonly=False
    )
    dispatcher_id = fields.Many2one(related="company_id.dispatcher_id", readonly=False)
    party_home_area_id = fields.Many2one(
        related="company_id.party_home_area_id", readonly=False
    )
