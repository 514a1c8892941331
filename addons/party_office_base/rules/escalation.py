"""How late a piece of work is, whom it is brought to, and when its holder is reminded.

Practice of a provincial office ("1-1-1-1-3"): yellow up to three days before the
deadline, red once it has passed, special red from three days late on, which climbs the
line. Handing over inside a unit stops nothing. Days are calendar days.
"""

from datetime import date, timedelta

NONE, YELLOW, RED, SPECIAL = "none", "yellow", "red", "special"

#: days before the deadline from which a paper is yellow
YELLOW_DAYS = 3
#: days late from which a paper is special red, and days from rung to rung
SPECIAL_DAYS = 3

#: who is told of a special red paper: the holder's head, then the deputy chief of
#: office, then the chief
HEAD, DEPUTY, CHIEF = 1, 2, 3

#: days before the deadline on which the holder is reminded; 0 is the first day after
REMINDERS = (7, 3, 1, 0)


def days_late(deadline: date | None, today: date) -> int:
    """Return how many days have passed since the deadline; 0 up to the deadline itself.

    >>> days_late(date(2026, 6, 10), date(2026, 6, 10))
    0
    >>> days_late(date(2026, 6, 10), date(2026, 6, 12))
    2
    """
    return max((today - deadline).days, 0) if deadline else 0


def level(deadline: date | None, today: date) -> str:
    """Return the colour of a paper that is being dealt with.

    >>> due = date(2026, 6, 10)
    >>> [level(due, date(2026, 6, day)) for day in (6, 7, 10, 11, 12, 13)]
    ['none', 'yellow', 'yellow', 'red', 'red', 'special']
    >>> level(None, date(2026, 6, 10))
    'none'
    """
    if not deadline or (deadline - today).days > YELLOW_DAYS:
        return NONE
    late = days_late(deadline, today)
    if not late:
        return YELLOW
    return SPECIAL if late >= SPECIAL_DAYS else RED


def span(colour: str, today: date) -> tuple[date | None, date | None]:
    """Return the first and last deadline (``None`` is open) that have a colour today.

    >>> span(RED, date(2026, 6, 12))
    (datetime.date(2026, 6, 10), datetime.date(2026, 6, 11))
    """
    return {
        NONE: (today + timedelta(days=YELLOW_DAYS + 1), None),
        YELLOW: (today, today + timedelta(days=YELLOW_DAYS)),
        RED: (today - timedelta(days=SPECIAL_DAYS - 1), today - timedelta(days=1)),
        SPECIAL: (None, today - timedelta(days=SPECIAL_DAYS)),
    }[colour]


def rung(deadline: date | None, today: date) -> int:
    """Return how far up the line a paper has climbed: 0, HEAD, DEPUTY or CHIEF.

    >>> due = date(2026, 6, 10)
    >>> [rung(due, date(2026, 6, day)) for day in (12, 13, 15, 16, 18, 19, 30)]
    [0, 1, 1, 2, 2, 3, 3]
    """
    return min(days_late(deadline, today) // SPECIAL_DAYS, CHIEF)


def reminder(deadline: date | None, today: date, sent: int | None) -> int | None:
    """Return the reminder that is due today (7, 3, 1, 0 days before), or None.

    Each is sent once; who was away gets the latest one only.

    :param sent: the last one that was sent for this deadline

    >>> due = date(2026, 6, 10)
    >>> reminder(due, date(2026, 6, 3), None), reminder(due, date(2026, 6, 4), 7)
    (7, None)
    >>> reminder(due, date(2026, 6, 9), 7), reminder(due, date(2026, 6, 11), 1)
    (1, 0)
    >>> reminder(due, date(2026, 6, 30), 0) is None
    True
    """
    if not deadline:
        return None
    left = (deadline - today).days
    if left < 0:
        stage = 0
    else:
        stage = min((days for days in REMINDERS if days and days >= left), default=None)
    if stage is None or (sent is not None and sent <= stage):
        return None
    return stage
