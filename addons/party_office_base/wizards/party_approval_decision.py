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
    reason_ids = fields.Many2many("party.return.reason", string="Reasons")
    reason = fields.Text()

    def action_confirm(self):
        """Record the decision; the document checks who may decide.

        :raises UserError: a return without a reason of the list, so that it counts
        """
        self.ensure_one()
        model = self.env.get(self.res_model)
        ids = self.res_ids if isinstance(self.res_ids, list) else []
        if not hasattr(model, "_stop_approval") or not all(
            isinstance(res_id, int) for res_id in ids
        ):
            raise UserError(self.env._("This document is not decided by approval."))
        documents = self.env[self.res_model].browse(self.res_ids)
        if self.decision == "returned":
            if not self.reason_ids:
                raise UserError(self.env._("Choose at least one reason of the list."))
            documents.action_return(self.reason or "", self.reason_ids.ids)
        else:
            documents.action_refuse(self.reason or "")
        return {"type": "ir.actions.act_window_close"}
