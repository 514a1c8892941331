"""The programme of a conference: when each part begins and ends."""

from datetime import timedelta


def times(start, parts):
    """Return when each part begins and ends, one after the other.

    :param datetime start: of the conference
    :param list parts: ``(fixed beginning or None, minutes)`` in order; a part with a
        fixed beginning (the afternoon, the second day) starts there, and what follows
        goes on from it
    :return: list of ``(begin, end)``

    >>> from datetime import datetime
    >>> eight, two = datetime(2026, 7, 10, 8), datetime(2026, 7, 10, 14)
    >>> [f"{b:%H:%M}-{e:%H:%M}" for b, e in times(eight, [(None, 15), (None, 30)])]
    ['08:00-08:15', '08:15-08:45']
    >>> [f"{b:%H:%M}-{e:%H:%M}" for b, e in times(eight, [(None, 60), (two, 30)])]
    ['08:00-09:00', '14:00-14:30']
    """
    rows = []
    now = start
    for fixed, minutes in parts:
        begin = fixed or now
        now = begin + timedelta(minutes=minutes)
        rows.append((begin, now))
    return rows


def overlaps(rows):
    """Return the places (from 0) of parts that begin before the one above has ended.

    >>> from datetime import datetime
    >>> eight = datetime(2026, 7, 10, 8)
    >>> overlaps(times(eight, [(None, 60), (datetime(2026, 7, 10, 8, 30), 30)]))
    [1]
    """
    return [
        place for place in range(1, len(rows)) if rows[place][0] < rows[place - 1][1]
    ]
