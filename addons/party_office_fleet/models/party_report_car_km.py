from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.cost import split_amount
from odoo.addons.party_office_base.rules.money import whole
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from .party_report_fleet import COST_READERS

_lt = LazyTranslate(__name__)
FIGURES = ("trips", "persons", "km", "cost", "settled")


class PartyReportCarKmBoard(models.AbstractModel):
    """Trips, km and cost by norm of each board, month by month.

    A trip that several boards shared is split by passenger-km; whole km and đồng sum to
    what was driven.
    """

    _name = "party.report.car_km_board"
    _inherit = "party.report.fleet"
    _description = "Km and Cost by Board"

    _report_title = _lt("Cars: km and cost by board")
    _report_options = {"since": None, "day": None, "boards": None}

    def _report(self, options):
        return Report(
            title=self.env._("Cars: km and cost by board"),
            subtitles=[self._period_text(options)],
            columns=[
                Column("content", self.env._("Board, month"), width=40),
                Column("trips", self.env._("Trips"), "number", 9, total=True),
                Column("persons", self.env._("Persons"), "number", 9, True, minor=True),
                Column("km", self.env._("Km"), "number", 12, total=True),
                Column("cost", self.env._("Fuel by norm"), "money", 16, total=True),
                Column("settled", self.env._("Fuel settled"), "money", 16, total=True),
                Column("share", self.env._("Share of km, %"), "share", 10, minor=True),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "A trip that boards shared is split by passenger-km. A trip counts "
                    "once for each request on it. Settled is what the approved fuel "
                    "statements charge for the months."
                )
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        figures = self._figures(options)
        driven = sum(cells["km"] for cells in figures.values()) or 1
        by_board = defaultdict(list)
        for (board, month), cells in figures.items():
            by_board[board].append((month, cells))
        for board, months in sorted(
            by_board.items(), key=lambda item: (item[0].name, item[0].id)
        ):
            together = {
                key: sum(cells[key] for _month, cells in months) for key in FIGURES
            }
            yield Row(
                {
                    "content": board.name,
                    **together,
                    "share": Decimal(together["km"] * 100) / driven,
                },
                level=1,
            )
            for month, cells in sorted(months, key=lambda item: item[0]):
                share = Decimal(cells["km"] * 100) / driven
                content = self._month_text(month)
                yield Row({"content": content, **cells, "share": share})

    def _figures(self, options):
        """Return ``{(board, month): cells}``."""
        # what a trip was shared with is needed to split it
        orders = self.env["party.dispatch"].sudo().search(self._trips_domain(options))
        served = {order: order._served_requests() for order in orders}
        domain = [("id", "in", [r.id for own in served.values() for r in own])]
        if options.board_ids:
            domain.append(("board_id", "in", list(options.board_ids)))
        # whose requests the user may see is decided here
        mine = set(self.env["party.car.request"].search(domain).ids)
        figures = defaultdict(lambda: dict.fromkeys(FIGURES, 0))
        for order, requests in served.items():
            own = [request for request in requests if request.id in mine]
            if not own:
                continue
            weights = order._shares()
            shared = list(weights.values())
            km = dict(zip(weights, split_amount(order.km, shared), strict=True))
            cost = dict(
                zip(weights, split_amount(whole(order.fuel_cost), shared), strict=True)
            )
            month = self._month(order)
            for request in own:
                cells = figures[request.board_id, month]
                cells["trips"] += 1
                cells["persons"] += request.passenger_count
                cells["km"] += int(km[request])
                cells["cost"] += int(cost[request])
        for board, month, amount in self._settled(options):
            figures[board, month]["settled"] += amount
        return figures

    def _settled(self, options):
        """Yield ``(board, month, đồng)`` of the approved fuel statements."""
        domain = [
            ("statement_id.state", "=", "approved"),
            ("month", ">=", options.since.replace(day=1)),
            ("month", "<=", options.day),
        ]
        if options.board_ids:
            domain.append(("board_id", "in", list(options.board_ids)))
        shares = self.env["party.fuel.statement.share"].search(domain).sudo()
        for share in shares:
            month = share.month.year, share.month.month
            yield share.board_id, month, whole(share.amount)


class PartyReportCarKmDriver(models.AbstractModel):
    """Trips, km, hours and weekend trips of each driver, month by month."""

    _name = "party.report.car_km_driver"
    _inherit = "party.report.fleet"
    _description = "Km by Driver"

    _report_title = _lt("Cars: km and hours by driver")
    _report_groups = COST_READERS

    def _report(self, options):
        return Report(
            title=self.env._("Cars: km and hours by driver"),
            subtitles=[self._period_text(options)],
            columns=[
                Column("content", self.env._("Driver, month"), width=36),
                Column("trips", self.env._("Trips"), "number", 9, total=True),
                Column("km", self.env._("Km"), "number", 12, total=True),
                Column("hours", self.env._("Hours"), "days", 10, total=True),
                Column(
                    "weekend",
                    self.env._("Trips on Saturday or Sunday"),
                    "number",
                    12,
                    total=True,
                    minor=True,
                ),
            ],
            rows=self._rows(options),
            signatures=self._signatures(),
        )

    def _rows(self, options):
        figures = defaultdict(list)
        for order in self._trips(options):
            figures[order.driver_id].append(order)
        for driver, orders in sorted(
            figures.items(), key=lambda item: (item[0].name or "", item[0].id)
        ):
            yield Row({"content": driver.name, **self._cells(orders)}, level=1)
            months = defaultdict(list)
            for order in orders:
                months[self._month(order)].append(order)
            for month, part in sorted(months.items()):
                yield Row({"content": self._month_text(month), **self._cells(part)})

    def _cells(self, orders):
        return {
            "trips": len(orders),
            "km": sum(order.km for order in orders),
            "hours": sum(map(self._hours, orders), Decimal(0)),
            "weekend": sum(self._on_weekend(order) for order in orders),
        }

    def _on_weekend(self, order):
        return self._local(order.actual_start).weekday() > 4
