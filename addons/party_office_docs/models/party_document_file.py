from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .party_document_incoming import CLERK
from .party_secrecy_mixin import ORDINARY

#: what a paper in a closed file says
SEALED = {
    "direction",
    "name",
    "number",
    "symbol",
    "document_date",
    "received_on",
    "registered_at",
    "body_id",
    "kind_id",
    "sender_id",
    "abstract",
    "signer_name",
    "urgency",
    "channel",
    "page_count",
    "note",
    "attachment_ids",
    "lead_board_id",
    "deadline",
    "director_id",
    "instruction",
    "closed_at",
    "file_id",
}


class PartyDocument(models.Model):
    """A paper lies in at most one file; in a closed one it does not change any more."""

    _inherit = "party.document"

    file_id = fields.Many2one(
        "party.archive.file",
        string="Archive file",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"file_id"}

    def write(self, vals):
        if vals.get("secrecy", ORDINARY) != ORDINARY:
            self._withdraw_from_file()
        elif SEALED & vals.keys():
            self._check_file_open()
        return super().write(vals)

    def message_post(self, **kwargs):
        """Refuse words about a paper in a closed file; the system may note facts."""
        if not self.env.su:
            self._check_file_open()
        return super().message_post(**kwargs)

    def _check_file_open(self):
        """Refuse to change papers that lie in a closed file.

        :raises UserError: naming the file
        """
        # whoever asks, and whatever he may see of the file
        self.sudo().file_id._check_open()

    def _withdraw_from_file(self):
        """Take the papers out of their files before they become secret.

        Call it before content is removed; the caller has checked the right to mark.
        """
        filed = self.sudo().filtered("file_id")
        if filed:
            filed.file_id._withdraw_papers(filed)

    def _remove_content(self, level):
        """Take the paper out of its file before what it says is removed."""
        self._withdraw_from_file()
        return super()._remove_content(level)

    # ------------------------------------------------------------------ filing
    def _filing_boards(self):
        """Return the units (``party.board``) that put this paper into their files: the
        one in charge of it. Others that read it do not.
        """
        self.ensure_one()
        return self.board_id

    def _check_can_file(self):
        """Refuse to file papers of another unit, secret ones and unregistered ones.

        :raises AccessError: another unit keeps the paper
        :raises UserError: the paper cannot lie in a file
        """
        self.check_access("read")
        user = self.env.user
        for document in self:
            if not (
                self.env.su
                or user.has_group(CLERK)
                or document._filing_boards() & user.paper_board_ids
            ):
                raise AccessError(
                    self.env._(
                        "%(document)s is filed by %(unit)s, which is in charge of it.",
                        document=document.display_name,
                        unit=document.sudo().board_id.name,
                    )
                )
            if document.is_secret or document.state in ("received", "secret"):
                raise UserError(
                    self.env._(
                        "%(document)s cannot be filed here: only registered papers "
                        "that are not secret can.",
                        document=document.display_name,
                    )
                )

    def _put_into_file(self, file):
        """Put the papers into a file, or take them out of theirs.

        :param file: ``party.archive.file``; empty: take out
        :raises AccessError: the user keeps papers or file not
        :raises UserError: a file is closed
        """
        self._check_can_file()
        file = file.with_env(self.env)
        for concerned in (self.sudo().file_id.sudo(False), file):
            concerned._check_keeper()
            concerned._check_open()
        # protected: rights and states were checked above
        self.sudo().file_id = file.id

    def action_open_filing(self):
        """Open the dialog that puts the papers into a file."""
        self._check_can_file()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put into a file"),
            "res_model": "party.archive.filing",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_ids": self.ids},
        }

    def action_take_out_of_file(self):
        """Take the papers out of their file, while it is open."""
        self._put_into_file(self.env["party.archive.file"])
        return True
