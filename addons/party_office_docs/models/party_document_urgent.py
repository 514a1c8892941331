from odoo import models

ACTIVITY = "party_office_docs.activity_urgent_paper"


class PartyDocument(models.Model):
    """Urgent papers reach the one who directs them at once, not with the pile."""

    _inherit = "party.document"

    def _on_registered(self):
        result = super()._on_registered()
        if self.urgency != "0" and self.waiting_user_id:
            labels = dict(self._fields["urgency"]._description_selection(self.env))
            # the clerk may not write others' activities; the text says no content
            self.sudo().activity_schedule(
                ACTIVITY,
                summary=self.env._(
                    "%(urgency)s: direct it", urgency=labels[self.urgency]
                ),
                user_id=self.waiting_user_id.id,
            )
        return result

    def _set_directed(self, director, instruction, deadline):
        result = super()._set_directed(director, instruction, deadline)
        # done by whoever directed it
        self.sudo().activity_unlink([ACTIVITY])
        return result
