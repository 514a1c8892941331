from odoo import models


class PartyEvent(models.Model):
    """Another unit pays than the one that prepares: its head agrees before the chief of
    office signs, so that who pays is settled before anything is spent.
    """

    _inherit = "party.event"

    def _approval_kind(self):
        kind = super()._approval_kind()
        return "other_payer" if self.board_id != self.lead_board_id else kind
