from odoo import api, fields, models


class PartyPaperMixin(models.AbstractModel):
    """A document with approval that carries papers (``attachment_ids``).

    The model names ``attachment_ids`` among its ``_approval_content_fields``. It comes
    before ``party.approval.mixin`` in ``_inherit``.
    """

    _name = "party.paper.mixin"
    _description = "Document With Papers"

    attachment_ids = fields.Many2many("ir.attachment", string="Papers", copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._own_attachments()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_attachments()
        return result

    def _own_attachments(self):
        """Tie freshly uploaded papers to their document, so that who reads it sees
        them.
        """
        for document in self:
            # an upload before the first save belongs to its author alone
            fresh = document.sudo().attachment_ids.filtered(
                lambda a: not a.res_id and a.create_uid == self.env.user
            )
            fresh.write({"res_model": document._name, "res_id": document.id})

    def _content_of(self, names):
        content = super()._content_of(names)
        # a paper that is replaced under the same id is another content
        content["papers"] = sorted(
            f"{p.type} {p.name} {p.url or ''} {p.checksum or ''}"
            for p in self.attachment_ids
        )
        return content
