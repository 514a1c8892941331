from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.cost import CostLine, split_amount
from odoo.addons.party_office_base.rules.form_text import figure

from ..rules.fuel_norm import Trip, trip_litres
from ..rules.fuel_share import passenger_km
from ..tools import exact

#: budget item of fuel (circular 324/2016/TT-BTC)
FUEL_ITEM = "6503"


class PartyDispatch(models.Model):
    """What an order costs: km by norm, at the price of the day, board by board."""

    _inherit = "party.dispatch"

    statement_id = fields.Many2one(
        "party.fuel.statement",
        string="Fuel statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    fuel_litres = fields.Float(
        string="Fuel by norm (l)",
        digits=(10, 3),
        compute="_compute_fuel_cost",
        help="Of the plan, or of what was driven once the car is back.",
    )
    fuel_cost = fields.Monetary(
        string="Fuel cost by norm",
        compute="_compute_fuel_cost",
        help="Litres by norm at the price of the day; the statement of the month "
        "swaps it for what was paid.",
    )
    fuel_cost_note = fields.Char(
        string="Why no fuel cost", compute="_compute_fuel_cost"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"statement_id"}

    # -------------------------------------------------------------------------- litres
    def _fuel_day(self):
        """Return the day (at the office) whose norm and price count."""
        self.ensure_one()
        return local(self.env, self.actual_start or self.start).date()

    def _fuel_trip(self):
        """Return the trip as the norm sees it: as driven, before that as planned."""
        self.ensure_one()
        done = self.progress == "done"
        # the plan of hard roads is the requests'; the log book has its own
        planned_hard = max(self.request_ids.mapped(self._request_hard_km), default=0)
        return Trip(
            day=self._fuel_day(),
            km=exact(self.km if done else self.planned_km),
            hard_km=exact(self.hard_km if done else planned_hard),
            idle_hours=exact(self.idle_hours if done else 0),
            odometer=self.odometer_out,
        )

    @api.model
    def _request_hard_km(self, request):
        """Return the km on hard roads (mountain, city) that a request expects."""
        return request["hard_km"] if "hard_km" in request._fields else 0

    @api.depends(
        "car_id.norm_ids.litres",
        "car_id.fuel",
        "start",
        "planned_km",
        "km",
        "hard_km",
        "idle_hours",
        "progress",
    )
    def _compute_fuel_cost(self):
        prices = self._fuel_prices()
        for order in self:
            litres, price, note = order._fuel_estimate(prices)
            order.fuel_litres = litres
            order.fuel_cost = int((litres * price).to_integral_value())
            order.fuel_cost_note = note

    def _fuel_prices(self):
        """Return the prices that these orders may need, in superuser mode."""
        orders = self.sudo().filtered("start")
        days = [order._fuel_day() for order in orders]
        return orders.car_id._fuel_prices(max(days, default=date.min))

    def _fuel_estimate(self, prices):
        """Return ``(litres, đồng a litre, why it is not known)`` as exact numbers.

        :param prices: ``party.fuel.price`` records, see ``_fuel_prices``
        """
        self.ensure_one()
        # superuser mode: who asks for a trip need not see norms of other offices
        order = self.sudo()
        nothing = Decimal(0)
        if not order.car_id or not order.start:
            return nothing, nothing, ""
        norm = order.car_id._norm_on(order._fuel_day())
        if not norm:
            return nothing, nothing, self.env._("The car has no fuel norm on that day.")
        litres = trip_litres(order._fuel_trip(), norm._to_litres()).total
        price = prices._pick(order.car_id.fuel, order._fuel_day(), order.company_id)
        if not price:
            note = self.env._("No price of the car's fuel is known on that day.")
            return litres, nothing, note
        return litres, exact(price.price), ""

    # -------------------------------------------------------------------------- shares
    def _shares(self):
        """Return ``{request: weight}`` by passenger-km (``Decimal``): how much of the
        trip each request carries.
        """
        self.ensure_one()
        # superuser mode: each board sees its own part, the order needs all of them
        order = self.sudo()
        trip_km = exact(order.km or order.planned_km)
        return {
            request: passenger_km(request.passenger_count, exact(request.km), trip_km)
            for request in order._served_requests().sorted("id")
        }

    def _board_shares(self):
        """Return ``{board: weight}`` (``Decimal``), the boards in a fixed order."""
        weights = {}
        for request, weight in self._shares().items():
            board = request.board_id
            weights[board] = weights.get(board, Decimal(0)) + weight
        return dict(sorted(weights.items(), key=lambda pair: pair[0].id))

    # ---------------------------------------------------------------------------- cost
    def _cost_lines(self):
        """Fuel by norm at the price of the day, by passenger-km; nothing once the
        statement of the month was approved, and nothing without norm or price.
        """
        self.ensure_one()
        if self.sudo().statement_id.state == "approved":
            return []
        return self._fuel_lines(self._fuel_prices())

    def _fuel_lines(self, prices):
        """Return the cost by norm (``CostLine``), whether it was settled or not."""
        self.ensure_one()
        order = self.sudo()
        litres, price, _note = order._fuel_estimate(prices)
        amount = (litres * price).to_integral_value()
        shares = order._board_shares()
        if not amount or not shares:
            return []
        explanation = self.env._(
            "Fuel of %(order)s: %(litres)s l × %(price)s đ",
            order=order.display_name,
            litres=figure(litres, 3),
            price=figure(price),
        )
        parts = split_amount(amount, list(shares.values()))
        return [
            CostLine(board, FUEL_ITEM, part, explanation)
            for board, part in zip(shares, parts, strict=True)
            if part
        ]

    def _fuel_costs(self):
        """Return ``{order: {board: đồng}}`` for reports: what an approved statement
        gave the order, until then what it costs by norm.
        """
        # superuser mode: the caller shows what its reader may see
        orders = self.sudo()
        prices = orders._fuel_prices()
        settled = {}
        for statement in orders.statement_id:
            if statement.state == "approved":
                settled |= statement._amounts_by_order()
        return {
            order: settled[order]
            if order in settled
            else {line.board: int(line.amount) for line in order._fuel_lines(prices)}
            for order in orders
        }

    def _decision_notes(self):
        notes = super()._decision_notes()
        for order in self:
            if order.fuel_cost_note:
                notes[order.id] = "; ".join(
                    filter(None, (notes.get(order.id), order.fuel_cost_note))
                )
        return notes

    # ------------------------------------------------------------------------- settled
    def _check_trip_open(self):
        # the statement rests on what was recorded: sent, it stands
        for order in self:
            statement = order.statement_id
            if statement.state in ("submitted", "approved"):
                raise UserError(
                    self.env._(
                        "%(order)s is in the fuel statement %(statement)s, which was "
                        "sent: have it returned first.",
                        order=order.display_name,
                        statement=statement.display_name,
                    )
                )
        return super()._check_trip_open()
