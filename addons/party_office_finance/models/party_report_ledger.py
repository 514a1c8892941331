from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.models.party_report_provider import READERS
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from ..rules.ledger import COUNTERS

_lt = LazyTranslate(__name__)


class PartyReportLedger(models.AbstractModel):
    """The filtered list of the budget ledger as a workbook, however long it is."""

    _name = "party.report.ledger"
    _inherit = "party.report.provider"
    _description = "Budget Ledger Export"

    _report_title = _lt("Budget ledger")
    _report_groups = READERS
    _report_options = {}

    def _report(self, options):
        return Report(
            title=self.env._("Budget ledger"),
            subtitles=[self.env._("Printed on %s", self._day_text(options.day))],
            columns=self._columns(),
            rows=self._rows(options),
            signatures=self._signatures(),
        )

    def _columns(self):
        return [
            Column("date", self.env._("Date"), "date", 13),
            Column("document", self.env._("Document"), width=22),
            Column("kind", self.env._("Kind"), width=18, minor=True),
            Column("board", self.env._("Board"), width=26, minor=True),
            Column("year", self.env._("Budget year"), width=8, minor=True),
            Column("fund", self.env._("Fund"), width=7, minor=True),
            Column("item", self.env._("Item"), width=9),
            *self._counter_columns(),
            Column("requested_by", self.env._("Requested by"), width=20, minor=True),
            Column("done_by", self.env._("Done by"), width=20, minor=True),
            Column("note", self.env._("Note"), width=34, minor=True),
        ]

    def _rows(self, options):
        boards, funds, items = self._names()
        kinds = self._kinds()
        for row in self._ledger(list(options.domain)):
            (day, document, kind, board, year, fund, item, *rest) = row
            allocated, held, advanced, spent, asked, done, note, model, res_id = rest
            yield Row(
                {
                    "date": day,
                    "document": document,
                    "kind": kinds.get(kind, kind),
                    "board": boards.get(board),
                    "year": str(year),
                    "fund": funds.get(fund),
                    "item": items.get(item),
                    "allocated": allocated,
                    "held": held,
                    "advanced": advanced,
                    "spent": spent,
                    "requested_by": asked,
                    "done_by": done,
                    "note": note,
                },
                link=(model, res_id) if model and res_id else None,
            )

    def _names(self):
        """Return the words for the ids of a row: few records, read once."""
        # the name of a board is public inside the office
        boards = self.env["party.board"].sudo().with_context(active_test=False)
        funds = self.env["party.fund"].with_context(active_test=False)
        items = self.env["party.budget.item"].with_context(active_test=False)
        return (
            {board.id: board.name for board in boards.search([])},
            {fund.id: fund.code for fund in funds.search_fetch([], ["code"])},
            {item.id: item.code for item in items.search_fetch([], ["code"])},
        )

    def _ledger(self, domain):
        """Return the rows of a filter, as far as the user may see them, in order."""
        allowed = self.env["party.budget.move"]._search(domain)
        return self._stream(
            SQL(
                """
                SELECT book.date, book.document_name, book.kind, book.board_id,
                       book.year, book.fund_id, book.item_id, %s,
                       asked_partner.name, done_partner.name, book.note,
                       book.res_model, book.res_id
                  FROM party_budget_move book
             LEFT JOIN res_users asked ON asked.id = book.requested_by_id
             LEFT JOIN res_partner asked_partner ON asked_partner.id = asked.partner_id
             LEFT JOIN res_users done ON done.id = book.user_id
             LEFT JOIN res_partner done_partner ON done_partner.id = done.partner_id
                 WHERE book.id IN %s
              ORDER BY book.date, book.id
                """,
                SQL(", ").join(
                    SQL("COALESCE(%s, 0)", SQL.identifier("book", f"delta_{name}"))
                    for name in COUNTERS
                ),
                allowed.subselect(),
            )
        )
