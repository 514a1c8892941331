"""What a budget line will have spent at the end of its year, at the present pace.

>>> from datetime import date
>>> half = forecast(2025, date(2025, 7, 2), allocated=100, spent=60)
>>> half.spending, half.runs_out_on.isoformat(), half.missing
(Decimal('120'), '2025-11-02', Decimal('20'))
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

#: in the first days of a year one payment would be taken for the pace of the year
SILENT_DAYS = 30


@dataclass(frozen=True)
class Forecast:
    """Amounts in đồng. ``spending`` is None when nothing can be said yet."""

    spending: Decimal | None
    runs_out_on: date | None
    missing: Decimal


NOTHING_SAID = Forecast(None, None, Decimal(0))


def forecast(year, day, *, allocated, spent, committed=0, pattern=None):
    """Return the ``Forecast`` of one budget line as of the end of ``day``.

    What has been spent goes on at the same pace, day by day; open holds and advances
    (``committed``) come on top of it once and in full. The line runs out on the first
    day whose spending it cannot pay any more, so there is such a day exactly when the
    forecast is above what is allocated; a line that is used up and still spends runs
    out on the next day.

    Nothing is said about a year that has not begun and in its first 30 days; after its
    last day the forecast is what was used.

    :param int year: budget year
    :param date day: the day up to which ``spent`` counts
    :param allocated: limit of the line (đồng)
    :param spent: spent since the first day of the year (đồng)
    :param committed: open holds and advances (đồng)
    :param pattern: what was spent in each of the 12 months of another year; the pace
        then follows it. It is not used when it says nothing about the months so far.
    :returns: ``Forecast``; spending is rounded up to the đồng
    """
    if day < date(year, 1, 1) + timedelta(days=SILENT_DAYS):
        return NOTHING_SAID
    allocated, spent, committed = (
        Fraction(Decimal(str(value))) for value in (allocated, spent, committed)
    )
    day = min(day, date(year, 12, 31))
    weights = _weights(year, day, pattern)
    gone = _weight_until(year, day, weights)
    per_weight = max(spent, Fraction(0)) / gone
    rest = sum(weights) - gone
    spending = spent + committed + per_weight * rest
    runs_out_on = None
    if spending > allocated:
        free = max(allocated - spent - committed, Fraction(0))
        runs_out_on = _day_after(year, day, free, per_weight, weights)
    return Forecast(
        Decimal(ceil(spending)),
        runs_out_on,
        Decimal(max(ceil(spending - allocated), 0)),
    )


def _days(year, month):
    return monthrange(year, month)[1]


def _weights(year, day, pattern):
    """Return how much of a year's spending falls into each month."""
    straight = [Fraction(_days(year, month)) for month in range(1, 13)]
    if not pattern:
        return straight
    weights = [max(Fraction(Decimal(str(value))), Fraction(0)) for value in pattern]
    if len(weights) != 12:
        raise ValueError("a pattern has twelve months")
    return weights if _weight_until(year, day, weights) else straight


def _weight_until(year, day, weights):
    """Return the weight of the days from 1 January to ``day``."""
    whole_months = sum(weights[: day.month - 1], Fraction(0))
    part = weights[day.month - 1] * day.day / _days(year, day.month)
    return whole_months + part


def _day_after(year, day, free, per_weight, weights):
    """Return the first day after ``day`` whose spending ``free`` money cannot pay.

    Called only when the money does not last to the end of the year.
    """
    first_day = day.day + 1
    for month in range(day.month, 13):
        days = _days(year, month)
        a_day = per_weight * weights[month - 1] / days
        month_rest = a_day * (days - first_day + 1)
        if month_rest > free:
            return date(year, month, first_day + int(free // a_day))
        free -= month_rest
        first_day = 1
    return None
