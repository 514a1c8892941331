from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "department_id", "active"} & vals.keys():
            self.env["party.board"]._scope_changed()
        return result
