from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.party_office_base.office_time import local_today, midnight

from .party_dispatch import LIVE

ORDER = "party.dispatch"
REQUEST = "party.car.request"


class PartyHome(models.AbstractModel):
    """Cars on the home page: the trips of the user, the dispatcher's desk, today."""

    _inherit = "party.home"

    @api.model
    def _asked_domain(self):
        # the dispatcher plans orders; the boards asked for the cars
        return super()._asked_domain() & Domain("res_model", "!=", ORDER)

    # ------------------------------------------------------------------------ my trips
    @api.model
    def _appointments(self, start, stop):
        found = [*super()._appointments(start, stop), *self._rides(start, stop)]
        if self.env.user.has_group("party_office_base.group_driver"):
            found += self._drives(start, stop)
        return found

    @api.model
    def _rides(self, start, stop):
        """Return the trips that the user goes on."""
        # who he is among the employees
        employees = self.env.user.sudo().employee_ids
        requests = self.env[REQUEST].search_fetch(
            [
                ("state", "=", "approved"),
                ("answer", "in", ("waiting", "planned", "assigned", "hired")),
                ("start", "<", stop),
                ("stop", ">", start),
                ("passenger_ids", "in", employees.ids),
            ],
            ["start", "stop", "purpose", "destination", "dispatch_id"],
        )
        return [
            {
                # whoever else names the order names the same trip
                "model": ORDER if request.dispatch_id else REQUEST,
                "id": request.dispatch_id.id or request.id,
                "start": request.start,
                "stop": request.stop,
                "title": request.purpose,
                "place": request.destination,
                "action": self._form_action(request.purpose, REQUEST, request.id),
            }
            for request in requests
        ]

    @api.model
    def _drives(self, start, stop):
        """Return the orders that the user drives; one that is late is still his."""
        orders = self.env[ORDER].search_fetch(
            [
                ("driver_user_id", "=", self.env.uid),
                ("state", "=", "approved"),
                ("progress", "!=", "done"),
                ("start", "<", stop),
                "|",
                ("stop", ">", start),
                ("progress", "=", "running"),
            ],
            ["start", "stop", "route", "car_id"],
        )
        return [
            {
                "model": ORDER,
                "id": order.id,
                "start": order.start,
                "stop": order.stop,
                "title": order.route,
                "place": order.car_id.plate or "",
                "action": "party_office_fleet.party_my_trips_action",
            }
            for order in orders
        ]

    # ------------------------------------------------------------------ the dispatcher
    @api.model
    def _desk_figures(self):
        figures = super()._desk_figures()
        if self.env.user.has_group("party_office_base.group_driver"):
            figures.append(self._driver_figure())
        if not self.env.user.has_group("party_office_base.group_dispatcher"):
            return figures
        waiting = [("answer", "=", "waiting"), ("state", "=", "approved")]
        return [
            *figures,
            self._figure(
                self.env._("Requests to find a car for"),
                self.env[REQUEST].search_count(waiting),
                "party_office_fleet.party_car_board_action",
                "danger",
            ),
            *self._car_figures(),
        ]

    @api.model
    def _driver_figure(self):
        mine = [
            ("driver_user_id", "=", self.env.uid),
            ("state", "=", "approved"),
            ("progress", "!=", "done"),
        ]
        return self._figure(
            self.env._("Trips to drive"),
            self.env[ORDER].search_count(mine),
            "party_office_fleet.party_my_trips_action",
            "primary",
        )

    @api.model
    def _office_figures(self):
        return [*super()._office_figures(), *self._car_figures()]

    @api.model
    def _car_figures(self):
        """Return how many cars are free for the rest of the day, out, and late."""
        now = fields.Datetime.now()
        end = midnight(self.env, local_today(self.env) + timedelta(days=1))
        company = Domain("company_id", "=", self.env.company.id)
        running = company & Domain("progress", "=", "running")
        late = running & Domain("stop", "<", now)
        planned = company & Domain(
            [
                ("state", "in", LIVE),
                ("progress", "=", "planned"),
                ("start", "<", end),
                ("stop", ">", now),
            ]
        )
        orders = self.env[ORDER]
        out = orders.search_fetch(running, ["car_id", "stop"])
        taken = out.car_id | orders.search_fetch(planned, ["car_id"]).car_id
        absences = Domain([("start", "<", end), ("stop", ">", now)])
        absent = self.env["party.car.absence"].search_fetch(
            company & absences, ["car_id"]
        )
        free = company & Domain("id", "not in", (taken | absent.car_id).ids)
        free &= Domain("use", "=", "common")
        return [
            self._figure(
                self.env._("Cars free today"),
                self.env["party.car"].search_count(free),
                self._list_action(
                    self.env._("Cars free today"),
                    "party.car",
                    free,
                ),
            ),
            self._figure(
                self.env._("Cars on the road"),
                len(out),
                self._list_action(
                    self.env._("Cars on the road"), ORDER, running, ("list", "form")
                ),
            ),
            self._figure(
                self.env._("Cars back late"),
                len(out.filtered(lambda order: order.stop < now)),
                self._list_action(
                    self.env._("Cars back late"), ORDER, late, ("list", "form")
                ),
                "danger",
            ),
        ]
