from odoo import fields, models


class PartyDocumentStop(models.TransientModel):
    """Asks why a paper is recalled or its number cancelled."""

    _name = "party.document.stop"
    _description = "Reason of a Recall"

    document_ids = fields.Many2many("party.document", string="Issued papers")
    what = fields.Selection(
        [("recalled", "Recall"), ("cancelled", "Cancel the number")], required=True
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Do it; the paper checks who may."""
        self.ensure_one()
        if self.what == "recalled":
            self.document_ids.action_recall(self.reason)
        else:
            self.document_ids.action_cancel_number(self.reason)
        return {"type": "ir.actions.act_window_close"}
