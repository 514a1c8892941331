import re

from odoo import api, fields, models


class PartyCarRequest(models.Model):
    """Who travels: persons of the office, and the names of others."""

    _inherit = "party.car.request"

    # the public side of employees: staff may not read the other one
    passenger_ids = fields.Many2many(
        "hr.employee.public",
        "party_car_request_passenger_rel",
        "request_id",
        "employee_id",
        string="Who travels",
        default=lambda self: self.env.user.employee_id.ids,
    )
    guest_names = fields.Char(
        string="Others who travel along", help="Names and posts, separated by commas."
    )
    passenger_count = fields.Integer(
        compute="_compute_passenger_count",
        store=True,
        readonly=False,
        precompute=True,
    )
    passenger_text = fields.Char(
        string="Persons and posts", compute="_compute_passenger_text"
    )

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "passenger_ids", "guest_names"]

    def _guests(self):
        """Return the names (list of ``str``) of those who are not of the office."""
        self.ensure_one()
        names = re.split(r"[,;\n]", self.guest_names or "")
        return [name.strip() for name in names if name.strip()]

    def _passengers(self):
        """Return the persons of the office as ``hr.employee``.

        In superuser mode: rules read rank and title of a colleague, forms his post.
        """
        return self.env["hr.employee"].sudo().browse(self.passenger_ids._origin.ids)

    @api.depends("passenger_ids", "guest_names")
    def _compute_passenger_count(self):
        for request in self:
            named = len(request.passenger_ids) + len(request._guests())
            request.passenger_count = named or request.passenger_count or 1

    @api.depends("passenger_ids", "guest_names")
    def _compute_passenger_text(self):
        for request in self:
            request.passenger_text = "; ".join(
                " – ".join(filter(None, person)) for person in request._persons()
            )

    def _persons(self):
        """Return who travels as ``(name, post)``, the persons of the office first."""
        self.ensure_one()
        return [
            *(
                (person.name or "", person.job_title or "")
                for person in self._passengers()
            ),
            *((name, "") for name in self._guests()),
        ]
