from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.report import ReportOptions

from .party_report_fleet import DESK


class PartyCarFigures(models.AbstractModel):
    """The page "Cars at a glance": a month of the fleet in one call.

    It shows what the reports count, so that every figure can be looked up there.
    """

    _name = "party.car.figures"
    _description = "Cars at a Glance"

    @api.model
    def get_figures(self, month=None):
        """Return the figures of a month, of this one up to today.

        :param str month: ``YYYY-MM``, this month when left out
        :return: dict: ``month, title, previous, next, answers, cars, boards, care``
        :raises AccessError: neither dispatcher nor chief of office
        :raises UserError: no month
        """
        if not any(map(self.env.user.has_group, DESK)):
            raise AccessError(
                self.env._("These figures are for the dispatcher and the chief.")
            )
        first = self.env["party.dispatch"]._plan_month(month)
        after = fields.Date.add(first, months=1)
        last = fields.Date.subtract(after, days=1)
        day = max(first, min(last, local_today(self.env)))
        options = ReportOptions(day=day, year=day.year, since=first)
        return {
            "month": f"{first:%Y-%m}",
            "title": f"{first:%m/%Y}",
            "previous": f"{fields.Date.subtract(first, months=1):%Y-%m}",
            "next": f"{after:%Y-%m}",
            "since": fields.Date.to_string(first),
            "day": fields.Date.to_string(day),
            "answers": self._answers(options),
            "cars": self._cars(options),
            "boards": self._boards(options),
            "care": self._care(),
        }

    def _answers(self, options):
        report = self.env["party.report.car_answers"]
        requests = report._requests(options)
        if not requests:
            return {"asked": 0}
        cells = report._cells(requests.sudo())
        return {
            "asked": cells["asked"],
            "assigned": cells["assigned"],
            "without": cells["hired"] + cells["lump"] + cells["declined"],
            "open": cells["open"],
            "share": float(cells["share"]),
            # False: nothing was answered yet
            "hours": False if cells["hours"] is None else float(cells["hours"]),
        }

    def _cars(self, options):
        rows = self.env["party.report.car_use"]._rows(options)
        return [
            {
                "id": row.link[1],
                "name": row.cells["content"],
                "trips": row.cells["trips"],
                "km": row.cells["km"],
                "share": float(row.cells["share"] or 0),
                "stood": row.cells["stood"],
            }
            for row in rows
        ]

    def _boards(self, options):
        """Return the km of each board, the most first, with its part of the longest."""
        km = Counter()
        figures = self.env["party.report.car_km_board"]._figures(options)
        for (board, _month), cells in figures.items():
            km[board] += cells["km"]
        most = max(km.values(), default=0) or 1
        return [
            {
                "id": board.id,
                "name": board.name,
                "km": value,
                "share": 100 * value / most,
            }
            for board, value in km.most_common()
            if value
        ]

    def _care(self):
        """Return how much is due now, whatever the month."""
        cares = self.env["party.car.care"]
        current = cares.search(
            [("is_current", "=", True), ("car_id.active", "=", True)]
        )
        statuses = Counter(current.mapped("status"))
        repairs = self.env["party.car.repair"].search_count(
            [
                ("state", "in", ("draft", "submitted", "returned", "approved")),
                ("progress", "=", "open"),
            ]
        )
        at_end = self.env["party.car"].search_count([("is_at_end", "=", True)])
        return {
            "overdue": statuses["overdue"],
            "soon": statuses["soon"],
            "repairs": repairs,
            "at_end": at_end,
        }
