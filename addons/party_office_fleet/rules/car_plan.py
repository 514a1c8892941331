"""Which car and which driver for a trip, and why; what to do when nothing is free.

All times are UTC without a zone, as stored; a time that is taken ends where the next
may begin. The turnaround of the car is taken behind each trip, for car and driver.
Reasons are codes with values; the caller says them in words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

#: who shares a car waits that long for the others, before and after
LEAVE_TOLERANCE = timedelta(minutes=30)
BACK_TOLERANCE = timedelta(minutes=60)
#: a time that is offered instead begins at a quarter of an hour
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Busy:
    """A time that is taken, with its turnaround; ``by`` is the order, or None."""

    start: datetime
    stop: datetime
    by: Any = None


@dataclass(frozen=True)
class Car:
    """``seats`` count the driver's; ``litres`` for 100 km; ``care_km`` are left until
    the next maintenance (negative: overdue); ``blocked`` says why it must not drive.
    """

    key: Any
    seats: int
    turnaround: timedelta = timedelta(minutes=30)
    busy: tuple[Busy, ...] = ()
    four_wheel_drive: bool = False
    litres: Decimal | None = None
    care_km: int | None = None
    blocked: str = ""
    usual_driver: Any = None


@dataclass(frozen=True)
class Driver:
    """``hours`` driven and planned lately, for a fair spread."""

    key: Any
    busy: tuple[Busy, ...] = ()
    hours: Decimal = Decimal(0)
    blocked: str = ""


@dataclass(frozen=True)
class Trip:
    """What a board asks for; a lower ``priority`` goes first. ``hard_km`` are those of
    ``km`` on mountain or city roads."""

    key: Any
    start: datetime
    stop: datetime
    persons: int
    priority: int = 50
    asked: datetime = datetime.min
    km: Decimal = Decimal(0)
    hard_km: Decimal = Decimal(0)
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Order:
    """An order that is planned and has not left: others may join it."""

    key: Any
    car: Any
    driver: Any
    start: datetime
    stop: datetime
    persons: int
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """One reason of a proposal: fewer ``points`` are better."""

    code: str
    points: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A car with its driver (``order`` None), or a place in an order that goes anyway.

    ``start`` and ``stop`` are those of the order when the trip is on it.
    """

    car: Any
    driver: Any
    start: datetime
    stop: datetime
    reasons: tuple[Reason, ...]
    order: Any = None

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True)
class Obstacle:
    """Why a car cannot: ``by`` and ``until`` when something else has it."""

    car: Any
    code: str
    by: Any = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class Answer:
    """Proposals, the best first, and why the other cars cannot."""

    proposals: tuple[Proposal, ...]
    obstacles: tuple[Obstacle, ...]


def place_keys(text: str) -> frozenset[str]:
    """Return the places of a route as they can be compared.

    >>> sorted(place_keys("Phú Lương – Định Hóa"))
    ['dinh hoa', 'phu luong']
    >>> place_keys("Phu Luong") <= place_keys("xã Phú Lương, Định Hoá")
    True
    """
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    parts = re.split(r"\s+[-–—→]+\s+|[–—→,;/]", plain)
    names = (re.sub(r"\s+", " ", part).strip() for part in parts)
    kinds = r"^(xa|phuong|huyen|thi tran|thanh pho|tp\.?|tx\.?|tinh)\s+"
    return frozenset(filter(None, (re.sub(kinds, "", name) for name in names)))


def first_conflict(
    busy: Iterable[Busy], start: datetime, stop: datetime, besides: Any = None
) -> Busy | None:
    """Return what takes a part of the time, or None when it is free.

    >>> day = datetime(2026, 6, 15)
    >>> taken = Busy(day, day + timedelta(hours=2), by="A")
    >>> first_conflict([taken], day + timedelta(hours=1), day + timedelta(hours=3)).by
    'A'
    >>> first_conflict([taken], day + timedelta(hours=2), day + timedelta(hours=3))
    """
    for row in busy:
        own = besides is not None and row.by == besides
        if not own and row.start < stop and start < row.stop:
            return row
    return None


def can_share(trip: Trip, other: Trip | Order) -> bool:
    """Tell whether two go the same way at about the same time.

    One goes where the other passes anyway, leaves within half an hour of him and is
    back within an hour of him.
    """
    return (
        bool(trip.places and other.places)
        and (trip.places <= other.places or other.places <= trip.places)
        and abs(trip.start - other.start) <= LEAVE_TOLERANCE
        and abs(trip.stop - other.stop) <= BACK_TOLERANCE
    )


def propose(
    trip: Trip,
    cars: Sequence[Car],
    drivers: Sequence[Driver],
    orders: Sequence[Order] = (),
) -> Answer:
    """Return which cars can drive a trip, the best first, and why the others cannot.

    :param orders: those planned, for a place in a car that goes anyway
    """
    car_of = {car.key: car for car in cars}
    driver_of = {driver.key: driver for driver in drivers}
    shared = (
        _share(trip, order, car_of.get(order.car), driver_of.get(order.driver))
        for order in orders
        if can_share(trip, order)
    )
    proposals = [proposal for proposal in shared if proposal]
    obstacles = []
    for car in cars:
        obstacle = find_obstacle(trip, car)
        chosen = None if obstacle else choose_driver(trip, car, drivers)
        if chosen:
            driver, reason = chosen
            reasons = (*_weigh_car(trip, car), reason)
            proposals.append(
                Proposal(car.key, driver.key, trip.start, trip.stop, reasons)
            )
        else:
            obstacles.append(obstacle or Obstacle(car.key, "driver"))
    proposals.sort(key=lambda proposal: (proposal.points, str(proposal.car)))
    return Answer(tuple(proposals), tuple(obstacles))


def find_obstacle(trip: Trip, car: Car) -> Obstacle | None:
    """Return what keeps a car from driving a trip, or None."""
    if car.blocked:
        return Obstacle(car.key, "blocked", text=car.blocked)
    if trip.persons > car.seats - 1:
        return Obstacle(car.key, "seats")
    taken = first_conflict(car.busy, trip.start, trip.stop + car.turnaround)
    if taken:
        return Obstacle(car.key, "busy", by=taken.by, until=taken.stop)
    return None


def choose_driver(
    trip: Trip, car: Car, drivers: Sequence[Driver]
) -> tuple[Driver, Reason] | None:
    """Return the driver for a trip and why: who drove least, the car's own one first.

    The usual driver keeps his car until he has driven sixteen hours (two days) more
    than the one who drove least.
    """
    free = [
        driver
        for driver in drivers
        if not driver.blocked
        and not first_conflict(driver.busy, trip.start, trip.stop + car.turnaround)
    ]
    if not free:
        return None
    rested = min(free, key=lambda driver: (driver.hours, str(driver.key)))
    for driver in free:
        if driver.key == car.usual_driver and driver.hours <= rested.hours + 16:
            return driver, Reason("usual_driver", 0, {"hours": driver.hours})
    return rested, Reason("rested_driver", 2, {"hours": rested.hours})


def _weigh_car(trip: Trip, car: Car) -> list[Reason]:
    """Return what speaks for and against a car that could go."""
    spare = car.seats - 1 - trip.persons
    reasons = [Reason("seats", 2 * spare, {"spare": spare, "seats": car.seats})]
    hard = trip.hard_km * 2 >= trip.km > 0
    if hard and car.four_wheel_drive:
        reasons.append(Reason("road", 0, {"km": trip.hard_km}))
    elif hard:
        reasons.append(Reason("road_without", 20, {"km": trip.hard_km}))
    if car.litres is None:
        reasons.append(Reason("no_norm", 5))
    else:
        burnt = car.litres * trip.km / 100
        points = int(car.litres + burnt / 5)
        reasons.append(Reason("norm", points, {"litres": car.litres, "burnt": burnt}))
    if car.care_km is not None and car.care_km < trip.km:
        reasons.append(Reason("care_due", 15, {"km": car.care_km}))
    return reasons


def _share(
    trip: Trip, order: Order, car: Car | None, driver: Driver | None
) -> Proposal | None:
    """Return a place in an order that goes anyway, or None when there is none."""
    if not car or car.blocked or order.persons + trip.persons > car.seats - 1:
        return None
    start, stop = min(order.start, trip.start), max(order.stop, trip.stop)
    until = stop + car.turnaround
    subjects = (car, driver) if driver else (car,)
    if any(first_conflict(s.busy, start, until, order.key) for s in subjects):
        return None
    left = car.seats - 1 - order.persons - trip.persons
    reason = Reason("share", -100, {"left": left, "order": order.key})
    return Proposal(car.key, order.driver, start, stop, (reason,), order.key)


def other_times(
    trip: Trip,
    cars: Sequence[Car],
    drivers: Sequence[Driver],
    not_before: datetime,
    usual: Callable[[datetime], bool] = lambda moment: True,
    within: timedelta = timedelta(days=1),
) -> list[tuple[datetime, Proposal]]:
    """Return when the same trip could be driven: the last time before and the first
    time after the one that is asked for, each with the best car then.

    :param not_before: nothing is offered before it
    :param usual: tells whether one leaves (and comes back) at such a time
    :param within: how far a trip may be moved
    """
    length = trip.stop - trip.start
    moments = set()
    for subject in (*cars, *drivers):
        for row in subject.busy:
            moments.add(_quarter(row.stop))
            for car in cars:
                earlier = row.start - length - car.turnaround
                moments.add(_quarter(earlier) - QUARTER)
                moments.add(_quarter(earlier))
    possible = sorted(
        moment
        for moment in moments
        if moment >= not_before
        and abs(moment - trip.start) <= within
        and usual(moment)
        and usual(moment + length)
    )
    later = [moment for moment in possible if moment > trip.start]
    earlier = [moment for moment in reversed(possible) if moment < trip.start]
    found = []
    for moments_of_side in (earlier, later):
        for moment in moments_of_side:
            moved = Trip(
                trip.key,
                moment,
                moment + length,
                trip.persons,
                km=trip.km,
                hard_km=trip.hard_km,
            )
            answer = propose(moved, cars, drivers)
            if answer.proposals:
                found.append((moment, answer.proposals[0]))
                break
    return found


def _quarter(moment: datetime) -> datetime:
    """Return the next full quarter of an hour."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - (midnight - moment) // QUARTER * QUARTER
