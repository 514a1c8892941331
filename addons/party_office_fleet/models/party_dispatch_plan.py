from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.office_time import local, local_today, midnight

from .party_dispatch import LIVE

#: who may look at the plan; each sees in it what he may read
PLANNERS = (
    "party_office_base.group_dispatcher",
    "party_office_base.group_board_head",
)


class PartyDispatch(models.Model):
    """The month's plan: what the chief reads on his phone, and the report prints."""

    _inherit = "party.dispatch"

    @api.model
    def get_month_plan(self, month=None):
        """Return the plan of a month for the page "Plan of the month".

        :param str month: ``YYYY-MM``, this month when left out
        :return: dict: ``month, title, previous, next, today`` and ``days``, see
            ``_plan_days``
        :raises AccessError: neither dispatcher nor board head
        :raises UserError: no month
        """
        self._check_planner()
        first = self._plan_month(month)
        after = fields.Date.add(first, months=1)
        return {
            "month": f"{first:%Y-%m}",
            "title": f"{first:%m/%Y}",
            "previous": f"{fields.Date.subtract(first, months=1):%Y-%m}",
            "next": f"{after:%Y-%m}",
            "today": fields.Date.to_string(local_today(self.env)),
            "days": self._plan_days(
                midnight(self.env, first), midnight(self.env, after)
            ),
        }

    @api.model
    def action_print_month_plan(self, month=None):
        """Print the plan of a month as PDF.

        :param str month: ``YYYY-MM``
        """
        return self._plan_run(month).action_pdf()

    @api.model
    def action_open_month_plan(self, month=None):
        """Open the plan of a month as a table, with its workbook.

        :param str month: ``YYYY-MM``
        """
        run = self._plan_run(month)
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "views": [(False, "form")],
        }

    @api.model
    def _plan_run(self, month):
        """Return the user's run of the report for a month.

        :raises AccessError: neither dispatcher nor board head
        """
        self._check_planner()
        first = self._plan_month(month)
        last = fields.Date.end_of(first, "month")
        return self.env["party.report.run"].create(
            {"code": "car_plan", "since": first, "day": last}
        )

    @api.model
    def _check_planner(self):
        if not any(map(self.env.user.has_group, PLANNERS)):
            raise AccessError(
                self.env._("The plan is for the dispatcher and the heads.")
            )

    @api.model
    def _plan_month(self, month):
        """Return the first day of a month that a client names.

        :raises UserError: it names none
        """
        if not month:
            return local_today(self.env).replace(day=1)
        try:
            year, number = str(month).split("-")
            first = date(int(year), int(number), 1)
        except ValueError:
            first = date.min
        if not 2000 <= first.year < 2100:
            raise UserError(self.env._("Choose a month."))
        return first

    @api.model
    def _plan_days(self, begin, end):
        """Return the days of a time with their trips; empty days are left out.

        :param begin: UTC
        :param end: UTC, excluded
        :return: list of ``{day, label, trips}``; a trip has ``id, is_order, time,
            route, work, boards, persons, car, driver, status, tone``
        """
        orders = self.search(
            [("state", "in", LIVE), ("start", "<", end), ("stop", ">", begin)],
            order="start, id",
        )
        waiting = self.env["party.car.request"].search(
            [("answer", "=", "waiting"), ("start", "<", end), ("stop", ">", begin)],
            order="start, id",
        )
        days = defaultdict(list)
        for record, trip in [
            *((order, order._plan_trip()) for order in orders),
            *((request, self._plan_waiting(request)) for request in waiting),
        ]:
            # a trip that began before stands on the first day that is shown
            day = local(self.env, max(record.start, begin)).date()
            days[day].append((record.start, trip))
        return [
            {
                "day": fields.Date.to_string(day),
                "label": format_date(self.env, day, date_format="EEEE, dd/MM/yyyy"),
                "trips": [trip for _start, trip in sorted(trips, key=lambda t: t[0])],
            }
            for day, trips in sorted(days.items())
        ]

    def _plan_trip(self):
        self.ensure_one()
        # what an order is for stands on it: boards and their work, not their papers
        requests = self.sudo().request_ids
        if self.progress == "done":
            status, tone = self.env._("Trip done"), "secondary"
        elif self.progress == "running":
            status, tone = self.env._("On the road"), "info"
        elif self.state == "approved":
            status, tone = self.env._("Issued"), "success"
        else:
            status, tone = self.env._("Being planned"), "warning"
        return {
            "id": self.id,
            "is_order": True,
            "time": self._plan_time(self.start, self.stop),
            "route": self.route,
            "work": "; ".join(dict.fromkeys(requests.mapped("purpose"))),
            "boards": ", ".join(dict.fromkeys(requests.board_id.mapped("name"))),
            "persons": sum(requests.mapped("passenger_count")),
            "car": self.car_id.plate or "",
            "driver": self.driver_id.name or "",
            "status": status,
            "tone": tone,
        }

    def _plan_waiting(self, request):
        return {
            "id": request.id,
            "is_order": False,
            "time": self._plan_time(request.start, request.stop),
            "route": request.destination,
            "work": request.purpose,
            # names of boards are the office's directory
            "boards": request.sudo().board_id.name,
            "persons": request.passenger_count,
            "car": "",
            "driver": "",
            "status": self.env._("Waiting for a car"),
            "tone": "danger",
        }

    def _plan_time(self, start, stop):
        """Return "07:00–17:00", with the day when it ends on another one."""
        begin, end = local(self.env, start), local(self.env, stop)
        if begin.date() == end.date():
            return f"{begin:%H:%M}–{end:%H:%M}"
        return f"{begin:%H:%M}–{end:%H:%M %d/%m}"
