from datetime import timedelta

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.models.party_report_provider import READERS
from odoo.addons.party_office_base.rules.money import whole
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from ..rules.ledger import COUNTERS, Counters

_lt = LazyTranslate(__name__)


class PartyReportBoardBook(models.AbstractModel):
    """Detailed book: every row of the ledger in order, with what remained after it.

    In the shape of form S101-H (theo dõi dự toán từ nguồn NSNN): the form itself was
    not at hand, its wording is to be compared. Rows come from a cursor of the database,
    so that a book of any length is written in constant memory.
    """

    _name = "party.report.board_book"
    _inherit = "party.report.provider"
    _description = "Detailed Book by Board"

    _report_title = _lt("Detailed book by board")
    _report_groups = READERS
    _report_options = {
        "since": None,
        "day": None,
        "year": None,
        "boards": None,
        "funds": None,
    }

    def _report(self, options):
        return Report(
            title=self.env._("Detailed book of the estimate by board"),
            subtitles=[
                self.env._("Budget year: %s", options.year),
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                ),
            ],
            columns=self._columns(),
            rows=self._rows(options),
            notes=[self.env._("The layout was not compared with form S101-H yet.")],
            signatures=self._signatures(),
            form_code="S101-H",
        )

    def _columns(self):
        counters = self._counter_columns()
        return [
            Column("content", self.env._("Content"), width=44),
            Column("date", self.env._("Date"), "date", 13),
            Column("document", self.env._("Document"), width=20),
            Column("kind", self.env._("Kind"), width=18, minor=True),
            *counters,
            Column("available", self.env._("Available"), "money", 17),
        ]

    def _rows(self, options):
        """Yield each line's opening, its rows and its closing."""
        domain = self._lines_domain(options)
        lines = {line.id: line for line in self._lines_of(domain)}
        openings = self.env["party.budget.line"]._figures_as_of(
            options.since - timedelta(days=1), domain
        )
        ledger = self._ledger(list(lines), options)
        kinds = self._kinds()
        pending = next(ledger, None)
        for line_id, line in lines.items():
            counters = openings.get(line_id, Counters())
            if (not pending or pending[0] != line_id) and counters == Counters():
                continue
            name = f"{self._board_name(line)} · {self._line_name(line)}"
            link = ("party.budget.line", line_id)
            yield Row(self._balance(counters) | {"content": name}, 2, link)
            while pending and pending[0] == line_id:
                _line, day, kind, document, note, model, res_id, *deltas = pending
                deltas = tuple(map(whole, deltas))
                counters = counters.plus(deltas)
                yield Row(
                    {
                        "content": note or kinds.get(kind, kind),
                        "date": day,
                        "document": document or "",
                        "kind": kinds.get(kind, kind),
                        **dict(zip(COUNTERS, deltas, strict=True)),
                        "available": counters.available,
                    },
                    link=(model, res_id) if model and res_id else link,
                )
                pending = next(ledger, None)
            closing = self.env._("Closing balance")
            yield Row(self._balance(counters) | {"content": closing}, 1, link)

    def _balance(self, counters):
        return {
            **{name: getattr(counters, name) for name in COUNTERS},
            "available": counters.available,
        }

    def _ledger(self, line_ids, options):
        """Return the rows of the ledger in the order of the lines.

        The lines were found with the user's rights; the ledger has the same scope.
        """
        if not line_ids:
            return iter(())
        return self._stream(
            SQL(
                """
                SELECT book.line_id, book.date, book.kind, book.document_name,
                       book.note, book.res_model, book.res_id, %s
                  FROM unnest(%s) WITH ORDINALITY AS wanted(id, place)
                  JOIN party_budget_move book ON book.line_id = wanted.id
                 WHERE book.date BETWEEN %s AND %s
              ORDER BY wanted.place, book.date, book.id
                """,
                SQL(", ").join(
                    SQL.identifier("book", f"delta_{name}") for name in COUNTERS
                ),
                line_ids,
                options.since,
                options.day,
            )
        )
