from odoo import fields, models
from odoo.tools import SQL

from ..rules.treasury import ORDERS, Deltas, counter_deltas
from .party_treasury_balance import COUNTERS


class PartyBudgetDrift(models.Model):
    """The nightly check also compares months, cash box, Treasury and reservations."""

    _inherit = "party.budget.drift"

    check_kind = fields.Selection(
        selection_add=[
            ("cash", "Cash box and cash book"),
            ("treasury", "Balances and documents of the Treasury"),
        ],
        ondelete={"cash": "cascade", "treasury": "cascade"},
    )

    def _check_counters(self):
        """Add the sums by month, the cash box and the balances at the Treasury."""
        return [
            *super()._check_counters(),
            *self._check_months(),
            *self._check_cash_boxes(),
            *self._check_treasury(),
        ]

    def _check_months(self):
        found = []
        for row in self.env["party.budget.month"]._differences():
            line = self.env["party.budget.line"].sudo().browse(row["line_id"])
            gap = [
                have - want
                for want, have in zip(row["expected"], row["found"], strict=True)
            ]
            found.append(
                {
                    "name": self.env._(
                        "%(line)s: the sums of %(month)s differ from the ledger",
                        line=line.display_name,
                        month=f"{row['month']:%m/%Y}",
                    ),
                    "check_kind": "counter",
                    "key": f"month:{row['line_id']}:{row['month']}:{gap}",
                    "line_id": row["line_id"],
                    "board_id": row["board_id"],
                    "company_id": row["company_id"],
                    "expected": sum(row["expected"]),
                    "found": sum(row["found"]),
                }
            )
        return found

    def _check_cash_boxes(self):
        """The box holds what its book says, row by row without a gap."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT box.id, box.company_id, box.balance, box.last_number,
                       COALESCE(book.balance, 0), COALESCE(book.rows, 0)
                  FROM party_cash_box box
             LEFT JOIN (SELECT box_id, sum(amount_in - amount_out) AS balance,
                               count(*) AS rows
                          FROM party_cash_entry GROUP BY box_id) book
                    ON book.box_id = box.id
                 WHERE (box.balance, box.last_number) IS DISTINCT FROM
                       (COALESCE(book.balance, 0), COALESCE(book.rows, 0))
                """
            )
        )
        return [
            {
                "name": self.env._("The cash box differs from the cash book"),
                "check_kind": "cash",
                "key": f"cash:{box}:{found - expected}:{number - count}",
                "company_id": company,
                "expected": expected,
                "found": found,
            }
            for box, company, found, number, expected, count in rows
        ]

    def _check_treasury(self):
        """The balance of a fund follows from decisions and posted documents."""
        expected = self._treasury_by_documents()
        balances = self.env["party.treasury.balance"].sudo().search([("year", ">", 0)])
        known = {(b.company_id.id, b.year, b.fund_id.id): b for b in balances}
        found = []
        for key in sorted({*expected, *known}):
            balance = known.get(key, balances.browse())
            for name in COUNTERS:
                want = getattr(expected.get(key, Deltas()), name)
                have = int(balance[name])
                if want != have:
                    fund = self.env["party.fund"].sudo().browse(key[2])
                    found.append(
                        {
                            "name": self.env._(
                                "%(fund)s %(year)s: the balance at the Treasury "
                                "differs from its documents",
                                fund=fund.display_name,
                                year=key[1],
                            ),
                            "check_kind": "treasury",
                            "key": f"treasury:{key}:{name}:{have - want}",
                            "company_id": key[0],
                            "expected": want,
                            "found": have,
                        }
                    )
        return found

    def _treasury_by_documents(self):
        """Return ``{(company, year, fund ids): Deltas}`` that the documents add up to.

        Two queries, whatever the number of documents.
        """
        allocated = self.env.execute_query(
            SQL(
                """
                SELECT move.company_id, move.year, move.fund_id,
                       sum(move.delta_allocated)
                  FROM party_budget_move move
                  JOIN party_fund fund ON fund.id = move.fund_id
                 WHERE fund.regime = 'estimate'
              GROUP BY move.company_id, move.year, move.fund_id
                """
            )
        )
        documents = self.env.execute_query(
            SQL(
                """
                SELECT paper.company_id, paper.year, paper.fund_id, fund.regime,
                       paper.kind, behind.kind,
                       sum(CASE WHEN paper.reversed_id IS NULL THEN paper.amount
                                ELSE -paper.amount END)
                  FROM party_treasury_move paper
                  JOIN party_fund fund ON fund.id = paper.fund_id
             LEFT JOIN party_treasury_move behind ON behind.id = paper.order_id
                 WHERE paper.state = 'posted'
              GROUP BY 1, 2, 3, 4, 5, 6
                """
            )
        )
        changes = [
            ((company, year, fund), Deltas(allocated=int(amount)))
            for company, year, fund, amount in allocated
        ]
        changes += [
            (
                (company, year, fund),
                counter_deltas(regime, kind, int(amount), ORDERS.get(order, "")),
            )
            for company, year, fund, regime, kind, order, amount in documents
        ]
        sums = {}
        for key, deltas in changes:
            before = sums.get(key, Deltas())
            sums[key] = Deltas(
                *(getattr(before, name) + getattr(deltas, name) for name in COUNTERS)
            )
        return sums

    def _check_holds(self):
        """Add what approved claims have reserved of advances."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT advance.id, advance.name, advance.board_id, advance.company_id,
                       COALESCE(claims.reserved, 0), advance.reserved
                  FROM party_advance advance
             LEFT JOIN (SELECT claim.advance_id, sum(line.advance_amount) AS reserved
                          FROM party_claim claim
                          JOIN party_claim_line line ON line.claim_id = claim.id
                         WHERE claim.state = 'approved'
                      GROUP BY claim.advance_id) claims
                    ON claims.advance_id = advance.id
                 WHERE COALESCE(claims.reserved, 0) <> advance.reserved
                """
            )
        )
        return super()._check_holds() + [
            {
                "name": self.env._("%s: approved claims reserve another amount", name),
                "check_kind": "hold",
                "key": f"reserved:{advance}:{found - expected}",
                "board_id": board,
                "company_id": company,
                "expected": expected,
                "found": found,
            }
            for advance, name, board, company, expected, found in rows
        ]
