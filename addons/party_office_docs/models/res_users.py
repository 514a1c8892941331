from odoo import api, fields, models

#: who handles or leads the papers of all units
ALL_PAPER_ROLES = (
    "party_office_base.group_clerk",
    "party_office_base.group_office_chief",
)


class ResUsers(models.Model):
    _inherit = "res.users"

    reads_all_papers = fields.Boolean(
        compute="_compute_paper_board_ids", compute_sudo=True
    )
    paper_board_ids = fields.Many2many(
        "party.board",
        compute="_compute_paper_board_ids",
        compute_sudo=True,
        help="Units whose papers this user reads: where he works and what he heads. "
        "Following a board's money does not open its papers.",
    )

    @api.depends(
        "all_group_ids", "own_board_id", "headed_board_ids", "deputy_headed_board_ids"
    )
    def _compute_paper_board_ids(self):
        for user in self:
            user.reads_all_papers = any(map(user.has_group, ALL_PAPER_ROLES))
            user.paper_board_ids = (
                user.own_board_id | user.headed_board_ids | user.deputy_headed_board_ids
            )

    @api.private
    def paper_scope(self, path=""):
        """Return the domain of the papers that the user reads.

        Record rules call it; what belongs to a paper names the way to it.

        :param str path: e.g. ``document_id.``
        """
        self.ensure_one()
        if self.reads_all_papers:
            return []
        return [
            "|",
            "|",
            (f"{path}reader_board_ids", "in", self.paper_board_ids.ids),
            (f"{path}reader_user_ids", "in", self.acting_user_ids.ids),
            (f"{path}waiting_user_id", "in", self.acting_user_ids.ids),
        ]

    @api.private
    def paper_models(self):
        """Return the names (``list``) of the models whose lines in the work list, the
        clock and the approvals only who reads the paper may see.
        """
        return [
            "party.document",
            "party.document.draft",
        ]

    @api.private
    def draft_edit_scope(self, path=""):
        """Return the domain of the drafts that the user may write.

        Who drafts a paper writes it, and the head of his unit; the clerk and the chief
        of office draft for any unit.

        :param str path: way to the draft, e.g. ``draft_id.``
        """
        self.ensure_one()
        heads = self.headed_board_ids | self.deputy_headed_board_ids
        mine = [
            "|",
            (f"{path}requester_id", "=", self.id),
            (f"{path}board_id", "in", heads.ids),
        ]
        if self.reads_all_papers:
            return mine
        return ["&", (f"{path}board_id", "in", self.paper_board_ids.ids), *mine]
