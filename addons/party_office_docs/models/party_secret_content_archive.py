from odoo import api, models


class PartySecretContentMixin(models.AbstractModel):
    """What is said about a paper is part of it: in a closed file it stays as it is."""

    _inherit = "party.secret.content.mixin"

    #: False: derived or later facts (index, receipts) that closing does not stop
    _archive_follows = True

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
        if not self._archive_follows or not self:
            return
        # whoever writes, and whatever he may see
        owners = self.sudo().mapped(self._secret_owner_field)
        if owners._name == "party.document":
            owners._check_file_open()
