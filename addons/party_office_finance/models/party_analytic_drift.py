from odoo import models
from odoo.tools import SQL


class PartyBudgetDrift(models.Model):
    """The nightly check also compares journal items with their analytic lines."""

    _inherit = "party.budget.drift"

    def _check_books(self):
        return super()._check_books() + self._check_analytic()

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
