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
        if not self.ids:
            return
        # whoever asks, and whatever he may see; a paper may be among those of another
        # document than the one that it belongs to
        for name in self.pool.descendants(["party.approval.mixin"], "_inherit"):
            documents = self.env[name].sudo()
            for field in documents._paper_fields():
                sent = documents.with_context(active_test=False).search(
                    [(field, "in", self.ids)]
                )
                sent._check_content_open()
