"""When a car may be replaced: decree 72/2023/NĐ-CP, article 3 clause 4.

>>> [s.article for s in signals(Life(date(2010, 1, 1), 90000), date(2026, 6, 15))]
['Điều 3 khoản 4 điểm a']
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

DECREE = "Nghị định 72/2023/NĐ-CP"
#: circular 23/2023/TT-BTC: a car wears out in 15 years (6.67 % a year)
YEARS = 15
KM_MOUNTAIN = 200_000
KM = 250_000
#: per cent of the original price, for the repair that is needed now
REPAIR_SHARE = 30


@dataclass(frozen=True)
class Life:
    """What is known of a car: in use since, km, original price and repair (đồng)."""

    in_use_since: date | None = None
    km: int = 0
    mountain: bool = False
    price: Decimal = Decimal(0)
    repair: Decimal = Decimal(0)


@dataclass(frozen=True)
class Signal:
    """One condition that is met: which, how much, over which limit, by which point."""

    code: str
    value: Decimal
    limit: Decimal
    article: str


def age(since: date, today: date) -> int:
    """Return whole years of use.

    >>> age(date(2011, 6, 16), date(2026, 6, 15))
    14
    >>> age(date(2011, 6, 15), date(2026, 6, 15))
    15
    """
    return (
        today.year - since.year - ((today.month, today.day) < (since.month, since.day))
    )


def signals(life: Life, today: date) -> list[Signal]:
    """Return the conditions for replacing a car that are met, in the decree's order.

    The repair counts only while neither time nor km are over (point c).

    >>> signals(Life(date(2020, 1, 1), 250_000), date(2026, 6, 15))
    []
    >>> signals(Life(date(2020, 1, 1), 200_001, True), date(2026, 6, 15))[0].code
    'km'
    >>> life = Life(date(2020, 1, 1), 1, price=Decimal(900), repair=Decimal(271))
    >>> signals(life, date(2026, 6, 15))[0].value
    Decimal('30.1')
    """
    found = []
    if life.in_use_since:
        # past the time: the day on which it ends still belongs to it
        whole = age(life.in_use_since, today)
        day = (life.in_use_since.month, life.in_use_since.day)
        on_the_day = (today.month, today.day) == day
        if whole > YEARS or (whole == YEARS and not on_the_day):
            found.append(_signal("age", whole, YEARS, "a"))
    limit = KM_MOUNTAIN if life.mountain else KM
    if life.km > limit:
        found.append(_signal("km", life.km, limit, "b"))
    if not found and life.price > 0:
        share = life.repair * 100 / life.price
        if share > REPAIR_SHARE:
            found.append(_signal("repair", round(share, 1), REPAIR_SHARE, "c"))
    return found


def _signal(code: str, value: int | Decimal, limit: int, point: str) -> Signal:
    article = f"Điều 3 khoản 4 điểm {point}"
    return Signal(code, Decimal(value), Decimal(limit), article)
