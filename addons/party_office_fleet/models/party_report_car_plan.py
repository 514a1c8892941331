from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)


class PartyReportCarPlan(models.AbstractModel):
    """The plan of a month (kế hoạch sử dụng xe tháng): trips day by day, and requests
    that still wait for a car.
    """

    _name = "party.report.car_plan"
    _inherit = "party.report.fleet"
    _description = "Plan of Cars"

    _report_title = _lt("Cars: plan of the month")
    _report_groups = (
        "party_office_base.group_dispatcher",
        "party_office_base.group_board_head",
    )

    def _report(self, options):
        begin, end = self._period(options)
        days = self.env["party.dispatch"]._plan_days(begin, end)
        return Report(
            title=self._title(options),
            subtitles=[self._period_text(options)],
            columns=[
                Column("time", self.env._("Time"), width=26),
                Column("route", self.env._("Route"), width=30),
                Column("work", self.env._("Work"), width=36, minor=True),
                Column("boards", self.env._("Board"), width=26),
                Column("persons", self.env._("Persons"), "number", 8, minor=True),
                Column("car", self.env._("Car"), width=15),
                Column("driver", self.env._("Driver"), width=20),
                Column("status", self.env._("Status"), width=16, minor=True),
            ],
            rows=self._rows(days),
            signatures=self._signatures(),
        )

    def _title(self, options):
        first, last = options.since, options.day
        if (first.year, first.month) == (last.year, last.month):
            return self.env._("Plan of cars, month %(month)s", month=f"{first:%m/%Y}")
        return self.env._("Plan of cars")

    def _rows(self, days):
        for day in days:
            yield Row({"time": day["label"]}, level=1)
            for trip in day["trips"]:
                model = "party.dispatch" if trip["is_order"] else "party.car.request"
                yield Row(
                    {
                        key: trip[key]
                        for key in (
                            "time",
                            "route",
                            "work",
                            "boards",
                            "persons",
                            "car",
                            "driver",
                            "status",
                        )
                    },
                    link=(model, trip["id"]),
                )
