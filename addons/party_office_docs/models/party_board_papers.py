from odoo import models


class PartyBoard(models.Model):
    """A new head takes over the papers that wait on the former one."""

    _inherit = "party.board"

    def write(self, vals):
        former = {board: board.head_id for board in self} if "head_id" in vals else {}
        result = super().write(vals)
        for board, head in former.items():
            if head and board.head_id and board.head_id != head:
                board._take_over_papers(head)
        return result

    def _take_over_papers(self, former):
        """Hand what the former head dealt with to the new one; deadlines run on.

        :param former: ``res.users``
        """
        # whoever changes the head moves papers that he may not read
        papers = (
            self.env["party.document"]
            .sudo()
            .search(
                [
                    ("state", "=", "directed"),
                    ("lead_board_id", "=", self.id),
                    ("handler_id", "=", former.id),
                ],
                order="id",
            )
        )
        for paper in papers:
            paper._set_handler(self.head_id)
