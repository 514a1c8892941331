from odoo import api, models
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import zone
from odoo.addons.party_office_base.rules.month_pack import Measure


class PartyMonthPackSection(models.AbstractModel):
    """Papers of the month: those led by each unit, and those it issued."""

    _inherit = "party.month.pack.section"

    @api.model
    def _sections(self):
        return super()._sections() | {"papers": self.env._("Papers")}

    @api.model
    def _measures(self):
        return super()._measures() + [
            Measure("papers_led", self.env._("Papers to deal with"), "papers"),
            Measure("papers_closed", self.env._("Papers dealt with"), "papers"),
            Measure("papers_late", self.env._("Closed late"), "papers"),
            Measure("papers_overdue", self.env._("Overdue"), "papers", is_flow=False),
            Measure("papers_issued", self.env._("Papers issued"), "papers"),
        ]

    @api.model
    def _figures(self, period):
        first, end = self._span(period)
        led = SQL("direction = 'in' AND lead_board_id IS NOT NULL")
        closed = SQL("%s AND closed_at >= %s AND closed_at < %s", led, first, end)
        count = self._count_by_board
        return super()._figures(period) | {
            "papers_led": count(
                "party_document",
                "lead_board_id",
                SQL(
                    "%s AND registered_at >= %s AND registered_at < %s", led, first, end
                ),
            ),
            "papers_closed": count("party_document", "lead_board_id", closed),
            "papers_late": count(
                "party_document",
                "lead_board_id",
                SQL(
                    "%s AND deadline < (closed_at AT TIME ZONE 'UTC'"
                    " AT TIME ZONE %s)::date",
                    closed,
                    zone(self.env).key,
                ),
            ),
            "papers_overdue": count(
                "party_document",
                "lead_board_id",
                SQL(
                    "%s AND deadline <= %s AND registered_at < %s"
                    " AND (closed_at IS NULL OR closed_at >= %s)"
                    " AND state IN ('directed', 'done')",
                    led,
                    period.last,
                    end,
                    end,
                ),
            ),
            "papers_issued": count(
                "party_document",
                "board_id",
                SQL(
                    "direction = 'out' AND state = 'issued'"
                    " AND document_date >= %s AND document_date <= %s",
                    period.first,
                    period.last,
                ),
            ),
        }

    @api.model
    def _coming(self, period):
        topics = self.env["party.thematic.report"].search(
            [
                ("deadline", ">=", period.first),
                ("deadline", "<=", period.last),
                ("is_none", "=", False),
            ]
        )
        papers = self.env["party.document"].search(
            [
                ("state", "=", "directed"),
                ("deadline", ">=", period.first),
                ("deadline", "<=", period.last),
                ("secrecy", "=", "none"),
            ]
        )
        return (
            super()._coming(period)
            + [
                {
                    "day": topic.deadline,
                    "what": self.env._("Thematic report: %(topic)s", topic=topic.name),
                    "board_id": topic.board_id.id,
                }
                for topic in topics
            ]
            + [
                {
                    "day": paper.deadline,
                    "what": self.env._(
                        "Deadline of paper %(paper)s", paper=paper.display_name
                    ),
                    "board_id": paper.lead_board_id.id,
                }
                for paper in papers
            ]
        )
