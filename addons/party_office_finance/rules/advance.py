"""The arithmetic of an advance (tạm ứng), without the database.

>>> from datetime import date
>>> settlement_due(date(2026, 6, 10))
datetime.date(2026, 7, 31)
"""

from dataclasses import dataclass
from datetime import date, timedelta


def settlement_due(day):
    """Return the last day to settle an advance: the end of the following month.

    Circular 17/2024/TT-BTC, for advances without a contract.

    :param date day: when the advance is asked for

    >>> settlement_due(date(2026, 12, 31))
    datetime.date(2027, 1, 31)
    >>> settlement_due(date(2027, 1, 31))
    datetime.date(2027, 2, 28)
    """
    months = day.year * 12 + day.month - 1 + 2
    first = date(months // 12, months % 12 + 1, 1)
    return first - timedelta(days=1)


def share_advance(remaining, lines):
    """Say how much of each line of a claim the advance pays (đồng).

    The lines of the advance's own budget line come first, then the others, each group
    in the order of the claim.

    :param int remaining: what is left of the advance
    :param list lines: pairs (amount, whether it is the advance's own budget line)
    :returns: list of amounts, one for each line

    >>> share_advance(100, [(30, False), (80, True)])
    [20, 80]
    >>> share_advance(50, [(30, False), (80, True)])
    [0, 50]
    >>> share_advance(500, [(30, False), (80, True)])
    [30, 80]
    """
    shares = [0] * len(lines)
    order = sorted(range(len(lines)), key=lambda i: not lines[i][1])
    left = max(remaining, 0)
    for i in order:
        shares[i] = min(max(lines[i][0], 0), left)
        left -= shares[i]
    return shares


def days_overdue(due, today):
    """Return for how many days an advance should have been settled; 0 when in time.

    >>> days_overdue(date(2026, 7, 31), date(2026, 8, 2))
    2
    >>> days_overdue(date(2026, 7, 31), date(2026, 7, 31))
    0
    """
    return max((today - due).days, 0) if due else 0


@dataclass(frozen=True)
class Settlement:
    """The figures of a giấy thanh toán tạm ứng (C43-BB), in đồng."""

    carried: int  #: left over from earlier settlements of the same advance
    received: int  #: advanced now, nothing of it settled yet
    spent: int

    @property
    def advanced(self):
        """What was there to be settled (I)."""
        return self.carried + self.received

    @property
    def left(self):
        """What was not spent (III.1)."""
        return max(self.advanced - self.spent, 0)

    @property
    def excess(self):
        """What was spent beyond the advance (III.2)."""
        return max(self.spent - self.advanced, 0)


def settlement_figures(paid, used_before, spent):
    """Return the ``Settlement`` of one claim.

    :param int paid: what the advance was (đồng)
    :param int used_before: what of it was settled or returned before
    :param int spent: total of the claim

    >>> figures = settlement_figures(10, 0, 12)
    >>> figures.carried, figures.received, figures.left, figures.excess
    (0, 10, 0, 2)
    >>> figures = settlement_figures(10, 6, 3)
    >>> figures.carried, figures.received, figures.left, figures.excess
    (4, 0, 1, 0)
    """
    if used_before:
        return Settlement(max(paid - used_before, 0), 0, spent)
    return Settlement(0, paid, spent)


#: Days before the due day on which the debtor is reminded; 0 is once overdue.
REMINDERS = (7, 3, 1, 0)


def reminder(due, today, sent=None):
    """Return which reminder is due now, or None when there is nothing new to say.

    Each is sent once; after days without a run only the most urgent one is.

    :param date due: the last day to settle
    :param int sent: the last reminder that was sent

    >>> reminder(date(2026, 7, 31), date(2026, 7, 23)) is None
    True
    >>> reminder(date(2026, 7, 31), date(2026, 7, 24))
    7
    >>> reminder(date(2026, 7, 31), date(2026, 7, 29), sent=7)
    3
    >>> reminder(date(2026, 7, 31), date(2026, 7, 31), sent=1) is None
    True
    >>> reminder(date(2026, 7, 31), date(2026, 8, 1), sent=7)
    0
    """
    left = (due - today).days
    reached = [days for days in REMINDERS if (left <= days if days else left < 0)]
    stage = min(reached, default=None)
    if stage is None or (sent is not None and stage >= sent):
        return None
    return stage


#: Upper border of each age in days overdue; None is open.
AGES = (("in_time", 0), ("to_30", 30), ("to_90", 90), ("over_90", None))
