from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules.archive import digest


class PartyArchiveEntry(models.Model):
    """A line of a closed file's seal: a paper, or one of its files with its SHA-256.

    Written once, when the file is closed; a trigger refuses every later change. Only
    the removal of a paper that is marked secret (Law 117/2025/QH15) takes lines out,
    and seals the file again.
    """

    _name = "party.archive.entry"
    _description = "Sealed Content of a File"
    _inherit = ["party.secret.content.mixin"]
    _order = "file_id, sequence, id"
    _rec_name = "text"

    file_id = fields.Many2one(
        "party.archive.file",
        string="Archive file",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(required=True, readonly=True)
    document_id = fields.Many2one(
        "party.document",
        string="Paper",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    attachment_id = fields.Many2oneReference(
        model_field="attachment_model", readonly=True, index="btree_not_null"
    )
    attachment_model = fields.Char(readonly=True)
    text = fields.Char(string="What it is", readonly=True)
    size = fields.Integer(string="Size (bytes)", readonly=True, aggregator="sum")
    sha256 = fields.Char(string="SHA-256", readonly=True)
    store_key = fields.Char(
        string="Stored as",
        readonly=True,
        help="Name in the content-addressed store: files with the same bytes share it.",
    )
    digest = fields.Char(string="Line hash", required=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("A seal is made by closing the file."))
        for vals in vals_list:
            vals["digest"] = self._digest(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_unsealed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unsealed(self):
        self._check_unsealed()

    def _check_unsealed(self):
        """Refuse to change a seal.

        :raises UserError: unless the law takes content out at this moment
        """
        if self and not self.file_id._is_unsealed():
            raise UserError(self.env._("A seal is never changed."))

    @api.model
    def _digest(self, vals):
        """Return the hash of one line, from its values."""
        names = ("sequence", "document_id", "attachment_id", "text", "size", "sha256")
        return digest({name: vals.get(name) or None for name in names})

    def _current_digest(self):
        """Return the hash that the line must have as it stands."""
        self.ensure_one()
        return self._digest(
            {
                "sequence": self.sequence,
                "document_id": self.document_id.id,
                "attachment_id": self.attachment_id,
                "text": self.text,
                "size": self.size,
                "sha256": self.sha256,
            }
        )

    def _check_owner_not_secret(self):
        # the file's own papers belong to no paper of the books
        owned = self.filtered("document_id")
        return super(PartyArchiveEntry, owned)._check_owner_not_secret()
