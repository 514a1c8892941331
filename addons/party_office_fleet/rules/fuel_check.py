"""What an inspector asks about a month of one car and one driver.

Nothing here blocks: each finding is a code and what its sentence says.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

SATURDAY = 5


@dataclass(frozen=True)
class LoggedTrip:
    """A trip as the log book has it: local times, odometer out and in (km)."""

    key: Any
    label: str
    start: datetime
    stop: datetime
    odometer_out: int
    odometer_in: int
    driver: Any = None

    def days(self) -> list[date]:
        """All days that it touches."""
        count = (self.stop.date() - self.start.date()).days
        first = self.start.date()
        return [first + timedelta(days=number) for number in range(count + 1)]


@dataclass(frozen=True)
class LoggedFill:
    """A fill: its day, odometer (0 when not noted) and driver."""

    key: Any
    label: str
    day: date
    odometer: int = 0
    driver: Any = None


@dataclass(frozen=True)
class Finding:
    """Something to be looked at: a code and the values of its sentence."""

    code: str
    values: dict


def check_month(
    trips: Iterable[LoggedTrip],
    fills: Iterable[LoggedFill],
    all_trips: Sequence[LoggedTrip] = (),
    holidays: Collection[date] = (),
    last_odometer: int = 0,
) -> list[Finding]:
    """Find what does not fit together.

    ``fill_no_trip`` (invoice date without a trip of the car on that day),
    ``fill_other`` (on that day only another driver had the car), ``fill_odometer``
    (the odometer fits no trip of the day), ``km_no_order`` (km between two trips that
    no order has), ``km_twice``, ``weekend``, ``holiday``,
    ``two_places`` (two trips of the car at one time).

    :param trips: of this car and driver
    :param all_trips: of this car, whoever drove; the same when left out
    :param last_odometer: where the statement before ended (km), 0 when not known
    """
    trips = sorted(trips, key=lambda trip: trip.start)
    every = sorted(all_trips or trips, key=lambda trip: trip.start)
    found = []
    for fill in sorted(fills, key=lambda fill: fill.day):
        found += _check_fill(fill, every)
    own = {trip.key for trip in trips}
    # what the statement before has was asked there
    since = [
        trip for trip in every if trip.key in own or trip.odometer_in > last_odometer
    ]
    found += _check_odometer(since, last_odometer)
    for trip in trips:
        found += _check_days(trip, holidays)
    for before, after in pairwise(every):
        if after.start < before.stop and {before.key, after.key} & own:
            found.append(
                Finding("two_places", {"trip": after.label, "other": before.label})
            )
    return found


def _check_fill(fill: LoggedFill, trips: Sequence[LoggedTrip]) -> list[Finding]:
    values = {"fill": fill.label, "day": fill.day}
    on_day = [trip for trip in trips if fill.day in trip.days()]
    if not on_day:
        return [Finding("fill_no_trip", values)]
    if fill.driver is not None and all(trip.driver != fill.driver for trip in on_day):
        return [Finding("fill_other", values)]
    low = min(trip.odometer_out for trip in on_day)
    high = max(trip.odometer_in for trip in on_day)
    if fill.odometer and not low <= fill.odometer <= high:
        return [
            Finding(
                "fill_odometer",
                {**values, "odometer": fill.odometer, "low": low, "high": high},
            )
        ]
    return []


def _check_odometer(trips: Sequence[LoggedTrip], last: int) -> list[Finding]:
    found = []
    for trip in trips:
        gap = trip.odometer_out - last if last else 0
        if gap:
            code = "km_no_order" if gap > 0 else "km_twice"
            found.append(
                Finding(code, {"trip": trip.label, "km": abs(gap), "last": last})
            )
        last = trip.odometer_in
    return found


def _check_days(trip: LoggedTrip, holidays: Collection[date]) -> list[Finding]:
    days = trip.days()
    free = [day for day in days if day in holidays]
    if free:
        return [Finding("holiday", {"trip": trip.label, "day": free[0]})]
    weekend = [day for day in days if day.weekday() >= SATURDAY]
    if weekend:
        return [Finding("weekend", {"trip": trip.label, "day": weekend[0]})]
    return []
