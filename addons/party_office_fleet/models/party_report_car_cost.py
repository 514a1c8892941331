from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.money import whole
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from .party_report_fleet import COST_READERS

_lt = LazyTranslate(__name__)
MONEY = ("fuel", "toll", "repair", "care")


class PartyReportCarCost(models.AbstractModel):
    """What each car has driven and cost: fuel, tolls, repairs, care, month by month."""

    _name = "party.report.car_cost"
    _inherit = "party.report.fleet"
    _description = "Km and Cost by Car"

    _report_title = _lt("Cars: km and cost by car")
    _report_groups = COST_READERS

    def _report(self, options):
        return Report(
            title=self.env._("Cars: km and cost by car"),
            subtitles=[self._period_text(options)],
            columns=[
                Column("content", self.env._("Car, month"), width=34),
                Column("trips", self.env._("Trips"), "number", 8, total=True),
                Column("km", self.env._("Km"), "number", 10, total=True),
                Column(
                    "fuel", self.env._("Fuel filled"), "money", 14, True, minor=True
                ),
                Column("toll", self.env._("Tolls"), "money", 12, True, minor=True),
                Column("repair", self.env._("Repairs"), "money", 14, True, minor=True),
                Column(
                    "care",
                    self.env._("Inspection, insurance, maintenance"),
                    "money",
                    14,
                    True,
                    minor=True,
                ),
                Column("sum", self.env._("Together"), "money", 15, total=True),
                Column("per_km", self.env._("Đồng for a km"), "number", 10),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "Fuel by the invoices of the fills, repairs by the day of their "
                    "acceptance. Wages of drivers and wear are not in it."
                )
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        by_car = defaultdict(lambda: defaultdict(self._nothing))
        for order in self._trips(options):
            cells = by_car[order.car_id][self._month(order)]
            cells["trips"] += 1
            cells["km"] += order.km
            cells["toll"] += whole(order.toll_amount)
        for key, car, day, amount in self._bills(options):
            if amount:
                by_car[car][day.year, day.month][key] += whole(amount)
        for car, months in sorted(
            by_car.items(), key=lambda item: (item[0].plate, item[0].id)
        ):
            together = self._nothing()
            for cells in months.values():
                for key, value in cells.items():
                    together[key] += value
            yield Row(
                {"content": car.display_name, **self._summed(together)},
                level=1,
                link=("party.car", car.id),
            )
            for month, cells in sorted(months.items()):
                content = self._month_text(month)
                yield Row({"content": content, **self._summed(cells)})

    def _nothing(self):
        return dict.fromkeys(("trips", "km", *MONEY), 0)

    def _summed(self, cells):
        amount = sum(cells[key] for key in MONEY)
        km = cells["km"]
        per_km = round(Decimal(amount) / km) if km else None
        return {**cells, "sum": amount, "per_km": per_km}

    def _bills(self, options):
        """Yield ``(column, car, day, đồng)`` of what was paid for cars."""
        fills = self.env["party.fuel.fill"].search(
            [("date", ">=", options.since), ("date", "<=", options.day)]
        )
        for fill in fills:
            yield "fuel", fill.car_id, fill.date, fill.amount
        repairs = self.env["party.car.repair"].search(
            [
                ("progress", "=", "accepted"),
                ("accepted_on", ">=", options.since),
                ("accepted_on", "<=", options.day),
            ]
        )
        for repair in repairs:
            yield "repair", repair.car_id, repair.accepted_on, repair.parts_amount
        cares = self.env["party.car.care"].search(
            [("date", ">=", options.since), ("date", "<=", options.day)]
        )
        for care in cares:
            yield "care", care.car_id, care.date, care.amount
