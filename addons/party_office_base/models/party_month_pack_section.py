from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..office_time import stored
from ..rules.month_pack import month_after, month_before, month_of, quarter_so_far


class PartyMonthPackSection(models.AbstractModel):
    """What the month's meeting pack counts; each addon adds its own.

    Figures are those of all boards: they are read out at the meeting. Only the pack
    asks for them, after it has checked who makes it.
    """

    _name = "party.month.pack.section"
    _description = "Figures of the Month's Meeting"

    @api.model
    def _sections(self):
        """Return ``{code: title}`` of the tables, in their order."""
        return {}

    @api.model
    def _measures(self):
        """Return the measures (``list`` of ``rules.month_pack.Measure``)."""
        return []

    @api.model
    def _figures(self, period):
        """Return the figures of a period: ``{measure key: {board id: value}}``.

        :param period: ``rules.month_pack.Period``, local days
        """
        return {}

    @api.model
    def _coming(self, period):
        """Return what is due in a period.

        :return: list of dicts ``day`` (date), ``what``, ``board_id`` (may be False)
        """
        return []

    # --------------------------------------------------------------- snapshot
    def _snapshot(self, month):
        """Return the whole pack of a month as plain data (JSON)."""
        spans = [month_of(month), month_before(month), quarter_so_far(month)]
        figures = [self._figures(span) for span in spans]
        boards = self.env["party.board"].search([("active", "=", True)])
        measures = self._measures()
        tables = []
        for code, title in self._sections().items():
            shown = [measure for measure in measures if measure.section == code]
            rows = [
                {
                    "board": board.id,
                    "figures": [
                        [float(of.get(m.key, {}).get(board.id) or 0) for of in figures]
                        for m in shown
                    ],
                }
                for board in boards
            ]
            tables.append(
                {
                    "code": code,
                    "title": title,
                    "measures": [
                        {
                            "key": m.key,
                            "title": m.title,
                            "kind": m.kind,
                            "is_flow": m.is_flow,
                        }
                        for m in shown
                    ],
                    "rows": [row for row in rows if any(map(any, row["figures"]))],
                }
            )
        coming = sorted(self._coming(month_after(month)), key=lambda row: row["day"])
        return {
            "tables": tables,
            "coming": [
                {
                    "day": fields.Date.to_string(row["day"]),
                    "what": row["what"],
                    "board": row["board_id"],
                }
                for row in coming
            ],
        }

    # ------------------------------------------------------------------ tools
    @api.model
    def _span(self, period):
        """Return a period of local days as stored moments: from, to (excluded)."""
        return (
            stored(self.env, period.first),
            stored(self.env, period.last + timedelta(days=1)),
        )

    @api.model
    def _by_board(self, query):
        """Return ``{board id: value}`` of a query with these two columns.

        :param query: ``SQL``
        """
        self.env.flush_all()
        return {board: value for board, value in self.env.execute_query(query) if board}

    @api.model
    def _count_by_board(self, table, board, condition):
        """Count the rows of a table by board.

        :param str table: name of the table
        :param str board: its column that names the board
        :param condition: ``SQL``
        """
        return self._by_board(
            SQL(
                "SELECT %(board)s, count(*) FROM %(table)s WHERE %(condition)s"
                " GROUP BY %(board)s",
                board=SQL.identifier(board),
                table=SQL.identifier(table),
                condition=condition,
            )
        )
