from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local, midnight

from ..rules.car_day import plan_day
from ..rules.car_plan import other_times, propose

MINUTE = timedelta(minutes=1)
#: the board shows one day or one week
MOST_DAYS = 7
#: requests that wait are read by a person; more than that nobody reads
MOST_WAITING = 100
#: the best proposals, and those that cannot, as far as a person reads
MOST_PROPOSALS = 5
#: the office plans in the daytime
FIRST_HOUR, LAST_HOUR = 5, 21


class PartyCarBoard(models.AbstractModel):
    """The dispatcher's day: cars or drivers in rows, hours in columns, what waits.

    One call brings all; the number of queries does not grow with the orders.
    """

    _name = "party.car.board"
    _description = "Car Board"

    # ------------------------------------------------------------------------- reading
    @api.model
    def get_board(self, day=False, days=1, request_id=False):
        """Return what the board shows.

        Times are minutes from the local midnight of the first day, so that the screen
        need not know the office's time zone.

        :param str day: first local day (ISO), today when left out
        :param int days: 1 or 7
        :param int request_id: the request to propose cars for
        :raises AccessError: neither dispatcher nor chief of office
        """
        self._check_reader()
        day = fields.Date.to_date(day) or local(self.env, fields.Datetime.now()).date()
        days = max(1, min(int(days), MOST_DAYS))
        start = midnight(self.env, day)
        stop = midnight(self.env, day + timedelta(days=days))
        bars = self._bars(start, stop)
        requests = self._waiting_requests()
        chosen = requests.filtered(lambda request: request.id == request_id)
        return {
            "day": day.isoformat(),
            "days": days,
            "hours": [FIRST_HOUR, LAST_HOUR],
            "now": self._minutes(fields.Datetime.now(), start),
            "can_plan": self._is_dispatcher(),
            "cars": self._rows("party.car", bars),
            "drivers": self._rows("party.driver", bars),
            "loose": self._loose_orders(start, stop),
            "waiting": [self._show_request(request, start) for request in requests],
            "chosen": self._show_proposals(chosen) if chosen else False,
        }

    def _is_dispatcher(self):
        return self.env.user.has_group("party_office_base.group_dispatcher")

    def _check_reader(self):
        chief = self.env.user.has_group("party_office_base.group_office_chief")
        if not (chief or self._is_dispatcher()):
            raise AccessError(
                self.env._("The board is for the dispatcher and the chief of office.")
            )

    @api.model
    def _minutes(self, moment, start):
        return (moment - start) // MINUTE

    def _rows(self, model_name, bars):
        """Return the rows of cars or drivers, each with its bars."""
        own = [("company_id", "=", self.env.company.id)]
        records = self.env[model_name].search(own)
        rows = []
        for record in records:
            is_car = model_name == "party.car"
            usual = record.usual_driver_id.name if is_car else record.phone
            rows.append(
                {
                    "id": record.id,
                    "name": record.plate if is_car else record.name,
                    "about": " · ".join(
                        filter(
                            None,
                            (
                                record.name if is_car else record.licence_class,
                                self.env._("%(seats)s seats", seats=record.seats)
                                if is_car
                                else "",
                                usual,
                            ),
                        )
                    ),
                    "bars": bars.get((model_name, record.id), []),
                }
            )
        return rows

    def _bars(self, start, stop):
        """Return ``{(model, id): bars}`` of all time that is taken."""
        planning = self.env["party.car.planning"]
        taken = planning._taken(start, stop)
        documents = self._documents(taken)
        bars = {}
        for row in taken:
            document = documents[row.res_model].get(row.res_id)
            bar = self._bar(row, document, start)
            bars.setdefault((row.subject_model, row.subject_id), []).append(bar)
        return bars

    def _documents(self, taken):
        """Return ``{model: {id: record}}`` of the documents, read once by model."""
        ids = {}
        for row in taken:
            ids.setdefault(row.res_model, set()).add(row.res_id)
        return {
            # what takes a car is shown by its name, whoever's it is
            name: {record.id: record for record in self.env[name].sudo().browse(some)}
            for name, some in ids.items()
        }

    def _bar(self, row, document, start):
        bar = {
            "id": row.id,
            "model": row.res_model,
            "res_id": row.res_id,
            "from": self._minutes(row.start, start),
            "to": self._minutes(row.stop, start),
            "until": self._minutes(row.stop, start),
            "title": document.display_name,
            "label": document.display_name,
            "time": self.env["party.car.request"]._say_time(row.start, row.stop),
            "kind": "other",
        }
        if row.res_model == "party.dispatch":
            bar.update(self._order_bar(document, start))
        return bar

    def _order_bar(self, order, start):
        begin = order.actual_start or order.start
        end = order.actual_stop or order.stop
        request_model = self.env["party.car.request"]
        others = order.driver_id.name or "", order.car_id.plate or ""
        boards = ", ".join(
            filter(None, dict.fromkeys(order.request_ids.board_id.mapped("code")))
        )
        kind = "draft" if order.state != "approved" else order.progress
        return {
            "from": self._minutes(begin, start),
            "to": self._minutes(end, start),
            "label": order.route,
            "title": " · ".join(filter(None, (order.display_name, boards, *others))),
            "time": request_model._say_time(begin, end),
            "kind": kind,
            "requests": len(order.request_ids),
            "late": order.progress == "running" and order.stop < fields.Datetime.now(),
            "changed": bool(order.change_ids),
        }

    def _loose_orders(self, start, stop):
        """Return the planned orders that have no car or no driver yet."""
        orders = self.env["party.dispatch"].search(
            [
                ("state", "in", ("draft", "returned")),
                ("start", "<", stop),
                ("stop", ">", start),
                "|",
                ("car_id", "=", False),
                ("driver_id", "=", False),
            ]
        )
        request_model = self.env["party.car.request"]
        return [
            {
                "id": order.id,
                "title": order.display_name,
                "time": request_model._say_time(order.start, order.stop),
            }
            for order in orders
        ]

    def _waiting_requests(self):
        """Return what waits for a car: the most urgent first, then the earliest."""
        requests = self.env["party.car.request"].search(
            [("answer", "=", "waiting"), ("state", "=", "approved")],
            order="start, id",
            limit=MOST_WAITING,
        )
        return requests.sorted(lambda r: (r._priority(), r._times()[0], r.id))

    def _show_request(self, request, board_start=None):
        """Return what is shown of a request.

        :param board_start: UTC, to place it on the board; not needed in a list
        """
        start, stop = request._times()
        first = local(self.env, start)
        place = {}
        if board_start:
            place["from"] = self._minutes(start, board_start)
            place["to"] = self._minutes(stop, board_start)
        return {
            **place,
            "id": request.id,
            "name": request.name,
            "board": request.board_id.code or request.board_id.name,
            "destination": request.destination,
            "purpose": request.purpose,
            "persons": request.passenger_count,
            "km": request.km,
            "wishes": request.wishes or "",
            "time": request._say_time(start, stop),
            "day": first.date().isoformat(),
            "start": fields.Datetime.to_string(start),
            "stop": fields.Datetime.to_string(stop),
            "urgent": request._priority() == 0,
            "waits": self._say_waiting(request),
        }

    def _say_waiting(self, request):
        """Return for how long the board has waited for an answer, in words."""
        since = request.waiting_since or request.write_date
        hours = (fields.Datetime.now() - since) // timedelta(hours=1)
        if hours < 1:
            return self.env._("new")
        if hours < 24:
            return self.env._("waits %(hours)s h", hours=hours)
        return self.env._("waits %(days)s days", days=hours // 24)

    # ----------------------------------------------------------------------- proposals
    def _show_proposals(self, request):
        """Return which cars can go, why the others cannot, and what to do instead."""
        planning = self.env["party.car.planning"]
        trip = request._to_trip()
        cars, drivers, orders = planning._resources(trip.start, trip.stop)
        answer = propose(trip, cars, drivers, orders)
        names = self._names(cars, drivers, answer)
        shown = [
            self._show_proposal(proposal, names)
            for proposal in answer.proposals[:MOST_PROPOSALS]
        ]
        times = []
        if not shown:
            now = fields.Datetime.now()
            times = [
                self._show_time(trip, moment, proposal, names)
                for moment, proposal in other_times(
                    trip, cars, drivers, now, self._is_usual
                )
            ]
        return {
            "request": self._show_request(request),
            "proposals": shown,
            "more": max(0, len(answer.proposals) - MOST_PROPOSALS),
            "obstacles": [
                {
                    "car": names["party.car"].get(obstacle.car, ""),
                    "text": planning._say_obstacle(obstacle, names["party.dispatch"]),
                }
                for obstacle in answer.obstacles
            ],
            "times": times,
            "reasons": self._answer_reasons(),
        }

    def _is_usual(self, moment):
        """Tell whether the office leaves or comes back at such a time."""
        return FIRST_HOUR <= local(self.env, moment).hour < LAST_HOUR

    def _names(self, cars, drivers, answer):
        """Return ``{model: {id: name}}`` of what proposals and obstacles speak of."""
        orders = {proposal.order for proposal in answer.proposals}
        orders |= {obstacle.by for obstacle in answer.obstacles}
        ids = {
            "party.car": [car.key for car in cars],
            "party.driver": [driver.key for driver in drivers],
            "party.dispatch": [key for key in orders if key and key > 0],
        }
        return {
            model: {
                # who plans reads all cars, drivers and orders
                record.id: record.display_name
                for record in self.env[model].sudo().browse(some)
            }
            for model, some in ids.items()
        }

    def _show_proposal(self, proposal, names):
        planning = self.env["party.car.planning"]
        return {
            "car_id": proposal.car,
            "car": names["party.car"][proposal.car],
            "driver_id": proposal.driver or False,
            "driver": names["party.driver"].get(proposal.driver, ""),
            "order_id": proposal.order or False,
            "order": names["party.dispatch"].get(proposal.order, ""),
            "time": self.env["party.car.request"]._say_time(
                proposal.start, proposal.stop
            ),
            "reasons": [planning._say_reason(reason) for reason in proposal.reasons],
        }

    def _show_time(self, trip, moment, proposal, names):
        stop = moment + (trip.stop - trip.start)
        return {
            "start": fields.Datetime.to_string(moment),
            "stop": fields.Datetime.to_string(stop),
            "time": self.env["party.car.request"]._say_time(moment, stop),
            "car": names["party.car"][proposal.car],
        }

    def _answer_reasons(self):
        reasons = self.env["party.car.answer.reason"].search([], limit=MOST_WAITING)
        return [
            {
                "id": reason.id,
                "answer": reason.answer,
                "name": reason.name,
                "text": reason.text or reason.name,
            }
            for reason in reasons
        ]

    # ----------------------------------------------------------------------- whole day
    @api.model
    def get_day_plan(self, day):
        """Return a plan for all requests of a day that wait, and who gets no car.

        Nothing is written: the dispatcher looks at it first.

        :param str day: local day (ISO)
        """
        self.env["party.car.request"]._check_dispatcher()
        day = fields.Date.to_date(day)
        start = midnight(self.env, day)
        stop = midnight(self.env, day + timedelta(days=1))
        requests = self._waiting_requests().filtered(
            lambda request: start <= request._times()[0] < stop
        )
        trips = {request.id: request._to_trip() for request in requests}
        last = max([stop, *(trip.stop for trip in trips.values())])
        planning = self.env["party.car.planning"]
        cars, drivers, orders = planning._resources(start, last)
        plan = plan_day(list(trips.values()), cars, drivers, orders)
        shown = {request.id: self._show_request(request) for request in requests}
        car_names = self.env["party.car"].browse([car.key for car in cars])
        driver_names = self.env["party.driver"].browse([d.key for d in drivers])
        names = {car.id: car.display_name for car in car_names}
        drivers_by_id = {driver.id: driver.name for driver in driver_names}
        return {
            "runs": [
                {
                    "request_ids": [trip.key for trip in run.trips],
                    "requests": [shown[trip.key] for trip in run.trips],
                    "car_id": run.car,
                    "car": names[run.car],
                    "driver_id": run.driver or False,
                    "driver": drivers_by_id.get(run.driver, ""),
                    "order_id": run.order or False,
                    "time": self.env["party.car.request"]._say_time(
                        run.start, run.stop
                    ),
                }
                for run in plan.runs
            ],
            "unserved": [shown[trip.key] for trip in plan.unserved],
        }

    @api.model
    def apply_day_plan(self, runs):
        """Plan and send what the dispatcher accepted of a day's plan: all or nothing.

        :param list runs: as ``get_day_plan`` returned them
        :return: how many requests have a car now
        :raises UserError: something has changed since: names it
        """
        request_model = self.env["party.car.request"]
        request_model._check_dispatcher()
        count = 0
        for run in runs if isinstance(runs, list) else ():
            ids = run.get("request_ids") or []
            requests = request_model.browse(ids).exists()
            if not requests or len(requests) != len(ids):
                raise UserError(
                    self.env._("A request of this plan is gone: plan anew.")
                )
            if run.get("order_id"):
                requests.action_join(run["order_id"])
            else:
                requests.action_plan(run.get("car_id"), run.get("driver_id"), send=True)
            count += len(requests)
        return count
