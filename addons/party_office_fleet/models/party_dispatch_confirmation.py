from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class PartyDispatch(models.Model):
    """Who travelled signs for the km, as in the log book of the car."""

    _inherit = "party.dispatch"

    confirmed_by_id = fields.Many2one(
        "res.users", string="Confirmed by", readonly=True, copy=False, tracking=True
    )
    confirmed_at = fields.Datetime(string="Confirmed", readonly=True, copy=False)
    confirmed_remark = fields.Char(
        string="Remark of the traveller", readonly=True, copy=False, tracking=True
    )
    can_confirm = fields.Boolean(compute="_compute_can_confirm")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "confirmed_by_id",
            "confirmed_at",
            "confirmed_remark",
        }

    @api.depends_context("uid")
    @api.depends("progress", "confirmed_by_id", "request_ids.requester_id")
    def _compute_can_confirm(self):
        for order in self:
            # a traveller may not see the requests that share his car
            travellers = order.sudo()._travelled_requests().requester_id
            order.can_confirm = (
                order.progress == "done"
                and not order.confirmed_by_id
                and self.env.user in travellers
            )

    def action_confirm(self, remark=""):
        """Sign for the trip: arrived, and the km are right.

        :param str remark: what was not as it should be
        :raises AccessError: he did not ask for this trip
        :raises UserError: it is not over, or somebody has signed
        """
        self.ensure_one()
        self.check_access("read")
        if self.progress != "done":
            raise UserError(self.env._("The trip is not over yet."))
        if self.confirmed_by_id:
            raise UserError(
                self.env._(
                    "%(user)s has already confirmed this trip.",
                    user=self.confirmed_by_id.name,
                )
            )
        if not self.can_confirm:
            raise AccessError(self.env._("Only who asked for the trip may confirm it."))
        # protected: what the actions of the trip record
        self.sudo().write(
            {
                "confirmed_by_id": self.env.uid,
                "confirmed_at": fields.Datetime.now(),
                "confirmed_remark": str(remark or "").strip()[:500],
            }
        )
        return True

    def _void_confirmation(self):
        """Ask for a new signature: the km have changed."""
        self.write(
            {
                "confirmed_by_id": False,
                "confirmed_at": False,
                "confirmed_remark": False,
            }
        )


class PartyCarRequest(models.Model):
    """The traveller signs where he looks: on his own request."""

    _inherit = "party.car.request"

    dispatch_km = fields.Integer(
        related="dispatch_id.km", string="Km of the trip", compute_sudo=True
    )
    can_confirm = fields.Boolean(related="dispatch_id.can_confirm")

    def action_confirm_trip(self):
        """Sign for the trip of this request."""
        self.ensure_one()
        self.check_access("read")
        return self.dispatch_id.action_confirm()
