from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.party_office_base.rules.form_text import figure

from ..rules.trip import TripFacts, trip_oddities


class PartyDispatch(models.Model):
    """Gaps and jumps of the odometer: shown to driver and dispatcher, never refused."""

    _inherit = "party.dispatch"

    odometer_before = fields.Integer(
        string="Odometer after the trip before (km)",
        readonly=True,
        copy=False,
        aggregator=None,
    )
    is_odd = fields.Boolean(
        string="Gaps and jumps", compute="_compute_is_odd", store=True, index=True
    )
    odd_box = fields.Text(string="To look at", compute="_compute_odd_box")
    explanation = fields.Char(
        readonly=True, copy=False, tracking=True, help="Why the km are as they are."
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"odometer_before", "explanation"}

    # ----------------------------------------------------------------------- oddities
    def _trip_facts(self):
        self.ensure_one()
        done = self.progress == "done"
        hours = 0
        if done:
            hours = (self.actual_stop - self.actual_start).total_seconds() / 3600
        return TripFacts(
            before=self.odometer_before,
            out=self.odometer_out,
            back=self.odometer_in if done else None,
            planned_km=Decimal(str(self.planned_km)),
            legs_km=Decimal(str(round(sum(self.leg_ids.mapped("km")), 1))),
            hours=Decimal(str(round(hours, 4))),
        )

    def _trip_oddities(self):
        """Return what looks odd on the trip (``rules.trip.TripOddity``)."""
        self.ensure_one()
        if self.progress == "planned":
            return []
        return trip_oddities(self._trip_facts())

    @api.depends(
        "progress",
        "odometer_before",
        "odometer_out",
        "odometer_in",
        "planned_km",
        "leg_ids.km",
        "actual_start",
        "actual_stop",
    )
    def _compute_is_odd(self):
        for order in self:
            order.is_odd = bool(order._trip_oddities())

    @api.depends("is_odd", "odometer_before", "odometer_out", "odometer_in")
    @api.depends_context("lang")
    def _compute_odd_box(self):
        for order in self:
            order.odd_box = "\n".join(order._odd_sentences())

    def _odd_sentences(self):
        """Return a sentence for each gap and jump."""
        sentences = {
            "gap": self.env._(
                "%(km)s km without an order: the car's trip before ended at "
                "%(before)s km."
            ),
            "backwards": self.env._(
                "The odometer is %(km)s km behind: the car's trip before ended at "
                "%(before)s km."
            ),
            "jump": self.env._("%(km)s km driven, %(planned)s km planned."),
            "legs": self.env._(
                "The legs add up to %(legs)s km, the odometer says %(km)s km."
            ),
            "too_fast": self.env._("%(km)s km in that time are %(kmh)s km an hour."),
            "not_moved": self.env._("The odometer has not moved."),
        }
        return [
            sentences[oddity.code]
            % {name: figure(value, 1) for name, value in oddity.values.items()}
            for oddity in self._trip_oddities()
        ]

    # --------------------------------------------------------------------------- trip
    def _start_trip(self, odometer, moment=None):
        result = super()._start_trip(odometer, moment)
        # the trips of all drivers of the car count
        self.sudo()._link_odometer()
        return result

    def _end_trip(self, odometer, moment=None):
        result = super()._end_trip(odometer, moment)
        # see _start_trip
        self.sudo()._next_of_car()._link_odometer()
        return result

    def _link_odometer(self):
        """Note where the trip before of the car ended; 0 when there is none."""
        for order in self:
            before = self.search(
                Domain("car_id", "=", order.car_id.id)
                & Domain("progress", "=", "done")
                & Domain("actual_start", "<", order.actual_start),
                order="actual_start desc",
                limit=1,
            )
            order.odometer_before = before.odometer_in

    def _next_of_car(self):
        """Return the first trip of the car after this one, if it was driven yet."""
        self.ensure_one()
        return self.search(
            Domain("car_id", "=", self.car_id.id)
            & Domain("progress", "!=", "planned")
            & Domain("actual_start", ">", self.actual_start),
            order="actual_start, id",
            limit=1,
        )

    # ------------------------------------------------------------------------ actions
    def action_explain(self, explanation):
        """Say why the km are as they are; the words stay beside the figures.

        :raises AccessError: neither its driver nor the dispatcher
        """
        self.ensure_one()
        self._check_can_drive()
        self._check_trip_open()
        if not isinstance(explanation, str) or not explanation.strip():
            raise UserError(self.env._("Say why in a few words."))
        # protected: what the actions of the trip record
        self.sudo().explanation = explanation.strip()[:500]
        return True

    def action_correct_odometer(self, odometer_out, odometer_in, reason):
        """Correct what was typed wrongly; what it said before stays in the log.

        :param int odometer_in: km, left out as long as the car is on the road
        :raises AccessError: not the dispatcher
        :raises UserError: the trip has not begun, is settled, or no reason was given
        """
        self.ensure_one()
        self._check_dispatcher()
        self._check_trip_open()
        if self.progress == "planned":
            raise UserError(self.env._("This trip has not begun yet."))
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why in a few words."))
        before = f"{self.odometer_out} – {self.odometer_in}"
        vals = {"odometer_out": self._odometer(odometer_out)}
        if self.progress == "done":
            vals["odometer_in"] = self._odometer(odometer_in)
            if vals["odometer_in"] < vals["odometer_out"]:
                raise UserError(self.env._("The odometer does not run backwards."))
        # protected: what the actions of the trip record
        order = self.sudo()
        order.write(vals)
        order._next_of_car()._link_odometer()
        if self.progress == "done":
            order._void_confirmation()
            order._tell_vehicle()
        order.message_post(
            body=self.env._(
                "Odometer corrected from %(before)s to %(after)s: %(reason)s",
                before=before,
                after=f"{self.odometer_out} – {self.odometer_in}",
                reason=reason.strip()[:500],
            )
        )
        return True
