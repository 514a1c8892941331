from odoo import fields, models


class PartySupplyBooking(models.TransientModel):
    """Books what came into the store, or what a count found."""

    _name = "party.supply.booking"
    _description = "Booking in the Store"

    supply_id = fields.Many2one("party.supply", required=True, ondelete="cascade")
    kind = fields.Selection(
        [("in", "Received"), ("count", "Counted")], required=True, default="in"
    )
    on_hand = fields.Integer(related="supply_id.on_hand")
    unit = fields.Char(related="supply_id.unit")
    currency_id = fields.Many2one(related="supply_id.currency_id")
    quantity = fields.Integer(string="How many")
    price = fields.Monetary(string="Unit price")
    reference = fields.Char(string="Paper or reason")

    def action_book(self):
        """Book it; the supply checks the right to."""
        self.ensure_one()
        if self.kind == "in":
            self.supply_id.action_receive(self.quantity, self.price, self.reference)
        else:
            self.supply_id.action_count(self.quantity, self.reference)
        return {"type": "ir.actions.act_window_close"}


class PartySupply(models.Model):
    _inherit = "party.supply"

    def _open_booking(self, kind):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "party.supply.booking",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_supply_id": self.id,
                "default_kind": kind,
                "default_price": self.price if kind == "in" else 0,
                "default_quantity": self.to_buy if kind == "in" else self.on_hand,
            },
        }

    def action_open_receive(self):
        """Ask how many came in, at which price."""
        return self._open_booking("in")

    def action_open_count(self):
        """Ask how many there are."""
        return self._open_booking("count")
