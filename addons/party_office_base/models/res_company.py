from odoo import fields, models


class ResCompany(models.Model):
    """The office names one person for each duty, so that work waits on a person."""

    _inherit = "res.company"

    chief_accountant_id = fields.Many2one("res.users", string="Chief accountant")
    office_chief_id = fields.Many2one("res.users", string="Chief of office")
    deputy_office_chief_id = fields.Many2one(
        "res.users", string="Deputy chief of office"
    )
    dispatcher_id = fields.Many2one("res.users", string="Car dispatcher")
    party_home_area_id = fields.Many2one(
        "party.norm.area",
        string="Area of the headquarters",
        help="Decides from which distance on an own vehicle is paid. Empty: no special "
        "area.",
    )
