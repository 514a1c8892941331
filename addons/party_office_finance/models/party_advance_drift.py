from odoo import models
from odoo.tools import SQL


class PartyBudgetDrift(models.Model):
    """The nightly check also compares advances with the budget ledger."""

    _inherit = "party.budget.drift"

    def _check_holds(self):
        """Add advances: what is held or advanced is what they say."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT advance.id, advance.name, advance.board_id, advance.company_id,
                       CASE WHEN advance.state = 'approved' THEN advance.amount
                            ELSE advance.remaining END,
                       COALESCE(book.held, 0) + COALESCE(book.advanced, 0)
                  FROM party_advance advance
             LEFT JOIN (SELECT res_id, sum(delta_held) AS held,
                               sum(delta_advanced) AS advanced
                          FROM party_budget_move
                         WHERE res_model = 'party.advance'
                      GROUP BY res_id) book
                    ON book.res_id = advance.id
                 WHERE (COALESCE(book.held, 0), COALESCE(book.advanced, 0)) <>
                       (CASE WHEN advance.state = 'approved' THEN advance.amount
                             ELSE 0 END, advance.remaining)
                """
            )
        )
        return super()._check_holds() + [
            {
                "name": self.env._("%s: the budget differs from the advance", name),
                "check_kind": "hold",
                "key": f"advance:{advance}:{found - expected}",
                "board_id": board,
                "company_id": company,
                "expected": expected,
                "found": found,
            }
            for advance, name, board, company, expected, found in rows
        ]
