from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_datetime

#: who books further ahead or back mistyped the year
MOST_AHEAD = timedelta(days=3 * 366)
MOST_BACK = timedelta(days=366)
MAX_DAYS = 30
HELD = ("asked", "confirmed")
LAYOUTS = [
    ("theatre", "Rows facing the stage"),
    ("classroom", "Rows with tables"),
    ("u", "U shape"),
    ("round", "Closed square"),
    ("banquet", "Round tables"),
]


class PartyRoomBooking(models.Model):
    """A room taken from when to when, for a conference or for something simple.

    It is taken at once, by the same guarantee of the database as cars; the keeper is
    told, makes it ready and confirms. All staff see that a room is taken. What a closed
    meeting is about stands nowhere here: its name comes from the conference, which
    tells it only to who takes part.
    """

    _name = "party.room.booking"
    _description = "Booking of a Room"
    _inherit = ["party.protected.mixin", "party.plausible.mixin"]
    _order = "start, room_id, id"

    room_id = fields.Many2one(
        "party.room", required=True, index=True, ondelete="restrict"
    )
    event_id = fields.Many2one(
        "party.event",
        string="Conference",
        index="btree_not_null",
        ondelete="cascade",
    )
    purpose = fields.Char(
        help="When it is for no conference. All staff read it on the board of rooms."
    )
    start = fields.Datetime(required=True, index=True)
    stop = fields.Datetime(string="End", required=True)
    board_id = fields.Many2one(
        "party.board",
        string="Unit",
        required=True,
        index=True,
        compute="_compute_board_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    requester_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(related="room_id.company_id", store=True)
    seats = fields.Integer(
        string="Seats needed",
        compute="_compute_seats",
        store=True,
        readonly=False,
        precompute=True,
        aggregator="max",
    )
    layout = fields.Selection(LAYOUTS)
    equipment_ids = fields.Many2many("party.room.equipment", string="Equipment needed")
    state = fields.Selection(
        [
            ("asked", "Taken"),
            ("confirmed", "Confirmed by the keeper"),
            ("released", "Given back"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="asked",
        index=True,
    )
    released_why = fields.Char(string="Why it was given back", readonly=True)
    keeper_id = fields.Many2one(related="room_id.keeper_id")
    may_change = fields.Boolean(compute="_compute_may_change")
    may_keep = fields.Boolean(compute="_compute_may_change")

    _in_order = models.Constraint(
        "CHECK (stop > start)", "The end has to be after the beginning."
    )
    _seats_possible = models.Constraint(
        "CHECK (seats BETWEEN 0 AND 10000)", "Between 0 and 10,000 seats are needed."
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"state", "requester_id", "released_why"}

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"seats"}

    # ------------------------------------------------------------------------ computes
    @api.depends("event_id")
    def _compute_board_id(self):
        for booking in self:
            # who books for a conference keeps its plan
            booking.board_id = (
                booking.sudo().event_id.lead_board_id
                or booking.board_id
                or self.env.user.own_board_id
            )

    @api.depends("event_id")
    def _compute_seats(self):
        for booking in self:
            booking.seats = booking.seats or booking.sudo().event_id.delegate_count

    @api.depends_context("uid", "lang")
    @api.depends(
        "room_id.name",
        "event_id.title",
        "event_id.is_restricted",
        "purpose",
        "board_id",
    )
    def _compute_display_name(self):
        for booking in self:
            # the conference itself keeps the words of a closed meeting back
            what = booking.sudo().event_id.display_name or booking.purpose
            parts = (
                booking.sudo().room_id.name,
                what,
                booking.sudo().board_id.name,
            )
            booking.display_name = " · ".join(part for part in parts if part)

    @api.depends_context("uid")
    @api.depends("event_id", "requester_id", "keeper_id")
    def _compute_may_change(self):
        for booking in self:
            booking.may_change = booking._is_holder()
            booking.may_keep = booking._is_keeper()

    # ---------------------------------------------------------------------- who may act
    def _is_holder(self):
        """Tell whether the user may change or give back this booking."""
        self.ensure_one()
        user = self.env.user
        if self.env.su or user.has_group("party_office_base.group_office_chief"):
            return True
        # the name of the organiser is no secret; the right is what is asked here
        event = self.sudo().event_id
        if event and event.sudo(False)._is_organiser_of_room():
            return True
        return bool(user.acting_user_ids & self.requester_id) and not event

    def _is_keeper(self):
        """Tell whether the user keeps the room, or leads the office."""
        self.ensure_one()
        user = self.env.user
        return bool(
            self.env.su
            or user.has_group("party_office_base.group_office_chief")
            or user.acting_user_ids & self.sudo().room_id.keeper_id
        )

    def _check_holder(self):
        """:raises AccessError: the booking is somebody else's"""
        for booking in self:
            if not booking._is_holder():
                raise AccessError(
                    self.env._(
                        "This booking is kept by %(person)s.",
                        person=(
                            booking.sudo().event_id.organiser_id or booking.requester_id
                        ).name,
                    )
                )

    def _check_unit(self):
        """:raises AccessError: booked in the name of a unit that is not the user's"""
        user = self.env.user
        units = user.visible_board_ids | user.own_board_id
        for booking in self:
            if self.env.su or booking.event_id or booking.board_id in units:
                continue
            raise AccessError(
                self.env._(
                    "You do not book rooms for %(unit)s.", unit=booking.board_id.name
                )
            )

    # -------------------------------------------------------------------- create, write
    @api.model_create_multi
    def create(self, vals_list):
        bookings = super().create(vals_list)
        bookings._check_holder()
        bookings._check_unit()
        bookings.event_id._check_rooms_wanted()
        bookings._hold()
        bookings._tell_keeper()
        return bookings

    def write(self, vals):
        changes = bool(vals.keys() - self._protected_fields())
        if changes and not self.env.su:
            self._check_holder()
            if self.filtered(lambda booking: booking.state == "released"):
                raise UserError(self.env._("This booking was given back: book again."))
        result = super().write(vals)
        if changes and not self.env.su:
            # for another conference or unit than before
            self._check_holder()
            self._check_unit()
        if vals.keys() & {"room_id", "start", "stop", "seats", "event_id"}:
            held = self.filtered(lambda booking: booking.state in HELD)
            held._hold()
            if vals.keys() & {"room_id", "start", "stop"}:
                # what the keeper has confirmed was something else; protected
                held.sudo().filtered(lambda b: b.state == "confirmed").state = "asked"
                held._tell_keeper()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_let_go(self):
        self.env["party.occupancy"]._let_go(self)

    @api.constrains("start", "stop")
    def _check_times(self):
        now = fields.Datetime.now()
        for booking in self:
            if not now - MOST_BACK < booking.start < now + MOST_AHEAD:
                raise ValidationError(
                    self.env._(
                        "%(start)s cannot be: look at the year.",
                        start=format_datetime(self.env, booking.start),
                    )
                )
            if (booking.stop - booking.start).days >= MAX_DAYS:
                raise ValidationError(
                    self.env._(
                        "A room is booked for %(days)s days at most.", days=MAX_DAYS
                    )
                )

    @api.constrains("event_id", "purpose")
    def _check_for_something(self):
        for booking in self:
            if not booking.event_id and not (booking.purpose or "").strip():
                raise ValidationError(
                    self.env._("Say what the room is for: a conference or a purpose.")
                )

    # -------------------------------------------------------------------------- holding
    def _hold(self):
        """Take the rooms, with their set-up time.

        :raises UserError: too few seats, or taken: by whom, and what is free then
        """
        for booking in self:
            # rooms are the office's directory
            room = booking.sudo().room_id
            if not room.active:
                raise UserError(
                    self.env._("%(room)s is not used any more.", room=room.name)
                )
            if booking.seats > room.capacity:
                raise UserError(
                    self.env._(
                        "%(room)s has %(capacity)s seats, %(seats)s are needed.",
                        room=room.name,
                        capacity=room.capacity,
                        seats=booking.seats,
                    )
                    + " "
                    + booking._say_alternatives()
                )
            try:
                self.env["party.occupancy"]._take(
                    booking, [(room, *room._span(booking.start, booking.stop))]
                )
            except UserError as refusal:
                raise UserError(
                    self.env._(
                        "%(refusal)s %(free)s",
                        refusal=refusal.args[0],
                        free=booking._say_alternatives(),
                    )
                ) from refusal

    def _say_alternatives(self):
        self.ensure_one()
        return self.env["party.room"]._say_free(
            self.start, self.stop, self.seats, self.equipment_ids
        )

    def _release(self, why):
        """Give rooms back; the keepers are told. The caller has checked the right to.

        :param str why: shown on the booking
        """
        held = self.filtered(lambda booking: booking.state in HELD)
        self.env["party.occupancy"]._let_go(held)
        # protected: only actions set them
        held.sudo().write({"state": "released", "released_why": why})
        held._tell_keeper(why)

    def _tell_keeper(self, why=""):
        """Tell the keepers of the rooms what was booked, moved or given back."""
        thread = self.env["mail.thread"]
        for booking in self.sudo():
            keeper = booking.room_id.keeper_id
            if not keeper or keeper == self.env.user:
                continue
            # in the words that the keeper may read
            seen = booking.with_user(keeper).with_context(
                lang=keeper.lang or self.env.lang
            )
            start = format_datetime(
                seen.env, booking.start, dt_format="HH:mm dd/MM/yyyy"
            )
            if booking.state == "released":
                subject = seen.env._("Room given back: %(start)s", start=start)
            else:
                subject = seen.env._("Room taken: %(start)s", start=start)
            # a notice to the keeper, whatever the right of who books on mail
            thread.sudo().message_notify(
                partner_ids=keeper.partner_id.ids,
                model=self._name,
                res_id=booking.id,
                subject=subject,
                body=f"{seen.display_name}. {why}".strip(),
            )

    # -------------------------------------------------------------------------- actions
    def action_confirm(self):
        """Confirm that the room is or will be ready; the keeper does.

        :raises UserError: it is given back, or the user does not keep the room
        """
        for booking in self:
            if not booking._is_keeper():
                raise UserError(
                    self.env._(
                        "%(room)s is confirmed by who keeps it.",
                        room=booking.sudo().room_id.name,
                    )
                )
            if booking.state != "asked":
                raise UserError(self.env._("This booking is not to be confirmed."))
        # protected: the right was checked
        self.sudo().state = "confirmed"
        return True

    def action_release(self):
        """Give the room back; who booked it and the keeper may.

        :raises UserError: it is given back already, or it is somebody else's
        """
        for booking in self:
            if not booking._is_keeper():
                booking._check_holder()
            if booking.state not in HELD:
                raise UserError(self.env._("This room was given back already."))
        self._release(
            self.env._("Given back by %(person)s.", person=self.env.user.name)
        )
        return True
