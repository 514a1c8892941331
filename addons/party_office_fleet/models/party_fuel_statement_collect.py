from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.office_time import midnight
from odoo.addons.party_office_base.rules import fuel
from odoo.addons.party_office_base.rules.allowance import CalculationRefused
from odoo.addons.party_office_base.rules.cost import CostLine, split_amount
from odoo.addons.party_office_base.rules.form_text import figure

from ..rules.fuel_norm import trip_litres
from ..rules.fuel_share import month_weights
from ..tools import exact
from .party_dispatch_cost import FUEL_ITEM

#: a statement in one of these states came to nothing
DEAD = ("refused", "cancelled")


class PartyFuelStatement(models.Model):
    """How a statement is reckoned: trips, litres, what is paid, who carries it."""

    _inherit = "party.fuel.statement"

    # ------------------------------------------------------------------------ collect
    def _month_bounds(self):
        """Return the first moment of the month and of the next one (UTC, no zone)."""
        self.ensure_one()
        return tuple(
            midnight(self.env, day)
            for day in (self.month, self.month + relativedelta(months=1))
        )

    def _trip_domain(self):
        """Return which orders of the car and the driver belong to the month: those that
        came back in it.
        """
        self.ensure_one()
        first, after = self._month_bounds()
        return Domain(
            [
                ("car_id", "=", self.car_id.id),
                ("driver_id", "=", self.driver_id.id),
                ("state", "=", "approved"),
                ("progress", "=", "done"),
                ("actual_stop", ">=", first),
                ("actual_stop", "<", after),
            ]
        )

    def _fill_domain(self):
        self.ensure_one()
        return Domain(
            [
                ("car_id", "=", self.car_id.id),
                ("driver_id", "=", self.driver_id.id),
                ("date", ">=", self.month),
                ("date", "<=", self._last_day()),
            ]
        )

    def action_collect(self):
        """Take the month's trips and fills that no other statement has.

        :raises AccessError: no dispatcher
        :raises UserError: it was already sent
        """
        self._check_dispatcher()
        self._collect()
        return True

    def _collect(self):
        self._check_content_open()
        # superuser mode: a statement is complete whoever makes it; orders and fills are
        # tied to it by these actions only
        for statement in self.sudo():
            mine = Domain("statement_id", "in", (False, statement.id))
            orders = self.env["party.dispatch"].sudo()
            orders = orders.search(statement._trip_domain() & mine)
            (statement.dispatch_ids - orders).write({"statement_id": False})
            orders.write({"statement_id": statement.id})
            fills = self.env["party.fuel.fill"].sudo()
            fills = fills.search(statement._fill_domain() & mine)
            (statement.fill_ids - fills).write(
                {"statement_id": False, "paid_litres": 0, "paid_amount": 0}
            )
            fills.write({"statement_id": statement.id})
            statement.line_ids.unlink()
            rows = [statement._prepare_line(order) for order in orders.sorted("start")]
            self.env["party.fuel.statement.line"].sudo().create(rows)
            outs = [order.odometer_out for order in orders if order.odometer_out]
            statement.write(
                {
                    "odometer_start": min(outs, default=0),
                    "odometer_end": max(orders.mapped("odometer_in"), default=0),
                }
            )
            statement._settle()

    def _prepare_line(self, order):
        """Return the values of the row of an order.

        :raises UserError: the car has no norm on that day
        """
        norm = self.car_id._norm_or_refuse(order._fuel_day())
        trip = order._fuel_trip()
        litres = trip_litres(trip, norm._to_litres())
        return {
            "statement_id": self.id,
            "dispatch_id": order.id,
            "name": order.name,
            "date": trip.day,
            "route": order.route,
            "odometer_out": order.odometer_out,
            "odometer_in": order.odometer_in,
            "km": float(trip.km),
            "hard_km": float(min(trip.hard_km, trip.km)),
            "idle_hours": float(trip.idle_hours),
            "norm_id": norm.id,
            "norm_rate": norm.litres,
            "supplement": ", ".join(litres.labels),
            "litres": float(litres.total),
        }

    # ------------------------------------------------------------------------- settle
    def _fuel_period(self):
        """Return the month as the rules see it (``rules.fuel.FuelPeriod``)."""
        self.ensure_one()
        statement = self.sudo()
        norm = statement.car_id._norm_on(statement._last_day())
        return fuel.FuelPeriod(
            day_from=statement.month,
            day_to=statement._last_day(),
            norm=exact(norm.litres),
            opening=exact(statement.opening),
            closing=exact(statement.closing),
            tank=exact(statement.car_id.tank_litres),
            fills=tuple(fill._to_rule() for fill in statement.fill_ids),
            odometer_start=statement.odometer_start,
            odometer_end=statement.odometer_end,
            allowed=sum(map(exact, statement.line_ids.mapped("litres")), Decimal(0)),
        )

    def _use_or_refuse(self):
        """Return the litres (``rules.fuel.FuelUse``).

        :raises UserError: the facts cannot be, in words
        """
        self.ensure_one()
        try:
            return fuel.fuel_use(self._fuel_period())
        except CalculationRefused as refused:
            raise UserError(self._say_fuel_refused(refused)) from refused

    def _settle(self):
        """Reckon litres, what is paid of each fill, and the shares of the boards.

        Facts that cannot be (not measured yet) leave the figures at zero; sending
        refuses them.
        """
        # the figures are the statement's: no user writes them
        for statement in self.sudo():
            facts = statement._fuel_period()
            try:
                use = fuel.fuel_use(facts)
                paid = fuel.fuel(facts)
            except CalculationRefused:
                use, paid = None, []
            amount = statement._write_paid(facts, paid)
            lines = statement.line_ids
            statement.write(
                {
                    "km": sum(lines.mapped("km")),
                    "norm_litres": float(facts.allowed),
                    "filled_litres": float(use.filled) if use else 0,
                    "burnt_litres": float(use.burnt) if use else 0,
                    "limit_litres": float(use.limit) if use else 0,
                    "over_litres": float(use.over) if use else 0,
                    "filled_amount": sum(statement.fill_ids.mapped("amount")),
                    "paid_amount": amount,
                }
            )
            statement._write_shares(amount)

    def _write_paid(self, facts, paid):
        """Write what is paid of each fill; returns the sum (đồng)."""
        rows = dict(
            zip((f.key for f in fuel.in_order(facts.fills)), paid, strict=False)
        )
        amount = 0
        for fill in self.fill_ids:
            row = rows.get(fill)
            litres = row.quantity if row else Decimal(0)
            dong = row.amount if row else Decimal(0)
            if row and self.pay_over:
                litres, dong = exact(fill.litres), exact(fill.amount)
            fill.write({"paid_litres": float(litres), "paid_amount": int(dong)})
            amount += int(dong)
        return amount

    def _write_shares(self, amount):
        """Share an amount (đồng) by litres and passenger-km, exact to the đồng."""
        self.share_ids.unlink()
        weights = self._share_weights()
        whole = sum(weights.values())
        parts = split_amount(Decimal(amount), list(weights.values()))
        litres = exact(self.norm_litres)
        self.env["party.fuel.statement.share"].sudo().create(
            [
                {
                    "statement_id": self.id,
                    "board_id": board.id,
                    "pct": float(Decimal(weight) * 100 / whole),
                    "litres": float(litres * weight / whole),
                    "amount": int(part),
                }
                for (board, weight), part in zip(weights.items(), parts, strict=True)
            ]
        )

    def _share_weights(self):
        """Return ``{board: whole number}``; without a trip the statement's own board
        carries all.
        """
        trips = [
            (exact(line.litres), line.dispatch_id._board_shares())
            for line in self.line_ids.sorted("id")
        ]
        weights = month_weights(trips) or {self.board_id: 1}
        return dict(sorted(weights.items(), key=lambda pair: pair[0].id))

    def _amounts_by_order(self):
        """Return ``{order: {board: đồng}}``: each board's share laid on its trips."""
        self.ensure_one()
        weights = month_weights(
            (
                exact(line.litres),
                {
                    (line.dispatch_id, board): weight
                    for board, weight in line.dispatch_id._board_shares().items()
                },
            )
            for line in self.line_ids.sorted("id")
        )
        amounts = {line.dispatch_id: {} for line in self.line_ids}
        for share in self.share_ids:
            keys = [key for key in weights if key[1] == share.board_id]
            if not keys:
                continue
            total = Decimal(int(share.amount))
            parts = split_amount(total, [weights[key] for key in keys])
            for (order, board), part in zip(keys, parts, strict=True):
                amounts[order][board] = int(part)
        return amounts

    # --------------------------------------------------------------------------- cost
    def _cost_date(self):
        self.ensure_one()
        return self._last_day()

    def _cost_lines(self):
        self.ensure_one()
        explanation = self.env._(
            "Fuel of %(car)s, %(driver)s, %(month)s",
            car=self.sudo().car_id.plate,
            driver=self.sudo().driver_id.name,
            month=self.month.strftime("%m/%Y"),
        )
        # superuser mode: the whole bill, whoever acts on it
        return [
            CostLine(share.board_id, FUEL_ITEM, Decimal(int(share.amount)), explanation)
            for share in self.sudo().share_ids
            if share.amount
        ]

    # -------------------------------------------------------------------------- before
    def _before(self):
        """Return the statement of the same car that came before this one, or none."""
        self.ensure_one()
        # superuser mode: a car has one tank, whoever drove it
        return self.sudo().search(
            [
                ("car_id", "=", self.car_id.id),
                ("month", "<=", self.month),
                ("state", "not in", DEAD),
                ("id", "not in", self._origin.ids),
                ("odometer_end", "<=", self.odometer_start or 10_000_000),
            ],
            order="month desc, odometer_end desc, id desc",
            limit=1,
        )

    def _say_fuel_refused(self, refused):
        """Return the sentence for a ``rules.allowance.CalculationRefused``."""
        values = {
            name: figure(value, 2) if isinstance(value, Decimal) else value
            for name, value in refused.values.items()
        }
        if refused.reason in ("opening", "closing"):
            return self.env._(
                "The tank takes %(tank)s l: %(litres)s l cannot be in it.", **values
            )
        if refused.reason == "closing_unfilled":
            return self.env._(
                "%(closing)s l in the tank at the end cannot be: with what was in it "
                "and what was filled there were %(most)s l at most.",
                **values,
            )
        if refused.reason == "fill":
            day = format_date(self.env, refused.values["day"])
            return self.env._(
                "The fill on %(day)s needs litres above zero and an amount that is "
                "not negative.",
                day=day,
            )
        return str(refused)
