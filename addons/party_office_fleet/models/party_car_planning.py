from datetime import timedelta
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import local

from ..rules.car_plan import Busy, Car, Driver, Order, Trip, place_keys
from .party_dispatch import LIVE

#: drivers are compared by what they drove in this time
FAIR_DAYS = 30
#: a request whose purpose has no priority
USUAL_PRIORITY = 50


class PartyCar(models.Model):
    """What of its care the planning looks at."""

    _inherit = "party.car"

    def _km_until_care(self):
        """Return ``{car: km until the next maintenance}`` where it is known."""
        left = {}
        for car in self:
            due = [care.km_due for care in car.current_care_ids if care.km_due]
            if due:
                left[car] = min(due) - car.known_odometer
        return left

    def _why_blocked(self, first, last):
        """Return ``{car id: sentence}`` of cars that must not drive (local days)."""
        blocks = self._care_blocks(first, last)
        return {car.id: " ".join(sentences) for car, sentences in blocks.items()}


class PartyCarRequest(models.Model):
    """A request as the rules of planning read it."""

    _inherit = "party.car.request"

    def _priority(self):
        """Return how urgent it is, the lowest first."""
        self.ensure_one()
        if self.is_emergency:
            return 0
        if self.purpose_id:
            return self.purpose_id.priority
        return USUAL_PRIORITY

    def _to_trip(self):
        """Return what is asked for as the rules read it."""
        self.ensure_one()
        start, stop = self._times()
        return Trip(
            key=self.id,
            start=start,
            stop=stop,
            persons=self.passenger_count,
            priority=self._priority(),
            asked=self.submitted_at or self.create_date,
            km=Decimal(str(self.km)),
            hard_km=Decimal(str(self.hard_km)),
            places=place_keys(self.destination or ""),
        )


class PartyCarPlanning(models.AbstractModel):
    """What the rules of planning need to know, read at once, and what they found, in
    words. The number of queries does not grow with cars, drivers or orders."""

    _name = "party.car.planning"
    _description = "Planning of Cars"

    @api.model
    def _resources(self, start, stop):
        """Return cars, drivers and orders around a time as the rules read them.

        Whoever calls has checked that the user plans; everything taken counts.

        :param start: UTC; busy times a day before and after are read, too
        :return: ``(cars, drivers, orders)``
        """
        margin = timedelta(days=2)
        company = Domain("company_id", "=", self.env.company.id)
        cars = self.env["party.car"].sudo().search(company)
        drivers = self.env["party.driver"].sudo().search(company)
        rows = self._taken(start - margin, stop + margin)
        busy = {}
        for row in rows:
            key = (row.subject_model, row.subject_id)
            by = row.res_id if row.res_model == "party.dispatch" else -row.res_id
            busy.setdefault(key, []).append(Busy(row.start, row.stop, by))
        return (
            self._rule_cars(cars, busy, start, stop),
            self._rule_drivers(drivers, busy, start, stop),
            self._rule_orders(start - margin, stop + margin),
        )

    @api.model
    def _taken(self, start, stop):
        """Return the rows of time taken of all cars and drivers (superuser)."""
        return (
            self.env["party.occupancy"]
            .sudo()
            .search(
                [
                    ("subject_model", "in", ("party.car", "party.driver")),
                    ("start", "<", stop),
                    ("stop", ">", start),
                ]
            )
        )

    def _rule_cars(self, cars, busy, start, stop):
        first, last = local(self.env, start).date(), local(self.env, stop).date()
        blocked = cars._why_blocked(first, last)
        care_km = cars._km_until_care()
        rule_cars = []
        for car in cars:
            norm = car._norm_on(first)
            why = blocked.get(car.id, "")
            if car.use != "common":
                uses = dict(car._fields["use"]._description_selection(self.env))
                why = why or uses[car.use]
            rule_cars.append(
                Car(
                    key=car.id,
                    seats=car.seats,
                    turnaround=timedelta(minutes=car.turnaround_minutes),
                    busy=tuple(busy.get(("party.car", car.id), ())),
                    four_wheel_drive=car.four_wheel_drive,
                    litres=Decimal(str(norm.litres)) if norm else None,
                    care_km=care_km.get(car),
                    blocked=why,
                    usual_driver=car.usual_driver_id.id or None,
                )
            )
        return rule_cars

    def _rule_drivers(self, drivers, busy, start, stop):
        hours = self._hours_driven(drivers, start)
        last = local(self.env, stop).date()
        expired = self.env._("The licence has expired.")
        return [
            Driver(
                key=driver.id,
                busy=tuple(busy.get(("party.driver", driver.id), ())),
                hours=hours.get(driver.id, Decimal(0)),
                blocked="" if driver._is_licensed_on(last) else expired,
            )
            for driver in drivers
        ]

    @api.model
    def _hours_driven(self, drivers, day):
        """Return ``{driver id: hours}`` driven lately and planned, to spread work."""
        self.env["party.dispatch"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT driver_id,
                       sum(extract(epoch FROM coalesce(actual_stop, stop)
                                   - coalesce(actual_start, start))) / 3600
                  FROM party_dispatch
                 WHERE driver_id = ANY(%(drivers)s) AND state IN %(live)s
                   AND start BETWEEN %(first)s AND %(last)s
                 GROUP BY driver_id
                """,
                drivers=drivers.ids,
                live=LIVE,
                first=day - timedelta(days=FAIR_DAYS),
                last=day + timedelta(days=FAIR_DAYS),
            )
        )
        return {driver: round(Decimal(hours), 1) for driver, hours in rows}

    def _rule_orders(self, start, stop):
        orders = (
            self.env["party.dispatch"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.env.company.id),
                    ("state", "in", LIVE),
                    ("progress", "=", "planned"),
                    ("car_id", "!=", False),
                    ("start", "<", stop),
                    ("stop", ">", start),
                ]
            )
        )
        return [
            Order(
                key=order.id,
                car=order.car_id.id,
                driver=order.driver_id.id or None,
                start=order.start,
                stop=order.stop,
                persons=sum(order.request_ids.mapped("passenger_count")),
                places=place_keys(order.route or ""),
            )
            for order in orders
        ]

    # ------------------------------------------------------------------------- words
    def _say_reason(self, reason):
        """Return a reason of a proposal in words, and whether it speaks for it."""
        values = reason.values
        number = {
            key: f"{value:.0f}" for key, value in values.items() if key != "order"
        }
        texts = {
            "share": lambda: self.env._(
                "Goes the same way; %(left)s seats stay free", left=values["left"]
            ),
            "seats": lambda: (
                self.env._("%(spare)s seats to spare", spare=values["spare"])
                if values["spare"]
                else self.env._("Just the seats that are needed")
            ),
            "road": lambda: self.env._(
                "Two driven axles for %(km)s km of hard road", km=number["km"]
            ),
            "road_without": lambda: self.env._(
                "One driven axle for %(km)s km of hard road", km=number["km"]
            ),
            "norm": lambda: self.env._(
                "%(litres)s l/100 km, about %(burnt)s litres",
                litres=f"{values['litres'].normalize():f}",
                burnt=number["burnt"],
            ),
            "no_norm": lambda: self.env._("No fuel norm is entered"),
            "care_due": lambda: (
                self.env._("Maintenance is due in %(km)s km", km=values["km"])
                if values["km"] > 0
                else self.env._("Maintenance is overdue")
            ),
            "usual_driver": lambda: self.env._(
                "The car's own driver, %(hours)s hours in two months",
                hours=number["hours"],
            ),
            "rested_driver": lambda: self.env._(
                "Of the free drivers the one with least hours: %(hours)s in two months",
                hours=number["hours"],
            ),
        }
        against = ("road_without", "no_norm", "care_due")
        return {"text": texts[reason.code](), "good": reason.code not in against}

    def _say_obstacle(self, obstacle, names):
        """Return why a car cannot, in words.

        :param dict names: display names of the orders
        """
        if obstacle.code == "blocked":
            return obstacle.text
        if obstacle.code == "seats":
            return self.env._("Too few seats")
        if obstacle.code == "driver":
            return self.env._("No driver is free")
        until = f"{local(self.env, obstacle.until):%H:%M %d/%m}"
        name = names.get(obstacle.by)
        if name:
            return self.env._(
                "Taken until %(until)s: %(order)s", until=until, order=name
            )
        return self.env._("Not available until %(until)s", until=until)
