from odoo import api, models


class PartyDraftMixin(models.AbstractModel):
    """A document from which papers are written: invitations, a notice of conclusions.

    Who keeps papers extends it; without the papers addon nothing happens.
    """

    _name = "party.draft.mixin"
    _description = "Document From Which Papers Are Written"

    @api.model
    def _can_draft(self):
        """Tell whether papers can be written and numbered here."""
        return False

    def _draft_make(self, values):
        """Write the draft of a paper for this document, as the user.

        :param dict values: ``kind`` (code of the kind of paper, e.g. ``giay_moi``),
            ``title``, ``content`` (HTML), ``board`` (``party.board`` that writes it),
            ``recipients`` (list of names as printed)
        :return: the action that opens the draft, or False
        :raises UserError: what the papers' own rules refuse
        """
        self.ensure_one()
        return False

    def _drafts(self):
        """Return the papers of this document that the user may read, as plain values.

        :return: list of dicts ``kind`` (code), ``kind_name, title, state`` (in words),
            ``number`` (empty before it is issued), ``date, model, id``
        """
        self.ensure_one()
        return []
