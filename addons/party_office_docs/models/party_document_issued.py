from odoo import fields, models


class PartyDocument(models.Model):
    """An outgoing paper: its draft, to whom it goes, the hand-over book."""

    _inherit = "party.document"

    draft_ids = fields.One2many("party.document.draft", "document_id", readonly=True)
    recipient_ids = fields.One2many(
        "party.document.recipient", "document_id", string="Recipients", copy=False
    )
    delivery_ids = fields.One2many(
        "party.document.delivery", "document_id", string="Hand-over book", readonly=True
    )
