from dataclasses import replace

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column

_lt = LazyTranslate(__name__)


class PartyReportBookIn(models.AbstractModel):
    """The book of incoming papers (sổ đăng ký văn bản đến), by year."""

    _name = "party.report.book_in"
    _inherit = "party.report.paper_book"
    _description = "Book of Incoming Papers"

    _report_title = _lt("Book of incoming papers")
    _report_options = {"since": None, "day": None, "bodies": None}
    _series_code = "paper_in"
    _direction = "in"

    def _columns(self):
        return [
            Column("came", self.env._("Came on"), "date", 11),
            Column("name", self.env._("Incoming number"), width=10),
            Column("sender", self.env._("Author"), width=20),
            Column("symbol", self.env._("Number, symbol"), width=15, minor=True),
            Column("date", self.env._("Date of the paper"), "date", 11, minor=True),
            Column("abstract", self.env._("Kind and abstract"), width=36),
            Column(
                "units",
                self.env._("Unit or person that takes it"),
                width=22,
                minor=True,
            ),
            Column("passed", self.env._("Passed on"), "date", 11, minor=True),
            Column("deadline", self.env._("Deadline"), "date", 11, minor=True),
            Column("signed", self.env._("Received (signature)"), width=11, minor=True),
            Column("note", self.env._("Note"), width=16, minor=True),
        ]

    def _paper_columns(self):
        return [
            SQL("paper.received_on"),
            SQL("(SELECT name FROM party_correspondent WHERE id = paper.sender_id)"),
            SQL("paper.symbol"),
            SQL("paper.document_date"),
            SQL("paper.kind_id"),
            SQL("paper.abstract"),
            SQL(
                "ARRAY(SELECT part.board_id FROM party_document_routing part"
                " WHERE part.document_id = paper.id AND part.role <> 'info'"
                " ORDER BY part.role DESC, part.id)"
            ),
            self._local_day(
                # a paper for information only is not directed, but passed on
                SQL(
                    "COALESCE(paper.directed_at, (SELECT min(part.create_date)"
                    " FROM party_document_routing part"
                    " WHERE part.document_id = paper.id))"
                )
            ),
            SQL("paper.deadline"),
            SQL("paper.note"),
        ]

    def _cells(self, given, values, names):
        came, sender, symbol, day, kind, abstract, units, passed, deadline, note = (
            values
        )
        kind = names["kinds"].get(kind, "")
        return {
            "came": came or given["date"],
            "name": given["text"],
            "sender": sender,
            "symbol": symbol,
            "date": day,
            "abstract": self._kind_text(kind, abstract),
            "kind": kind,
            "units": "; ".join(names["boards"].get(unit, "") for unit in units or ()),
            "passed": passed,
            "deadline": deadline,
            "note": note,
        }

    def _stub(self, cells):
        # the kind stands where the abstract would
        return {
            "came": cells["came"],
            "name": cells["name"],
            "date": cells["date"],
            "abstract": cells["kind"],
        }


class PartyReportBookInDay(models.AbstractModel):
    """The page of one day of the book of incoming papers, for the clerk's binder."""

    _name = "party.report.book_in_day"
    _inherit = "party.report.book_in"
    _description = "Incoming Papers of a Day"

    _report_title = _lt("Incoming papers of a day")
    _report_options = {"day": None, "bodies": None}

    def _report(self, options):
        return super()._report(replace(options, since=options.day))

    def _signatures(self):
        return [self.env._("CLERK"), self.env._("CHIEF OF OFFICE")]
