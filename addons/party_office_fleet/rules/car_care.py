"""When a car's inspection, insurance or maintenance is due, and who is told when.

>>> next_due(date(2026, 1, 31), 40000, 1, 5000)
(datetime.date(2026, 2, 28), 45000)
"""

import calendar
from datetime import date, timedelta

#: days before the due day on which the dispatcher is told; 0 is "overdue"
REMINDERS = (30, 7, 1)
OVERDUE = 0
#: km before the due km that count as one week
KM_SOON = 500


def next_due(
    done: date, odometer: int, months: int, km: int
) -> tuple[date | None, int | None]:
    """Return the day and the odometer (km) at which the next one is due.

    An interval of nothing gives None: it is not due by that measure.

    >>> next_due(date(2026, 8, 15), 0, 12, 0)
    (datetime.date(2027, 8, 15), None)
    """
    day = None
    if months:
        year, month = divmod(done.year * 12 + done.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        day = date(year, month + 1, min(done.day, last))
    return day, odometer + km if km and odometer else None


def stage(
    due: date | None, km_due: int | None, today: date, odometer: int
) -> int | None:
    """Return how near it is: 30, 7 or 1 day, 0 when overdue, None when far.

    It holds to the end of its last day. Kilometres count from the odometer that is
    known: the last ``KM_SOON`` km are a week, what is above is overdue.

    >>> stage(date(2026, 6, 15), None, date(2026, 6, 15), 0)
    1
    >>> stage(date(2026, 6, 14), None, date(2026, 6, 15), 0)
    0
    >>> stage(date(2026, 12, 1), 45000, date(2026, 6, 15), 44600)
    7
    >>> stage(None, 45000, date(2026, 6, 15), 0) is None
    True
    """
    found = []
    if due:
        if due < today:
            return OVERDUE
        found += [days for days in REMINDERS if due <= today + timedelta(days=days)]
    if km_due and odometer:
        if odometer > km_due:
            return OVERDUE
        if odometer > km_due - KM_SOON:
            found.append(7)
    return min(found, default=None)


def to_tell(now: int | None, told: int | None) -> int | None:
    """Return the stage to tell now, or None when it was told already.

    >>> to_tell(30, None), to_tell(30, 30), to_tell(7, 30), to_tell(None, None)
    (30, None, 7, None)
    """
    if now is None or (told is not None and told <= now):
        return None
    return now
