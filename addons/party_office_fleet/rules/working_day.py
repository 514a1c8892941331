"""Working days of an office that rests on Saturday and Sunday."""

from datetime import date, timedelta


def is_rest_day(day: date) -> bool:
    """Tell whether it is a Saturday or a Sunday.

    >>> is_rest_day(date(2026, 6, 13)), is_rest_day(date(2026, 6, 15))
    (True, False)
    """
    return day.weekday() >= 5


def next_working_day(day: date) -> date:
    """Return the first working day after a day; public holidays are not known here.

    >>> next_working_day(date(2026, 6, 12)).isoformat()
    '2026-06-15'
    """
    day += timedelta(days=1)
    while is_rest_day(day):
        day += timedelta(days=1)
    return day
