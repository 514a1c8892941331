from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column

_lt = LazyTranslate(__name__)


class PartyReportBookOut(models.AbstractModel):
    """The books of outgoing papers (sổ đăng ký văn bản đi), by body, kind and term."""

    _name = "party.report.book_out"
    _inherit = "party.report.paper_book"
    _description = "Book of Outgoing Papers"

    _report_title = _lt("Book of outgoing papers")
    _report_options = {
        "term": None,
        "since": None,
        "day": None,
        "bodies": None,
        "kinds": None,
    }
    _series_code = "paper_out"
    _direction = "out"

    def _subtitles(self, options):
        term = self.env["party.term"].browse(options.term_id)
        return [
            *([self.env._("Term %(term)s", term=term.name)] if term else []),
            *super()._subtitles(options),
        ]

    def _columns(self):
        return [
            Column("name", self.env._("Number, symbol"), width=16),
            Column("date", self.env._("Date of the paper"), "date", 11),
            Column("abstract", self.env._("Kind and abstract"), width=40),
            Column("signer", self.env._("Signer"), width=18, minor=True),
            Column("recipients", self.env._("Recipients"), width=30, minor=True),
            Column("unit", self.env._("Unit that files it"), width=20, minor=True),
            Column("copies", self.env._("Copies"), "number", 7, minor=True),
            Column("note", self.env._("Note"), width=20, minor=True),
        ]

    def _paper_columns(self):
        return [
            SQL("paper.document_date"),
            SQL("paper.kind_id"),
            SQL("paper.abstract"),
            SQL("paper.signer_name"),
            SQL(
                "(SELECT string_agg(line.label, '; ' ORDER BY line.sequence, line.id)"
                " FROM party_document_recipient line"
                " WHERE line.document_id = paper.id)"
            ),
            SQL(
                "COALESCE((SELECT min(draft.board_id) FROM party_document_draft draft"
                " WHERE draft.document_id = paper.id), paper.board_id)"
            ),
            SQL(
                "COALESCE((SELECT max(draft.copy_count) FROM party_document_draft draft"
                " WHERE draft.document_id = paper.id),"
                " (SELECT sum(line.copies) FROM party_document_recipient line"
                " WHERE line.document_id = paper.id))"
            ),
            SQL("paper.note"),
            SQL("paper.state"),
        ]

    def _cells(self, given, values, names):
        day, kind, abstract, signer, recipients, unit, copies, note, state = values
        kind = names["kinds"].get(kind, "")
        if state == "recalled":
            note = ". ".join(filter(None, [self.env._("Recalled"), note]))
        return {
            "name": given["text"],
            "date": day or given["date"],
            "abstract": self._kind_text(kind, abstract),
            "kind": kind,
            "signer": signer,
            "recipients": recipients,
            "unit": names["boards"].get(unit, ""),
            "copies": copies,
            "note": note,
        }

    def _stub(self, cells):
        return {
            "name": cells["name"],
            "date": cells["date"],
            "abstract": cells["kind"],
        }

    def _scope_condition(self, options):
        conditions = [super()._scope_condition(options)]
        if options.term_id:
            term = self.env["party.term"].browse(options.term_id)
            conditions.append(SQL("given.period = %s", term.name))
        if options.kind_ids:
            # books are named by the kind; the one book of a congress has all kinds
            kinds = self.env["party.document.kind"].browse(options.kind_ids)
            conditions.append(
                SQL(
                    "(split_part(given.scope, '/', 2) = ANY(%s)"
                    " OR strpos(given.scope, '/') = 0)",
                    kinds.mapped("code"),
                )
            )
        return SQL(" AND ").join(conditions)

    def _day_condition(self, options):
        condition = super()._day_condition(options)
        if not options.kind_ids:
            return condition
        # of the book of a congress, only papers of these kinds
        return SQL(
            "%s AND (strpos(book.scope, '/') > 0 OR EXISTS ("
            "SELECT 1 FROM party_document kept WHERE kept.id = book.res_id"
            " AND book.res_model = 'party.document' AND kept.kind_id = ANY(%s)))",
            condition,
            list(options.kind_ids),
        )
