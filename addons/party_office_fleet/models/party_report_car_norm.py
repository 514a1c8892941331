from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

from .party_report_fleet import COST_READERS

_lt = LazyTranslate(__name__)


class PartyReportCarNorm(models.AbstractModel):
    """Litres that the norm allows against litres that were filled, by car and month."""

    _name = "party.report.car_norm"
    _inherit = "party.report.fleet"
    _description = "Norm Against Real"

    _report_title = _lt("Cars: fuel by norm and real")
    _report_groups = COST_READERS

    def _report(self, options):
        return Report(
            title=self.env._("Cars: fuel by norm and real"),
            subtitles=[self._period_text(options)],
            columns=[
                Column("content", self.env._("Car, month"), width=34),
                Column("km", self.env._("Km"), "number", 10, total=True),
                Column(
                    "hard", self.env._("Hard roads, km"), "days", 10, True, minor=True
                ),
                Column(
                    "idle", self.env._("Hours at a stand"), "days", 9, True, minor=True
                ),
                Column("norm", self.env._("Litres by norm"), "days", 11, total=True),
                Column("filled", self.env._("Litres filled"), "days", 11, total=True),
                Column("over", self.env._("Filled above norm"), "days", 11, total=True),
                Column("per_100", self.env._("Filled for 100 km"), "days", 10),
                Column(
                    "none",
                    self.env._("Trips without a norm"),
                    "number",
                    9,
                    total=True,
                    minor=True,
                ),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "What was filled is not what was burnt: the tank may be fuller or "
                    "emptier than at the beginning. The monthly settlement counts it."
                )
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        by_car = defaultdict(lambda: defaultdict(self._nothing))
        for order in self._trips(options):
            cells = by_car[order.car_id][self._month(order)]
            litres = self._litres(order)
            cells["km"] += order.km
            cells["hard"] += Decimal(str(order.hard_km))
            cells["idle"] += Decimal(str(order.idle_hours))
            cells["norm"] += litres or 0
            cells["none"] += litres is None
        fills = self.env["party.fuel.fill"].search(
            [("date", ">=", options.since), ("date", "<=", options.day)]
        )
        for fill in fills:
            cells = by_car[fill.car_id][fill.date.year, fill.date.month]
            cells["filled"] += Decimal(str(fill.litres))
        for car, months in sorted(
            by_car.items(), key=lambda item: (item[0].plate, item[0].id)
        ):
            together = self._nothing()
            for cells in months.values():
                for key, value in cells.items():
                    together[key] += value
            yield Row(
                {"content": car.display_name, **self._compared(together)},
                level=1,
                link=("party.car", car.id),
            )
            for month, cells in sorted(months.items()):
                content = self._month_text(month)
                yield Row({"content": content, **self._compared(cells)})

    def _nothing(self):
        return dict.fromkeys(
            ("km", "hard", "idle", "norm", "filled", "none"), Decimal(0)
        )

    def _compared(self, cells):
        km = cells["km"]
        return {
            **cells,
            "over": cells["filled"] - cells["norm"],
            "per_100": cells["filled"] * 100 / km if km else None,
        }
