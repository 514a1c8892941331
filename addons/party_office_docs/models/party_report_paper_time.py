from statistics import median

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)
DAY = 86400


class PartyReportPaperTime(models.AbstractModel):
    """How long papers took, unit by unit, and where the time went."""

    _name = "party.report.paper_time"
    _inherit = "party.report.paper"
    _description = "Time That Papers Took"

    _report_title = _lt("Papers: time to deal with them")
    _report_options = {"since": None, "day": None, "boards": None}

    def _report(self, options):
        return Report(
            title=self.env._("Papers: time to deal with them"),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("content", self.env._("Lead"), width=34),
                Column("closed", self.env._("Closed"), "number", 8, total=True),
                Column("in_time", self.env._("In time"), "number", 8, total=True),
                Column("late", self.env._("Late"), "number", 8, total=True),
                Column(
                    "share",
                    self.env._("In time, %"),
                    "share",
                    9,
                    ratio=(("in_time",), "closed"),
                ),
                Column("days", self.env._("Days altogether"), "days", 10),
                Column("directing", self.env._("To direct"), "days", 10, minor=True),
                Column("doing", self.env._("At the unit"), "days", 10, minor=True),
                Column("accepting", self.env._("To accept"), "days", 10, minor=True),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "By the day of closing. Days are medians: half of the papers took "
                    "less, half more. Late is what was sent after the deadline."
                )
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        begin, end = self._period(options)
        papers = self.env["party.document"].search_fetch(
            [
                ("direction", "=", "in"),
                ("state", "=", "done"),
                ("lead_board_id", "!=", False),
                ("closed_at", ">=", begin),
                ("closed_at", "<", end),
                *self._boards_domain(options),
            ],
            [
                "lead_board_id",
                "registered_at",
                "directed_at",
                "result_at",
                "closed_at",
                "late_days",
            ],
            order="id",
        )
        # names of units are the office's directory
        by_board = papers.sudo().grouped("lead_board_id")
        for board, own in sorted(
            by_board.items(), key=lambda item: (item[0].name, item[0].id)
        ):
            late = sum(1 for paper in own if paper.late_days)
            yield Row(
                {
                    "content": board.name,
                    "closed": len(own),
                    "in_time": len(own) - late,
                    "late": late,
                    "share": (len(own) - late) * 100 / len(own),
                    "days": self._median(own, "registered_at", "closed_at"),
                    "directing": self._median(own, "registered_at", "directed_at"),
                    "doing": self._median(own, "directed_at", "result_at"),
                    "accepting": self._median(own, "result_at", "closed_at"),
                }
            )

    def _median(self, papers, first, last):
        """Return the median number of days between two moments, or None."""
        took = [
            (paper[last] - paper[first]).total_seconds() / DAY
            for paper in papers
            if paper[first] and paper[last]
        ]
        return round(median(took), 1) if took else None
