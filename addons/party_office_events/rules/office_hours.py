"""Promised hours of the service desk: they run in the office's working hours only.

Moments are local and naive; the caller says which days are days of rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

NONE, YELLOW, RED, SPECIAL = "none", "yellow", "red", "special"

#: working days late from which a request is special red
SPECIAL_DAYS = 3
#: nobody promises more; a calendar of nothing but holidays must end
MAX_DAYS = 1000


@dataclass(frozen=True)
class Week:
    """Working hours of a day, morning and afternoon, in local time.

    >>> Week(time(7, 30), time(11, 30), time(13), time(17)).day_minutes
    480
    """

    morning_from: time
    morning_to: time
    afternoon_from: time
    afternoon_to: time

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the halves of a working day, the earlier one first."""
        for begin, end in (
            (self.morning_from, self.morning_to),
            (self.afternoon_from, self.afternoon_to),
        ):
            if begin < end:
                yield datetime.combine(day, begin), datetime.combine(day, end)

    @property
    def day_minutes(self) -> int:
        """Minutes that are worked on a day."""
        return sum(
            int((end - begin).total_seconds() // 60)
            for begin, end in self.spans(date(2026, 1, 1))
        )


def due(
    asked: datetime, minutes: int, week: Week, is_rest: Callable[[date], bool]
) -> datetime:
    """Return the moment at which so many working minutes have passed.

    What is asked outside of working hours begins with the next half-day.

    :raises ValueError: the week has no working hours, or it takes years

    >>> week = Week(time(7, 30), time(11, 30), time(13), time(17))
    >>> weekend = lambda day: day.weekday() >= 5
    >>> due(datetime(2026, 7, 10, 16), 120, week, weekend)
    datetime.datetime(2026, 7, 13, 8, 30)
    >>> due(datetime(2026, 7, 10, 8), 240, week, weekend)
    datetime.datetime(2026, 7, 10, 13, 30)
    """
    left = timedelta(minutes=max(minutes, 0))
    day = asked.date()
    for _number in range(MAX_DAYS):
        if not is_rest(day):
            for begin, end in week.spans(day):
                begin = max(begin, asked)
                if begin > end:
                    continue
                if left <= end - begin:
                    return begin + left
                left -= end - begin
        day += timedelta(days=1)
    raise ValueError("no working hours")


def minutes_between(
    first: datetime, last: datetime, week: Week, is_rest: Callable[[date], bool]
) -> int:
    """Return the working minutes from one moment to another; 0 when it lies before.

    >>> week = Week(time(7, 30), time(11, 30), time(13), time(17))
    >>> weekend = lambda day: day.weekday() >= 5
    >>> minutes_between(
    ...     datetime(2026, 7, 10, 16), datetime(2026, 7, 13, 8, 30), week, weekend
    ... )
    120
    """
    total = timedelta()
    day = first.date()
    while day <= last.date():
        if not is_rest(day):
            for begin, end in week.spans(day):
                total += max(min(end, last) - max(begin, first), timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)


def colour(late: int, left: int, promised: int, day_minutes: int) -> str:
    """Return the colour of a request that is being dealt with; all in minutes.

    Yellow: a quarter of the promised time or less is left. Red: the promise is broken.
    Special red: broken for three working days or more.

    :param late: working minutes since it was due
    :param left: working minutes until it is due

    >>> [colour(late, left, 480, 480) for late, left in ((0, 121), (0, 120), (1, 0))]
    ['none', 'yellow', 'red']
    >>> colour(3 * 480, 0, 480, 480)
    'special'
    """
    if late > 0:
        return SPECIAL if late >= SPECIAL_DAYS * day_minutes else RED
    return YELLOW if left * 4 <= promised else NONE
