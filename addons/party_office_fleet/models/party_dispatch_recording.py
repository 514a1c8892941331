import base64
import binascii
import math

from odoo import api, fields, models
from odoo.exceptions import UserError

#: what may be said about each kind of row; all else is refused
LEG = {
    "place_from": str,
    "place_to": str,
    "km": float,
    "hard_km": float,
    "idle_hours": float,
    "odometer": int,
    "note": str,
}
TOLL = {
    "date": str,
    "station": str,
    "amount": float,
    "invoice_number": str,
    "photo": bytes,
}
FILL = {
    "date": str,
    "odometer": int,
    "litres": float,
    "unit_price": float,
    "amount": float,
    "invoice_series": str,
    "invoice_number": str,
    "station": str,
    "photo": bytes,
}
INCIDENT = {
    "kind": str,
    "moment": str,
    "place": str,
    "description": str,
    "odometer": int,
    "photo": bytes,
}
#: base64 of a photo, after the phone has made it smaller
MOST_PHOTO = 8_000_000


class PartyDispatch(models.Model):
    """What the driver records on the way: every action checks that he drives."""

    _inherit = "party.dispatch"

    photo_out = fields.Image(
        string="Photo of the odometer, out",
        max_width=1920,
        max_height=1920,
        readonly=True,
        copy=False,
    )
    photo_in = fields.Image(
        string="Photo of the odometer, in",
        max_width=1920,
        max_height=1920,
        readonly=True,
        copy=False,
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"photo_out", "photo_in"}

    def action_add_leg(self, values):
        """Add a leg (``party.dispatch.leg``); its order on the way is kept.

        :param dict values: see ``LEG``
        """
        values = self._recorded(self.leg_ids, values, LEG)
        values["sequence"] = max(self.sudo().leg_ids.mapped("sequence"), default=0) + 10
        return self._record(self.leg_ids, values)

    def action_add_toll(self, values):
        """Add a toll (``party.dispatch.toll``).

        :param dict values: see ``TOLL``
        """
        return self._record(self.toll_ids, self._recorded(self.toll_ids, values, TOLL))

    def action_add_fill(self, values):
        """Add a fill of fuel (``party.fuel.fill``).

        :param dict values: see ``FILL``
        """
        values = self._recorded(self.fill_ids, values, FILL)
        values["company_id"] = self.company_id.id
        if values.get("amount") and values.get("litres") and "unit_price" not in values:
            # the phone asks for what the invoice shows largest
            values["unit_price"] = self.currency_id.round(
                values["amount"] / values["litres"]
            )
        return self._record(self.fill_ids, values)

    def action_add_incident(self, values):
        """Add an incident (``party.dispatch.incident``); the dispatcher is told.

        :param dict values: see ``INCIDENT``
        """
        values = self._recorded(self.incident_ids, values, INCIDENT)
        values["moment"] = self._moment(values.get("moment"))
        incident = self._record(self.incident_ids, values)
        # the dispatcher's desk is told whoever drives
        order = self.sudo()
        dispatcher = order.company_id.dispatcher_id or order.requester_id
        order.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=dispatcher.id,
            summary=incident.display_name,
            note=self.display_name,
        )
        return incident

    def _record(self, rows, values):
        # the driver may only add, by these actions, to the orders he drives
        return rows.sudo().create({**values, "dispatch_id": self.id}).sudo(False)

    def _recorded(self, rows, values, kinds):
        """Return the values to record, each of the kind it has to be.

        :raises AccessError: neither its driver nor the dispatcher
        :raises UserError: not such a value
        """
        self.ensure_one()
        self._check_can_drive()
        if not isinstance(values, dict) or values.keys() - kinds.keys():
            raise UserError(self.env._("This cannot be recorded on a trip."))
        return {
            name: self._plain(rows._fields[name], value, kinds[name])
            for name, value in values.items()
            if value not in (None, "", False)
        }

    def _plain(self, field, value, kind):
        """Return a value that came from a phone as what the field holds.

        :raises UserError: names the field
        """
        try:
            if kind is bytes:
                return self._photo(value)
            if kind is str:
                text = str(value).strip()[:500]
                return fields.Date.to_date(text) if field.type == "date" else text
            if isinstance(value, bool) or not math.isfinite(float(value)):
                raise ValueError("no number")
            return kind(float(value))
        except (TypeError, ValueError, OverflowError) as error:
            raise UserError(
                self.env._(
                    "%(field)s: %(value)s cannot be.",
                    field=field._description_string(self.env),
                    value=str(value)[:40],
                )
            ) from error

    def _photo(self, value):
        """Return a photo as base64.

        :raises ValueError: it is none, or too large
        """
        if len(value) > MOST_PHOTO:
            raise ValueError("too large")
        try:
            base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise ValueError("no base64") from error
        return value

    def _keep_photo(self, name, value):
        if value:
            try:
                photo = self._photo(value)
            except (TypeError, ValueError):
                raise UserError(self.env._("This photo cannot be read.")) from None
            # protected: what the actions of the trip record
            self.sudo()[name] = photo

    def _close_legs(self, hard_km, idle_hours):
        """Record hard km and hours at a stand of a trip without noting each leg.

        :raises UserError: more hard km than the trip has left
        """
        hard_km = self._plain(self.leg_ids._fields["hard_km"], hard_km or 0, float)
        idle = self._plain(self.leg_ids._fields["idle_hours"], idle_hours or 0, float)
        if not (hard_km or idle):
            return
        # legs of the order, whoever drives
        legs = self.sudo().leg_ids
        left = max(self.km - sum(legs.mapped("km")), 0)
        if not 0 <= hard_km <= left:
            raise UserError(
                self.env._(
                    "%(hard)s km on hard roads are more than the %(km)s km driven.",
                    hard=f"{hard_km:g}",
                    km=f"{left:g}",
                )
            )
        self.action_add_leg(
            {
                "place_from": legs[-1:].place_to or "",
                "place_to": self.route if not legs else self.env._("Back"),
                "km": left,
                "hard_km": hard_km,
                "idle_hours": idle,
            }
        )
