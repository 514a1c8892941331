from odoo import fields, models
from odoo.exceptions import UserError


class PartyApprovalDecision(models.TransientModel):
    """Asks for the reason of a return or a refusal."""

    _name = "party.approval.decision"
    _description = "Reason of a Decision"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    decision = fields.Selection(
        [("returned", "Return for correction"), ("refused", "Refuse")], required=True
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Record the decision; the document checks who may decide."""
        self.ensure_one()
        model = self.env.get(self.res_model)
        ids = self.res_ids if isinstance(self.res_ids, list) else []
        if not hasattr(model, "_stop_approval") or not all(
            isinstance(res_id, int) for res_id in ids
        ):
            raise UserError(self.env._("This document is not decided by approval."))
        documents = self.env[self.res_model].browse(self.res_ids)
        if self.decision == "returned":
            documents.action_return(self.reason)
        else:
            documents.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
