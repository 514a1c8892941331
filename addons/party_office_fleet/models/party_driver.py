from odoo import api, fields, models
from odoo.fields import Domain


class PartyDriver(models.Model):
    """A person who drives the office's cars."""

    _name = "party.driver"
    _description = "Driver"
    _order = "name, id"

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="restrict", index=True
    )
    name = fields.Char(related="employee_id.name", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        related="employee_id.user_id",
        store=True,
        index="btree_not_null",
        help="With it the driver has his orders on his phone.",
    )
    phone = fields.Char()
    licence_class = fields.Char(help="For example B, C1, D2.")
    licence_expiry = fields.Date()
    is_licensed = fields.Boolean(
        compute="_compute_is_licensed", search="_search_is_licensed"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)
    dispatch_ids = fields.One2many("party.dispatch", "driver_id", string="Orders")

    _employee_unique = models.UniqueIndex(
        "(employee_id)", "This person is already a driver."
    )

    @api.depends("licence_expiry")
    def _compute_is_licensed(self):
        today = fields.Date.context_today(self)
        for driver in self:
            driver.is_licensed = driver._is_licensed_on(today)

    @api.model
    def _search_is_licensed(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("licence_expiry", "=", False) | Domain(
            "licence_expiry", ">=", today
        )

    def _is_licensed_on(self, day):
        """Tell whether the licence holds on a day; without a date it does."""
        self.ensure_one()
        return not self.licence_expiry or self.licence_expiry >= day
