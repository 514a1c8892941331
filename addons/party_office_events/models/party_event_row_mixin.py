from odoo import api, models


class PartyEventRowMixin(models.AbstractModel):
    """Something that belongs to a conference: who organises it writes it.

    Readers are a global rule (``user.event_scope``); the right to write is asked here,
    so that it holds for every way to write, RPC included.
    """

    _name = "party.event.row.mixin"
    _description = "Part of a Conference"

    def _check_row(self):
        """:raises UserError: the user does not organise the conference"""
        if not self.env.su:
            self.event_id._check_organiser()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_row()
        return rows

    def write(self, vals):
        self._check_row()
        result = super().write(vals)
        if "event_id" in vals:
            self._check_row()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_by_organiser(self):
        self._check_row()
