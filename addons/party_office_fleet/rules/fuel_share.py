"""Who carries how much of a month's fuel.

A board carries a trip by its passenger-km (persons times km), and the month by the
litres that the norm allows for each trip. Weights are exact whole numbers, so that the
money is rounded once: when the bill is split.
"""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

Weights = Mapping[Hashable, Decimal]


def passenger_km(persons: int, km: Decimal, trip_km: Decimal) -> Decimal:
    """The weight of one request; without km of its own it went the whole trip.

    >>> passenger_km(3, Decimal(0), Decimal(60))
    Decimal('180')
    """
    return max(persons, 1) * (km or trip_km or Decimal(1))


def month_weights(trips: Iterable[tuple[Decimal, Weights]]) -> dict[Hashable, int]:
    """Weights of boards over a month, as whole numbers in the ratio of their parts.

    :param trips: ``(litres, {board: weight})``; a trip without litres or weights counts
        for nothing
    :return: ``{board: weight}``, empty when nothing was driven

    >>> month_weights([(Decimal(12), {"A": Decimal(1), "B": Decimal(2)}),
    ...     (Decimal(4), {"B": Decimal(5)})])
    {'A': 1, 'B': 3}
    """
    parts: dict[Hashable, Fraction] = {}
    for litres, weights in trips:
        whole = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
        if not whole or not litres:
            continue
        for board, weight in weights.items():
            part = Fraction(litres) * Fraction(weight) / whole
            parts[board] = parts.get(board, Fraction(0)) + part
    if not parts:
        return {}
    scale = lcm(*(part.denominator for part in parts.values()))
    units = {board: int(part * scale) for board, part in parts.items()}
    divisor = gcd(*units.values())
    return {board: unit // divisor for board, unit in units.items()}
