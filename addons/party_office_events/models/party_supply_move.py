from odoo import fields, models

from odoo.addons.party_office_base.office_time import local_today

MOVE_KINDS = [("in", "Received"), ("out", "Given out"), ("count", "Count corrected")]


class PartySupplyMove(models.Model):
    """One row of the stock book: received, given out, or corrected after a count."""

    _name = "party.supply.move"
    _description = "Stock Book"
    _inherit = ["party.append.only.mixin"]
    _order = "id desc"

    supply_id = fields.Many2one(
        "party.supply", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="supply_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(MOVE_KINDS, required=True, readonly=True)
    date = fields.Date(
        string="Day",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: local_today(self.env),
    )
    quantity = fields.Integer(string="In or out", required=True, readonly=True)
    balance = fields.Integer(
        string="Stock after", required=True, readonly=True, aggregator=None
    )
    price = fields.Monetary(string="Unit price", readonly=True, aggregator=None)
    board_id = fields.Many2one("party.board", readonly=True, index="btree_not_null")
    request_id = fields.Many2one(
        "party.service.request",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Booked by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    reference = fields.Char(string="Paper or reason", readonly=True)

    _balance_possible = models.Constraint(
        "CHECK (balance >= 0)", "The stock of a supply is never negative."
    )
    _direction = models.Constraint(
        "CHECK ((kind = 'in' AND quantity > 0) OR (kind = 'out' AND quantity < 0)"
        " OR (kind = 'count' AND quantity <> 0))",
        "What comes in is counted up, what goes out down.",
    )
