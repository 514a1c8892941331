from odoo import api, fields, models


class PartyDocumentDraft(models.Model):
    """Who reads a draft: its unit, the units that are asked, the persons who decide.

    The fields have the names that ``res.users.paper_scope`` looks for.
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
