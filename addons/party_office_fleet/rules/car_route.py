"""How far a trip is, and what an ended trip teaches about the table of distances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

#: so many of the latest trips make the rolling median
WINDOW = 9
#: a learned distance that differs by more (per cent) from the typed one is shown
TOLERANCE_PCT = 10

Pair = frozenset
Known = Mapping[Pair, tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class Route:
    """Km of a whole trip, those of them on mountain or city roads, and the pairs of
    neighbouring places whose distance is not known.
    """

    km: Decimal
    hard_km: Decimal
    unknown: tuple[Pair, ...]


def legs(start: Any, stops: Sequence[Any]) -> list[Pair]:
    """Return the pairs of neighbouring places of a round trip.

    >>> [sorted(leg) for leg in legs("O", ["A", "B"])]
    [['A', 'O'], ['A', 'B'], ['B', 'O']]
    >>> legs("O", ["O"])
    []
    """
    way = [start, *stops, start]
    return [
        frozenset((here, there))
        for here, there in zip(way, way[1:], strict=False)
        if here != there
    ]


def measure(way: Sequence[Pair], known: Known) -> Route:
    """Add up the legs of a trip.

    :param known: ``(km, hard km)`` of a pair, one way; both directions are the same

    >>> table = {frozenset("OA"): (Decimal(30), Decimal(10))}
    >>> route = measure(legs("O", ["A"]), table)
    >>> int(route.km), int(route.hard_km), route.unknown
    (60, 20, ())
    """
    found = [known[leg] for leg in way if leg in known]
    return Route(
        km=sum((km for km, _hard in found), Decimal(0)),
        hard_km=sum((hard for _km, hard in found), Decimal(0)),
        unknown=tuple(dict.fromkeys(leg for leg in way if leg not in known)),
    )


def lesson(
    way: Sequence[Pair], known: Known, km: Decimal, hard_km: Decimal = Decimal(0)
) -> tuple[Pair, Decimal, Decimal] | None:
    """Return what an ended trip says about one pair: ``(pair, km, hard km)``, one way.

    A trip to one place says its distance; a trip over several places says the one
    that is not known yet, when all others are. Anything else teaches nothing.

    >>> lesson(legs("O", ["A"]), {}, Decimal(62))[1:]
    (Decimal('31'), Decimal('0'))
    >>> lesson(legs("O", ["A", "B"]), {}, Decimal(90)) is None
    True
    """
    pairs = set(way)
    if len(pairs) == 1:
        asked, rest = way[0], measure((), known)
    else:
        rest = measure(way, known)
        if len(rest.unknown) != 1:
            return None
        asked = rest.unknown[0]
    times = way.count(asked)
    one_way = (km - rest.km) / times
    if one_way <= 0:
        return None
    hard = max(Decimal(0), (hard_km - rest.hard_km) / times)
    return asked, one_way, min(hard, one_way)


def rolling(values: Sequence[Decimal]) -> Decimal:
    """Return the median of the latest trips (``values`` oldest first), to 100 m.

    >>> rolling([Decimal(30), Decimal(31), Decimal(90)])
    Decimal('31.0')
    >>> rolling([])
    Decimal('0.0')
    """
    latest = values[-WINDOW:]
    return Decimal(median(latest) if latest else 0).quantize(Decimal("0.1"))


def differs(typed: Decimal, learned: Decimal) -> bool:
    """Tell whether trips say something else than what was typed; 0: not known.

    >>> differs(Decimal(30), Decimal(33)), differs(Decimal(30), Decimal(34))
    (False, True)
    """
    return bool(
        typed and learned and abs(learned - typed) * 100 > typed * TOLERANCE_PCT
    )
