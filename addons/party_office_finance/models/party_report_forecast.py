from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

from ..rules.forecast import forecast
from ..rules.ledger import COUNTERS, Counters

_lt = LazyTranslate(__name__)

SUMMED = ("allocated", "spent", "committed", "forecast", "missing")


class PartyReportForecast(models.AbstractModel):
    """What each line will have spent at the end of the year, and which run out.

    Two forecasts stand side by side: the straight pace of the days so far, and the
    pace by last year's months, for items that are always paid late in the year.
    """

    _name = "party.report.forecast"
    _description = "Forecast to the End of the Year"
    _inherit = ["party.report.provider"]

    _report_title = _lt("Forecast to the end of the year")
    _report_options = {"day": None, "year": None, "boards": None, "funds": None}

    def _report(self, options):
        lines = self._lines(options)
        counters = self._counters(lines, options)
        patterns = self._patterns(options)
        return Report(
            title=self.env._("FORECAST OF SPENDING TO THE END OF THE YEAR"),
            subtitles=[
                self.env._("Budget year: %s", options.year),
                self.env._("As of %s", options.day.strftime("%d/%m/%Y")),
            ],
            columns=self._columns(),
            rows=self._rows(lines, counters, patterns, options),
            notes=[
                self.env._(
                    "Forecast: spending goes on at the pace of the days so far; open "
                    "holds and advances are added once, in full. Nothing is said in "
                    "the first 30 days of a year."
                ),
                self.env._(
                    "By last year's months: the same, with the pace of the months of "
                    "last year."
                ),
            ],
            signatures=[
                self.env._("PREPARED BY"),
                self.env._("CHIEF ACCOUNTANT"),
                self.env._("CHIEF OF OFFICE"),
            ],
        )

    def _columns(self):
        return [
            Column("fund", self.env._("Fund"), width=8),
            Column("item", self.env._("Content"), width=40),
            Column("allocated", self.env._("Allocated"), "money", 18, total=True),
            Column("spent", self.env._("Spent"), "money", 18, total=True),
            Column(
                "committed", self.env._("Held and advanced"), "money", 18, total=True
            ),
            Column("forecast", self.env._("Forecast"), "money", 18, total=True),
            Column(
                "missing", self.env._("Short at this pace"), "money", 18, total=True
            ),
            Column("runs_out_on", self.env._("Runs out on"), "date", 12),
            Column("by_months", self.env._("By last year's months"), "money", 18),
        ]

    def _lines(self, options):
        """Return the budget lines asked for, as far as the user may see them."""
        domain = [
            ("company_id", "=", self.env.company.id),
            ("year", "=", options.year),
        ]
        if options.board_ids:
            domain.append(("board_id", "in", list(options.board_ids)))
        if options.fund_ids:
            domain.append(("fund_id", "in", list(options.fund_ids)))
        lines = self.env["party.budget.line"].search_fetch(
            domain, ["board_id", "fund_id", "item_id", *COUNTERS]
        )
        return lines.sorted(
            lambda line: (
                # the name of a board is public inside the office
                line.board_id.sudo().name,
                line.fund_id.code,
                line.item_id.code,
                line.id,
            )
        )

    def _counters(self, lines, options):
        """Return ``{line id: Counters}`` as of the day asked for, from the ledger."""
        rows = self.env["party.budget.move"]._read_group(
            [("line_id", "in", lines.ids), ("date", "<=", options.day)],
            ["line_id"],
            [f"delta_{name}:sum" for name in COUNTERS],
        )
        return {
            line.id: Counters(*(int(value) for value in sums)) for line, *sums in rows
        }

    def _patterns(self, options):
        """Return ``{(board, fund, item ids): [twelve amounts of last year]}``."""
        rows = self.env["party.budget.move"]._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("year", "=", options.year - 1),
                ("delta_spent", "!=", 0),
            ],
            ["board_id", "fund_id", "item_id", "date:month"],
            ["delta_spent:sum"],
        )
        patterns = {}
        for board, fund, item, month, spent in rows:
            months = patterns.setdefault((board.id, fund.id, item.id), [0] * 12)
            months[month.month - 1] += int(spent)
        return patterns

    def _rows(self, lines, counters, patterns, options):
        """Yield a heading with the sums of each board, then its lines."""
        for board, board_lines in lines.grouped("board_id").items():
            rows = [
                self._row(line, counters.get(line.id, Counters()), patterns, options)
                for line in board_lines
            ]
            sums = {
                name: sum(row.cells[name] or 0 for row in rows)
                for name in (*SUMMED, "by_months")
            }
            # the name of a board is public inside the office
            yield Row({"item": board.sudo().name, **sums}, level=1)
            yield from rows

    def _row(self, line, counters, patterns, options):
        figures = {
            "allocated": counters.allocated,
            "spent": counters.spent,
            "committed": counters.held + counters.advanced,
        }
        said = forecast(options.year, options.day, **figures)
        pattern = patterns.get(line._key())
        by_months = (
            forecast(options.year, options.day, pattern=pattern, **figures).spending
            if pattern
            else None
        )
        cells = {
            "fund": line.fund_id.code,
            "item": line.item_id.display_name,
            **figures,
            "forecast": said.spending and int(said.spending),
            "missing": int(said.missing),
            "runs_out_on": said.runs_out_on,
            "by_months": by_months and int(by_months),
        }
        return Row(cells, link=(line._name, line.id))
