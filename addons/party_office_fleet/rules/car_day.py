"""The plan of a whole day: which trips share a car, which car and driver take them.

What comes first is decided by priority, never by who asked first; among equals by what
lets most trips be driven.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from .car_plan import (
    Busy,
    Car,
    Driver,
    Order,
    Trip,
    can_share,
    find_obstacle,
    first_conflict,
)


@dataclass(frozen=True)
class Run:
    """Trips that one car with one driver takes; ``order`` when it was planned before."""

    trips: tuple[Trip, ...]
    car: Any
    driver: Any
    start: datetime
    stop: datetime
    order: Any = None


@dataclass(frozen=True)
class DayPlan:
    """Runs that do not collide, and the trips nobody can take, by priority."""

    runs: tuple[Run, ...]
    unserved: tuple[Trip, ...]


def plan_day(
    trips: Sequence[Trip],
    cars: Sequence[Car],
    drivers: Sequence[Driver],
    orders: Sequence[Order] = (),
) -> DayPlan:
    """Plan all trips of a day around what is planned already.

    By priority, and among equals the one that is back first (that leaves most time for
    others): into a car that goes anyway, else into the smallest car that fits, else by
    moving one planned trip to another car. At the end one trip gives way where two that
    matter as much can be driven instead.

    >>> from datetime import timedelta
    >>> seven = datetime(2026, 6, 15)
    >>> wish = Trip("A", seven, seven + timedelta(hours=2), persons=2)
    >>> plan = plan_day([wish], [Car("29A", 5), Car("29B", 16)], [Driver("An")])
    >>> [(run.car, run.driver) for run in plan.runs]
    [('29A', 'An')]
    """
    day = _Day(cars, drivers, orders)
    waiting = []
    for trip in sorted(trips, key=_rank):
        if not (day.join(trip) or day.place(trip) or day.make_room(trip)):
            waiting.append(trip)
    waiting = [trip for trip in waiting if not (day.join(trip) or day.place(trip))]
    day, waiting = _exchange(day, waiting)
    return DayPlan(tuple(day.new_runs()), tuple(sorted(waiting, key=_rank)))


def first_come(
    trips: Sequence[Trip], cars: Sequence[Car], drivers: Sequence[Driver]
) -> DayPlan:
    """Plan as it is done by hand: who asked first gets the first car that is free."""
    day = _Day(cars, drivers)
    waiting = [
        trip
        for trip in sorted(trips, key=lambda trip: (trip.asked, str(trip.key)))
        if not day.place(trip, first=True)
    ]
    return DayPlan(tuple(day.new_runs()), tuple(waiting))


def find_errors(
    plan: DayPlan,
    trips: Sequence[Trip],
    cars: Sequence[Car],
    drivers: Sequence[Driver],
    orders: Sequence[Order] = (),
) -> list[str]:
    """Return what is wrong with a plan; an empty list when it can be driven.

    Written apart from the planning, so that one checks the other.
    """
    car_of = {car.key: car for car in cars}
    told = [trip.key for run in plan.runs for trip in run.trips]
    told += [trip.key for trip in plan.unserved]
    errors = []
    if sorted(map(str, told)) != sorted(str(trip.key) for trip in trips):
        errors.append("a trip is planned twice or forgotten")
    aboard = {order.key: order.persons for order in orders}
    for run in plan.runs:
        persons = aboard.get(run.order, 0) + sum(trip.persons for trip in run.trips)
        if car_of[run.car].blocked or persons > car_of[run.car].seats - 1:
            errors.append(f"{run.car} must not drive or has not that many seats")
        for trip in run.trips:
            if trip.start < run.start or trip.stop > run.stop:
                errors.append(f"{trip.key} is outside its run")
    for kind, subjects in (("car", cars), ("driver", drivers)):
        for subject in subjects:
            own = [run for run in plan.runs if getattr(run, kind) == subject.key]
            if own and subject.blocked:
                errors.append(f"{kind} {subject.key} must not drive")
            # an order that takes more trips is longer than it was
            grown = {run.order for run in own if run.order is not None}
            times = [(b.start, b.stop) for b in subject.busy if b.by not in grown]
            times += [(r.start, r.stop + car_of[r.car].turnaround) for r in own]
            times.sort()
            if any(a[1] > b[0] for a, b in pairwise(times)):
                errors.append(f"{kind} {subject.key} is at two places")
    return errors


def _rank(trip: Trip) -> tuple:
    return (trip.priority, trip.stop, trip.start, trip.asked, str(trip.key))


class _Day:
    """A day that is being planned. Runs are replaced, never changed, so that a copy is
    cheap and a try can be thrown away."""

    def __init__(
        self,
        cars: Sequence[Car],
        drivers: Sequence[Driver],
        orders: Sequence[Order] = (),
    ):
        # small cars first, and the one that needs least fuel among them
        self.cars = sorted(cars, key=lambda c: (c.seats, c.litres or 0, str(c.key)))
        self.drivers = sorted(drivers, key=lambda d: (d.hours, str(d.key)))
        self.car_of = {car.key: car for car in cars}
        self.driver_of = {driver.key: driver for driver in drivers}
        self.order_of = {order.key: order for order in orders}
        self.runs = [
            Run((), order.car, order.driver, order.start, order.stop, order.key)
            for order in orders
            if order.car in self.car_of
        ]

    def copy(self) -> "_Day":
        twin = object.__new__(_Day)
        twin.__dict__.update(self.__dict__)
        twin.runs = list(self.runs)
        return twin

    def new_runs(self) -> list[Run]:
        return [run for run in self.runs if run.trips]

    # ------------------------------------------------------------------------ steps
    def join(self, trip: Trip) -> bool:
        """Let a trip share a run that goes its way."""
        for index, run in enumerate(self.runs):
            order = self.order_of.get(run.order)
            others = (order, *run.trips) if order else run.trips
            if not all(can_share(trip, other) for other in others):
                continue
            persons = trip.persons + sum(other.persons for other in others)
            car = self.car_of[run.car]
            start, stop = min(run.start, trip.start), max(run.stop, trip.stop)
            if car.blocked or persons > car.seats - 1:
                continue
            grown = Run((*run.trips, trip), run.car, run.driver, start, stop, run.order)
            if self._fits(grown, besides=run):
                self.runs[index] = grown
                return True
        return False

    def place(self, trip: Trip, first: bool = False) -> bool:
        """Give a trip a car and a driver that are free.

        :param first: the first that are free, as by hand; else those that leave the
            least time unused before it
        """
        return self._place_run((trip,), trip.start, trip.stop, first)

    def make_room(self, trip: Trip) -> bool:
        """Give a trip a car by moving what is planned for it to other cars."""
        for car in self.cars:
            if find_obstacle(trip, car):
                continue
            in_way = self._in_way(trip, car)
            if len(in_way) > 2 or any(run.order is not None for run in in_way):
                continue
            if self._try_moves(trip, car, in_way):
                return True
        return False

    # ---------------------------------------------------------------------- helpers
    def _in_way(self, trip: Trip, car: Car) -> list[Run]:
        until = trip.stop + car.turnaround
        return [
            run
            for run in self.runs
            if run.car == car.key
            and run.start < until
            and trip.start < run.stop + car.turnaround
        ]

    def _try_moves(self, trip: Trip, car: Car, in_way: list[Run]) -> bool:
        trial = self.copy()
        for run in in_way:
            trial.runs.remove(run)
        driver = trial._free_driver(trip.start, trip.stop, car)
        if driver is None:
            return False
        trial.runs.append(Run((trip,), car.key, driver.key, trip.start, trip.stop))
        for run in in_way:
            if not trial._place_run(run.trips, run.start, run.stop):
                return False
        self.runs = trial.runs
        return True

    def _place_run(
        self,
        trips: tuple[Trip, ...],
        start: datetime,
        stop: datetime,
        first: bool = False,
    ) -> bool:
        whole = Trip(None, start, stop, sum(trip.persons for trip in trips))
        fitting = []
        for car in self.cars:
            if find_obstacle(whole, car) or not self._is_free(car, start, stop):
                continue
            driver = self._free_driver(start, stop, car)
            if driver is not None:
                fitting.append((car, driver))
                if first:
                    break
        if not fitting:
            return False
        car, driver = min(
            fitting, key=lambda pair: (pair[0].seats, self._idle_before(pair[0], start))
        )
        self.runs.append(Run(trips, car.key, driver.key, start, stop))
        return True

    def _is_free(self, car: Car, start: datetime, stop: datetime) -> bool:
        return not first_conflict(
            (*car.busy, *self._rows("car", car.key)), start, stop + car.turnaround
        )

    def _free_driver(self, start: datetime, stop: datetime, car: Car) -> Driver | None:
        """Return the free driver who stood still the shortest time before."""
        until = stop + car.turnaround
        free = [
            driver
            for driver in self.drivers
            if not driver.blocked
            and not first_conflict(
                (*driver.busy, *self._rows("driver", driver.key)), start, until
            )
        ]
        if not free:
            return None
        return min(free, key=lambda driver: self._idle_before(driver, start))

    def _idle_before(self, subject: Car | Driver, start: datetime) -> float:
        """Return for how long (seconds) nothing was planned before a moment."""
        kind = "car" if isinstance(subject, Car) else "driver"
        rows = (*subject.busy, *self._rows(kind, subject.key))
        ends = [row.stop for row in rows if row.stop <= start]
        return (start - max(ends)).total_seconds() if ends else 10.0**6

    def _rows(self, kind: str, key: Any) -> list[Busy]:
        return [
            Busy(run.start, run.stop + self.car_of[run.car].turnaround, run.order)
            for run in self.runs
            if getattr(run, kind) == key
        ]

    def _fits(self, grown: Run, besides: Run) -> bool:
        """Tell whether a run may grow: its own old time does not count."""
        until = grown.stop + self.car_of[grown.car].turnaround
        for kind, subjects in (("car", self.car_of), ("driver", self.driver_of)):
            subject = subjects.get(getattr(grown, kind))
            if subject is None:
                continue
            others = [run for run in self.runs if run is not besides]
            rows = [
                Busy(run.start, run.stop + self.car_of[run.car].turnaround, run.order)
                for run in others
                if getattr(run, kind) == subject.key
            ]
            if first_conflict((*subject.busy, *rows), grown.start, until, grown.order):
                return False
        return True


def _exchange(day: _Day, waiting: list[Trip]) -> tuple[_Day, list[Trip]]:
    """Let one trip give way where two others, that matter as much, can be driven."""
    improved = bool(waiting)
    while improved:
        improved = False
        for run in day.new_runs():
            if run.order is not None or len(run.trips) > 1:
                continue
            (gone,) = run.trips
            rivals = [trip for trip in waiting if trip.priority <= gone.priority]
            trial = day.copy()
            trial.runs.remove(run)
            served = [trip for trip in sorted(rivals, key=_rank) if trial.place(trip)]
            back = trial.join(gone) or trial.place(gone) or trial.make_room(gone)
            if len(served) > 1 or (served and back):
                waiting = [trip for trip in waiting if trip not in served]
                waiting += [] if back else [gone]
                day, improved = trial, True
                break
    return day, waiting
