from odoo import models
from odoo.tools import SQL

from ..rules.money import format_dong


class PartyBudgetDrift(models.Model):
    """The nightly check of what is derived from the ledger and the books."""

    _inherit = "party.budget.drift"

    def _findings(self):
        return [
            *super()._findings(),
            *self._check_months(),
            *self._check_analytic(),
            *self._check_estimate(),
            *self._check_cash(),
        ]

    def _check_months(self):
        """The sums by month are the sums of the ledger."""
        rows = self.env["party.budget.month"].sudo()._differences()
        return [
            {
                "name": self.env._(
                    "Month %(month)s differs from the budget ledger",
                    month=row["month"].strftime("%m/%Y"),
                ),
                "check_kind": "counter",
                "key": f"month:{row['line_id']}:{row['month']}:{row['found']}",
                "line_id": row["line_id"],
                "board_id": row["board_id"],
                "company_id": row["company_id"],
                "expected": sum(row["expected"]),
                "found": sum(row["found"]),
            }
            for row in rows
        ]

    def _check_analytic(self):
        """Each board's analytic lines are what posted, controlled items charge it."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.id, item.name, item.company_id, board.id, item.balance,
                       COALESCE(-sum(line.amount), 0)
                  FROM account_move_line item
                  JOIN account_move move ON move.id = item.move_id
                  JOIN (SELECT DISTINCT account_move_line_id, board_id
                          FROM party_budget_move
                         WHERE account_move_line_id IS NOT NULL) book
                    ON book.account_move_line_id = item.id
                  JOIN party_board board ON board.id = book.board_id
             LEFT JOIN account_analytic_line line
                    ON line.move_line_id = item.id
                   AND line.account_id = board.analytic_account_id
                 WHERE move.state = 'posted'
              GROUP BY item.id, item.name, item.company_id, board.id, item.balance
                HAVING COALESCE(-sum(line.amount), 0) <> item.balance
                """
            )
        )
        return [
            {
                "name": self.env._(
                    "Journal item “%s” differs from its analytic lines", name or item
                ),
                "check_kind": "books",
                "key": f"analytic:{item}:{found - expected}",
                "board_id": board,
                "company_id": company,
                "expected": expected,
                "found": found,
            }
            for item, name, company, board, expected, found in rows
        ]

    def _check_estimate(self):
        """The estimate at the Treasury is what decisions have allocated."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.company_id, line.year, fund.code,
                       sum(line.allocated), COALESCE(max(balance.allocated), 0)
                  FROM party_budget_line line
                  JOIN party_fund fund ON fund.id = line.fund_id
             LEFT JOIN party_treasury_balance balance
                    ON balance.company_id = line.company_id
                   AND balance.year = line.year AND balance.fund_id = line.fund_id
                 WHERE fund.regime = 'estimate'
              GROUP BY line.company_id, line.year, fund.code
                HAVING sum(line.allocated) <> COALESCE(max(balance.allocated), 0)
                """
            )
        )
        return [
            {
                "name": self.env._(
                    "Estimate of fund %(fund)s in %(year)s differs from the decisions",
                    fund=fund,
                    year=year,
                ),
                "check_kind": "books",
                "key": f"estimate:{company}:{year}:{fund}:{found - expected}",
                "company_id": company,
                "expected": expected,
                "found": found,
            }
            for company, year, fund, expected, found in rows
        ]

    def _check_cash(self):
        """The cash box holds what its book says."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT box.company_id, box.balance,
                       COALESCE(sum(entry.amount_in - entry.amount_out), 0)
                  FROM party_cash_box box
             LEFT JOIN party_cash_entry entry ON entry.box_id = box.id
              GROUP BY box.id
                HAVING box.balance
                       <> COALESCE(sum(entry.amount_in - entry.amount_out), 0)
                """
            )
        )
        return [
            {
                "name": self.env._(
                    "The cash box (%(balance)s đ) differs from the cash book",
                    balance=format_dong(balance),
                ),
                "check_kind": "books",
                "key": f"cash:{company}:{balance - book}",
                "company_id": company,
                "expected": book,
                "found": balance,
            }
            for company, balance, book in rows
        ]
