"""The programme of a week as the sheets of Party offices show it: day, half-day, row.

Vietnamese on purpose: the sheet (lịch công tác tuần) is a Party paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEKDAYS = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
)
MORNING, AFTERNOON, EVENING = "Sáng", "Chiều", "Tối"
NOON, NIGHT = time(12), time(17, 30)


def day_text(day: date) -> str:
    """Return a day as the sheet names it.

    >>> day_text(date(2026, 7, 10))
    'Thứ Sáu, 10/7'
    """
    return f"{WEEKDAYS[day.weekday()]}, {day.day}/{day.month}"


def hours_text(start: datetime, stop: datetime) -> str:
    """Return the hours of an appointment; the last day when it takes several.

    >>> hours_text(datetime(2026, 7, 10, 8), datetime(2026, 7, 10, 11, 30))
    '08:00–11:30'
    >>> hours_text(datetime(2026, 7, 10, 8), datetime(2026, 7, 12, 17))
    '08:00 đến 17:00 ngày 12/7'
    """
    if start == stop:
        return f"{start:%H:%M}"
    if start.date() == stop.date():
        return f"{start:%H:%M}–{stop:%H:%M}"
    return f"{start:%H:%M} đến {stop:%H:%M} ngày {stop.day}/{stop.month}"


def session(clock: time) -> str:
    """Return the half-day in which an appointment begins.

    >>> session(time(8)), session(time(13, 30)), session(time(19))
    ('Sáng', 'Chiều', 'Tối')
    """
    if clock < NOON:
        return MORNING
    return AFTERNOON if clock < NIGHT else EVENING


def monday(day: date) -> date:
    """Return the Monday of the week of a day.

    >>> monday(date(2026, 7, 12)).isoformat()
    '2026-07-06'
    """
    return day - timedelta(days=day.weekday())


def days_of(start: date, stop: date, first: date, last: date) -> list[date]:
    """Return the days of an appointment that fall between two days.

    >>> [d.day for d in days_of(date(2026, 7, 3), date(2026, 7, 7),
    ...                         date(2026, 7, 6), date(2026, 7, 12))]
    [6, 7]
    """
    begin, end = max(start, first), min(stop, last)
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


@dataclass(frozen=True)
class Appointment:
    """What the sheet knows of an appointment; times are local, ``mark`` is printed
    behind the words (added, moved, …), ``off``: it was called off.
    """

    start: datetime
    stop: datetime
    title: str
    attendees: str = ""
    place: str = ""
    board: str = ""
    mark: str = ""
    off: bool = False
    leading: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the sheet: an appointment in a half-day of one of its days."""

    session: str
    hours: str
    appointment: Appointment | None


def sheet(
    appointments: Iterable[Appointment],
    first: date,
    last: date,
    empty_days: bool = True,
) -> list[tuple[date, list[Line]]]:
    """Return the sheet day by day, its lines in order.

    Working days stand there even when nothing takes place, a Saturday or Sunday only
    when something does.

    >>> leave, back = datetime(2026, 7, 9, 14), datetime(2026, 7, 10, 16)
    >>> trip = Appointment(leave, back, "Hà Nội")
    >>> days = sheet([trip], date(2026, 7, 6), date(2026, 7, 12))
    >>> [(d.day, [(x.session, x.hours) for x in lines]) for d, lines in days if lines]
    [(9, [('Chiều', '14:00 đến 16:00 ngày 10/7')]), (10, [('Sáng', 'tiếp theo')])]
    >>> len(days)
    5
    """
    lines: dict[date, list[tuple[datetime, Line]]] = {}
    for one in appointments:
        begin = one.start.date()
        for day in days_of(begin, one.stop.date(), first, last):
            if day == begin:
                moment = one.start
                line = Line(
                    session(moment.time()), hours_text(one.start, one.stop), one
                )
            else:
                moment = datetime.combine(day, time(), one.start.tzinfo)
                line = Line(MORNING, "tiếp theo", one)
            lines.setdefault(day, []).append((moment, line))
    result = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        rows = sorted(lines.get(day, []), key=lambda row: row[0])
        if rows or (empty_days and day.weekday() < 5):
            result.append((day, [line for _moment, line in rows]))
    return result
