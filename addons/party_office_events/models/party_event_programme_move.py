from odoo import models


class PartyEvent(models.Model):
    """The programme and the leaders' calendars follow a conference that is moved."""

    _inherit = "party.event"

    def _reschedule(self, start, stop):
        rows = super()._reschedule(start, stop)
        if self._programme_state() is None:
            return rows
        entries = self.env["party.programme.entry"]
        clashes = entries._clashes_at(
            self,
            start,
            stop,
            self.leader_ids | self.chair_id,
            self._programme_place(),
        )
        return [
            *rows,
            {
                "what": self.env._("Programme and leaders' calendars"),
                "moved": True,
                "why": "",
            },
            *(
                {"what": text, "moved": False, "why": self.env._("At the same time")}
                for text in entries._clash_texts(clashes)
            ),
        ]
