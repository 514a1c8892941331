from odoo import fields, models


class PartyDocumentSignature(models.TransientModel):
    """The clerk enters that a paper was signed by hand."""

    _name = "party.document.signature"
    _description = "Signature on Paper"

    draft_id = fields.Many2one("party.document.draft", required=True)
    signer_name = fields.Char(related="draft_id.signer_name", string="Signed by")
    signed_on = fields.Date(
        string="Signed on", required=True, default=fields.Date.context_today
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Scan of the signed paper", required=True
    )

    def action_confirm(self):
        """Enter the signature; the draft checks who may."""
        self.ensure_one()
        self.draft_id.action_enter_signature(self.attachment_ids.ids, self.signed_on)
        return {"type": "ir.actions.act_window_close"}
