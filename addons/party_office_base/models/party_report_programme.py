from odoo import models
from odoo.tools.translate import LazyTranslate

from ..rules.programme import day_text, sheet
from ..rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)


class PartyReportProgramme(models.AbstractModel):
    """The programme of a week or month (lịch công tác) as a table, day by day."""

    _name = "party.report.programme"
    _inherit = "party.report.provider"
    _description = "Programme of a Period"

    _report_title = _lt("Programme")
    _report_groups = ("party_office_base.group_staff",)
    _report_options = {"since": None, "day": None, "boards": None}

    def _report(self, options):
        boards = self.env["party.board"].browse(options.board_ids)
        entries = self.env["party.programme.entry"]._between(
            options.since, options.day, boards=boards
        )
        return Report(
            title=self._title(options),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                ),
                *boards.mapped("name"),
            ],
            columns=[
                Column("day", self.env._("Day"), width=16),
                Column("session", self.env._("Half-day"), width=9, minor=True),
                Column("title", self.env._("Content"), width=44),
                Column("attendees", self.env._("Who takes part, chair"), width=36),
                Column("place", self.env._("Place"), width=24),
                Column("board", self.env._("Prepared by"), width=24, minor=True),
            ],
            rows=self._rows(entries, options),
            signatures=[self.env._("PREPARED BY"), self.env._("CHIEF OF OFFICE")],
        )

    def _title(self, options):
        first, last = options.since, options.day
        if (last - first).days == 6 and first.weekday() == 0:
            return self.env._("Programme of the week")
        if (first.year, first.month) == (last.year, last.month):
            return self.env._("Programme of month %(month)s", month=f"{first:%m/%Y}")
        return self.env._("Programme")

    def _rows(self, entries, options):
        days = sheet(
            entries._appointments(), options.since, options.day, empty_days=False
        )
        for day, lines in days:
            for number, line in enumerate(lines):
                one = line.appointment
                mark = f" ({one.mark})" if one.mark else ""
                yield Row(
                    {
                        "day": "" if number else day_text(day),
                        "session": line.session,
                        "title": f"{line.hours}: {one.title}{mark}",
                        "attendees": one.attendees,
                        "place": one.place,
                        "board": one.board,
                    }
                )
