from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import mute_logger

from odoo.addons.party_office_base.rules.form_text import figure

#: what a phone keeps is short; more at once is no phone
MOST_ENTRIES = 200
KEY_LENGTH = range(16, 65)


class PartyDispatchEntry(models.Model):
    """What a phone sent, once each: the key that the phone gave it is unique.

    On a bad line a phone sends again what it has no answer to. What was recorded before
    is answered with "recorded" and not recorded twice.
    """

    _name = "party.dispatch.entry"
    _description = "Entry From a Phone"
    _inherit = ["party.append.only.mixin"]
    _order = "id desc"
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict"
    )
    dispatch_id = fields.Many2one(
        "party.dispatch",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Char(required=True, readonly=True)
    moment = fields.Datetime(readonly=True, help="When it happened, as the phone says.")

    _once = models.UniqueIndex("(user_id, key)", "This entry is already recorded.")

    # -------------------------------------------------------------------- for a phone
    @api.model
    def record(self, entries):
        """Record what a phone has kept, in order; each by itself.

        After one that is refused, those of the same order wait: they rest on it.

        :param list entries: ``{key, order, kind, moment, values}``; ``kind`` is one of
            ``start, end, leg, toll, fill, incident, explain``
        :return: a list of ``{key, status, message}``; ``status`` is ``recorded``,
            ``refused`` (and why) or ``waiting``
        :raises UserError: not what a phone sends
        """
        if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
            raise UserError(self.env._("This cannot be recorded on a trip."))
        outcomes, held = [], set()
        for entry in entries:
            key, order_id = self._check_entry(entry)
            if order_id in held:
                outcomes.append({"key": key, "status": "waiting", "message": ""})
                continue
            message = self._record_once(entry)
            if message:
                held.add(order_id)
            outcomes.append(
                {
                    "key": key,
                    "status": "refused" if message else "recorded",
                    "message": message,
                }
            )
        return outcomes

    def _check_entry(self, entry):
        """Return key and order of an entry.

        :raises UserError: not what a phone sends
        """
        key = entry.get("key") if isinstance(entry, dict) else None
        order_id = entry.get("order") if isinstance(entry, dict) else None
        if (
            not isinstance(key, str)
            or len(key) not in KEY_LENGTH
            or type(order_id) is not int
            or not isinstance(entry.get("values") or {}, dict)
        ):
            raise UserError(self.env._("This cannot be recorded on a trip."))
        return key, order_id

    def _record_once(self, entry):
        """Record one entry; returns why it is refused, or "".

        :raises ConcurrencyError: the same entry is recorded in this moment; the HTTP
            layer runs the request again
        """
        # the phone may only ask for its user's own keys
        known = self.sudo().search_count(
            [("user_id", "=", self.env.uid), ("key", "=", entry["key"])], limit=1
        )
        if known:
            return ""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                self._note(entry)
                self._apply(entry)
                self.env.flush_all()
        except UserError as error:
            self.env.invalidate_all()
            return str(error)
        except psycopg2.IntegrityError as error:
            self.env.invalidate_all()
            if error.diag.table_name == self._table:
                raise ConcurrencyError(str(error)) from error
            return self._sentence(error)
        return ""

    def _sentence(self, error):
        """Return what a constraint of the database says."""
        for model in self.env.registry.values():
            if model._table == error.diag.table_name:
                return self.env[model._name]._sql_error_to_message(error)
        return self._sql_error_to_message_generic(error)

    def _note(self, entry):
        order = self.env["party.dispatch"].browse(entry["order"]).exists()
        if not order:
            raise UserError(self.env._("This order is gone."))
        order._check_can_drive()
        with self._appending():
            # rows of evidence: only these actions write them
            self.sudo().create(
                {
                    "key": entry["key"],
                    "user_id": self.env.uid,
                    "dispatch_id": order.id,
                    "kind": str(entry.get("kind"))[:20],
                    "moment": order._moment(entry.get("moment")),
                }
            ).flush_recordset()

    def _apply(self, entry):
        order = self.env["party.dispatch"].browse(entry["order"])
        values = dict(entry.get("values") or {})
        kind, moment = entry.get("kind"), entry.get("moment")
        if kind == "start":
            order.action_start(values.get("odometer"), moment)
            order._keep_photo("photo_out", values.get("photo"))
        elif kind == "end":
            order.action_end(values.get("odometer"), moment)
            order._close_legs(values.get("hard_km"), values.get("idle_hours"))
            order._keep_photo("photo_in", values.get("photo"))
        elif kind == "leg":
            order.action_add_leg(values)
        elif kind == "toll":
            order.action_add_toll(values)
        elif kind == "fill":
            order.action_add_fill(values)
        elif kind == "incident":
            order.action_add_incident({"moment": moment, **values})
        elif kind == "explain":
            order.action_explain(values.get("explanation"))
        else:
            raise UserError(self.env._("This cannot be recorded on a trip."))

    # ------------------------------------------------------------------------- reading
    @api.model
    def my_trips(self):
        """Return what the page of the driver shows: his orders from yesterday to two
        weeks ahead, and those that are not over.

        :return: dict of plain values; moments are UTC text
        """
        now = fields.Datetime.now()
        orders = self.env["party.dispatch"]
        orders = orders.search(
            Domain("driver_user_id", "=", self.env.uid)
            & orders._to_drive_domain()
            & (
                Domain("progress", "=", "running")
                | (
                    Domain("progress", "=", "planned")
                    & Domain("start", "<", now + timedelta(days=14))
                )
                | (
                    Domain("progress", "=", "done")
                    & Domain("actual_stop", ">", now - timedelta(days=2))
                )
            ),
            order="start, id",
            limit=100,
        )
        # the rows below are of orders that the driver drives
        return {
            "is_driver": bool(
                self.env["party.driver"].search_count(
                    [("user_id", "=", self.env.uid)], limit=1
                )
            ),
            "orders": orders.sudo()._for_phone(),
        }


class PartyDispatch(models.Model):
    """An order as the page of the driver shows it."""

    _inherit = "party.dispatch"

    entry_ids = fields.One2many(
        "party.dispatch.entry", "dispatch_id", string="Entries from the phone"
    )

    def _for_phone(self):
        """Return the orders as plain values; the caller has checked who asks."""
        last = {car: self._last_odometer(car) for car in self.car_id}
        return [
            order._one_for_phone() | {"odometer_last": last[order.car_id]}
            for order in self
        ]

    def _one_for_phone(self):
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "progress": self.progress,
            "start": fields.Datetime.to_string(self.start),
            "stop": fields.Datetime.to_string(self.stop),
            "plate": self.car_id.plate,
            "car": self.car_id.name or "",
            "route": self.route,
            "planned_km": self.planned_km,
            "note": self.note or "",
            "actual_start": fields.Datetime.to_string(self.actual_start) or "",
            "actual_stop": fields.Datetime.to_string(self.actual_stop) or "",
            "odometer_out": self.odometer_out,
            "odometer_in": self.odometer_in,
            "odd": self._odd_sentences(),
            "explanation": self.explanation or "",
            "confirmed": self.confirmed_by_id.name or "",
            "requests": [
                request._for_phone() for request in self._travelled_requests()
            ],
            "rows": self._rows_for_phone(),
        }

    @api.model
    def _last_odometer(self, car):
        """Return what a car's odometer said last, 0 when it is not known."""
        last = self.search(
            [("car_id", "=", car.id), ("progress", "!=", "planned")],
            order="actual_start desc",
            limit=1,
        )
        return last.odometer_in or last.odometer_out

    def _rows_for_phone(self):
        """Return what was recorded so far, as ``{kind, text}``."""
        return [
            *(
                {"kind": "leg", "text": f"{leg.place_to}: {leg.km:g} km"}
                for leg in self.leg_ids
            ),
            *(
                {
                    "kind": "toll",
                    "text": f"{toll.station or ''} {figure(toll.amount)} đ".strip(),
                }
                for toll in self.toll_ids
            ),
            *(
                {
                    "kind": "fill",
                    "text": f"{figure(fill.litres, 3)} L, {figure(fill.amount)} đ",
                }
                for fill in self.fill_ids
            ),
            *(
                {"kind": "incident", "text": incident.display_name}
                for incident in self.incident_ids
            ),
        ]


class PartyCarRequest(models.Model):
    """A request as the page of the driver shows it."""

    _inherit = "party.car.request"

    def _for_phone(self):
        """Return whom to fetch, where and when, as plain values."""
        self.ensure_one()
        return {
            "id": self.id,
            "who": self.requester_id.name,
            "people": self.passenger_text or "",
            "phone": self.phone or "",
            "board": self.board_id.name,
            "purpose": self.purpose,
            "destination": self.destination,
            "pickup": self.pickup or "",
            "count": self.passenger_count,
            "start": fields.Datetime.to_string(self.start),
            "wishes": self.wishes or "",
        }
