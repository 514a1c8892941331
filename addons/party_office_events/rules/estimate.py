"""What an estimate of a conference or reception is made of.

Budget items as in the estimate of a conference (in tài liệu 6651 … bù tiền ăn 6658),
guests 7761 and incoming delegations 6852 to 6899. Pure, standard library only.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

#: component: budget item
ITEM_CODES = {
    "conference_document": "6651",
    "lecturer": "6652",
    "conference_ticket": "6653",
    "conference_lodging": "6654",
    "conference_hall": "6655",
    "conference_interpreting": "6656",
    "conference_other": "6657",
    "conference_meal": "6658",
    "conference_meal_topup": "6658",
    "conference_tea": "6699",
    "guest_drink": "7761",
    "guest_meal": "7761",
    "guest_interpreting": "7761",
    "foreign_lodging": "6853",
    "foreign_breakfast": "6852",
    "foreign_food": "6852",
    "foreign_banquet": "6852",
    "foreign_drink": "6899",
    "foreign_flowers": "6899",
    "foreign_gift": "6899",
    "translation": "6899",
    "interpreting": "6899",
    "foreign_other": "6899",
}
#: what is entered by hand, because no norm knows it: it rests on its papers
FREE = {
    "conference": {
        "conference_document",
        "conference_ticket",
        "conference_hall",
        "conference_interpreting",
        "conference_other",
        "conference_meal_topup",
        "lecturer",
    },
    "guest": {"guest_interpreting"},
    "foreign": {"foreign_other"},
    # guests of the special class: everything is what the approved plan says
    "special": {
        "foreign_lodging",
        "foreign_breakfast",
        "foreign_food",
        "foreign_banquet",
        "foreign_drink",
        "foreign_flowers",
        "foreign_gift",
        "translation",
        "interpreting",
        "foreign_other",
    },
}
GIFTS = {"foreign_gift"}
NOON = time(12)


def half_days(start: datetime, stop: datetime) -> int:
    """Mornings and afternoons that a meeting touches (local time).

    What begins at noon or later is an afternoon; the evening belongs to it.

    >>> half_days(datetime(2026, 7, 10, 8), datetime(2026, 7, 10, 11, 30))
    1
    >>> half_days(datetime(2026, 7, 10, 8), datetime(2026, 7, 10, 17))
    2
    >>> half_days(datetime(2026, 7, 10, 14), datetime(2026, 7, 11, 11))
    2
    """
    if stop <= start:
        return 0

    def number(moment):
        return moment.toordinal() * 2 + (moment.time() >= NOON)

    # what ends on the stroke does not touch the next half-day
    return number(stop - timedelta(seconds=1)) - number(start) + 1


def over_percent(planned: Decimal, actual: Decimal) -> Decimal:
    """How far the actual cost is above (below: negative) the estimate, in per cent.

    >>> over_percent(Decimal(100), Decimal(108))
    Decimal('8.0')
    >>> over_percent(Decimal(0), Decimal(5))
    Decimal('0')
    """
    if not planned:
        return Decimal(0)
    share = (Decimal(actual) - planned) * 100 / planned
    return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def excess(planned: Mapping, actual: Mapping) -> dict:
    """What each payer needs beyond its estimate (đồng); who needs nothing is left out.

    The saving of one board never pays for another.

    >>> excess({"A": 10, "B": 10}, {"A": 12, "B": 5, "C": 1})
    {'A': 2, 'C': 1}
    """
    result = {}
    for payer, amount in actual.items():
        more = amount - planned.get(payer, 0)
        if more > 0:
            result[payer] = more
    return result
