"""Whether money goes faster than the year: one word for a traffic light.

>>> pace("50.0", "45.5")
'even'
>>> pace("72", "45.5"), pace("100", "45.5"), pace("10", "45.5"), pace("0", "45.5")
('far_ahead', 'used_up', 'behind', 'behind')
"""

from decimal import Decimal

#: percentage points between the share used and the share of the year elapsed
AHEAD, FAR_AHEAD, BEHIND = 5, 15, -25


def pace(used_share, year_share):
    """Return ``behind``, ``even``, ``ahead``, ``far_ahead`` or ``used_up``.

    :param used_share: how much of the allocated money is used, per cent
    :param year_share: how much of the year is gone, per cent
    """
    used = Decimal(str(used_share))
    lead = used - Decimal(str(year_share))
    if used >= 100:
        return "used_up" if lead > 0 else "even"
    if lead > FAR_AHEAD:
        return "far_ahead"
    if lead > AHEAD:
        return "ahead"
    return "behind" if lead < BEHIND else "even"
