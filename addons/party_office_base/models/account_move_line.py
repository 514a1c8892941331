from odoo import api, fields, models


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "party.protected.mixin"]

    board_id = fields.Many2one(
        "party.board",
        compute="_compute_board_id",
        store=True,
        index="btree_not_null",
        help="The board that the whole line is charged to; empty when the line is "
        "charged to no board or to several.",
    )

    @api.model
    def _protected_fields(self):
        # it decides who sees the line
        return super()._protected_fields() | {"board_id"}

    @api.depends("analytic_distribution")
    def _compute_board_id(self):
        board_by_account = self.env["party.board"]._by_analytic_account()
        for line in self:
            boards = line._distribution_boards(board_by_account)
            share = sum((line.analytic_distribution or {}).values())
            line.board_id = boards if len(boards) == 1 and share == 100 else False

    def _distribution_boards(self, board_by_account):
        """Return the boards (recordset) named in the analytic distribution.

        :param dict board_by_account: see ``party.board._by_analytic_account``
        """
        self.ensure_one()
        ids = {
            board_by_account[account]
            for key in self.analytic_distribution or {}
            for account in map(int, key.split(","))
            if account in board_by_account
        }
        return self.env["party.board"].browse(sorted(ids))
