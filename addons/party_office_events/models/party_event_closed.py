from odoo import api, models


class PartyEvent(models.Model):
    """The name of a closed meeting is told only to who takes part."""

    _inherit = "party.event"

    @api.depends_context("uid", "lang")
    @api.depends("is_restricted")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        closed = self.filtered("is_restricted")
        if closed:
            # links from other records read names with elevated rights: the right to
            # this name is asked as the user
            known = closed.sudo(False)._filtered_access("read")
            for event in closed:
                if event.id and event.id not in known._ids:
                    event.display_name = self.env._("Closed meeting")
        return result
