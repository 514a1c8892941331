from odoo import SUPERUSER_ID, api, models

#: nobody gets a mail because the programme was written
SILENT = {
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "dont_notify": True,
    "skip_contact_description": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "tracking_disable": True,
}


class PartyProgrammeEntry(models.Model):
    """Each appointment stands in the own calendars of its leaders, too.

    Of a closed meeting they hold the time only: what a calendar knows leaves the house
    with the telephone it is copied to.
    """

    _inherit = "party.programme.entry"

    @api.model
    def _calendar_fields(self):
        """Return the names (``set``) of what own calendars take from an entry."""
        return {
            "start",
            "stop",
            "title",
            "full_title",
            "place",
            "full_place",
            "leader_ids",
            "state",
            "kind",
            "is_restricted",
        }

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        entries._sync_calendar()
        return entries

    def write(self, vals):
        result = super().write(vals)
        if self._calendar_fields() & vals.keys():
            self._sync_calendar()
        return result

    def unlink(self):
        self._calendar_events().unlink()
        return super().unlink()

    def _calendar_events(self):
        """Return the appointments in own calendars; the system keeps them."""
        return (
            self.env["calendar.event"]
            .with_user(SUPERUSER_ID)
            .with_context(**SILENT)
            .search([("programme_entry_id", "in", self.ids)])
        )

    def _prepare_calendar(self):
        """Return the values of the appointment in own calendars."""
        self.ensure_one()
        leaders = self.leader_ids
        words = self.with_context(lang=leaders[:1].lang).env
        closed = self.is_restricted
        return {
            "name": words._("Closed meeting") if closed else self.full_title,
            "location": not closed and self.full_place,
            "start": self.start,
            "stop": max(self.stop, self.start),
            "partner_ids": [(6, 0, leaders.partner_id.ids)],
            "privacy": "private" if closed else "public",
            "user_id": False,
            "programme_entry_id": self.id,
        }

    def _sync_calendar(self):
        """Bring the own calendars of leaders in line with the programme."""
        events = {
            event.programme_entry_id.id: event for event in self._calendar_events()
        }
        calendars = (
            self.env["calendar.event"].with_user(SUPERUSER_ID).with_context(**SILENT)
        )
        to_create = []
        # the words of closed meetings are columns that nobody reads himself
        for entry in self.sudo():
            event = events.get(entry.id)
            stands = entry.state != "cancelled" and entry.kind != "deadline"
            if not (stands and entry.leader_ids):
                if event:
                    event.unlink()
            elif event:
                event.write(entry._prepare_calendar())
            else:
                to_create.append(entry._prepare_calendar())
        if to_create:
            calendars.create(to_create)
