from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.party_room_booking import LAYOUTS


class PartyRoomFind(models.TransientModel):
    """Look for a free room by time, seats and equipment; one tap takes it."""

    _name = "party.room.find"
    _description = "Find a Free Room"
    _inherit = ["party.plausible.mixin"]

    event_id = fields.Many2one("party.event", string="Conference", readonly=True)
    purpose = fields.Char()
    start = fields.Datetime(required=True)
    stop = fields.Datetime(string="End", required=True)
    seats = fields.Integer(string="Seats needed")
    layout = fields.Selection(LAYOUTS)
    equipment_ids = fields.Many2many("party.room.equipment", string="Equipment needed")
    room_ids = fields.Many2many(
        "party.room", string="Free rooms", compute="_compute_room_ids"
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"seats"}

    @api.model
    def _open(self, **values):
        """Open a search that is saved, so that one tap on a room takes it."""
        now = fields.Datetime.now().replace(minute=0, second=0)
        begin = fields.Datetime.add(now, hours=1)
        search = self.create(
            {"start": begin, "stop": fields.Datetime.add(begin, hours=2), **values}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Find a free room"),
            "res_model": self._name,
            "res_id": search.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    @api.depends("start", "stop", "seats", "equipment_ids")
    def _compute_room_ids(self):
        rooms = self.env["party.room"]
        for search in self:
            if not search.start or not search.stop or search.stop <= search.start:
                search.room_ids = False
                continue
            search.room_ids = rooms._find_free(
                search.start, search.stop, search.seats, search.equipment_ids._origin
            )

    def action_take(self, room_id):
        """Take a room that was found.

        :param int room_id: ``party.room``
        :raises UserError: it was taken in the meantime, or the time cannot be
        """
        self.ensure_one()
        if self.stop <= self.start:
            raise UserError(self.env._("The end has to be after the beginning."))
        self.env["party.room.booking"].create(
            {
                "room_id": room_id,
                "event_id": self.event_id.id,
                "purpose": self.purpose,
                "start": self.start,
                "stop": self.stop,
                "seats": self.seats,
                "layout": self.layout,
                "equipment_ids": [(6, 0, self.equipment_ids.ids)],
            }
        )
        return {"type": "ir.actions.act_window_close"}


class PartyRoom(models.Model):
    _inherit = "party.room"

    def action_take_found(self):
        """Take this room as the search that shows it says (context ``room_find``)."""
        self.ensure_one()
        search = self.env["party.room.find"].browse(self.env.context.get("room_find"))
        if not search.exists():
            raise UserError(self.env._("Look for a free room first."))
        return search.action_take(self.id)
