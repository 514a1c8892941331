from odoo import models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def write(self, vals):
        result = super().write(vals)
        if {"parent_id", "active"} & vals.keys():
            self.env["party.board"]._scope_changed()
        return result
