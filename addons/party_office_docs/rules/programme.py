"""Days of the monthly programme: when it is opened, when somebody is reminded.

>>> from datetime import date
>>> month_to_open(date(2026, 6, 14)), month_to_open(date(2026, 6, 15))
(datetime.date(2026, 6, 1), datetime.date(2026, 7, 1))
"""

from datetime import timedelta

#: the day of a month from which boards register for the next one
OPEN_DAY = 15
#: the last day to register
LAST_DAY = 25
#: days before a deadline on which somebody is told, and the day after it
STEPS = (7, 3, 1)
OVERDUE = -1


def next_month(day):
    """Return the first day of the month after a day.

    >>> from datetime import date
    >>> next_month(date(2026, 12, 31))
    datetime.date(2027, 1, 1)
    """
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_to_open(day):
    """Return the first day of the month whose programme is open on a day."""
    return next_month(day) if day.day >= OPEN_DAY else day.replace(day=1)


def registration_deadline(month):
    """Return the day until which boards register for a month: in the month before.

    >>> from datetime import date
    >>> registration_deadline(date(2027, 1, 1))
    datetime.date(2026, 12, 25)
    """
    return (month - timedelta(days=1)).replace(day=LAST_DAY)


def step_to_tell(deadline, today, told=None):
    """Return which reminder is due (``STEPS`` or ``OVERDUE``), None when it was told.

    What was missed on a day off is told on the next day, once.

    :param told: the last step that was told, None before the first

    >>> from datetime import date
    >>> [step_to_tell(date(2026, 6, 20), date(2026, 6, d)) for d in (12, 13, 15, 17)]
    [None, 7, 7, 3]
    >>> step_to_tell(date(2026, 6, 20), date(2026, 6, 15), told=7) is None
    True
    >>> step_to_tell(date(2026, 6, 20), date(2026, 6, 21), told=1)
    -1
    """
    left = (deadline - today).days
    if left < 0:
        step = OVERDUE
    else:
        reached = [step for step in STEPS if left <= step]
        if not reached:
            return None
        step = min(reached)
    return None if told is not None and step >= told else step
