from odoo import fields, models


class PartyArchiveReturn(models.TransientModel):
    """Why a list of files goes back to its unit."""

    _name = "party.archive.return"
    _description = "Return a List of Files"

    handover_id = fields.Many2one(
        "party.archive.handover", required=True, readonly=True
    )
    reason = fields.Char(string="What has to be corrected", required=True)

    def action_return(self):
        """Return the list with the reason."""
        self.ensure_one()
        self.handover_id.action_return(self.reason)
        return {"type": "ir.actions.act_window_close"}
