from odoo import fields, models
from odoo.exceptions import UserError

from ..models.party_secrecy_mixin import SECRECY


class PartySecrecyMark(models.TransientModel):
    """Asks for level and reason before the content of a paper is removed."""

    _name = "party.secrecy.mark"
    _description = "Mark as Secret"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    level = fields.Selection(SECRECY[1:], required=True, default="secret")
    reason = fields.Char(required=True)

    def action_mark(self):
        """Remove the content and open the minute."""
        self.ensure_one()
        model = self.env.get(self.res_model)
        if model is None or not isinstance(model, self.pool["party.secrecy.mixin"]):
            raise UserError(self.env._("This is no paper."))
        record = model.browse(self.res_id)
        minute = record.action_mark_secret(self.level, self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": minute._name,
            "res_id": minute.id,
            "view_mode": "form",
        }
