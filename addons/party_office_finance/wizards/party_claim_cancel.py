from odoo import fields, models


class PartyClaimCancel(models.TransientModel):
    """Ask why an approved claim is cancelled."""

    _name = "party.claim.cancel"
    _description = "Cancel a Payment Claim"

    claim_id = fields.Many2one("party.claim", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Cancel the claim with the reason given."""
        self.ensure_one()
        self.claim_id.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
