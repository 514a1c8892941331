from odoo import fields, models


class PartyArchiveDecide(models.TransientModel):
    """Number and date of the decision to destroy files."""

    _name = "party.archive.decide"
    _description = "Decision on a Destruction"

    disposal_id = fields.Many2one(
        "party.archive.disposal", required=True, readonly=True
    )
    symbol = fields.Char(string="Number and symbol", required=True)
    day = fields.Date(
        string="Date of the decision", required=True, default=fields.Date.context_today
    )

    def action_decide(self):
        """Enter the decision."""
        self.ensure_one()
        self.disposal_id.action_decide(self.symbol, self.day)
        return {"type": "ir.actions.act_window_close"}
