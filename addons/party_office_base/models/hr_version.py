from odoo import api, models


class HrVersion(models.Model):
    """Where a person works decides whose documents he sees."""

    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        self.env["party.board"]._scope_changed()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if {"department_id", "date_version", "active"} & vals.keys():
            self.env["party.board"]._scope_changed()
        return result
