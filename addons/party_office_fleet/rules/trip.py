"""A trip as it was driven: what looks odd on it, and what time it leaves to others.

>>> trip = TripFacts(before=1000, out=1025, back=1100, planned_km=Decimal(70))
>>> [(oddity.code, oddity.values["km"]) for oddity in trip_oddities(trip)]
[('gap', 25)]
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

#: an odometer is read in whole km, before and after: this much is no gap
ROUNDING_KM = 1
#: a detour, or a second call at the same place, is no jump
DETOUR_KM = 20
DETOUR_SHARE = Decimal("0.3")
#: legs are noted by hand
LEG_SHARE = Decimal("0.05")
#: no driver keeps this up on the roads of a province, door to door
FASTEST_KMH = 90

#: a time taken: from, to (excluded)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class TripFacts:
    """One trip; km. ``before`` is where the car's trip before it ended, 0 when not
    known; ``back`` None while it is on the road; ``legs_km`` 0 without legs.
    """

    before: int
    out: int
    back: int | None = None
    planned_km: Decimal = Decimal(0)
    legs_km: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)


@dataclass(frozen=True)
class TripOddity:
    """Something that a person should look at; it never blocks."""

    code: str
    values: dict[str, Any]


def trip_oddities(trip: TripFacts) -> list[TripOddity]:
    """What the log of a trip leaves open: ``gap`` (km that nobody drove by an order),
    ``backwards``, ``jump`` (more km than the order, a detour allowed for), ``legs``
    (they do not add up), ``too_fast``, ``not_moved``.

    >>> trip_oddities(TripFacts(1000, 1001, 1061, Decimal(60)))
    []
    >>> [o.code for o in trip_oddities(TripFacts(1000, 990, 1200, Decimal(60)))]
    ['backwards', 'jump']
    """
    found = []
    if trip.before and trip.out > trip.before + ROUNDING_KM:
        found.append(
            TripOddity("gap", {"km": trip.out - trip.before, "before": trip.before})
        )
    if trip.before and trip.out < trip.before:
        found.append(
            TripOddity(
                "backwards", {"km": trip.before - trip.out, "before": trip.before}
            )
        )
    if trip.back is None:
        return found
    km = trip.back - trip.out
    if not km:
        found.append(TripOddity("not_moved", {}))
    if trip.planned_km and km > trip.planned_km * (1 + DETOUR_SHARE) + DETOUR_KM:
        found.append(TripOddity("jump", {"km": km, "planned": trip.planned_km}))
    apart = abs(trip.legs_km - km)
    if trip.legs_km and apart > max(Decimal(2), LEG_SHARE * km):
        found.append(TripOddity("legs", {"km": km, "legs": trip.legs_km}))
    if trip.hours and km / trip.hours > FASTEST_KMH:
        found.append(TripOddity("too_fast", {"km": km, "kmh": round(km / trip.hours)}))
    return found


def left_over(span: Span, taken: Iterable[Span]) -> list[Span]:
    """The parts of a time that others have not taken, in order.

    >>> at = lambda hour: datetime(2026, 6, 15, hour)
    >>> [(a.hour, b.hour) for a, b in left_over((at(7), at(12)), [(at(9), at(10))])]
    [(7, 9), (10, 12)]
    >>> left_over((at(7), at(12)), [(at(6), at(13))])
    []
    """
    start, stop = span
    parts = []
    for other_start, other_stop in sorted(taken):
        if other_start > start:
            parts.append((start, min(other_start, stop)))
        start = max(start, other_stop)
        if start >= stop:
            break
    if start < stop:
        parts.append((start, stop))
    return parts
