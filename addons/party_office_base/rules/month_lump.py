"""The monthly lump sum of those who are always on the way.

Circular 40/2017/TT-BTC article 8 as amended by 12/2025/TT-BTC: who travels on more
than a number of days of a month (clerks, treasury accountants ...) gets a lump sum for
it. It does not shut out the allowance of ordinary trips.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .allowance import Allowance, CalculationRefused, whole_dong
from .rate_book import RateBook

CODES = ("travel_month_lump", "travel_month_lump_min_days")


@dataclass(frozen=True)
class FieldWorker:
    """A person and on how many days of the month he was on the way."""

    person: Any
    days: int
    rank: str | None = None


def compute(
    month: date, workers: Sequence[FieldWorker], book: RateBook
) -> list[Allowance]:
    """One line for each person.

    :param month: any day of it. The rate is the one in force on the first day: a rate
        that rises within the month counts from the next month on
    :raise CalculationRefused: ``negative``, ``too_many_days``, ``twice``
    :raise RateMissing: no rate that day
    """
    first = month.replace(day=1)
    last = month.replace(day=monthrange(month.year, month.month)[1])
    allowances = []
    seen = set()
    for worker in workers:
        if worker.person in seen:
            raise CalculationRefused("twice", person=worker.person)
        seen.add(worker.person)
        if worker.days < 0:
            raise CalculationRefused(
                "negative", field="field_days", value=worker.days, person=worker.person
            )
        if worker.days > last.day:
            raise CalculationRefused(
                "too_many_days", person=worker.person, days=worker.days, most=last.day
            )
        rate = book.get("travel_month_lump", first, worker.rank)
        least = book.get("travel_month_lump_min_days", first, worker.rank)
        # the circular says "more than": the day itself is not enough
        enough = worker.days > least.value
        allowances.append(
            Allowance(
                component="month_lump",
                quantity=Decimal(1 if enough else 0),
                price=rate.value if enough else Decimal(0),
                amount=whole_dong(rate.value) if enough else Decimal(0),
                day_from=first,
                day_to=last,
                rate=rate if enough else least,
                person=worker.person,
                remark="" if enough else "too_few_days",
            )
        )
    return allowances
