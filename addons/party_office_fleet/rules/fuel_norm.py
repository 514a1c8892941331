"""Litres that the norm of a car allows for one trip.

The norm is litres for 100 km, higher on mountain or city roads, plus litres for an hour
with the engine running at a stand. The decision that sets it may add supplements: for
an old car, a car with many km, a short trip.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

#: litres are worked out to the millilitre, trip by trip, so that printed rows add up
MILLILITRE = Decimal("0.001")


@dataclass(frozen=True)
class Supplement:
    """More litres, in per cent of those for the km.

    It holds from a day, from an odometer (km), or for trips shorter than ``km_below``;
    what is not set does not matter.
    """

    pct: Decimal
    label: str = ""
    day_from: date | None = None
    odometer_from: int = 0
    km_below: Decimal = Decimal(0)

    def holds(self, trip: "Trip") -> bool:
        """Tell whether it is added for a trip."""
        return (
            (self.day_from is None or trip.day >= self.day_from)
            and trip.odometer >= self.odometer_from
            and (not self.km_below or trip.km < self.km_below)
        )


@dataclass(frozen=True)
class CarNorm:
    """The norm in force: litres for 100 km, per cent more on hard roads, litres for an
    hour at a stand, and what is added.
    """

    litres: Decimal
    hard_pct: Decimal = Decimal(0)
    idle_litres: Decimal = Decimal(0)
    supplements: tuple[Supplement, ...] = ()


@dataclass(frozen=True)
class Trip:
    """A trip: km, those of them on hard roads, hours at a stand, odometer when it began
    (0 when nobody knows).
    """

    day: date
    km: Decimal
    hard_km: Decimal = Decimal(0)
    idle_hours: Decimal = Decimal(0)
    odometer: int = 0


@dataclass(frozen=True)
class TripLitres:
    """Litres of one trip: for the km, for standing, for supplements, and in all."""

    road: Decimal
    idle: Decimal
    supplement: Decimal
    total: Decimal
    labels: tuple[str, ...] = ()


def trip_litres(trip: Trip, norm: CarNorm) -> TripLitres:
    """What the norm allows for a trip, rounded to the millilitre, half up.

    More hard km than km are taken as all km: who recorded them is asked elsewhere.

    :raises ValueError: km, hours or norm below zero

    >>> trip_litres(Trip(date(2026, 6, 1), Decimal(100), hard_km=Decimal(20)),
    ...     CarNorm(Decimal(12), hard_pct=Decimal(10))).total
    Decimal('12.240')
    """
    given = (trip.km, trip.hard_km, trip.idle_hours, norm.litres, norm.idle_litres)
    if any(value < 0 for value in given):
        raise ValueError("km, hours and norms are not below zero")
    hard = min(trip.hard_km, trip.km)
    counted = trip.km + hard * norm.hard_pct / 100
    road = counted * norm.litres / 100
    held = [supplement for supplement in norm.supplements if supplement.holds(trip)]
    more = road * sum((supplement.pct for supplement in held), Decimal(0)) / 100
    idle = trip.idle_hours * norm.idle_litres
    return TripLitres(
        road=_rounded(road),
        idle=_rounded(idle),
        supplement=_rounded(more),
        total=_rounded(road + more + idle),
        labels=tuple(supplement.label for supplement in held),
    )


def tank_levels(
    rows: Iterable[tuple[Decimal, Decimal, Decimal | None]],
) -> list[Decimal | None]:
    """The level of a tank after each row ``(in, out, measured)``, litres.

    A measured level stands, whatever was worked out before; until the first one nothing
    is known.

    >>> [str(level) for level in tank_levels([
    ...     (Decimal(0), Decimal(0), Decimal(20)), (Decimal(30), Decimal(0), None),
    ...     (Decimal(0), Decimal(12), None), (Decimal(0), Decimal(0), Decimal(37))])]
    ['20', '50', '38', '37']
    """
    levels: list[Decimal | None] = []
    level: Decimal | None = None
    for filled, burnt, measured in rows:
        if measured is not None:
            level = measured
        elif level is not None:
            level += filled - burnt
        levels.append(level)
    return levels


def _rounded(litres: Decimal) -> Decimal:
    return litres.quantize(MILLILITRE, ROUND_HALF_UP)
