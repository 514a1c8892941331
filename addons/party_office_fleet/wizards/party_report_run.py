from odoo import api, fields, models


class PartyReportRun(models.TransientModel):
    """The options of the reports of cars."""

    _inherit = "party.report.run"

    car_ids = fields.Many2many("party.car", string="Cars")

    @api.depends("car_ids")
    def _compute_content(self):
        return super()._compute_content()

    def _more_options(self):
        return super()._more_options() | {"car_ids": tuple(self.car_ids._origin.ids)}
