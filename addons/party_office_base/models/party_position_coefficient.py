from odoo import api, fields, models
from odoo.tools import SQL


class PartyPositionCoefficient(models.Model):
    """Who has which position allowance (hệ số phụ cấp chức vụ), from when to when.

    A view of the versions of employees: they hold private data as well, which the roles
    that need the coefficient may not see.
    """

    _name = "party.position.coefficient"
    _description = "Position Allowance Coefficient"
    _auto = False
    _order = "employee_name, date_from desc"
    _rec_name = "employee_name"
    _depends = {
        "hr.version": [
            "employee_id",
            "company_id",
            "department_id",
            "date_version",
            "position_coefficient",
            "active",
        ],
        "hr.employee": ["name", "active"],
    }

    employee_id = fields.Many2one("hr.employee", readonly=True)
    employee_name = fields.Char(string="Name", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    coefficient = fields.Float(digits=(4, 2), readonly=True)
    rank_id = fields.Many2one("party.norm.rank", compute="_compute_rank_id")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT version.id,
                   version.employee_id,
                   employee.name AS employee_name,
                   employee.company_id,
                   version.department_id,
                   version.date_version AS date_from,
                   lead(version.date_version) OVER later - 1 AS date_to,
                   COALESCE(version.position_coefficient, 0) AS coefficient
              FROM hr_version version
              JOIN hr_employee employee ON employee.id = version.employee_id
             WHERE employee.active AND version.active
            WINDOW later AS (PARTITION BY version.employee_id
                             ORDER BY version.date_version, version.id)
            """
        )

    @api.depends("coefficient")
    def _compute_rank_id(self):
        ranks = self.env["party.norm.rank"].search([("by_coefficient", "=", True)])
        for row in self:
            row.rank_id = ranks._holding(row.coefficient)

    def action_change(self):
        """Open the dialog that lets another coefficient hold from a day on."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_base.party_position_change_action"
        )
        action["context"] = {
            "default_employee_id": self.employee_id.id,
            "default_coefficient": self.coefficient,
        }
        return action
