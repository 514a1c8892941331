from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .party_service_request import DESK_STATES


class PartyServiceRequestLine(models.Model):
    """One supply that a request asks for: asked, granted, given out."""

    _name = "party.service.request.line"
    _description = "Supply Asked For"
    _inherit = ["party.protected.mixin", "party.plausible.mixin"]
    _order = "id"

    request_id = fields.Many2one(
        "party.service.request", required=True, index=True, ondelete="cascade"
    )
    board_id = fields.Many2one(related="request_id.board_id")
    currency_id = fields.Many2one(related="request_id.currency_id")
    request_state = fields.Selection(
        related="request_id.state", string="State of the request"
    )
    supply_id = fields.Many2one(
        "party.supply", required=True, index=True, ondelete="restrict"
    )
    unit = fields.Char(related="supply_id.unit")
    on_hand = fields.Integer(related="supply_id.on_hand", aggregator=None)
    quantity = fields.Integer(string="Asked for", required=True, default=1)
    granted = fields.Integer(
        compute="_compute_granted",
        store=True,
        readonly=False,
        help="What the desk gives, at most what was asked for.",
    )
    delivered = fields.Integer(string="Given out", readonly=True, copy=False)
    price = fields.Monetary(
        readonly=True,
        copy=False,
        compute="_compute_price",
        store=True,
        help="Of the store, on the day it was asked for or given out.",
    )
    amount = fields.Monetary(compute="_compute_amount", store=True)

    _quantity_possible = models.Constraint(
        "CHECK (quantity BETWEEN 1 AND 100000)", "Between 1 and 100,000 can be asked."
    )
    _granted_possible = models.Constraint(
        "CHECK (granted BETWEEN 0 AND quantity AND delivered BETWEEN 0 AND granted)",
        "At most what was asked for is given.",
    )
    _supply_unique = models.Constraint(
        "UNIQUE (request_id, supply_id)",
        "Each supply is asked for once; change the number instead.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"delivered", "price", "amount"}

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"quantity", "granted"}

    @api.depends("quantity")
    def _compute_granted(self):
        for line in self:
            line.granted = line.quantity

    @api.depends("supply_id")
    def _compute_price(self):
        for line in self:
            line.price = line.supply_id.price

    @api.depends("granted", "price")
    def _compute_amount(self):
        for line in self:
            line.amount = line.granted * line.price

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_asking()
        return lines

    def write(self, vals):
        if not self.env.su:
            if set(vals) - {"granted"}:
                self._check_asking()
            if "granted" in vals:
                self._check_granting()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_asking()

    def _check_asking(self):
        """:raises AccessError: the request was sent, or somebody else writes it"""
        if self.env.su:
            return
        for line in self:
            request = line.request_id
            if request.state != "draft" or request.requester_id != self.env.user:
                raise AccessError(
                    self.env._("Only who asks changes what is asked for.")
                )

    def _check_granting(self):
        """:raises UserError: the desk does not have the request"""
        for line in self:
            request = line.request_id
            if request.state == "draft" and request.requester_id == self.env.user:
                continue
            if request.state not in DESK_STATES or not request._is_desk():
                raise UserError(
                    self.env._("Only the desk says how much is given, before it is.")
                )


class PartyServiceRequest(models.Model):
    """The supplies of a request, and giving them out of the store."""

    _inherit = "party.service.request"

    line_ids = fields.One2many(
        "party.service.request.line", "request_id", string="Supplies", copy=True
    )
    move_ids = fields.One2many(
        "party.supply.move", "request_id", string="Taken from the store", readonly=True
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"move_ids"}

    def _check_said(self):
        if self.line_ids and not self.kind_id.has_supplies:
            raise UserError(self.env._("This service gives out no supplies."))
        return super()._check_said()

    def action_deliver(self):
        """Give out what was granted: it leaves the store, and the asker signs for it.

        :raises UserError: the store or the budget has not enough, with the figures
        :raises AccessError: the user is not of the desk
        """
        self._check_in(*DESK_STATES)
        self._check_desk()
        for request in self:
            lines = request.line_ids.filtered(lambda ln: ln.granted > ln.delivered)
            if not lines:
                raise UserError(self.env._("There is nothing left to give out."))
            # protected: the right was checked
            own = request.sudo()
            own.env["party.supply"]._book(
                [
                    {
                        "supply": line.supply_id,
                        "kind": "out",
                        "quantity": line.delivered - line.granted,
                        "price": line.price,
                        "request_id": request.id,
                        "board_id": request.board_id.id,
                    }
                    for line in lines.sudo()
                ]
            )
            for line in lines.sudo():
                line.delivered = line.granted
            request._note_step("deliver")
            request._finish("")
        return True

    def _check_can_finish(self):
        if self.line_ids.filtered(lambda line: line.granted > line.delivered):
            raise UserError(self.env._("Give out the supplies first."))
        return super()._check_can_finish()

    def _check_can_stop(self):
        result = super()._check_can_stop()
        if any(self.line_ids.mapped("delivered")):
            raise UserError(
                self.env._("Supplies were given out already: reopen it instead.")
            )
        return result
