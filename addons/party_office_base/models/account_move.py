from odoo import api, fields, models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "party.protected.mixin"]

    board_ids = fields.Many2many(
        "party.board",
        "account_move_party_board_rel",
        "move_id",
        "board_id",
        string="Boards",
        compute="_compute_board_ids",
        store=True,
        help="Boards that the lines of this entry are charged to. They decide who "
        "sees the entry.",
    )

    @api.model
    def _protected_fields(self):
        # they decide who sees the entry
        return super()._protected_fields() | {"board_ids"}

    @api.depends("line_ids.analytic_distribution")
    def _compute_board_ids(self):
        board_by_account = self.env["party.board"]._by_analytic_account()
        for move in self:
            boards = self.env["party.board"]
            for line in move.line_ids:
                boards |= line._distribution_boards(board_by_account)
            move.board_ids = boards
