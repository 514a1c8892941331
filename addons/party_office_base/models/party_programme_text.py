from odoo import api, fields, models

from ..office_time import local
from ..rules.programme import day_text, hours_text


class PartyProgrammeEntry(models.Model):
    """Day and hours of an appointment in the words of the office's sheets."""

    _inherit = "party.programme.entry"

    day_text = fields.Char(string="Day", compute="_compute_time_text")
    hours_text = fields.Char(string="Hours", compute="_compute_time_text")

    @api.depends("start", "stop")
    def _compute_time_text(self):
        for entry in self:
            start, stop = entry._local_span()
            entry.day_text = day_text(start.date()) if start else ""
            entry.hours_text = hours_text(start, stop) if start else ""

    def _local_span(self):
        """Return beginning and end in local time of the office, None for a new one."""
        self.ensure_one()
        if not (self.start and self.stop):
            return None, None
        return local(self.env, self.start), local(self.env, self.stop)

    def _time_text(self):
        """Return day and hours in one line."""
        self.ensure_one()
        return f"{self.day_text} {self.hours_text}".strip()
