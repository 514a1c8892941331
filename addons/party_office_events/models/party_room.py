from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

#: alternatives that a refusal names
ALTERNATIVES = 3


class PartyRoomEquipment(models.Model):
    """What a room can have: projector, online meetings, interpreters' booth."""

    _name = "party.room.equipment"
    _description = "Equipment of a Room"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)

    _name_unique = models.Constraint("UNIQUE (name)", "This equipment exists already.")


class PartyRoom(models.Model):
    """A room or hall that one meeting at a time can have, set-up time included."""

    _name = "party.room"
    _description = "Room or Hall"
    _inherit = ["party.plausible.mixin"]
    _order = "sequence, capacity desc, name, id"

    name = fields.Char(string="Room", required=True, index="trigram")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    place = fields.Char(string="Where it is", help="Building and floor.")
    capacity = fields.Integer(string="Seats", required=True, default=20)
    seats_per_row = fields.Integer(
        string="Seats in a row", default=10, help="For the plan of seats."
    )
    equipment_ids = fields.Many2many("party.room.equipment")
    setup_before = fields.Integer(
        string="Minutes to get ready",
        default=30,
        help="Nobody else has the room while it is made ready.",
    )
    setup_after = fields.Integer(
        string="Minutes to clear up",
        default=15,
        help="Nobody else has the room while it is cleared up.",
    )
    keeper_id = fields.Many2one(
        "res.users",
        string="Kept by",
        help="Is told of every booking, makes the room ready and confirms it.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _name_unique = models.Constraint(
        "UNIQUE (company_id, name)", "This room exists already."
    )
    _seats_possible = models.Constraint(
        "CHECK (capacity BETWEEN 1 AND 10000 AND seats_per_row BETWEEN 1 AND 100)",
        "A room has between 1 and 10,000 seats, a row between 1 and 100.",
    )
    _setup_possible = models.Constraint(
        "CHECK (setup_before BETWEEN 0 AND 1440 AND setup_after BETWEEN 0 AND 1440)",
        "To get ready or clear up takes a day at most.",
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {
            "capacity",
            "seats_per_row",
            "setup_before",
            "setup_after",
        }

    @api.constrains("company_id")
    def _check_no_booking_elsewhere(self):
        moved = (
            self.env["party.room.booking"]
            .sudo()
            ._read_group([("room_id", "in", self.ids)], ["room_id", "company_id"])
        )
        if any(room.company_id != company for room, company in moved):
            raise ValidationError(
                self.env._("A room that was booked stays with its office.")
            )

    @api.model
    def _find_free(self, start, stop, seats=0, equipment=None, besides=None):
        """Return the rooms that are free with their set-up time, best fit first.

        :param datetime start: of the meeting, UTC
        :param datetime stop: of the meeting, UTC
        :param int seats: needed at least
        :param equipment: ``party.room.equipment``, all of it is needed
        :param besides: a booking whose own time does not count
        """
        domain = Domain("capacity", ">=", seats) & Domain(
            "company_id", "in", self.env.companies.ids
        )
        for item in equipment or ():
            domain &= Domain("equipment_ids", "in", item.ids)
        rooms = self.search(domain)
        # set-up times differ: one look for each pair, there are few of them
        free = self.browse()
        for group in rooms.grouped(
            lambda room: (room.setup_before, room.setup_after)
        ).values():
            begin, end = group[0]._span(start, stop)
            free |= self.env["party.occupancy"]._free(group, begin, end, besides)
        return free.sorted(lambda room: (room.capacity, room.name))

    def _span(self, start, stop):
        """Return from when to when a meeting takes this room, set-up included."""
        self.ensure_one()
        return (
            fields.Datetime.subtract(start, minutes=self.setup_before),
            fields.Datetime.add(stop, minutes=self.setup_after),
        )

    @api.model
    def _say_free(self, start, stop, seats=0, equipment=None):
        """Return a sentence that names free rooms."""
        free = self._find_free(start, stop, seats, equipment)[:ALTERNATIVES]
        if not free:
            return self.env._("No other room is free then with these seats.")
        return self.env._(
            "Free then: %(rooms)s.",
            rooms=", ".join(f"{room.name} ({room.capacity})" for room in free),
        )
