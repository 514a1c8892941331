from odoo import api, models

#: derived or later facts, which closing does not stop: the words for the search, the
#: receipts of who got a paper, the seal itself
FREE = ("party.document.text", "party.document.delivery", "party.archive.entry")


class PartySecretContentMixin(models.AbstractModel):
    """What is said about a paper is part of it: in a closed file it stays as it is."""

    _inherit = "party.secret.content.mixin"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_owner_file_open()
        return rows

    def write(self, vals):
        self._check_owner_file_open()
        return super().write(vals)

    def unlink(self):
        self._check_owner_file_open()
        return super().unlink()

    def _check_owner_file_open(self):
        """Refuse to change what belongs to a paper in a closed file.

        :raises UserError: naming the file
        """
        if self._name in FREE or not self:
            return
        # whoever writes, and whatever he may see
        owners = self.sudo().mapped(self._secret_owner_field)
        if owners._name == "party.document":
            owners._check_file_open()
