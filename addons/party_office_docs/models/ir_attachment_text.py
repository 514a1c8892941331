from odoo import models


class IrAttachment(models.Model):
    """A file that changes or goes takes its words out of the search."""

    _inherit = "ir.attachment"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"raw", "datas", "db_datas", "store_fname", "checksum"}:
            self._text_papers()._sync_file_texts()
        return result

    def unlink(self):
        papers = self._text_papers()
        result = super().unlink()
        papers._sync_file_texts()
        return result

    def _text_papers(self):
        """Return the papers whose words come from these files."""
        # whoever changes the file, and whatever papers he may see
        rows = self.env["party.document.file.text"].sudo()
        if not self.ids:
            return rows.document_id
        return rows.search([("attachment_id", "in", self.ids)]).document_id
