"""What a calculation by norms comes to, line by line.

The rules of travel, conferences, guests and fuel return these lines. They know neither
the database nor the words of the screen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .norm import NormResult
from .rate_book import RateBook

#: no amount reaches this (đồng)
MAX_AMOUNT = 10**15


class CalculationRefused(ValueError):
    """Facts that cannot be: ``reason`` is a code for the caller's sentence.

    ``values`` are what the sentence says, for example the two days.
    """

    def __init__(self, reason: str, **values):
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True)
class Allowance:
    """One amount, how it comes about, and the text it rests on.

    ``component`` is the code of what is paid (per_diem, lodging_lump ...), ``price``
    the đồng for one unit, ``amount`` whole đồng. ``rate`` is the norm it rests on, or
    None for an amount that only rests on its papers. ``asked`` is what the papers say
    when the norm cuts it. ``person`` is whatever the caller names persons by.
    ``remark`` is a code for a sentence, for example why nothing is paid.
    """

    component: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    day_from: date
    day_to: date
    rate: NormResult | None = None
    person: Any = None
    asked: Decimal | None = None
    remark: str = ""


def whole_dong(value: Decimal) -> Decimal:
    """An amount rounded to the đồng, half up.

    :raise CalculationRefused: ``too_large``

    >>> whole_dong(Decimal("0.5"))
    Decimal('1')
    """
    if abs(value) >= MAX_AMOUNT:
        raise CalculationRefused("too_large", amount=value)
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def total(allowances: Iterable[Allowance]) -> Decimal:
    """The sum (đồng).

    >>> total([])
    Decimal('0')
    """
    return sum((allowance.amount for allowance in allowances), Decimal(0))


def daily(
    book: RateBook,
    component: str,
    code: str,
    days: Iterable[date],
    rank: Callable[[date], str | None] | str | None = None,
    area: str | None = None,
    quantity: Decimal = Decimal(1),
    person: Any = None,
) -> list[Allowance]:
    """A daily rate over some days: one line for each run of days with one norm row.

    The rate of each day is the one in force on that day, for the rank held on it.

    :param days: in order
    :param rank: code, or a function of the day
    :param quantity: units a day, for example persons
    :raise RateMissing: a day without a rate
    """
    runs: list[tuple[NormResult, list[date]]] = []
    for day in days:
        rate = book.get(code, day, rank(day) if callable(rank) else rank, area)
        if runs and (runs[-1][0].key, runs[-1][0].value) == (rate.key, rate.value):
            runs[-1][1].append(day)
        else:
            runs.append((rate, [day]))
    return [
        Allowance(
            component=component,
            quantity=quantity * len(run),
            price=rate.value,
            amount=whole_dong(quantity * len(run) * rate.value),
            day_from=run[0],
            day_to=run[-1],
            rate=rate,
            person=person,
        )
        for rate, run in runs
    ]
