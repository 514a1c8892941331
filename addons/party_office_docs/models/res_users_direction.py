from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def paper_models(self):
        return [*super().paper_models(), "party.document.extension"]
