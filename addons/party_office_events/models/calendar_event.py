from odoo import api, fields, models
from odoo.exceptions import UserError

#: what a leader's own calendar takes from the programme
KEPT = {"name", "start", "stop", "allday", "location", "partner_ids", "privacy"}


class CalendarEvent(models.Model):
    """Appointments of the programme in the leaders' own calendars."""

    _inherit = "calendar.event"

    programme_entry_id = fields.Many2one(
        "party.programme.entry",
        string="Appointment of the programme",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                # only the programme writes it
                vals.pop("programme_entry_id", None)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and (KEPT | {"programme_entry_id"}) & vals.keys():
            self._refuse_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_programme(self):
        if not self.env.su:
            self._refuse_by_hand()

    def _refuse_by_hand(self):
        """:raises UserError: the appointment is kept by the programme"""
        if self.filtered("programme_entry_id"):
            raise UserError(
                self.env._("This appointment is changed in the programme, not here.")
            )
