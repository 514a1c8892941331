from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.party_office_base.rules.money import whole

from ..rules.ledger import COUNTERS, Counters


class PartyBudgetLine(models.Model):
    """What budget lines said on a past day, read from months and ledger.

    A day is the day of the booking (``date`` of the ledger), not the day it was typed.
    All amounts are whole đồng; every method reads with the user's rights, in one query
    whatever the number of lines.
    """

    _name = "party.budget.line"
    _inherit = ["party.budget.line"]

    @api.model
    def _figures_as_of(self, day, domain=()):
        """Return ``{line id: Counters}`` as they were at the end of a day.

        The sums of the months before, and the ledger of the month of the day. A line
        without any booking until then is left out.

        :param date day: included
        :param domain: on ``party.budget.line``
        """
        # on the last day of a month its sum is complete: no row of the ledger is read
        first = fields.Date.start_of(fields.Date.add(day, days=1), "month")
        lines = self._lines_query(domain)
        sums = SQL(", ").join(SQL("sum(%s)", SQL.identifier(name)) for name in COUNTERS)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_id, %(sums)s
                  FROM (SELECT line_id, %(counters)s
                          FROM party_budget_month
                         WHERE month < %(first)s AND line_id IN %(lines)s
                     UNION ALL
                        SELECT line_id, %(deltas)s
                          FROM party_budget_move
                         WHERE date BETWEEN %(first)s AND %(day)s
                           AND line_id IN %(lines)s) AS book
              GROUP BY line_id
                """,
                sums=sums,
                counters=SQL(", ").join(SQL.identifier(name) for name in COUNTERS),
                deltas=SQL(", ").join(
                    SQL.identifier(f"delta_{name}") for name in COUNTERS
                ),
                first=first,
                day=day,
                lines=lines,
            )
        )
        return {line: Counters(*map(whole, figures)) for line, *figures in rows}

    @api.model
    def _withheld_as_of(self, day, domain=()):
        """Return ``{line id: amount}`` held by decisions (kind withhold).

        A withheld part of the estimate stays allocated and cannot be used until it is
        restored or cancelled.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_id, sum(delta_held)
                  FROM party_budget_move
                 WHERE res_model = 'party.budget.decision' AND delta_held <> 0
                   AND date <= %s AND line_id IN %s
              GROUP BY line_id
                HAVING sum(delta_held) <> 0
                """,
                day,
                self._lines_query(domain),
            )
        )
        return {line: whole(amount) for line, amount in rows}

    @api.model
    def _allocations_as_of(self, day, domain=()):
        """Return ``{line id: {kind: amount}}``: how the estimate came about.

        What was carried over to the next year is of the kind ``carried_out``.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_id,
                       CASE WHEN kind = 'carry_over' AND delta_allocated < 0
                            THEN 'carried_out' ELSE kind END,
                       sum(delta_allocated)
                  FROM party_budget_move
                 WHERE delta_allocated <> 0 AND date <= %s AND line_id IN %s
              GROUP BY 1, 2
                """,
                day,
                self._lines_query(domain),
            )
        )
        result = {}
        for line, kind, amount in rows:
            result.setdefault(line, {})[kind] = whole(amount)
        return result

    @api.model
    def _lines_query(self, domain):
        """Return the ids of the lines that the user may see, as a subselect."""
        self.env.flush_all()
        return self._search(list(domain)).subselect()
