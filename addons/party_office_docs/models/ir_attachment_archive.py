from odoo import api, models

from odoo.addons.party_office_base.models.ir_attachment import PAPER_FIELDS


class IrAttachment(models.Model):
    """Files of papers in a closed archive file stay: none added, changed, deleted."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_owner_archive_open(vals.get("res_model"), vals.get("res_id"))
        return super().create(vals_list)

    def write(self, vals):
        if not PAPER_FIELDS & vals.keys():
            return super().write(vals)
        self._check_archive_open()
        if vals.keys() & {"res_model", "res_id"}:
            for attachment in self.sudo():
                self._check_owner_archive_open(
                    vals.get("res_model", attachment.res_model),
                    vals.get("res_id", attachment.res_id),
                )
        return super().write(vals)

    def unlink(self):
        self._check_archive_open()
        return super().unlink()

    def _check_owner_archive_open(self, model, res_id):
        """Refuse what is attached to something in a closed archive file.

        :raises UserError: naming the file
        """
        if model not in ("party.document", "party.archive.file") or not res_id:
            return
        # whoever asks, and whatever he may see
        owner = self.env[model].sudo().browse(int(res_id)).exists()
        (owner.file_id if model == "party.document" else owner)._check_open()

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
