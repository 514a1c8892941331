from odoo import api, fields, models


class PartyClaimCancel(models.TransientModel):
    """Ask why an approved claim is cancelled."""

    _name = "party.claim.cancel"
    _description = "Cancel a Payment Claim"
    _inherit = ["party.link.mixin"]

    claim_id = fields.Many2one("party.claim", required=True, readonly=True)
    reason = fields.Char(required=True)

    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "claim_id"]

    def action_confirm(self):
        """Cancel the claim with the reason given."""
        self.ensure_one()
        self.claim_id.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
