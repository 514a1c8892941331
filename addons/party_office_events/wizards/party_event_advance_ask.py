from odoo import api, fields, models


class PartyEventAdvanceAsk(models.TransientModel):
    """Dialog: how much of the estimate is needed beforehand, and for what."""

    _name = "party.event.advance.ask"
    _description = "Ask for an Advance"
    _inherit = ["party.plausible.mixin"]

    event_id = fields.Many2one("party.event", required=True)
    currency_id = fields.Many2one(related="event_id.currency_id")
    amount = fields.Monetary(required=True)
    purpose = fields.Char(
        string="What it is for", compute="_compute_purpose", store=True, readonly=False
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"amount"}

    @api.depends("event_id")
    def _compute_purpose(self):
        for ask in self:
            ask.purpose = ask.event_id.title

    def action_ask(self):
        """Make the advance and open it, see ``party.event.action_advance``."""
        self.ensure_one()
        return self.event_id.action_advance(self.amount, self.purpose or "")
