"""The programme of a week as the sheets of Party offices show it: day, half-day, row.

Vietnamese on purpose: the sheet (lịch công tác tuần) is a Party paper.
"""

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
