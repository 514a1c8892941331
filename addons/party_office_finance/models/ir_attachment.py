from odoo import fields, models


class IrAttachment(models.Model):
    """A file among the papers of a claim says which paper it is."""

    _inherit = "ir.attachment"

    party_paper_kind_id = fields.Many2one(
        "party.paper.kind",
        string="Kind of paper",
        index="btree_not_null",
        ondelete="restrict",
    )

    def write(self, vals):
        if "party_paper_kind_id" in vals:
            # what a paper proves is approved with the document
            self._check_papers_open()
        return super().write(vals)
