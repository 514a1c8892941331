from odoo import models
from odoo.exceptions import UserError


class PartyCarRequest(models.Model):
    """Who was driven carries a part of the trip: that is not undone."""

    _inherit = "party.car.request"

    def _check_can_cancel(self):
        for request in self:
            # superuser mode: nothing but whether the car has left is read
            if request.sudo().dispatch_id.progress in ("running", "done"):
                raise UserError(
                    self.env._("The car has left: the trip can only be ended now.")
                )
        return super()._check_can_cancel()
