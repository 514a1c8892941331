from odoo import models
from odoo.exceptions import UserError


class PartyEvent(models.Model):
    """The next template learns from a conference that took place."""

    _inherit = "party.event"

    def action_learn(self):
        """Show what the template could learn.

        :raises UserError: it has not taken place, or no template was used
        """
        self.ensure_one()
        if self.progress not in ("held", "closed"):
            raise UserError(self.env._("It has not taken place yet."))
        learn = self.env["party.event.learn"]._begin(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Let the template learn"),
            "res_model": learn._name,
            "res_id": learn.id,
            "view_mode": "form",
            "target": "new",
        }
