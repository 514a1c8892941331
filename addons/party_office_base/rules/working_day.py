"""Working days of an office that rests on Saturday, Sunday and public holidays."""

from collections.abc import Set
from datetime import date, timedelta

NO_HOLIDAYS: Set[date] = frozenset()


def is_rest_day(day: date, holidays: Set[date] = NO_HOLIDAYS) -> bool:
    """Tell whether nobody works: a Saturday, a Sunday or a public holiday.

    >>> is_rest_day(date(2026, 6, 13)), is_rest_day(date(2026, 6, 15))
    (True, False)
    >>> is_rest_day(date(2026, 6, 15), {date(2026, 6, 15)})
    True
    """
    return day.weekday() >= 5 or day in holidays


def next_working_day(day: date, holidays: Set[date] = NO_HOLIDAYS) -> date:
    """Return the first working day after a day.

    >>> next_working_day(date(2026, 6, 12)).isoformat()
    '2026-06-15'
    """
    return shift_working_days(day, 1, holidays)


def shift_working_days(
    day: date, count: int, holidays: Set[date] = NO_HOLIDAYS
) -> date:
    """Return the day that lies so many working days after (before, if negative).

    >>> shift_working_days(date(2026, 6, 12), 3).isoformat()
    '2026-06-17'
    >>> shift_working_days(date(2026, 6, 15), -1).isoformat()
    '2026-06-12'
    """
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while is_rest_day(day, holidays):
            day += step
    return day


def working_days_until(day: date, last: date, holidays: Set[date] = NO_HOLIDAYS) -> int:
    """Return how many working days a day lies before another, negative after it: what
    ``shift_working_days`` would count.

    >>> working_days_until(date(2026, 7, 3), date(2026, 7, 10))
    5
    >>> working_days_until(date(2026, 7, 13), date(2026, 7, 10))
    -1
    """
    begin, end = min(day, last), max(day, last)
    steps = (end - begin).days
    if day < last:
        counted = (begin + timedelta(days=n) for n in range(steps))
    else:
        counted = (end - timedelta(days=n) for n in range(steps))
    count = sum(not is_rest_day(one, holidays) for one in counted)
    return count if day < last else -count
