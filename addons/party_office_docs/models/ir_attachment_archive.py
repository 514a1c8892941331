from odoo import api, models

from odoo.addons.party_office_base.models.ir_attachment import PAPER_FIELDS


class IrAttachment(models.Model):
    """Files of papers in a closed archive file are neither added, changed nor deleted."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_archive_open()
        return attachments

    def write(self, vals):
        if not PAPER_FIELDS & vals.keys():
            return super().write(vals)
        self._check_archive_open()
        result = super().write(vals)
        if vals.keys() & {"res_model", "res_id"}:
            self._check_archive_open()
        return result

    def unlink(self):
        self._check_archive_open()
        return super().unlink()

    def _check_archive_open(self):
        """Refuse to touch what lies in a closed archive file.

        :raises UserError: naming the file
        """
        if not self.ids:
            return
        # whoever asks, and whatever he may see
        attachments = self.sudo()
        owners = attachments.filtered(
            lambda a: a.res_model in ("party.document", "party.archive.file")
        )
        documents = self.env["party.document"].sudo()
        documents = documents.search([("attachment_ids", "in", self.ids)])
        files = self.env["party.archive.file"].sudo()
        files = files.search([("attachment_ids", "in", self.ids)])
        for attachment in owners:
            owner = self.env[attachment.res_model].sudo().browse(attachment.res_id)
            if owner._name == "party.document":
                documents |= owner.exists()
            else:
                files |= owner.exists()
        (documents.file_id | files)._check_open()
