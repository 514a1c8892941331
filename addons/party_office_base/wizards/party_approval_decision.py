from odoo import fields, models


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
        documents = self.env[self.res_model].browse(self.res_ids)
        if self.decision == "returned":
            documents.action_return(self.reason)
        else:
            documents.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
