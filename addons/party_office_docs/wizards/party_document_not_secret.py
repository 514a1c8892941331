from odoo import fields, models


class PartyDocumentNotSecret(models.TransientModel):
    """Asks why a mark found in a file does not make the paper secret."""

    _name = "party.document.not.secret"
    _description = "Mark That Is None"

    document_id = fields.Many2one("party.document", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_decide(self):
        """Keep the decision."""
        self.ensure_one()
        self.document_id.action_not_secret(self.reason)
        return {"type": "ir.actions.act_window_close"}
