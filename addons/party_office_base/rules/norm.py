"""Which norm applies, and what bounds it.

The ceiling is national, the rate is provincial, the practice is internal: three
layers. The innermost layer that has a value wins, and may not pass the layer above
(circular 40/2017/TT-BTC as amended by 12/2025/TT-BTC; circular 35/2026/TT-BTC
article 33: rates "nhưng không vượt mức chi quy định tại Thông tư này").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LAYERS = ("national", "province", "internal")
"""From the outermost to the innermost."""

BOUNDS = ("ceiling", "floor", "free")
"""What a layer is for the layer below: it may not go above, below, or is not bound."""


@dataclass(frozen=True)
class NormRow:
    """One candidate row. ``rank`` / ``area`` None means "every rank / area".

    ``own`` tells a row of one office from a row for all of them, ``key`` is opaque
    (the caller's record id).
    """

    layer: str
    value: Decimal
    date_from: date
    date_to: date | None = None
    rank: str | None = None
    area: str | None = None
    regulation: str = ""
    article: str = ""
    verified: bool = False
    own: bool = False
    key: int | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether the row is in force on ``day``; both ends belong to it."""
        return self.date_from <= day and (self.date_to is None or day <= self.date_to)


@dataclass(frozen=True)
class NormResult:
    """The norm that applies and the text it rests on.

    ``value`` is what may be used. ``stated`` is what the row says; the two differ
    only when the row passes ``ceiling``, the value of the layer above: then
    ``exceeds`` is true and the ceiling is used. ``ceiling_source`` names the
    regulation and article of the ceiling. ``explanation`` and ``unit`` are filled by
    the caller, in the reader's language.
    """

    value: Decimal
    stated: Decimal
    layer: str
    regulation: str
    article: str
    date_from: date
    verified: bool
    ceiling: Decimal | None = None
    ceiling_layer: str = ""
    ceiling_source: str = ""
    exceeds: bool = False
    key: int | None = None
    code: str = ""
    unit: str = ""
    explanation: str = ""


def passes(value: Decimal, bound_value: Decimal, bound: str = "ceiling") -> bool:
    """Whether ``value`` goes past ``bound_value`` in the forbidden direction.

    >>> passes(Decimal(700000), Decimal(600000))
    True
    >>> passes(Decimal(12), Decimal(15), "floor")
    True
    """
    if bound == "ceiling":
        return value > bound_value
    if bound == "floor":
        return value < bound_value
    if bound == "free":
        return False
    raise ValueError(f"unknown bound {bound!r}")


def source_of(row: NormRow) -> str:
    """The regulation and article of a row, as they are cited.

    >>> source_of(NormRow("national", Decimal(1), date(2026, 5, 18),
    ...     regulation="35/2026/TT-BTC", article="Điều 30"))
    '35/2026/TT-BTC, Điều 30'
    """
    return ", ".join(part for part in (row.regulation, row.article) if part)


def best_in_layer(
    rows: Iterable[NormRow],
    layer: str,
    day: date,
    ranks: Sequence[str] = (),
    areas: Sequence[str] = (),
) -> NormRow | None:
    """The row of one layer that fits best, or None.

    :param day: the day the norm is asked for
    :param ranks: the rank asked for, then the wider ones it belongs to
    :param areas: the area asked for, then the wider ones it belongs to

    A row for a rank or an area beats a general one, the narrower one the wider
    one; the rank is looked at before the area; an office's own row beats one for
    all offices; the later start breaks what is left.
    """

    def distance(value: str | None, asked: Sequence[str]) -> int:
        return len(asked) if value is None else asked.index(value)

    fitting = [
        row
        for row in rows
        if row.layer == layer
        and row.is_in_force(day)
        and (row.rank is None or row.rank in ranks)
        and (row.area is None or row.area in areas)
    ]
    return min(
        fitting,
        key=lambda row: (
            distance(row.rank, ranks),
            distance(row.area, areas),
            not row.own,
            -row.date_from.toordinal(),
        ),
        default=None,
    )


def pick(
    rows: Iterable[NormRow],
    day: date,
    ranks: Sequence[str] = (),
    areas: Sequence[str] = (),
    bound: str = "ceiling",
) -> NormResult | None:
    """The norm that applies on ``day``, or None when no layer has a value.

    :param rows: candidate rows of one norm
    :param day: the day of the trip, meal, meeting ...
    :param ranks: see :func:`best_in_layer`
    :param areas: see :func:`best_in_layer`
    :param bound: one of ``BOUNDS``
    :raise ValueError: unknown bound

    >>> pick([
    ...     NormRow("national", Decimal(300000), date(2025, 5, 4)),
    ...     NormRow("internal", Decimal(250000), date(2025, 6, 1)),
    ... ], date(2025, 6, 1)).value
    Decimal('250000')
    """
    rows = list(rows)
    result = None
    for layer in LAYERS:
        row = best_in_layer(rows, layer, day, ranks, areas)
        if row is None:
            continue
        ceiling = result.value if result else None
        exceeds = ceiling is not None and passes(row.value, ceiling, bound)
        if result is None or bound == "free":
            above, layer_above, source = None, "", ""
        elif result.exceeds:  # the layer above is itself held down by its own
            above, layer_above = ceiling, result.ceiling_layer
            source = result.ceiling_source
        else:
            above, layer_above = ceiling, result.layer
            source = ", ".join(filter(None, (result.regulation, result.article)))
        result = NormResult(
            value=ceiling if exceeds else row.value,
            stated=row.value,
            layer=layer,
            regulation=row.regulation,
            article=row.article,
            date_from=row.date_from,
            verified=row.verified,
            ceiling=above,
            ceiling_layer=layer_above,
            ceiling_source=source,
            exceeds=exceeds,
            key=row.key,
        )
    return result


def find_breach(
    row: NormRow,
    rows: Iterable[NormRow],
    ranks: Sequence[str] = (),
    areas: Sequence[str] = (),
    bound: str = "ceiling",
) -> tuple[date, NormRow] | None:
    """The first day on which ``row`` passes the layer above, and the row it passes.

    The ceiling of a row is the one of its own rank and area. Where the layers above
    say nothing for them, because they only know narrower cases, the most generous
    of these is taken; a narrower one that is smaller holds when the norm is used.

    :param row: the row to be judged
    :param rows: the rows of the same norm (rows of its own layer are passed over)
    :param ranks: the rank of the row, then the wider ones; empty for every rank
    :param areas: the area of the row, then the wider ones; empty for every area
    :return: None when nothing is passed
    """
    if bound == "free":
        return None
    outer = LAYERS[: LAYERS.index(row.layer)]
    above = [other for other in rows if other.layer in outer]
    days = {row.date_from} | {
        other.date_from
        for other in above
        if other.date_from > row.date_from and row.is_in_force(other.date_from)
    }
    days |= {
        date.fromordinal(other.date_to.toordinal() + 1)
        for other in above
        if other.date_to
    }
    for day in sorted(days):
        if not row.is_in_force(day):
            continue
        for layer in reversed(outer):
            limit = best_in_layer(above, layer, day, ranks, areas)
            if limit is None:
                narrower = [
                    other
                    for other in above
                    if other.layer == layer
                    and other.is_in_force(day)
                    and (row.rank is None or other.rank in (None, *ranks))
                    and (row.area is None or other.area in (None, *areas))
                ]
                if not narrower:
                    continue
                most = min if bound == "floor" else max
                limit = most(narrower, key=lambda other: other.value)
            if passes(row.value, limit.value, bound):
                return day, limit
    return None
