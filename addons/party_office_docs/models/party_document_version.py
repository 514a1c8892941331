from odoo import api, fields, models


class PartyDocumentVersion(models.Model):
    """A draft as it was sent: text and files, numbered, who and when.

    Written when the draft is sent for opinions or for approval; never by hand.
    """

    _name = "party.document.version"
    _description = "Version of a Draft"
    _inherit = ["party.protected.mixin", "party.secret.content.mixin"]
    _order = "draft_id, number desc"
    _rec_name = "number"
    _secret_owner_field = "draft_id"

    draft_id = fields.Many2one(
        "party.document.draft", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(string="Version", required=True, aggregator=None)
    purpose = fields.Selection(
        [("opinion", "Asked for opinions"), ("approval", "Sent for approval")],
        required=True,
    )
    title = fields.Char(string="Abstract")
    content = fields.Html(string="Text")
    attachment_ids = fields.Many2many("ir.attachment", string="Papers")
    content_hash = fields.Char(string="Fingerprint")
    sent_at = fields.Datetime(required=True, default=fields.Datetime.now)
    sent_by_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user
    )
    company_id = fields.Many2one(related="draft_id.company_id", store=True)

    _number_unique = models.Constraint(
        "UNIQUE (draft_id, number)", "A version has its own number."
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "draft_id",
            "number",
            "purpose",
            "title",
            "content",
            "attachment_ids",
            "content_hash",
            "sent_at",
            "sent_by_id",
        }
