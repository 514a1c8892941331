from odoo import api, fields, models


class PartyEvent(models.Model):
    """Leaders and places that are taken at the time of a conference."""

    _inherit = "party.event"

    conflict_text = fields.Text(string="Conflicts", compute="_compute_conflict_text")

    @api.depends_context("uid", "lang")
    @api.depends("start", "stop", "leader_ids", "chair_id", "place", "progress")
    def _compute_conflict_text(self):
        entries = self.env["party.programme.entry"]
        for event in self:
            text = ""
            if event.progress == "planned":
                clashes = entries._clashes_at(
                    event,
                    event.start,
                    event.stop,
                    event.leader_ids | event.chair_id,
                    event._programme_place(),
                )
                text = "\n".join(entries._clash_texts(clashes))
            event.conflict_text = text
