"""The month's meeting pack as plain data: what is counted, for which days."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

#: how the figure of a month stands to that of the month before
UP, DOWN, SAME = "up", "down", "same"


@dataclass(frozen=True)
class Measure:
    """One figure of each board. ``kind`` is number, money (đồng) or share (per cent).

    ``section`` groups measures into one table. A measure that is no ``flow`` says how
    things stand on the last day: it has no sum over a quarter.
    """

    key: str
    title: str
    section: str
    kind: str = "number"
    is_flow: bool = True


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date


def month_of(day: date) -> Period:
    """Return the calendar month of a day.

    >>> month_of(date(2028, 2, 9)).last
    datetime.date(2028, 2, 29)
    """
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def month_before(day: date) -> Period:
    """Return the calendar month before that of a day.

    >>> month_before(date(2026, 1, 31)).first
    datetime.date(2025, 12, 1)
    """
    return month_of(day.replace(day=1) - timedelta(days=1))


def month_after(day: date) -> Period:
    """Return the calendar month after that of a day.

    >>> month_after(date(2026, 12, 1)).last
    datetime.date(2027, 1, 31)
    """
    return month_of(month_of(day).last + timedelta(days=1))


def quarter_so_far(day: date) -> Period:
    """Return the days from the beginning of the quarter to the end of the month.

    >>> quarter_so_far(date(2026, 5, 3))
    Period(first=datetime.date(2026, 4, 1), last=datetime.date(2026, 5, 31))
    """
    month = month_of(day)
    return Period(month.first.replace(month=(day.month - 1) // 3 * 3 + 1), month.last)


def trend(now: float, before: float) -> str:
    """Tell whether a figure rose or fell.

    >>> trend(3, 5), trend(2, 2)
    ('down', 'same')
    """
    if now == before:
        return SAME
    return UP if now > before else DOWN
