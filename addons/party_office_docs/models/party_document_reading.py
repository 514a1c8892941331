from odoo import api, fields, models


class PartyDocument(models.Model):
    """Who reads a paper: the units and persons that have a part in it."""

    _inherit = "party.document"

    reader_board_ids = fields.Many2many(
        "party.board",
        "party_document_reader_board_rel",
        "document_id",
        "board_id",
        string="Reading units",
        readonly=True,
        copy=False,
    )
    reader_user_ids = fields.Many2many(
        "res.users",
        "party_document_reader_user_rel",
        "document_id",
        "user_id",
        string="Reading persons",
        readonly=True,
        copy=False,
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"reader_board_ids", "reader_user_ids"}

    def _add_readers(self, boards=None, users=None):
        """Let units and persons read the papers; called by actions that have checked.

        :param boards: ``party.board`` records
        :param users: ``res.users`` records
        """
        # protected: who reads a paper follows from what was done with it
        for document in self.sudo():
            document.write(
                {
                    "reader_board_ids": [
                        fields.Command.link(board.id)
                        for board in boards or ()
                        if board not in document.reader_board_ids
                    ],
                    "reader_user_ids": [
                        fields.Command.link(user.id)
                        for user in users or ()
                        if user not in document.reader_user_ids
                    ],
                }
            )
