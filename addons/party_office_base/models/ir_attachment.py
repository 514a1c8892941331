from odoo import models

#: what a paper is; who may read it is another matter
PAPER_FIELDS = {
    "name",
    "type",
    "url",
    "raw",
    "datas",
    "db_datas",
    "store_fname",
    "mimetype",
    "res_model",
    "res_id",
    "public",
}


class IrAttachment(models.Model):
    """The papers of a document that was sent are evidence, like its text."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if PAPER_FIELDS & vals.keys():
            self._check_papers_open()
        return super().write(vals)

    def unlink(self):
        self._check_papers_open()
        return super().unlink()

    def _check_papers_open(self):
        """Refuse to change or delete papers that were sent for approval.

        :raises UserError: naming the document
        """
        # whoever asks, and whatever he may see
        for attachment in self.sudo():
            if attachment.res_model not in self.env or not attachment.res_id:
                continue
            documents = self.env[attachment.res_model].sudo()
            if "approval_ids" not in documents._fields:
                continue
            document = documents.browse(attachment.res_id).exists()
            if attachment in document._approval_papers():
                document._check_content_open()
