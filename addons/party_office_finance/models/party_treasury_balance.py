from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, sql

from odoo.addons.party_office_base.rules.money import format_dong

from ..rules.treasury import Deltas

COUNTERS = ("allocated", "advance", "actual", "repaid")


class PartyTreasuryBalance(models.Model):
    """What the Treasury may still pay: company × year × fund, guarded by the database.

    Odoo works in REPEATABLE READ: only an UPDATE of the counter makes the loser of a
    race fail (see ``party.budget.line``). For funds by payment order ``allocated`` is
    what was received by order.
    """

    _name = "party.treasury.balance"
    _description = "Balance at the Treasury"
    _order = "year desc, fund_id, id"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(
        string="Budget year", required=True, readonly=True, aggregator=None
    )
    fund_id = fields.Many2one(
        "party.fund", required=True, readonly=True, index=True, ondelete="restrict"
    )
    allocated = fields.Monetary(
        string="Estimate",
        required=True,
        default=0,
        readonly=True,
        help="Given by decisions; for money by payment order: received by order.",
    )
    advance = fields.Monetary(required=True, default=0, readonly=True)
    actual = fields.Monetary(
        string="Actual spending", required=True, default=0, readonly=True
    )
    repaid = fields.Monetary(
        required=True,
        default=0,
        readonly=True,
        help="Paid back to the budget in this year, for information.",
    )
    remaining = fields.Monetary(compute="_compute_remaining")

    _key_unique = models.Constraint(
        "UNIQUE(company_id, year, fund_id)",
        "A fund has one balance at the Treasury for each year.",
    )
    _not_negative = models.Constraint(
        "CHECK (allocated >= 0 AND advance >= 0 AND actual >= 0 AND repaid >= 0)",
        "No counter of the Treasury may be negative.",
    )
    _not_overdrawn = models.Constraint(
        "CHECK (advance + actual <= allocated)",
        "The Treasury cannot pay more than the estimate.",
    )

    def init(self):
        """Start with the decisions that were posted before this model was there."""
        result = super().init()
        if not sql.table_exists(self.env.cr, "party_budget_move"):
            return result
        self.env.cr.execute(
            """
            INSERT INTO party_treasury_balance (
                        company_id, year, fund_id, allocated, advance, actual, repaid)
            SELECT move.company_id, move.year, move.fund_id,
                   sum(move.delta_allocated), 0, 0, 0
              FROM party_budget_move move
              JOIN party_fund fund ON fund.id = move.fund_id
             WHERE fund.regime = 'estimate'
               AND NOT EXISTS (
                   SELECT FROM party_treasury_balance balance
                    WHERE balance.company_id = move.company_id
                      AND balance.year = move.year
                      AND balance.fund_id = move.fund_id)
          GROUP BY move.company_id, move.year, move.fund_id
            HAVING sum(move.delta_allocated) > 0
            """
        )
        return result

    @api.depends("allocated", "advance", "actual")
    def _compute_remaining(self):
        for balance in self:
            balance.remaining = balance.allocated - balance.advance - balance.actual

    @api.depends("year", "fund_id")
    def _compute_display_name(self):
        for balance in self:
            balance.display_name = f"{balance.fund_id.display_name} {balance.year}"

    # -------------------------------------------------------------------- counters
    @api.model
    def _add_allocated(self, rows):
        """Follow the decisions on the estimate.

        Only funds by estimate: money by payment order counts when it is received, the
        Party's own money is not at the Treasury's estimate.

        :param list rows: ``[(company id, year, fund id, amount in đồng)]``
        :raises UserError: when less would be left than was drawn already
        """
        # which regime a fund has does not depend on who posts
        funds = self.env["party.fund"].sudo().browse({row[2] for row in rows})
        by_estimate = set(funds.filtered(lambda f: f.regime == "estimate").ids)
        changes = {}
        for company, year, fund, amount in rows:
            if fund in by_estimate:
                key = (company, year, fund)
                before = changes.get(key, Deltas())
                changes[key] = Deltas(allocated=before.allocated + amount)
        self._move(changes)

    @api.model
    def _follow_entries(self, entries):
        """Follow entries of the budget ledger that change what is allocated.

        :param list entries: ``BudgetEntry``
        """
        # the budget lines of others are followed too
        lines = self.env["party.budget.line"].sudo()
        self._add_allocated(
            [
                (line.company_id.id, line.year, line.fund_id.id, entry.allocated)
                for entry in entries
                if entry.allocated
                for line in [lines.browse(entry.line_id)]
            ]
        )

    @api.model
    def _move(self, changes):
        """Move counters in one conditional UPDATE: all of them, or none.

        :param dict changes: ``{(company id, year, fund id): Deltas}``
        :raises UserError: with all figures, when the estimate is short
        """
        changes = {key: deltas for key, deltas in changes.items() if deltas != Deltas()}
        if not changes:
            return
        self.flush_model()
        id_by_key = self._obtain(changes)
        values = SQL(", ").join(
            SQL(
                "(%s, %s::numeric, %s::numeric, %s::numeric, %s::numeric)",
                id_by_key[key],
                *(getattr(deltas, name) for name in COUNTERS),
            )
            for key, deltas in sorted(
                changes.items(), key=lambda change: id_by_key[change[0]]
            )
        )
        done = self.env.execute_query(
            SQL(
                """
                UPDATE party_treasury_balance AS balance
                   SET allocated = balance.allocated + delta.allocated,
                       advance = balance.advance + delta.advance,
                       actual = balance.actual + delta.actual,
                       repaid = balance.repaid + delta.repaid,
                       write_uid = %s,
                       write_date = (now() AT TIME ZONE 'UTC')
                  FROM (VALUES %s)
                    AS delta(id, allocated, advance, actual, repaid)
                 WHERE balance.id = delta.id
                   AND balance.advance + delta.advance >= 0
                   AND balance.actual + delta.actual >= 0
                   AND balance.repaid + delta.repaid >= 0
                   AND balance.advance + delta.advance + balance.actual + delta.actual
                       <= balance.allocated + delta.allocated
             RETURNING balance.id
                """,
                self.env.uid,
                values,
            )
        )
        self.invalidate_model([*COUNTERS, "remaining"])
        refused = set(id_by_key.values()) - {row[0] for row in done}
        if refused:
            self._refuse(refused, id_by_key, changes)

    def _obtain(self, keys):
        """Return ``{key: id}``; rows that are missing are made.

        A row that another transaction has just made is a serialization failure, which
        the HTTP layer repeats.
        """
        values = SQL(", ").join(SQL("(%s, %s, %s)", *key) for key in keys)
        find = SQL(
            "SELECT company_id, year, fund_id, id FROM party_treasury_balance "
            "WHERE (company_id, year, fund_id) IN (%s)",
            values,
        )
        found = {tuple(row[:3]): row[3] for row in self.env.execute_query(find)}
        if len(found) < len(keys):
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO party_treasury_balance (
                                company_id, year, fund_id,
                                allocated, advance, actual, repaid,
                                create_uid, create_date)
                    SELECT wanted.company_id, wanted.year, wanted.fund_id, 0, 0, 0, 0,
                           %s, (now() AT TIME ZONE 'UTC')
                      FROM (VALUES %s) AS wanted(company_id, year, fund_id)
               ON CONFLICT (company_id, year, fund_id) DO NOTHING
                 RETURNING id
                    """,
                    self.env.uid,
                    values,
                )
            )
            found = {tuple(row[:3]): row[3] for row in self.env.execute_query(find)}
        return found

    def _refuse(self, ids, id_by_key, changes):
        """Raise a UserError that lists the figures of each fund that is short."""
        delta_by_id = {id_by_key[key]: deltas for key, deltas in changes.items()}
        # the figures of the fund are the reason, whoever asked
        balances = self.sudo().browse(sorted(ids))
        raise UserError(
            "\n\n".join(
                balance._refusal(delta_by_id[balance.id]) for balance in balances
            )
        )

    def _refusal(self, deltas):
        """Return the text that says why this fund refuses.

        :param Deltas deltas: the change that was asked (đồng)
        """
        self.ensure_one()
        asked = deltas.advance + deltas.actual - deltas.allocated
        limit = (
            self.env._("• Received by payment order: %s đ")
            if self.fund_id.regime == "payment_order"
            else self.env._("• Estimate: %s đ")
        )
        return "\n".join(
            [
                self.env._("Not enough at the Treasury: %s", self.display_name),
                limit % format_dong(self.allocated),
                self.env._("• Advance: %s đ", format_dong(self.advance)),
                self.env._("• Actual spending: %s đ", format_dong(self.actual)),
                self.env._("• Remaining: %s đ", format_dong(self.remaining)),
                self.env._("• Asked: %s đ", format_dong(asked)),
                self.env._(
                    "• Missing: %s đ", format_dong(self._missing(deltas, asked))
                ),
            ]
        )

    def _missing(self, deltas, asked):
        """Return by how much the fund is short: in total, or in one counter (đồng)."""
        short = [asked - self.remaining]
        short += [
            -(self[name] + getattr(deltas, name)) for name in ("advance", "actual")
        ]
        return max(*short, 0)
