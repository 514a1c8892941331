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
        return [
            *super()._check_holds(),
            *self._check_transfers(),
            *self._advance_alarms(
                "advance",
                lambda name: self.env._(
                    "%s: the budget differs from the advance", name
                ),
                rows,
            ),
        ]

    def _check_transfers(self):
        """Advances by transfer: what is paid is what Treasury documents have paid."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT advance.id, advance.name, advance.board_id, advance.company_id,
                       COALESCE(papers.amount, 0), advance.paid
                  FROM party_advance advance
             LEFT JOIN (SELECT line.advance_id,
                               sum(CASE WHEN paper.reversed_id IS NULL THEN line.amount
                                        ELSE -line.amount END) AS amount
                          FROM party_treasury_move_line line
                          JOIN party_treasury_move paper ON paper.id = line.treasury_id
                         WHERE paper.state = 'posted' AND line.advance_id IS NOT NULL
                      GROUP BY line.advance_id) papers
                    ON papers.advance_id = advance.id
                 WHERE advance.payment_method = 'transfer'
                   AND COALESCE(papers.amount, 0) <> advance.paid
                """
            )
        )
        return self._advance_alarms(
            "transfer",
            lambda name: self.env._(
                "%s: the Treasury documents differ from the advance", name
            ),
            rows,
        )

    def _advance_alarms(self, key, say, rows):
        """Return the values of one alarm for each row.

        :param say: gives the text for the name of an advance
        :param rows: (advance id, name, board id, company id, expected, found) (đồng)
        """
        return [
            {
                "name": say(name),
                "check_kind": "hold",
                "key": f"{key}:{advance}:{found - expected}",
                "board_id": board,
                "company_id": company,
                "expected": expected,
                "found": found,
            }
            for advance, name, board, company, expected, found in rows
        ]
