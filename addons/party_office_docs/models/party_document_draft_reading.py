from odoo import api, fields, models
from odoo.fields import Domain


class PartyDocumentDraft(models.Model):
    """Who reads a draft: its unit, the units that are asked, the persons who decide.

    ``reader_key`` is what ``res.users.paper_scope`` looks for, as in papers.
    """

    _inherit = "party.document.draft"

    reader_board_ids = fields.Many2many(
        "party.board",
        "party_document_draft_reader_board_rel",
        "draft_id",
        "board_id",
        string="Reading units",
        readonly=True,
        copy=False,
    )
    reader_user_ids = fields.Many2many(
        "res.users",
        "party_document_draft_reader_user_rel",
        "draft_id",
        "user_id",
        string="Reading persons",
        readonly=True,
        copy=False,
    )

    can_edit = fields.Boolean(compute="_compute_can_edit")

    @api.depends_context("uid")
    @api.depends("board_id", "requester_id")
    def _compute_can_edit(self):
        editable = self._filtered_access("write")
        for draft in self:
            draft.can_edit = not draft.id or draft in editable

    reader_key = fields.Integer(
        string="Read by right of",
        compute="_compute_reader_key",
        search="_search_reader_key",
        compute_sudo=True,
    )

    @api.depends_context("uid")
    @api.depends("reader_board_ids", "reader_user_ids", "waiting_user_id")
    def _compute_reader_key(self):
        mine = set(self.env.user.paper_keys())
        for draft in self:
            users = draft.reader_user_ids | draft.waiting_user_id
            keys = {*draft.reader_board_ids.ids, *(-user.id for user in users)}
            draft.reader_key = min(mine & keys, default=0)

    @api.model
    def _search_reader_key(self, operator, value):
        if operator != "in":
            return NotImplemented
        boards = [key for key in value if key > 0]
        users = [-key for key in value if key < 0]
        return Domain.OR(
            [
                Domain("reader_board_ids", "in", boards),
                Domain("reader_user_ids", "in", users),
                Domain("waiting_user_id", "in", users),
            ]
        )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"reader_board_ids", "reader_user_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        drafts = super().create(vals_list)
        for draft in drafts:
            draft._add_readers(draft.board_id, draft.requester_id)
        return drafts

    def write(self, vals):
        result = super().write(vals)
        if "board_id" in vals:
            for draft in self:
                draft._add_readers(draft.board_id)
        return result

    def _hand_to(self, user, step):
        # who once held it goes on reading it
        if user:
            self._add_readers(users=user)
        return super()._hand_to(user, step)

    def _add_readers(self, boards=None, users=None):
        """Let units and persons read the drafts; called by actions that have checked.

        :param boards: ``party.board`` records
        :param users: ``res.users`` records
        """
        # protected: who reads a draft follows from what was done with it
        for draft in self.sudo():
            new_boards = (boards or draft.reader_board_ids) - draft.reader_board_ids
            new_users = (users or draft.reader_user_ids) - draft.reader_user_ids
            values = {}
            if new_boards:
                values["reader_board_ids"] = [
                    fields.Command.link(board.id) for board in new_boards
                ]
            if new_users:
                values["reader_user_ids"] = [
                    fields.Command.link(user.id) for user in new_users
                ]
            if values:
                draft.write(values)
