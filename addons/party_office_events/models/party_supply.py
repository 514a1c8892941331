from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.contention import take_rows


class PartySupply(models.Model):
    """A supply of the store, with a counter that the database keeps above zero.

    Odoo works in REPEATABLE READ: the stock is a stored counter, every change is one
    conditional UPDATE, and the CHECK constraint is the last wall. The sum of the moves
    is the counter.
    """

    _name = "party.supply"
    _description = "Supply"
    _inherit = ["party.protected.mixin", "party.plausible.mixin"]
    _order = "name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(string="Supply", required=True, translate=True)
    code = fields.Char(string="Code of the supply")
    active = fields.Boolean(default=True)
    unit = fields.Char(
        required=True, translate=True, help="Piece, box, ream: what is counted."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    price = fields.Monetary(help="đồng a unit, of the latest purchase.")
    on_hand = fields.Integer(
        string="In stock", required=True, default=0, readonly=True, copy=False
    )
    minimum = fields.Integer(
        string="Least stock", help="Below it, the supply is on the list to buy."
    )
    target = fields.Integer(string="Stock after buying")
    is_low = fields.Boolean(
        string="To be bought", compute="_compute_low", store=True, index=True
    )
    to_buy = fields.Integer(
        string="How many to buy", compute="_compute_low", store=True
    )
    buy_amount = fields.Monetary(
        string="Cost of buying", compute="_compute_low", store=True
    )
    move_ids = fields.One2many("party.supply.move", "supply_id", string="Stock book")

    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code <> ''", "Another supply has this code."
    )
    _not_negative = models.Constraint(
        "CHECK (on_hand >= 0)", "The stock of a supply is never negative."
    )
    _figures_possible = models.Constraint(
        "CHECK (minimum BETWEEN 0 AND 10000000 AND target BETWEEN 0 AND 10000000"
        " AND price >= 0)",
        "Price and stock cannot be negative.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"on_hand", "move_ids"}

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"price", "minimum", "target"}

    @api.depends("on_hand", "minimum", "target", "price")
    def _compute_low(self):
        for supply in self:
            supply.is_low = supply.on_hand < supply.minimum
            wanted = max(supply.target, supply.minimum) - supply.on_hand
            supply.to_buy = max(wanted, 0) if supply.is_low else 0
            supply.buy_amount = supply.to_buy * supply.price

    @api.depends("name", "unit")
    def _compute_display_name(self):
        for supply in self:
            supply.display_name = (
                f"{supply.name} ({supply.unit})" if supply.unit else supply.name
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        # whoever asks: the book is complete
        moves = self.env["party.supply.move"].sudo()
        if moves.search_count([("supply_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("A supply with a stock book is archived, not deleted.")
            )

    # ------------------------------------------------------------------------ the book
    def _check_keeper(self):
        """:raises AccessError: the user does not keep the store"""
        if not (self.env.su or self.env.user.keeps_supplies()):
            raise AccessError(self.env._("The store is kept by others."))

    def action_receive(self, quantity, price=0, reference=""):
        """Book what came into the store; the price becomes that of the supply.

        :param int quantity: above zero
        :param price: đồng a unit; 0 keeps the price
        :param str reference: invoice or delivery note
        """
        self._check_keeper()
        self.ensure_one()
        self._check_figure(quantity, least=1)
        self._check_plausible({"price": price})
        if price < 0:
            raise UserError(self.env._("The price cannot be negative."))
        if price:
            # who keeps the store says what it cost
            self.sudo().price = round(price)
        return self._book(
            [
                {
                    "supply": self,
                    "kind": "in",
                    "quantity": quantity,
                    "price": round(price) or self.price,
                    "reference": str(reference or "")[:200],
                }
            ]
        )

    def action_count(self, counted, reason):
        """Correct the stock to what was counted, with a reason.

        :param int counted: what is there
        :param str reason: why it differs
        """
        self._check_keeper()
        self.ensure_one()
        self._check_figure(counted, least=0)
        reason = str(reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the count differs."))
        if counted == self.on_hand:
            raise UserError(self.env._("The stock is right already."))
        return self._book(
            [
                {
                    "supply": self,
                    "kind": "count",
                    "quantity": counted - self.on_hand,
                    "price": self.price,
                    "reference": reason[:200],
                }
            ]
        )

    def _check_figure(self, value, least):
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not least <= value <= 1_000_000
        ):
            raise UserError(
                self.env._(
                    "A number from %(least)s to 1,000,000 is wanted.", least=least
                )
            )

    @api.model
    def _book(self, entries):
        """Change the stock and write the book, or refuse all of it.

        The caller has checked the right to.

        :param list entries: dicts of ``supply, kind, quantity`` (signed) and values of
            ``party.supply.move``
        :raises UserError: the store has not enough, with the figures
        """
        # a counter and a book that only this method writes
        moves = self.env["party.supply.move"].sudo()
        supplies = (
            self.env["party.supply"]
            .sudo()
            .union(*(entry["supply"].sudo() for entry in entries))
        )
        self.env.flush_all()
        take_rows(self.env, self._table, supplies.ids)
        values = []
        for entry in sorted(entries, key=lambda e: e["supply"].id):
            supply = entry.pop("supply").sudo()
            rows = self.env.execute_query(
                SQL(
                    "UPDATE party_supply SET on_hand = on_hand + %s"
                    " WHERE id = %s AND on_hand + %s >= 0 RETURNING on_hand",
                    entry["quantity"],
                    supply.id,
                    entry["quantity"],
                )
            )
            if not rows:
                supply.invalidate_recordset(["on_hand"])
                raise UserError(
                    self.env._(
                        "%(supply)s: %(stock)s in stock, %(wanted)s wanted.",
                        supply=supply.display_name,
                        stock=supply.on_hand,
                        wanted=-entry["quantity"],
                    )
                )
            values.append({**entry, "supply_id": supply.id, "balance": rows[0][0]})
        supplies.invalidate_recordset(["on_hand"])
        supplies.modified(["on_hand"])
        with moves._appending():
            return moves.create(values)
