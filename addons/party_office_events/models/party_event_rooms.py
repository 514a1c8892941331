from odoo import api, fields, models
from odoo.exceptions import UserError

from .party_room_booking import HELD


class PartyEvent(models.Model):
    """The rooms of a conference: they follow when it moves, and are given back."""

    _inherit = "party.event"

    booking_ids = fields.One2many(
        "party.room.booking", "event_id", string="Rooms", copy=False
    )
    room_text = fields.Char(string="Rooms booked", compute="_compute_room_text")
    is_without_room = fields.Boolean(compute="_compute_room_text")

    @api.depends(
        "booking_ids.state",
        "booking_ids.room_id.name",
        "place",
    )
    def _compute_room_text(self):
        for event in self:
            held = event.booking_ids.filtered(lambda b: b.state in HELD)
            event.room_text = ", ".join(held.room_id.mapped("name"))
            event.is_without_room = not (held or event.place)

    def _is_organiser_of_room(self):
        """Tell whether the user may book rooms for it: who keeps its plan."""
        return self.has_access("read") and self._is_organiser()

    def _check_rooms_wanted(self):
        """:raises UserError: nothing is prepared any more"""
        for event in self:
            if event.progress != "planned" or event.state in ("refused", "cancelled"):
                raise UserError(self.env._("This is no plan that is still open."))

    def _where(self):
        """Return the rooms, or the place outside, in words."""
        self.ensure_one()
        return self.room_text or self.place or ""

    def _reschedule(self, start, stop):
        """Move the rooms, too; what is taken at the new time is given back and said."""
        self.ensure_one()
        # the organiser's right to move was checked; the rows are read as they are
        held = self.sudo().booking_ids.filtered(lambda b: b.state in HELD)
        times = {b: (b.start - self.start, b.stop - self.stop) for b in held}
        rows = super()._reschedule(start, stop)
        start, stop = (
            fields.Datetime.to_datetime(start),
            fields.Datetime.to_datetime(stop),
        )
        # rooms that change places do not stand in each other's way
        self.env["party.occupancy"]._let_go(held)
        for booking, (before, after) in times.items():
            rows.append(booking._move(start + before, stop + after))
        return rows

    def _on_cancelled(self):
        result = super()._on_cancelled()
        self.sudo().booking_ids._release(self.env._("It is not held."))
        return result

    def _on_refused(self):
        result = super()._on_refused()
        self.sudo().booking_ids._release(self.env._("Its plan was refused."))
        return result

    def action_find_room(self):
        """Open the search for a free room, with the time and delegates filled in."""
        self.ensure_one()
        self._check_organiser()
        self._check_rooms_wanted()
        return self.env["party.room.find"]._open(
            event_id=self.id,
            start=self.start,
            stop=self.stop,
            seats=self.delegate_count,
        )


class PartyRoomBooking(models.Model):
    _inherit = "party.room.booking"

    def _move(self, start, stop):
        """Move to another time with the conference.

        :return: what happened, see ``party.event._reschedule``
        """
        self.ensure_one()
        what = self.env._("Room %(room)s", room=self.room_id.name)
        if stop <= start:
            # booked for a part of a conference that became shorter
            stop = start + (self.stop - self.start)
        try:
            with self.env.cr.savepoint():
                self.write({"start": start, "stop": stop})
                self.flush_recordset()
        except UserError as refusal:
            self.invalidate_recordset()
            why = refusal.args[0]
            self._release(self.env._("The conference moved: %(why)s", why=why))
            return {"what": what, "moved": False, "why": why}
        return {"what": what, "moved": True, "why": ""}
