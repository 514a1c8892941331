"""Days of a plan that is counted back from the day of a conference.

All counts are working days: Saturday, Sunday and public holidays do not count.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from .working_day import NO_HOLIDAYS, is_rest_day, shift_working_days


@dataclass(frozen=True)
class Due:
    """When a task is due: ``planned`` by the plan, ``day`` never before today."""

    planned: date
    day: date

    @property
    def squeezed(self) -> bool:
        """Tell whether there was too little time from the start."""
        return self.day != self.planned


def due(
    first: date,
    last: date,
    days_before: int,
    today: date,
    holidays: Set[date] = NO_HOLIDAYS,
) -> Due:
    """Return when a task of a plan is due.

    :param first: first day of the conference; what comes before counts back from it
    :param last: its last day; what comes after (negative) counts on from it
    :param days_before: working days; 0 is the first day itself, even a Sunday
    :param today: what would be due before is due today

    >>> friday, monday = date(2026, 7, 10), date(2026, 7, 13)
    >>> due(monday, monday, 1, date(2026, 7, 1)).day.isoformat()
    '2026-07-10'
    >>> due(friday, friday, -1, date(2026, 7, 1)).day.isoformat()
    '2026-07-13'
    >>> late = due(friday, friday, 7, date(2026, 7, 6))
    >>> late.planned.isoformat(), late.day.isoformat(), late.squeezed
    ('2026-07-01', '2026-07-06', True)
    """
    start = last if days_before < 0 else first
    planned = shift_working_days(start, -days_before, holidays)
    return Due(planned, max(planned, today))


def working_days_between(
    first: date, last: date, holidays: Set[date] = NO_HOLIDAYS
) -> int:
    """Return by how many working days a day moves (negative: forward in the calendar).

    >>> friday, monday = date(2026, 7, 10), date(2026, 7, 13)
    >>> working_days_between(friday, monday), working_days_between(monday, friday)
    (1, -1)
    >>> working_days_between(friday, date(2026, 7, 12))
    0
    """
    sign = 1 if last >= first else -1
    day, count = first, 0
    while day != last:
        # what is counted is where one arrives going on, what one leaves going back
        day += timedelta(days=sign)
        count += not is_rest_day(day, holidays)
    if sign < 0:
        count += is_rest_day(last, holidays) - is_rest_day(first, holidays)
    return sign * count


def moved(
    planned: date,
    current: date,
    count: int,
    today: date,
    holidays: Set[date] = NO_HOLIDAYS,
) -> Due | None:
    """Return when an open task is due after its conference moved.

    :param planned: when it was due by the plan
    :param current: when it is due now
    :param count: working days by which the conference moves
    :return: None when it stays: it is late already and would not get more time

    >>> monday, today = date(2026, 7, 6), date(2026, 7, 2)
    >>> moved(monday, monday, 3, today).day.isoformat()
    '2026-07-09'
    >>> moved(monday, monday, -5, today).squeezed
    True
    >>> moved(date(2026, 7, 1), date(2026, 7, 1), -1, today) is None
    True
    """
    new = shift_working_days(planned, count, holidays)
    if new < today and current < today:
        return None
    return Due(new, max(new, today))
