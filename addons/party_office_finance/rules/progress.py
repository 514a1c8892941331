"""How much of a year and of a budget is gone.

>>> from datetime import date
>>> usage_level(85, 100)
'80'
"""

from datetime import date
from decimal import Decimal

THRESHOLDS = (100, 90, 80)


def year_elapsed(year, day):
    """Return the share of a budget year gone by on a day, ``Decimal`` 0..100."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if day < first:
        return Decimal(0)
    if day > last:
        return Decimal(100)
    total = (last - first).days + 1
    return (Decimal(((day - first).days + 1) * 100) / total).quantize(Decimal("0.1"))


def used_share(used, allocated):
    """Return how much of the allocated money is used, ``Decimal`` per cent."""
    if not allocated:
        return Decimal(0)
    share = Decimal(str(used)) * 100 / Decimal(str(allocated))
    return share.quantize(Decimal("0.1"))


def usage_level(used, allocated):
    """Return the highest threshold reached: ``"100"``, ``"90"``, ``"80"`` or ``""``."""
    if not allocated:
        return ""
    # exact: 79.999 % is not yet 80 %, whatever the screen rounds it to
    return next(
        (str(limit) for limit in THRESHOLDS if used * 100 >= limit * allocated), ""
    )
