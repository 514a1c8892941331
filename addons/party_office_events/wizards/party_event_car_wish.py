from odoo import fields, models


class PartyEventCarWish(models.TransientModel):
    """Ask for one car for a conference; whose money pays it is a field."""

    _name = "party.event.car.wish"
    _description = "Car for a Conference"

    event_id = fields.Many2one("party.event", required=True, ondelete="cascade")
    board_id = fields.Many2one(
        "party.board",
        string="Unit that bears it",
        required=True,
        default=lambda self: self.env.user.own_board_id,
        help="Its head confirms the need.",
    )
    start = fields.Datetime(string="Leave", required=True)
    stop = fields.Datetime(string="Back", required=True)
    destination = fields.Char(required=True)
    purpose = fields.Char(string="Work", required=True)
    persons = fields.Integer(default=1, required=True)
    note = fields.Char(string="Wishes", help="Kind of car, luggage, whom to meet …")

    def action_ask(self):
        """Send the request.

        :raises UserError: the user does not keep the plan, or the cars refuse it
        """
        self.ensure_one()
        self.event_id._check_organiser()
        names = ("start", "stop", "destination", "purpose", "persons", "note")
        wish = {name: self[name] for name in names}
        self.event_id._transport_ask({**wish, "board": self.board_id})
        return {"type": "ir.actions.act_window_close"}
