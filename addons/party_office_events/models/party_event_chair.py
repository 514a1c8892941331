from odoo import api, models


class PartyEvent(models.Model):
    """Who chairs reads the whole plan, as those who attend do."""

    _inherit = "party.event"

    @api.depends("chair_id")
    def _compute_readers(self):
        result = super()._compute_readers()
        for event in self.filtered("chair_id"):
            event.reader_user_ids |= event.chair_id
        return result
