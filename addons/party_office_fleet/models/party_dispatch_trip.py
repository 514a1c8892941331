from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .party_dispatch import LIVE


class PartyDispatch(models.Model):
    """What the trip consisted of: legs, tolls, fills, incidents, and their sums."""

    _inherit = "party.dispatch"

    leg_ids = fields.One2many("party.dispatch.leg", "dispatch_id", string="Legs")
    toll_ids = fields.One2many("party.dispatch.toll", "dispatch_id", string="Tolls")
    fill_ids = fields.One2many("party.fuel.fill", "dispatch_id", string="Fuel fills")
    incident_ids = fields.One2many(
        "party.dispatch.incident", "dispatch_id", string="Incidents"
    )
    hard_km = fields.Float(
        string="Km on hard roads",
        digits=(10, 1),
        compute="_compute_legs",
        store=True,
        help="Mountain or city roads, where the fuel norm is higher.",
    )
    idle_hours = fields.Float(
        string="Hours at a stand",
        digits=(6, 2),
        compute="_compute_legs",
        store=True,
        help="With the engine running while the car waits.",
    )
    toll_amount = fields.Monetary(
        string="Tolls paid", compute="_compute_tolls", store=True
    )

    @api.depends("leg_ids.hard_km", "leg_ids.idle_hours")
    def _compute_legs(self):
        for order in self:
            order.hard_km = sum(order.leg_ids.mapped("hard_km"))
            order.idle_hours = sum(order.leg_ids.mapped("idle_hours"))

    @api.depends("toll_ids.amount")
    def _compute_tolls(self):
        for order in self:
            order.toll_amount = sum(order.toll_ids.mapped("amount"))

    @api.model
    def _to_drive_domain(self):
        """Return the domain of the orders that are driven by: signed, or approved by
        phone while the papers follow.
        """
        return Domain("state", "=", "approved") | (
            Domain("is_emergency", "=", True) & Domain("state", "in", LIVE)
        )

    def _travelled_requests(self):
        """Return the requests whose travellers were in the car."""
        return self.request_ids

    def _check_trip_open(self):
        """Refuse to record anything on an order that does not hold; a hook for what
        settles orders.

        :raises UserError: not approved
        """
        driven = self.filtered_domain(self._to_drive_domain())
        for order in self - driven:
            if order.progress == "planned":
                raise UserError(
                    self.env._(
                        "%(order)s is not approved: nothing is recorded on it.",
                        order=order.display_name,
                    )
                )
