from odoo import api, models

ENTRY = "party.programme.entry"


class PartyHome(models.AbstractModel):
    """The programme on the home page: the appointments that name the user."""

    _inherit = "party.home"

    @api.model
    def _appointments(self, start, stop):
        entries = self.env[ENTRY].search(
            [
                ("leader_ids", "in", self.env.uid),
                ("state", "!=", "cancelled"),
                ("start", "<", stop),
                ("stop", ">", start),
            ]
        )
        return [
            *super()._appointments(start, stop),
            *(
                {
                    "model": entry.res_model or ENTRY,
                    "id": entry.res_id or entry.id,
                    "start": entry.start,
                    "stop": entry.stop,
                    "title": entry.title,
                    "place": entry.place or "",
                    "action": self._form_action(
                        entry.title, entry.res_model or ENTRY, entry.res_id or entry.id
                    ),
                }
                for entry in entries
            ),
        ]
