from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.escalation import (
    RED,
    SPECIAL,
    YELLOW,
    days_late,
    level,
    span,
)
from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)
COLOURS = (YELLOW, RED, SPECIAL)


class PartyReportPaperOverdue(models.AbstractModel):
    """Papers that are due or late, unit by unit: yellow, red, special red."""

    _name = "party.report.paper_overdue"
    _inherit = "party.report.paper"
    _description = "Overdue Papers by Lead"

    _report_title = _lt("Papers: due and overdue by lead")
    _report_options = {"day": None, "boards": None}

    def _report(self, options):
        return Report(
            title=self.env._("Papers: due and overdue by lead"),
            subtitles=[self.env._("As of %(day)s", day=self._day_text(options.day))],
            columns=[
                Column("content", self.env._("Lead, paper"), width=44),
                Column("person", self.env._("Waits on"), width=18),
                Column("deadline", self.env._("Deadline"), "date", 11),
                Column(YELLOW, self.env._("Yellow"), "number", 8, total=True),
                Column(RED, self.env._("Red"), "number", 8, total=True),
                Column(SPECIAL, self.env._("Special red"), "number", 8, total=True),
                Column("late", self.env._("Days late"), "number", 8),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "Yellow: three days or less are left. Red: overdue. Special red: "
                    "three days late or more. Papers that are being dealt with now."
                )
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        soonest = span(YELLOW, options.day)[1]
        papers = self.env["party.document"].search(
            [
                ("state", "=", "directed"),
                ("deadline", "<=", soonest),
                *self._boards_domain(options),
            ],
            order="deadline, id",
        )
        # names of units and persons are the office's directory
        by_board = papers.sudo().grouped("lead_board_id")
        for board, own in sorted(
            by_board.items(), key=lambda item: (item[0].name, item[0].id)
        ):
            cells = [self._cells(paper, options.day) for paper in own]
            yield Row(
                {
                    "content": board.name,
                    **{
                        colour: sum(row.get(colour, 0) for row in cells)
                        for colour in COLOURS
                    },
                    "late": max(row["late"] for row in cells),
                },
                level=1,
            )
            for paper, row in zip(own, cells, strict=True):
                yield Row(row, link=("party.document", paper.id))

    def _cells(self, paper, day):
        return {
            "content": " · ".join(
                filter(None, [paper.display_name, paper.symbol, paper.abstract])
            ),
            "person": paper.waiting_user_id.name,
            "deadline": paper.deadline,
            level(paper.deadline, day): 1,
            "late": days_late(paper.deadline, day),
        }
