from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)


class PartyReportMonthProgramme(models.AbstractModel):
    """Deadlines of papers and of topics in one list, as far as one reads them."""

    _name = "party.report.month_programme"
    _inherit = "party.report.provider"
    _description = "Deadlines of a Month"

    _report_title = _lt("Deadlines of papers and topics")
    _report_groups = ("party_office_base.group_staff",)
    _report_options = {"since": None, "day": None}

    def _report(self, options):
        return Report(
            title=self.env._(self._report_title),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("day", self.env._("Deadline"), "date", 11),
                Column("kind", self.env._("What"), width=16),
                Column("content", self.env._("Content"), width=44),
                Column("unit", self.env._("Unit in the lead"), width=24),
                Column("person", self.env._("Person"), width=18, minor=True),
                Column("state", self.env._("State"), width=16, minor=True),
            ],
            rows=sorted(
                [*self._topics(options), *self._papers(options)],
                key=lambda row: (row.cells["day"], row.cells["kind"], row.link),
            ),
        )

    def _topics(self, options):
        topics = self.env["party.thematic.report"].search(
            [
                ("deadline", ">=", options.since),
                ("deadline", "<=", options.day),
                ("is_none", "=", False),
                ("state", "!=", "dropped"),
                ("company_id", "=", self.env.company.id),
            ]
        )
        states = dict(topics._fields["state"]._description_selection(self.env))
        for topic in topics:
            yield Row(
                {
                    "day": topic.deadline,
                    "kind": self.env._("Thematic report"),
                    "content": topic.name,
                    # names of boards are public inside the office
                    "unit": topic.board_id.sudo().name,
                    "person": topic.presenter or "",
                    "state": states[topic.state],
                },
                link=("party.thematic.report", topic.id),
            )

    def _papers(self, options):
        papers = self.env["party.document"].search(
            [
                ("deadline", ">=", options.since),
                ("deadline", "<=", options.day),
                ("state", "in", ("directed", "done")),
                ("company_id", "=", self.env.company.id),
            ]
        )
        states = dict(papers._fields["state"]._description_selection(self.env))
        for paper in papers:
            # names of boards and persons are public inside the office
            public = paper.sudo()
            yield Row(
                {
                    "day": paper.deadline,
                    "kind": paper.display_name,
                    "content": paper.abstract or "",
                    "unit": public.lead_board_id.name,
                    "person": public.waiting_user_id.name or "",
                    "state": states[paper.state],
                },
                link=("party.document", paper.id),
            )
