from odoo import api, fields, models


class PartyDocumentDraft(models.Model):
    """Each text that was sent is kept with its files."""

    _inherit = "party.document.draft"

    version_ids = fields.One2many(
        "party.document.version", "draft_id", string="Versions", readonly=True
    )
    version_count = fields.Integer(compute="_compute_version_count")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"version_ids"}

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"version_ids"}

    @api.depends("version_ids")
    def _compute_version_count(self):
        for draft in self:
            draft.version_count = len(draft.version_ids)

    def _keep_version(self, purpose):
        """Keep what the draft says now; an unchanged text keeps its number.

        :param str purpose: ``opinion`` or ``approval``
        :return: ``party.document.version``
        """
        self.ensure_one()
        # protected: the action that sends has checked the right to
        draft = self.sudo()
        last = draft.version_ids.sorted("number")[-1:]
        fingerprint = draft._hash_content()
        if last.content_hash == fingerprint:
            return last
        version = draft.version_ids.create(
            {
                "draft_id": draft.id,
                "number": last.number + 1,
                "purpose": purpose,
                "title": draft.title,
                "content": draft.content,
                "content_hash": fingerprint,
                "sent_by_id": self.env.uid,
            }
        )
        # copies: a file of the draft may be replaced later; the store keeps it once
        files = draft.attachment_ids.browse()
        for file in draft.attachment_ids:
            files |= file.copy(
                {"res_model": version._name, "res_id": version.id, "name": file.name}
            )
        version.attachment_ids = files
        return version

    def _on_submitted(self):
        for draft in self:
            draft._keep_version("approval")
        return super()._on_submitted()

    def action_open_versions(self):
        """Open the versions, the newest first."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "party_office_docs.party_document_version_action"
            ),
            "domain": [("draft_id", "=", self.id)],
        }
