from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_datetime

from ..rules.trip import left_over

#: a phone's clock may go before the server's by this much
CLOCK_SLACK = timedelta(minutes=10)
MOST_KM = 9_999_999


class PartyDispatch(models.Model):
    """The trip: what really was wins over what was planned.

    A car that comes back late, or leaves early, takes its time from orders that are
    only planned; the dispatcher is told which. What was really driven never overlaps.
    """

    _inherit = "party.dispatch"

    is_displaced = fields.Boolean(
        string="Car or driver not back in time",
        readonly=True,
        copy=False,
        help="A trip that was really driven takes part of the time of this order.",
    )

    _driven_of_car = models.Index("(car_id, actual_start) WHERE progress <> 'planned'")
    _driven_of_driver = models.Index(
        "(driver_id, actual_start) WHERE progress <> 'planned'"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"is_displaced"}

    # ------------------------------------------------------------------------ actions
    def action_start(self, odometer, moment=False):
        """Record that the car left.

        :param int odometer: km
        :param moment: UTC, now when left out; a late entry gives the real one
        :raises AccessError: neither its driver nor the dispatcher
        :raises UserError: in the future, or the car is still on another trip
        """
        self.ensure_one()
        self._start_trip(self._odometer(odometer), self._moment(moment))
        return True

    def action_end(self, odometer, moment=False):
        """Record that the car is back.

        :param int odometer: km
        :param moment: UTC, now when left out; a late entry gives the real one
        :raises AccessError: neither its driver nor the dispatcher
        :raises UserError: in the future, before it left, or over another trip
        """
        self.ensure_one()
        moment = self._moment(moment)
        self._check_can_drive()
        if self.actual_start and moment <= self.actual_start:
            raise UserError(
                self.env._(
                    "The car left at %(start)s: it cannot have come back before.",
                    start=self._moment_text(self.actual_start),
                )
            )
        self._end_trip(self._odometer(odometer), moment)
        return True

    def _odometer(self, value):
        """Return what was typed as whole km.

        :raises UserError: it is no number of km
        """
        try:
            km = int(value)
        except (TypeError, ValueError, OverflowError):
            km = -1
        if isinstance(value, bool) or not 0 <= km <= MOST_KM:
            raise UserError(
                self.env._("Odometer: “%(value)s” cannot be.", value=str(value)[:40])
            )
        return km

    def _moment(self, value):
        """Return when it happened (UTC), now when it was not said.

        :raises UserError: no date, or in the future
        """
        now = fields.Datetime.now()
        try:
            moment = fields.Datetime.to_datetime(value) or now
        except (TypeError, ValueError):
            raise UserError(
                self.env._("“%(value)s” is no date.", value=str(value)[:40])
            ) from None
        moment = moment.replace(tzinfo=None, microsecond=0)
        if moment > now + CLOCK_SLACK:
            raise UserError(
                self.env._(
                    "%(moment)s is still to come.", moment=self._moment_text(moment)
                )
            )
        return min(moment, now)

    def _moment_text(self, moment):
        return format_datetime(self.env, moment, dt_format="dd/MM HH:mm")

    # --------------------------------------------------------------------------- trip
    def _start_trip(self, odometer, moment=None):
        moment = moment or fields.Datetime.now()
        self._check_can_drive()
        if self.progress == "planned":
            # trips of other drivers with this car count, too
            self.sudo()._check_follows(moment)
        return super()._start_trip(odometer, moment)

    def _end_trip(self, odometer, moment=None):
        result = super()._end_trip(odometer, moment or fields.Datetime.now())
        # plain drivers and dispatchers need no rights in the Fleet app
        self.sudo()._tell_vehicle()
        return result

    def _check_follows(self, moment):
        """Refuse to leave while car or driver are (or were) on another trip.

        :raises UserError: names the trip
        """
        same = Domain("car_id", "=", self.car_id.id) | Domain(
            "driver_id", "=", self.driver_id.id
        )
        other = self.search(
            same
            & Domain("id", "!=", self.id)
            & Domain("actual_start", "<=", moment)
            & (
                Domain("progress", "=", "running")
                | (Domain("progress", "=", "done") & Domain("actual_stop", ">", moment))
            ),
            order="actual_start desc",
            limit=1,
        )
        if not other:
            return
        shared = other.car_id & self.car_id or other.driver_id
        if other.progress == "running":
            raise UserError(
                self.env._(
                    "%(who)s is still on the road: %(order)s. End that trip first.",
                    who=shared.display_name,
                    order=other.display_name,
                )
            )
        raise UserError(
            self.env._(
                "%(who)s came back at %(stop)s: %(order)s. This trip begins after it.",
                who=shared.display_name,
                stop=self._moment_text(other.actual_stop),
                order=other.display_name,
            )
        )

    def _tell_vehicle(self):
        """Write the odometer to the vehicle of the Fleet app."""
        for order in self.filtered("car_id.vehicle_id"):
            self.env["fleet.vehicle.odometer"].create(
                {
                    "vehicle_id": order.car_id.vehicle_id.id,
                    "value": order.odometer_in,
                    "date": fields.Datetime.context_timestamp(
                        order, order.actual_stop
                    ).date(),
                }
            )

    # --------------------------------------------------------------------- occupancy
    def write(self, vals):
        if {"car_id", "driver_id", "start", "stop"} & vals.keys():
            # planned anew: it has to be free again (protected, see _keep_taken)
            self.sudo().filtered("is_displaced").write({"is_displaced": False})
        return super().write(vals)

    def _keep_taken(self):
        driven = self.filtered(lambda order: order.progress != "planned")
        result = super(PartyDispatch, self - driven)._keep_taken()
        # orders of other drivers are moved, too
        for order in driven.sudo():
            displaced = order._displace_planned()
            super(PartyDispatch, order)._keep_taken()
            order._settle_displaced(displaced)
        return result

    def _driven_span(self):
        """Return the time that the trip took for certain: to its end, or, as long as it
        is on the road, to when it was to leave.
        """
        self.ensure_one()
        least = self.actual_start + timedelta(minutes=1)
        stop = self.actual_stop if self.progress == "done" else max(least, self.start)
        return self.actual_start, stop

    def _foreign_rows(self, subject, start, stop):
        """Return who else has taken a subject: rows of other orders, rows of others."""
        rows = self.env["party.occupancy"]._overlapping(subject, start, stop, self)
        orders = rows.filtered(lambda row: row.res_model == self._name)
        return orders, rows - orders

    def _displace_planned(self):
        """Take car and driver away from planned orders; they have to be told after."""
        self.ensure_one()
        displaced = self.browse()
        for subject in filter(None, (self.car_id, self.driver_id)):
            rows, _others = self._foreign_rows(subject, *self._driven_span())
            displaced |= self.browse(rows.mapped("res_id"))
        displaced = displaced.filtered(lambda order: order.progress == "planned")
        self.env["party.occupancy"]._let_go(displaced)
        fresh = displaced.filtered(lambda order: not order.is_displaced)
        fresh.write({"is_displaced": True})
        for order in fresh:
            order._tell_displaced(self)
        return displaced

    def _tell_displaced(self, trip):
        """Tell the dispatcher that a planned order has lost time to a trip."""
        dispatcher = self.company_id.dispatcher_id or self.requester_id
        shared = trip.car_id & self.car_id or trip.driver_id
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=dispatcher.id,
            summary=self.env._(
                "%(who)s was longer on the road than planned", who=shared.display_name
            ),
            note=trip.display_name,
        )
        self.message_post(
            body=self.env._(
                "%(who)s was on the road in the time of this order: %(trip)s.",
                who=shared.display_name,
                trip=trip.display_name,
            )
        )

    def _settle_displaced(self, displaced):
        """Let planned orders have the time that is left to them.

        A trip that ended earlier than it seemed gives its time back.
        """
        self.ensure_one()
        start, _stop = self._driven_span()
        displaced |= self.search(
            Domain("is_displaced", "=", True)
            & Domain("progress", "=", "planned")
            & Domain("stop", ">", start)
            & (
                Domain("car_id", "=", self.car_id.id)
                | Domain("driver_id", "=", self.driver_id.id)
            )
        )
        for order in displaced:
            if not order._is_cut():
                order.is_displaced = False
            order._keep_taken()

    def _is_cut(self):
        """Tell whether a trip really driven takes time of this planned order."""
        self.ensure_one()
        for subject in filter(None, (self.car_id, self.driver_id)):
            rows, _others = self._foreign_rows(subject, self.start, self.stop)
            orders = self.browse(rows.mapped("res_id"))
            if orders.filtered(lambda order: order.progress != "planned"):
                return True
        return False

    def _spans(self):
        """What really was is always recorded: it only takes what can be taken.

        A planned order that lost time to a trip keeps the rest. A trip does not take
        the time of the workshop or of a leave, nor, as long as it is on the road, of
        trips driven after it left (it was entered late).
        """
        spans = super()._spans()
        if self.progress == "planned" and not self.is_displaced:
            return spans
        return [
            (subject, *part)
            for subject, start, stop in spans
            for part in left_over(
                (start, stop),
                [
                    (row.start, row.stop)
                    for row in self._yields_to(subject, start, stop)
                ],
            )
        ]

    def _yields_to(self, subject, start, stop):
        """Return the rows of others that this order leaves as they are."""
        rows, others = self._foreign_rows(subject, start, stop)
        orders = self.browse(rows.mapped("res_id"))
        late = self.progress == "running" and self.actual_start >= self.stop
        yields = orders.filtered(
            lambda order: (
                (self.progress == "planned" and order.progress != "planned")
                or (
                    self.progress == "running"
                    and order.progress != "planned"
                    and order.actual_start > self.actual_start
                )
                # to refuel and clean is a wish once everything is late
                or (late and order.progress == "planned")
            )
        )
        kept = rows.filtered(lambda row: row.res_id in yields.ids)
        return kept | others if self.progress != "planned" else kept
