from datetime import timedelta

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.models.party_report_provider import READERS
from odoo.addons.party_office_base.rules.money import whole
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from ..rules.ledger import COUNTERS, Counters

_lt = LazyTranslate(__name__)


class PartyReportChanges(models.AbstractModel):
    """What changed in a period: opening, each kind of change and closing of a line.

    Lines without a booking in the period are left out.
    """

    _name = "party.report.changes"
    _inherit = "party.report.provider"
    _description = "Changes of the Estimate Since a Day"

    _report_title = _lt("Changes since a day")
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
            title=self.env._("Changes of the estimate since a day"),
            subtitles=[
                self.env._("Budget year: %s", options.year),
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                ),
            ],
            columns=[
                Column("content", self.env._("Content"), width=48),
                Column("rows", self.env._("Bookings"), "number", 9, minor=True),
                *self._counter_columns(),
                Column("available", self.env._("Available"), "money", 17, total=True),
            ],
            rows=self._rows(options),
            notes=[
                self.env._("The total adds up the changes, not the balances."),
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        domain = self._lines_domain(options)
        openings = self.env["party.budget.line"]._figures_as_of(
            options.since - timedelta(days=1), domain
        )
        changes = self._changes(domain, options)
        kinds = self._kinds()
        for line in self._lines_of([*domain, ("id", "in", list(changes))]):
            counters = openings.get(line.id, Counters())
            link = ("party.budget.line", line.id)
            name = f"{self._board_name(line)} · {self._line_name(line)}"
            yield Row({"content": name}, 2, link)
            opening = self.env._("Opening balance")
            yield Row(self._balance(counters) | {"content": opening}, 1, link)
            of_line = changes[line.id]
            for kind in (kind for kind in kinds if kind in of_line):
                rows, deltas = of_line[kind]
                change = Counters().plus(deltas)
                counters = counters.plus(deltas)
                cells = self._balance(change) | {"content": kinds[kind], "rows": rows}
                yield Row(cells, link=link)
            closing = self.env._("Closing balance")
            yield Row(self._balance(counters) | {"content": closing}, 1, link)

    def _balance(self, counters):
        return {
            **{name: getattr(counters, name) for name in COUNTERS},
            "available": counters.available,
        }

    def _changes(self, domain, options):
        """Return ``{line id: {kind: (number of rows, deltas)}}`` of the period."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_id, kind, count(*), %s
                  FROM party_budget_move
                 WHERE date BETWEEN %s AND %s AND line_id IN %s
              GROUP BY line_id, kind
                """,
                SQL(", ").join(
                    SQL("sum(%s)", SQL.identifier(f"delta_{name}")) for name in COUNTERS
                ),
                options.since,
                options.day,
                self.env["party.budget.line"]._lines_query(domain),
            )
        )
        result = {}
        for line, kind, number, *deltas in rows:
            result.setdefault(line, {})[kind] = (number, tuple(map(whole, deltas)))
        return result
