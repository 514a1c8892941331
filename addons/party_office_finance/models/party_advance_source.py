from odoo import api, fields, models

from odoo.addons.party_office_base.rules.money import whole


class PartyAdvance(models.Model):
    """An advance out of what another document holds, for example a conference."""

    _inherit = "party.advance"

    source_model = fields.Char(string="Model of the source", readonly=True, copy=False)
    source_id = fields.Many2oneReference(
        string="Id of the source",
        model_field="source_model",
        readonly=True,
        copy=False,
    )
    source_name = fields.Char(string="Asked for by", readonly=True, copy=False)

    _source_idx = models.Index(
        "(source_model, source_id) WHERE source_model IS NOT NULL"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "source_model",
            "source_id",
            "source_name",
        }

    def _source(self):
        """Return the document in superuser mode, or None (see ``party.claim``)."""
        self.ensure_one()
        advance = self.sudo()
        if not advance.source_model or advance.source_model not in self.env:
            return None
        source = self.env[advance.source_model].sudo().browse(advance.source_id)
        return source.exists() or None

    def _source_hold_again(self):
        """Let the source hold what this advance no longer does."""
        for advance in self:
            source = advance._source()
            if source is not None and source._cost_held():
                source._cost_hold()

    def _on_approved(self):
        for advance in self:
            source = advance._source()
            if source is not None:
                line = advance._budget_line_or_refuse()
                held = source._cost_held().get(line.id, 0)
                part = min(held, whole(advance.amount))
                if part:
                    # in one transaction: the advance holds it from here on
                    source.env["party.budget.line"]._book(
                        source._release_entries({line.id: part}, advance.display_name)
                    )
        return super()._on_approved()

    def _on_cancelled(self):
        result = super()._on_cancelled()
        self._source_hold_again()
        return result
