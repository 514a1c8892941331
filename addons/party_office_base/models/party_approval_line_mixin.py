from odoo import api, models


class PartyApprovalLineMixin(models.AbstractModel):
    """A line of a document that is approved: locked together with its document."""

    _name = "party.approval.line.mixin"
    _description = "Line of an Approved Document"

    _approval_document_field = None
    """Name of the many2one field to the document."""

    @api.model
    def _approval_content_fields(self):
        """Return the names of the fields that are approved with the document."""
        return []

    def _approval_documents(self):
        return self[self._approval_document_field]

    @api.model_create_multi
    def create(self, vals_list):
        field = self._fields[self._approval_document_field]
        documents = self.env[field.comodel_name].browse(
            [
                vals[self._approval_document_field]
                for vals in vals_list
                if vals.get(self._approval_document_field)
            ]
        )
        documents._check_content_open()
        lines = super().create(vals_list)
        # the document may also come from a default
        lines._approval_documents()._check_content_open()
        return lines

    def write(self, vals):
        content = {*self._approval_content_fields(), self._approval_document_field}
        if content & vals.keys():
            self._approval_documents()._check_content_open()
        result = super().write(vals)
        if self._approval_document_field in vals:
            self._approval_documents()._check_content_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._approval_documents()._check_content_open()
