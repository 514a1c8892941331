from datetime import timedelta

from odoo import api, fields, models

from ..office_time import local, local_today, midnight
from .party_home import FEW

#: days ahead that the card looks
AHEAD = 7


class PartyHome(models.AbstractModel):
    """The user's next appointments: conferences, trips, whatever takes his time."""

    _inherit = "party.home"

    @api.model
    def _cards(self, face):
        return [*super()._cards(face), self._day_card(face)]

    @api.model
    def _appointments(self, start, stop):
        """Return the user's own appointments between two moments (UTC), in any order.

        Each is a dict: ``start, stop`` (UTC), ``title, place`` (text), ``model, id``
        (the document) and ``action``. A document that several addons name is shown
        once, as the last one says.

        :rtype: list
        """
        return []

    @api.model
    def _day_card(self, face):
        now = fields.Datetime.now()
        today = local_today(self.env)
        end = midnight(self.env, today + timedelta(days=AHEAD))
        # an addon knows its document better than who named it before
        once = {
            (appointment["model"], appointment["id"]): appointment
            for appointment in self._appointments(now, end)
        }
        found = sorted(once.values(), key=lambda a: (a["start"], a["id"]))
        if face == "office_chief" and not found:
            # his page is full of pictures already
            return None
        rows = [self._day_row(appointment, today) for appointment in found[:FEW]]
        return self._card(
            "day",
            self.env._("My day"),
            "days",
            rows,
            20,
            count=sum(row["is_today"] for row in rows),
            empty=self.env._("No appointment in the next %(days)s days", days=AHEAD),
        )

    @api.model
    def _day_row(self, appointment, today):
        start = local(self.env, appointment["start"])
        stop = local(self.env, appointment["stop"])
        day = start.date()
        if day <= today:
            name = self.env._("Today")
        elif day == today + timedelta(days=1):
            name = self.env._("Tomorrow")
        else:
            name = self._day_name(day)
        if day == stop.date():
            hours = f"{start:%H:%M}–{stop:%H:%M}"
        else:
            hours = f"{start:%H:%M} {day:%d/%m} – {stop:%H:%M} {stop:%d/%m}"
        return {
            "id": f"{appointment['model']},{appointment['id']}",
            "day": name,
            "is_today": day <= today,
            "hours": hours,
            "title": appointment["title"],
            "place": appointment["place"] or "",
            "action": appointment["action"],
        }
