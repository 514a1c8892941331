from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..rules.text_diff import DELETED, INSERTED, compare


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

    changes = fields.Html(
        string="Changes since the version before",
        compute="_compute_changes",
        sanitize=False,
    )

    _number_unique = models.Constraint(
        "UNIQUE (draft_id, number)", "A version has its own number."
    )

    @api.depends("content", "title")
    def _compute_changes(self):
        for version in self:
            before = version.draft_id.version_ids.filtered(
                lambda other, number=version.number: other.number == number - 1
            )
            version.changes = version._changes_since(before) if before else False

    def _text(self):
        """Return abstract and text in plain words (``str``)."""
        self.ensure_one()
        return f"{self.title or ''}\n{html2plaintext(self.content or '')}"

    def _changes_since(self, before):
        """Return as HTML what was deleted and inserted since another version."""
        marks = {
            DELETED: Markup('<del class="text-danger">{}</del>'),
            INSERTED: Markup('<ins class="text-success fw-bold">{}</ins>'),
        }
        words = Markup("").join(
            marks.get(part.kind, Markup("{}")).format(part.text)
            for part in compare(before._text(), self._text())
        )
        files = {file.checksum for file in before.attachment_ids}
        new_files = ", ".join(
            file.name for file in self.attachment_ids if file.checksum not in files
        )
        box = Markup('<div style="white-space: pre-wrap">{}</div>').format(words)
        if new_files:
            box += Markup("<div>{} <b>{}</b></div>").format(
                self.env._("New files:"), new_files
            )
        return box

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
