from odoo import api, fields, models


class PartyDocumentDraft(models.Model):
    """A draft that was begun from another document: a conference, for example."""

    _inherit = "party.document.draft"

    source_model = fields.Char(string="Begun from kind", readonly=True, copy=False)
    source_id = fields.Many2oneReference(
        string="Begun from", model_field="source_model", readonly=True, copy=False
    )

    _of_source = models.Index("(source_model, source_id) WHERE source_id IS NOT NULL")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"source_model", "source_id"}
