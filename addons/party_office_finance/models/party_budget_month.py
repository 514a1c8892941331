from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.sql import table_exists

from ..rules.ledger import COUNTERS

#: what makes a row, in the order of the table
KEYS = ("line_id", "board_id", "fund_id", "item_id", "company_id", "year")


class PartyBudgetMonth(models.Model):
    """Sums of the budget ledger for each budget line and calendar month (đồng).

    With them a report as of any day reads a few hundred rows instead of the whole
    ledger. ``party.budget.move._append`` adds to them in the transaction of the
    booking, which already holds the line's counters: no two transactions write one
    month of one line. Nobody else writes; ``_differences`` tells where a hand in the
    database did.
    """

    _name = "party.budget.month"
    _description = "Budget Execution by Month"
    _order = "month desc, line_id, id"
    # a sum has no author
    _log_access = False

    # the ledger keeps a line that was ever used; its sums only follow it
    line_id = fields.Many2one(
        "party.budget.line", required=True, readonly=True, ondelete="cascade"
    )
    board_id = fields.Many2one(
        "party.board", required=True, readonly=True, index=True, ondelete="restrict"
    )
    fund_id = fields.Many2one(
        "party.fund", required=True, readonly=True, ondelete="restrict"
    )
    item_id = fields.Many2one(
        "party.budget.item", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(
        string="Budget year", required=True, readonly=True, aggregator=None
    )
    month = fields.Date(
        required=True, readonly=True, index=True, help="First day of the month."
    )
    allocated = fields.Monetary(readonly=True, aggregator="sum")
    held = fields.Monetary(
        readonly=True,
        aggregator="sum",
        help="Holds of the month less releases; negative when more was released.",
    )
    advanced = fields.Monetary(readonly=True, aggregator="sum")
    spent = fields.Monetary(readonly=True, aggregator="sum")

    _line_month_unique = models.Constraint(
        "UNIQUE(line_id, month)", "A budget line has one row for each month."
    )

    def init(self):
        """Fill the table from a ledger that is older than it."""
        result = super().init()
        cr = self.env.cr
        if table_exists(cr, "party_budget_move"):
            cr.execute(
                "SELECT EXISTS (SELECT FROM party_budget_move) "
                "AND NOT EXISTS (SELECT FROM party_budget_month)"
            )
            if cr.fetchone()[0]:
                self._add_where(SQL("TRUE"))
        return result

    @api.depends("line_id", "month")
    def _compute_display_name(self):
        for row in self:
            month = f"{row.month:%m/%Y}" if row.month else ""
            row.display_name = f"{row.line_id.sudo().display_name or ''} · {month}"

    # ------------------------------------------------------------- protection
    @api.model_create_multi
    def create(self, vals_list):
        if vals_list:
            raise UserError(self._message_derived())
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self._message_derived())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._message_derived())

    def _message_derived(self):
        return self.env._(
            "The sums by month come from the budget ledger and cannot be written."
        )

    # ---------------------------------------------------------------- keeping
    @api.model
    def _add(self, moves):
        """Add new rows of the ledger to their months; private to the ledger."""
        if moves:
            self._add_where(SQL("id IN %s", tuple(moves.ids)))
            self.invalidate_model()

    @api.model
    def _add_where(self, condition):
        """Add the ledger rows of a condition, in one statement, lines in id order."""
        self.env.execute_query(
            SQL(
                """
                INSERT INTO party_budget_month AS month (%(columns)s)
                SELECT %(keys)s, date_trunc('month', date)::date, %(sums)s
                  FROM party_budget_move
                 WHERE %(condition)s
              GROUP BY %(keys)s, date_trunc('month', date)::date
              ORDER BY line_id, 7
           ON CONFLICT (line_id, month) DO UPDATE SET %(additions)s
             RETURNING id
                """,
                columns=_names(*KEYS, "month", *COUNTERS),
                keys=_names(*KEYS),
                sums=_ledger_sums(),
                condition=condition,
                additions=SQL(", ").join(
                    SQL(
                        "%(name)s = month.%(name)s + EXCLUDED.%(name)s",
                        name=SQL.identifier(name),
                    )
                    for name in COUNTERS
                ),
            )
        )

    # --------------------------------------------------------------- checking
    @api.model
    def _differences(self):
        """Return where the months do not say what the ledger says.

        :returns: list of dicts ``line_id, board_id, company_id, month`` (first day),
            ``expected`` and ``found`` (tuples of the four counters, đồng)
        """
        self.env.flush_all()
        empty = SQL(", ").join(
            SQL("COALESCE(%s, 0)", SQL.identifier("book", name)) for name in COUNTERS
        )
        stored = SQL(", ").join(
            SQL("COALESCE(%s, 0)", SQL.identifier("sums", name)) for name in COUNTERS
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line_id, board_id, company_id, month, %(expected)s, %(found)s
                  FROM (SELECT %(keys)s, date_trunc('month', date)::date AS month,
                               %(sums)s
                          FROM party_budget_move
                      GROUP BY %(keys)s, date_trunc('month', date)::date) book
             FULL JOIN (SELECT %(keys)s, month, %(counters)s
                          FROM party_budget_month) sums
                 USING (%(keys)s, month)
                 WHERE (%(expected)s) IS DISTINCT FROM (%(found)s)
              ORDER BY line_id, month
                """,
                keys=_names(*KEYS),
                counters=_names(*COUNTERS),
                sums=_ledger_sums(),
                expected=empty,
                found=stored,
            )
        )
        size = len(COUNTERS)
        return [
            {
                "line_id": line,
                "board_id": board,
                "company_id": company,
                "month": month,
                "expected": tuple(figures[:size]),
                "found": tuple(figures[size:]),
            }
            for line, board, company, month, *figures in rows
        ]

    def action_open_ledger(self):
        """Open the rows of the ledger behind this sum."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_finance.party_budget_move_action"
        )
        action["domain"] = [
            ("line_id", "=", self.line_id.id),
            ("date", ">=", self.month),
            ("date", "<=", fields.Date.end_of(self.month, "month")),
        ]
        action["context"] = {}
        return action


def _names(*names):
    return SQL(", ").join(SQL.identifier(name) for name in names)


def _ledger_sums():
    """Return the sums of the ledger's deltas, named after the counters."""
    return SQL(", ").join(
        SQL(
            "COALESCE(sum(%s), 0) AS %s",
            SQL.identifier(f"delta_{name}"),
            SQL.identifier(name),
        )
        for name in COUNTERS
    )
