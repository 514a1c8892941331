from odoo import api, fields, models


class PartyReceiptCancel(models.TransientModel):
    """Ask why a cash receipt is cancelled; its number stays in its book."""

    _name = "party.receipt.cancel"
    _description = "Cancel a Cash Receipt"
    _inherit = ["party.link.mixin"]

    receipt_id = fields.Many2one("party.receipt", required=True, readonly=True)
    reason = fields.Char(required=True)

    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "receipt_id"]

    def action_confirm(self):
        """Cancel the receipt with the reason given."""
        self.ensure_one()
        self.receipt_id.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
