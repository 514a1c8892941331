from datetime import timedelta
from decimal import Decimal

from odoo import models
from odoo.tools import groupby
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from ..rules.fuel_norm import tank_levels
from ..tools import exact
from .party_fuel_statement_collect import DEAD

_lt = LazyTranslate(__name__)
#: order on one day: measured at the start, fills, trips, measured at the end
OPENING, FILL, TRIP, CLOSING = range(4)


class PartyReportCarTank(models.AbstractModel):
    """The tank of each car: measured, filled, burnt by norm, and what should be in it.

    Trips by norm are the plan of a tank; a measured level stands above it.
    """

    _name = "party.report.car_tank"
    _inherit = "party.report.provider"
    _description = "Tank Ledger"

    _report_title = _lt("Tank ledger")
    _report_groups = (
        "party_office_base.group_dispatcher",
        "party_office_base.group_accountant",
        "party_office_base.group_office_chief",
    )
    _report_options = {"since": None, "day": None}

    def _report(self, options):
        return Report(
            title=self.env._("Tank ledger"),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("content", self.env._("Car, day, what"), width=44),
                Column("in", self.env._("Filled (l)"), "number", 11, total=True),
                Column("out", self.env._("By norm (l)"), "number", 11, total=True),
                Column("measured", self.env._("Measured (l)"), "number", 11),
                Column("level", self.env._("In the tank (l)"), "number", 11),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "Before the first measured level nothing is known of a tank."
                )
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        entries = sorted(
            [
                *self._measured(options),
                *self._fills(options),
                *self._trips(options),
            ],
            key=lambda entry: entry[:4],
        )
        rows = []
        for plate, movements in groupby(entries, key=lambda entry: entry[0]):
            rows.append(Row({"content": plate}, level=1))
            levels = tank_levels([entry[-1] for entry in movements])
            for entry, level in zip(movements, levels, strict=True):
                filled, burnt, measured = entry[-1]
                rows.append(
                    Row(
                        {
                            "content": f"{self._day_text(entry[1])} · {entry[4]}",
                            "in": filled or None,
                            "out": burnt or None,
                            "measured": measured,
                            "level": level,
                        }
                    )
                )
        return rows

    def _measured(self, options):
        statements = self.env["party.fuel.statement"].search(
            [
                ("month", ">=", options.since.replace(day=1)),
                ("month", "<=", options.day),
                ("state", "not in", DEAD),
            ]
        )
        nothing = Decimal(0)
        for statement in statements:
            plate, name = statement.car_id.plate, statement.display_name
            # drivers of one month follow each other by the odometer
            mileage = statement.odometer_start, statement.odometer_end
            days = [
                *statement.line_ids.mapped("date"),
                *statement.fill_ids.mapped("date"),
            ]
            # a driver who takes over in the middle of a month begins with his first day
            first = min(days, default=statement.month)
            rows = [(first, OPENING, mileage[0], statement.opening)]
            if statement.closing:
                last = max(days, default=statement._last_day())
                rows.append((last, CLOSING, mileage[1], statement.closing))
            for day, kind, odometer, level in rows:
                if options.since <= day <= options.day:
                    movement = (nothing, nothing, exact(level))
                    yield plate, day, kind, odometer, name, movement

    def _fills(self, options):
        fills = self.env["party.fuel.fill"].search(
            [("date", ">=", options.since), ("date", "<=", options.day)]
        )
        for fill in fills:
            what = " · ".join(filter(None, (fill.station, fill.invoice_number)))
            movement = (exact(fill.litres), Decimal(0), None)
            yield fill.car_id.plate, fill.date, FILL, fill.odometer, what, movement

    def _trips(self, options):
        # a day more at both ends: stored moments are UTC
        first, last = options.since - timedelta(days=1), options.day + timedelta(days=2)
        orders = self.env["party.dispatch"].search(
            [
                ("progress", "=", "done"),
                ("actual_stop", ">=", first),
                ("actual_stop", "<", last),
            ]
        )
        for order in orders:
            day = local(order.env, order.actual_stop).date()
            if options.since <= day <= options.day:
                movement = (Decimal(0), exact(order.fuel_litres), None)
                yield (
                    order.car_id.plate,
                    day,
                    TRIP,
                    order.odometer_in,
                    order.display_name,
                    movement,
                )
