from odoo import models
from odoo.tools import SQL


class PartyReportTreasury(models.AbstractModel):
    """What the reports on the Treasury read, within the user's scope."""

    _name = "party.report.treasury"
    _description = "Report on the Treasury"
    _inherit = ["party.report.provider"]

    def _scope(self, table, options):
        """Return the SQL condition of boards and funds that the reader may see.

        :param str table: alias with the columns ``board_id`` and ``fund_id``
        """
        user = self.env.user
        boards = set(options.board_ids)
        if not (self.env.su or user.sees_all_boards):
            visible = set(user.visible_board_ids.ids)
            # no board is no board: 0 is nobody's id
            boards = (boards & visible if boards else visible) or {0}
        conditions = [SQL("TRUE")]
        if boards:
            conditions.append(
                SQL("%s = ANY(%s)", SQL.identifier(table, "board_id"), sorted(boards))
            )
        if options.fund_ids:
            conditions.append(
                SQL(
                    "%s = ANY(%s)",
                    SQL.identifier(table, "fund_id"),
                    list(options.fund_ids),
                )
            )
        return SQL(" AND ").join(conditions)

    def _all_funds(self):
        """Return every fund, archived ones too: old figures name them."""
        # which regime a fund has does not depend on who reads
        return self.env["party.fund"].sudo().search([("active", "in", [True, False])])

    def _check_reads_treasury(self):
        """Refuse who has no business with the Treasury.

        :raises AccessError: see the access rights of Treasury documents
        """
        self.env["party.treasury.move"].check_access("read")
        for model in ("party.treasury.move", "party.treasury.move.line"):
            self.env[model].flush_model()
        self.env["party.budget.move"].flush_model()

    def _posted_lines(self):
        """Return SQL of the posted lines with all that reports ask of them.

        A reversing document counts negative.
        """
        return SQL(
            """
            SELECT line.board_id, line.item_id, line.claim_id, document.fund_id,
                   document.company_id, document.year, document.date, document.kind,
                   COALESCE(payment_order.kind, '') AS order_kind,
                   document.reversed_id IS NOT NULL AS is_reversal,
                   CASE WHEN document.reversed_id IS NULL
                        THEN line.amount ELSE -line.amount END AS amount
              FROM party_treasury_move_line line
              JOIN party_treasury_move document ON document.id = line.treasury_id
         LEFT JOIN party_treasury_move payment_order
                ON payment_order.id = document.order_id
             WHERE document.state = 'posted'
            """
        )
