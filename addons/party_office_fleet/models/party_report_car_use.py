from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

from ..rules.fleet_use import could_serve, office_hours
from .party_car_request import WITHOUT_CAR
from .party_report_fleet import DESK

_lt = LazyTranslate(__name__)


class PartyReportCarRefused(models.AbstractModel):
    """Requests that got no car of the office, and which cars stood at that time."""

    _name = "party.report.car_refused"
    _inherit = "party.report.fleet"
    _description = "Requests Without a Car"

    _report_title = _lt("Cars: requests without a car")
    _report_groups = DESK

    def _report(self, options):
        answers = dict(
            self.env["party.car.request"]
            ._fields["answer"]
            ._description_selection(self.env)
        )
        return Report(
            title=self.env._("Cars: requests without a car"),
            subtitles=[self._period_text(options)],
            columns=[
                Column("start", self.env._("Leave"), width=15),
                Column("stop", self.env._("Back"), width=15, minor=True),
                Column("board", self.env._("Board"), width=26),
                Column("destination", self.env._("Destination"), width=24),
                Column("persons", self.env._("Persons"), "number", 8, minor=True),
                Column("answer", self.env._("Answer"), width=16),
                Column("reason", self.env._("Reason"), width=26),
                Column("cars", self.env._("Cars that stood"), width=30),
            ],
            rows=[
                Row(
                    {
                        "start": self._moment_text(request.start),
                        "stop": self._moment_text(request.stop),
                        "board": request.board_id.name,
                        "destination": request.destination,
                        "persons": request.passenger_count,
                        "answer": answers[request.answer],
                        "reason": "; ".join(
                            filter(
                                None,
                                (request.answer_reason_id.name, request.answer_note),
                            )
                        ),
                        "cars": ", ".join(cars.mapped("plate")),
                    },
                    link=("party.car.request", request.id),
                )
                for request, cars in self._refused(options)
            ],
            notes=[
                self.env._(
                    "A car stood when it had room, was free all the time and not in "
                    "the workshop. Whether a driver was free is not looked at."
                )
            ],
            signatures=self._signatures(),
        )

    def _moment_text(self, moment):
        return self._local(moment).strftime("%d/%m/%Y %H:%M")

    def _refused(self, options):
        """Return ``[(request, cars that could have served it)]`` of a period."""
        begin, end = self._period(options)
        requests = self.env["party.car.request"].search(
            [
                ("answer", "in", WITHOUT_CAR),
                ("start", ">=", begin),
                ("start", "<", end),
            ],
            order="start, id",
        )
        if not requests:
            return []
        cars = self.env["party.car"].search([("use", "=", "common")])
        last = max(requests.mapped("stop"))
        taken = self._taken(cars, begin, last)
        seats = {car.id: car.seats for car in cars}
        result = []
        for request in requests:
            span = request.start, request.stop
            free = could_serve(span, request.passenger_count, seats, taken)
            result.append((request, cars.browse(free)))
        return result

    def _taken(self, cars, begin, end):
        """Return ``{car id: [(start, stop)]}``, UTC."""
        taken = defaultdict(list)
        rows = self.env["party.occupancy"]._overlapping(cars, begin, end)
        for row in rows:
            taken[row.subject_id].append((row.start, row.stop))
        return taken


class PartyReportCarUse(models.AbstractModel):
    """How far each car was used, and how long it stood while requests were refused."""

    _name = "party.report.car_use"
    _inherit = "party.report.car_refused"
    _description = "Use of the Fleet"

    _report_title = _lt("Cars: use of the fleet")

    def _report(self, options):
        return Report(
            title=self.env._("Cars: use of the fleet"),
            subtitles=[self._period_text(options)],
            columns=[
                Column("content", self.env._("Car"), width=30),
                Column("trips", self.env._("Trips"), "number", 8, total=True),
                Column("km", self.env._("Km"), "number", 10, total=True),
                Column("hours", self.env._("Hours on the road"), "days", 10, True),
                Column(
                    "used", self.env._("In office hours"), "days", 10, True, minor=True
                ),
                Column(
                    "absent",
                    self.env._("Office hours in the workshop"),
                    "days",
                    11,
                    True,
                    minor=True,
                ),
                Column(
                    "could", self.env._("Office hours"), "days", 10, True, minor=True
                ),
                Column(
                    "share",
                    self.env._("Used, %"),
                    "share",
                    9,
                    ratio=(("used",), "could"),
                ),
                Column(
                    "stood",
                    self.env._("Stood while a request got no car, times"),
                    "number",
                    12,
                ),
                Column(
                    "stood_hours",
                    self.env._("Stood while a request got no car, hours"),
                    "days",
                    12,
                    minor=True,
                ),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "Office hours are 7:30–11:30 and 13:30–17:30, Monday to Friday. "
                    "One request may count for several cars that stood."
                )
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        begin, end = self._period(options)
        cars = self.env["party.car"].search(Domain.TRUE)
        could = office_hours(self._local(begin), self._local(end))
        figures = {
            car: {
                "trips": 0,
                "km": 0,
                "hours": Decimal(0),
                "used": Decimal(0),
                "absent": Decimal(0),
                "could": could,
                "stood": 0,
                "stood_hours": Decimal(0),
            }
            for car in cars
        }
        for order in self._trips(options):
            cells = figures.get(order.car_id)
            if cells:
                cells["trips"] += 1
                cells["km"] += order.km
                cells["hours"] += self._hours(order)
                cells["used"] += self._within(
                    order.actual_start, order.actual_stop, end
                )
        absences = self.env["party.car.absence"].search(
            [("start", "<", end), ("stop", ">", begin)]
        )
        for absence in absences:
            if absence.car_id in figures:
                figures[absence.car_id]["absent"] += self._within(
                    max(absence.start, begin), absence.stop, end
                )
        for request, free in self._refused(options):
            hours = Decimal((request.stop - request.start) // timedelta(minutes=1)) / 60
            for car in free:
                if car in figures:
                    figures[car]["stood"] += 1
                    figures[car]["stood_hours"] += hours
        for car, cells in figures.items():
            share = cells["used"] * 100 / could if could else None
            yield Row(
                {"content": car.display_name, **cells, "share": share},
                link=("party.car", car.id),
            )

    def _within(self, start, stop, end):
        """Return the office hours of a time (UTC), cut at the end of the period."""
        return office_hours(self._local(start), self._local(min(stop, end)))
