"""How far cars were used, and which stood while a request was refused.

>>> office_hours(datetime(2026, 6, 15, 8, 0), datetime(2026, 6, 15, 18, 0))
Decimal('7.5')
"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

#: office hours, Monday to Friday (local time)
HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
SATURDAY = 5

Span = tuple[datetime, datetime]


def office_hours(start: datetime, stop: datetime) -> Decimal:
    """Return the office hours between two local moments, none when they are mixed up.

    >>> office_hours(datetime(2026, 6, 12, 17, 0), datetime(2026, 6, 15, 8, 0))
    Decimal('1')
    >>> office_hours(datetime(2026, 6, 13, 7, 0), datetime(2026, 6, 14, 20, 0))
    Decimal('0')
    """
    seconds = 0
    day = start.date()
    while day <= stop.date():
        if day.weekday() < SATURDAY:
            for begin, end in HOURS:
                opens = datetime.combine(day, begin, start.tzinfo)
                closes = datetime.combine(day, end, start.tzinfo)
                open_for = min(stop, closes) - max(start, opens)
                seconds += max(int(open_for.total_seconds()), 0)
        day += timedelta(days=1)
    return Decimal(seconds) / 3600


def could_serve(
    wanted: Span,
    persons: int,
    seats: Mapping[Hashable, int],
    taken: Mapping[Hashable, Iterable[Span]],
) -> list[Hashable]:
    """Return the cars that were free all the time and had room, the driver included.

    A car that is taken until the moment it is wanted is free.

    >>> eight, noon, four = (datetime(2026, 6, 15, hour) for hour in (8, 12, 16))
    >>> seats = {"A": 5, "B": 5, "C": 4}
    >>> taken = {"A": [(eight, noon)], "B": [(eight, four)]}
    >>> could_serve((noon, four), 4, seats, taken)
    ['A']
    """
    start, stop = wanted
    return [
        car
        for car, room in seats.items()
        if room > persons
        and not any(begin < stop and end > start for begin, end in taken.get(car, ()))
    ]


def median(values: Iterable[Decimal]) -> Decimal | None:
    """Return the middle value, the mean of both when they are two, None of nothing.

    >>> median([Decimal(9), Decimal(1), Decimal(2)])
    Decimal('2')
    >>> median([Decimal(1), Decimal(2)])
    Decimal('1.5')
    """
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
