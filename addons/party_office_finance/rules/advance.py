"""The arithmetic of an advance (tạm ứng), without the database.

>>> from datetime import date
>>> settlement_due(date(2026, 6, 10))
datetime.date(2026, 7, 31)
"""

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
