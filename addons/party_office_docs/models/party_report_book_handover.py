from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)


class PartyReportBookHandover(models.AbstractModel):
    """The hand-over book (sổ chuyển giao văn bản): what went to whom, who took it."""

    _name = "party.report.book_handover"
    _inherit = "party.report.paper_book"
    _description = "Hand-over Book of Papers"

    _report_title = _lt("Hand-over book of papers")
    _report_options = {"since": None, "day": None, "bodies": None}

    def _report(self, options):
        return Report(
            title=self.env._(self._report_title),
            subtitles=self._subtitles(options),
            columns=self._columns(),
            rows=self._rows(options),
        )

    def _columns(self):
        return [
            Column("handed", self.env._("Handed over on"), "date", 11),
            Column("name", self.env._("Number, symbol"), width=16),
            Column("date", self.env._("Date of the paper"), "date", 11, minor=True),
            Column("abstract", self.env._("Kind and abstract"), width=36),
            Column("to", self.env._("Handed to"), width=26),
            Column("copies", self.env._("Copies"), "number", 7, minor=True),
            Column("channel", self.env._("How"), width=14, minor=True),
            Column("received", self.env._("Received on"), "date", 11, minor=True),
            Column("taker", self.env._("Received by (signature)"), width=20),
            Column("note", self.env._("Note"), width=16, minor=True),
        ]

    def _rows(self, options):
        kinds = self._names()["kinds"]
        lines = self.env["party.document.delivery"]
        channels = dict(lines._fields["channel"]._description_selection(self.env))
        for row in self._stream(self._query(options)):
            paper, name, day, kind, abstract, handed = row[:6]
            label, copies, channel, received, taker, note = row[6:]
            yield Row(
                {
                    "handed": handed,
                    "name": name,
                    "date": day,
                    "abstract": self._kind_text(kinds.get(kind, ""), abstract),
                    "to": label,
                    "copies": copies,
                    "channel": channels.get(channel, ""),
                    "received": received,
                    "taker": taker,
                    "note": note,
                },
                link=("party.document", paper),
            )

    def _query(self, options):
        begin, end = self._moments(options)
        domain = [
            ("handed_at", ">=", begin),
            ("handed_at", "<", end),
            ("company_id", "=", self.env.company.id),
        ]
        if options.body_ids:
            domain.append(("document_id.body_id", "in", options.body_ids))
        # the reader's own rules decide which lines he sees
        allowed = self.env["party.document.delivery"]._search(domain)
        return SQL(
            """
            SELECT paper.id, paper.name, paper.document_date, paper.kind_id,
                   paper.abstract, %s, line.label, line.copies, line.channel, %s,
                   line.received_by, line.note
              FROM party_document_delivery line
              JOIN party_document paper ON paper.id = line.document_id
             WHERE line.id IN %s
          ORDER BY line.handed_at, line.id
            """,
            self._local_day(SQL("line.handed_at")),
            self._local_day(SQL("line.received_at")),
            allowed.subselect(),
        )
