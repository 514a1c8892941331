from odoo import api, fields, models


class HrVersion(models.Model):
    """Where a person works decides whose documents he sees; his position allowance
    decides his rates.
    """

    _inherit = "hr.version"

    position_coefficient = fields.Float(
        digits=(4, 2),
        groups="hr.group_hr_user",
        tracking=True,
        help="Position allowance (hệ số phụ cấp chức vụ); 0: none. It decides the rank "
        "by which norms differ.",
    )

    _position_coefficient_range = models.Constraint(
        "CHECK (position_coefficient >= 0 AND position_coefficient < 10)",
        "A position allowance coefficient lies between 0 and 10, for example 0.8.",
    )

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
