from odoo import api, fields, models


class TestPartyDocument(models.Model):
    """The smallest document with approval: the mixins' promises are tested on it."""

    _name = "test.party.document"
    _description = "Test Document"
    _inherit = ["party.approval.mixin"]

    subject = fields.Char()
    amount = fields.Monetary()
    remark = fields.Char(help="Not part of what is approved.")
    line_ids = fields.One2many("test.party.document.line", "document_id")
    acted = fields.Integer(readonly=True)

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "subject", "amount", "line_ids"]

    def _approval_amount(self):
        return self.amount

    def _approval_kind(self):
        return "test"

    def _on_approved(self):
        self.sudo().acted += 1


class TestPartyDocumentLine(models.Model):
    _name = "test.party.document.line"
    _description = "Test Document Line"
    _inherit = ["party.approval.line.mixin"]
    _approval_document_field = "document_id"

    document_id = fields.Many2one(
        "test.party.document", required=True, index=True, ondelete="cascade"
    )
    text = fields.Char()

    @api.model
    def _approval_content_fields(self):
        return ["text"]
