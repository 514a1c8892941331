from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES

#: states in which an order keeps its car and its driver
LIVE = ("draft", "submitted", "returned", "approved")


class PartyDispatch(models.Model):
    """A dispatch order (lệnh điều xe): one car, one driver, one time, one or more
    requests.

    Car and driver are taken as soon as they are planned (``party.occupancy``): the
    database refuses a second order for them. ``state`` is the approval, ``progress``
    the trip itself.
    """

    _name = "party.dispatch"
    _description = "Dispatch Order"
    _inherit = [
        "party.approval.mixin",
        "party.cost.mixin",
        "party.form.mixin",
        "party.plausible.mixin",
    ]
    _order = "start desc, id desc"
    _rec_names_search = ["name", "car_id.plate", "driver_id.name"]

    state = fields.Selection(APPROVAL_STATES)
    progress = fields.Selection(
        [("planned", "Not started"), ("running", "On the road"), ("done", "Trip done")],
        required=True,
        readonly=True,
        copy=False,
        default="planned",
        index=True,
        tracking=True,
    )
    car_id = fields.Many2one(
        "party.car", index=True, ondelete="restrict", tracking=True
    )
    driver_id = fields.Many2one(
        "party.driver", index=True, ondelete="restrict", tracking=True
    )
    driver_user_id = fields.Many2one(
        related="driver_id.user_id", store=True, index="btree_not_null"
    )
    start = fields.Datetime(string="Leave", required=True, tracking=True)
    stop = fields.Datetime(string="Back", required=True, tracking=True)
    request_ids = fields.One2many(
        "party.car.request", "dispatch_id", string="Requests", readonly=True
    )
    route = fields.Char(required=True)
    planned_km = fields.Float(string="Planned km", digits=(10, 1))
    note = fields.Char(string="For the driver")

    actual_start = fields.Datetime(string="Left", readonly=True, copy=False)
    actual_stop = fields.Datetime(string="Came back", readonly=True, copy=False)
    odometer_out = fields.Integer(
        string="Odometer out (km)", readonly=True, copy=False, aggregator=None
    )
    odometer_in = fields.Integer(
        string="Odometer in (km)", readonly=True, copy=False, aggregator=None
    )
    km = fields.Integer(
        string="Km driven", compute="_compute_km", store=True, aggregator="sum"
    )
    can_dispatch = fields.Boolean(compute="_compute_may")
    can_drive = fields.Boolean(compute="_compute_may")

    _in_order = models.Constraint(
        "CHECK (stop > start)", "The car cannot be back before it leaves."
    )
    _actual_in_order = models.Constraint(
        "CHECK (actual_stop > actual_start)",
        "The car cannot have come back before it left.",
    )
    _odometer_in_order = models.Constraint(
        "CHECK (progress <> 'done' OR odometer_in >= odometer_out)",
        "The odometer does not run backwards.",
    )

    # ------------------------------------------------------------------------ content
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "progress",
            "actual_start",
            "actual_stop",
            "odometer_out",
            "odometer_in",
        }

    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "car_id",
            "driver_id",
            "start",
            "stop",
            "route",
            "planned_km",
            "request_ids",
        ]

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"planned_km"}

    @api.depends("odometer_out", "odometer_in", "progress")
    def _compute_km(self):
        for order in self:
            done = order.progress == "done"
            order.km = order.odometer_in - order.odometer_out if done else 0

    @api.depends("name", "car_id", "route")
    def _compute_display_name(self):
        for order in self:
            name = order.name if order.name != "/" else self.env._("Planned order")
            order.display_name = " · ".join(
                filter(None, (name, order.car_id.plate, order.route))
            )

    def _cost_date(self):
        self.ensure_one()
        return fields.Datetime.context_timestamp(self, self.start).date()

    def _work_item_summary(self):
        return " · ".join(filter(None, (self.route, self.car_id.plate)))

    # --------------------------------------------------------------------- occupancy
    @api.model_create_multi
    def create(self, vals_list):
        self._check_dispatcher()
        orders = super().create(vals_list)
        orders._keep_taken()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if {"car_id", "driver_id", "start", "stop"} & vals.keys():
            self._keep_taken()
        return result

    def _keep_taken(self):
        """Take car and driver for the time of the order, or let them go.

        :raises UserError: one of them is taken: says by which order
        """
        occupancy = self.env["party.occupancy"]
        for order in self.sudo():
            occupancy._take(order, order._spans())

    def _spans(self):
        """Return who is taken from when to when: ``(record, start, stop)``, UTC.

        While it is planned, with the time between two trips; once the car is back, what
        really was.
        """
        self.ensure_one()
        if self.state not in LIVE:
            return []
        start = self.actual_start or self.start
        if self.progress == "done":
            stop = self.actual_stop
        else:
            buffer = timedelta(minutes=self.car_id.turnaround_minutes)
            stop = max(self.stop, start + timedelta(minutes=1)) + buffer
        return [
            (subject, start, stop)
            for subject in (self.car_id, self.driver_id)
            if subject
        ]

    # ---------------------------------------------------------------------- approval
    def _check_can_submit(self):
        for order in self:
            if not (order.car_id and order.driver_id):
                raise UserError(self.env._("Choose a car and a driver first."))
            if not order.request_ids:
                raise UserError(
                    self.env._("An order serves a request: put one on it first.")
                )
        return super()._check_can_submit()

    def _on_approved(self):
        for order in self:
            if order.name == "/":
                # the number is given by the approval, as on paper
                order.sudo().name = self.env["party.series"]._next(
                    "dispatch_order", order._cost_date(), order
                )
            requests = order.request_ids.sudo()
            requests._give_answer("assigned")
            requests._hand_to(False, "")
            order._hand_to(
                order.driver_user_id or order.requester_id, self.env._("Drive")
            )
        self._cost_hold()
        return super()._on_approved()

    def _on_refused(self):
        self._free(self.env._("The order was refused"))
        return super()._on_refused()

    def _on_cancelled(self):
        self._free(self.env._("The order was cancelled"))
        return super()._on_cancelled()

    def _check_can_cancel(self):
        self._check_dispatcher()
        self._check_state("draft", "returned", "submitted", "approved")
        if self.filtered(lambda order: order.progress != "planned"):
            raise UserError(
                self.env._("The car has left: the trip can only be ended now.")
            )

    def _free(self, reason):
        """Let car, driver, budget and requests go.

        :param str reason: what the budget ledger says
        """
        self.env["party.occupancy"]._let_go(self)
        self._cost_release(reason)
        for order in self:
            requests = order.request_ids.sudo()
            # protected; the caller has checked the right to end the order
            requests.write({"dispatch_id": False})
            requests._wait_for_car()

    def _on_request_left(self):
        """Go on with the other requests, or end: nobody is to be driven any more."""
        for order in self:
            if order.request_ids:
                order._cost_hold() if order.state == "approved" else None
            elif order.state in LIVE and order.progress == "planned":
                order._void_waiting()
                order._set_state("cancelled")
                order._hand_to(False, "")
                order._free(self.env._("The last request was cancelled"))

    # --------------------------------------------------------------------------- may
    @api.depends_context("uid")
    @api.depends("state", "progress", "driver_user_id")
    def _compute_may(self):
        user = self.env.user
        dispatcher = user.has_group("party_office_base.group_dispatcher")
        for order in self:
            order.can_dispatch = dispatcher and order.state in LIVE
            order.can_drive = order.state == "approved" and (
                dispatcher or order.driver_user_id == user
            )

    def _check_dispatcher(self):
        self.env["party.car.request"]._check_dispatcher()

    def _check_requester(self):
        # orders belong to the desk, not to who drafted them
        self._check_dispatcher()

    def _check_can_drive(self):
        """Refuse whoever neither drives this order nor dispatches.

        :raises AccessError: another's order
        :raises UserError: the order does not hold (yet)
        """
        for order in self:
            order.check_access("read")
            if not order.can_drive:
                if order.state != "approved":
                    raise UserError(
                        self.env._(
                            "%(order)s is not approved: there is no order to drive by.",
                            order=order.display_name,
                        )
                    )
                raise AccessError(
                    self.env._("Only the driver of the order or the dispatcher may.")
                )

    # -------------------------------------------------------------------------- trip
    def _start_trip(self, odometer, moment=None):
        """Record that the car left.

        :param int odometer: km
        :param moment: UTC, now when left out
        :raises UserError: it has left already
        """
        self.ensure_one()
        self._check_can_drive()
        if self.progress != "planned":
            raise UserError(self.env._("This trip was already started."))
        # protected: what the actions of the trip record
        self.sudo().write(
            {
                "progress": "running",
                "actual_start": moment or fields.Datetime.now(),
                "odometer_out": odometer,
            }
        )
        self.sudo()._keep_taken()

    def _end_trip(self, odometer, moment=None):
        """Record that the car is back; car and driver are free from then on.

        :param int odometer: km
        :param moment: UTC, now when left out
        :raises UserError: it is not on the road, or the odometer ran backwards
        """
        self.ensure_one()
        self._check_can_drive()
        if self.progress != "running":
            raise UserError(self.env._("This trip is not on the road."))
        if odometer < self.odometer_out:
            raise UserError(
                self.env._(
                    "The odometer cannot say %(now)s km: it said %(before)s km when "
                    "the car left.",
                    now=odometer,
                    before=self.odometer_out,
                )
            )
        # protected: what the actions of the trip record
        self.sudo().write(
            {
                "progress": "done",
                "actual_stop": moment or fields.Datetime.now(),
                "odometer_in": odometer,
            }
        )
        self.sudo()._keep_taken()
        self._hand_to(False, "")
