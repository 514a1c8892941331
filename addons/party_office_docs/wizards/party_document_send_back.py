from odoo import fields, models


class PartyDocumentSendBack(models.TransientModel):
    """Asks for the reason why papers go back to their sender."""

    _name = "party.document.send.back"
    _description = "Send Papers Back"

    document_ids = fields.Many2many("party.document", string="Papers", required=True)
    reason = fields.Char(required=True)

    def action_send_back(self):
        """Send the papers back; their action checks the right to."""
        self.ensure_one()
        self.document_ids.action_send_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
