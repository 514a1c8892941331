"""Fuel of one car in a period: what the norm allows, and what looks odd on the fills.

The tank belongs to the account: a car burns ``opening + filled - closing``, and what it
burns beyond the norm is over. So the fills that are paid are at most ``norm + closing -
opening``. (Adding the opening level and taking off the closing one would pay a car that
came back with an empty tank for fuel it did not buy.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from .allowance import Allowance, CalculationRefused, whole_dong
from .norm import NormResult
from .papers import check_not_negative, days_of


@dataclass(frozen=True)
class Fill:
    """One fill as its invoice says. ``odometer`` (km) 0 means that nobody noted it;
    ``key`` is whatever the caller names fills by.
    """

    day: date
    litres: Decimal
    amount: Decimal
    odometer: int = 0
    invoice: str = ""
    plate: str = ""
    key: Any = None


@dataclass(frozen=True)
class FuelPeriod:
    """One car in a period.

    ``km`` is all km driven, ``hard_km`` those of them on mountain or city roads, where
    the norm is ``hard_pct`` per cent higher. ``norm`` is litres for 100 km,
    ``idle_norm`` litres for an hour with the engine running at a stand. ``opening``,
    ``closing`` and ``tank`` are litres; a tank of 0 is not known. ``rate`` cites where
    the norm comes from. ``allowed`` are the litres of the norm where they were worked
    out trip by trip; then km and hours do not count.
    """

    day_from: date
    day_to: date
    norm: Decimal
    km: Decimal = Decimal(0)
    hard_km: Decimal = Decimal(0)
    hard_pct: Decimal = Decimal(0)
    idle_hours: Decimal = Decimal(0)
    idle_norm: Decimal = Decimal(0)
    opening: Decimal = Decimal(0)
    closing: Decimal = Decimal(0)
    tank: Decimal = Decimal(0)
    fills: tuple[Fill, ...] = ()
    rate: NormResult | None = None
    odometer_start: int = 0
    odometer_end: int = 0
    allowed: Decimal | None = None


@dataclass(frozen=True)
class FuelUse:
    """Litres: what the norm allows for the work, what was burnt and filled, what may be
    paid, and what is over the norm (below zero: saved).
    """

    norm: Decimal
    burnt: Decimal
    filled: Decimal
    limit: Decimal
    over: Decimal


@dataclass(frozen=True)
class Oddity:
    """Something on the fills that a person should look at; it never blocks.

    ``code`` names the sentence, ``values`` are what it says.
    """

    code: str
    key: Any
    values: dict


# ------------------------------------------------------------------------------ amounts
def fuel_use(facts: FuelPeriod) -> FuelUse:
    """The litres of a period.

    :raises CalculationRefused: ``dates, too_long, negative, hard_km, opening, closing,
        closing_unfilled, fill``

    >>> use = fuel_use(FuelPeriod(date(2026, 6, 1), date(2026, 6, 30), norm=Decimal(12),
    ...     km=Decimal(1000), opening=Decimal(20), closing=Decimal(15),
    ...     fills=(Fill(date(2026, 6, 5), Decimal(116), Decimal(2_400_000)),)))
    >>> use.limit, use.burnt, use.over
    (Decimal('115'), Decimal('121'), Decimal('1'))
    """
    days_of(facts.day_from, facts.day_to)
    check_not_negative(
        facts,
        "norm",
        "km",
        "hard_km",
        "hard_pct",
        "idle_hours",
        "idle_norm",
        "opening",
        "closing",
        "tank",
    )
    if facts.hard_km > facts.km:
        raise CalculationRefused("hard_km", hard_km=facts.hard_km, km=facts.km)
    for name in ("opening", "closing"):
        level = getattr(facts, name)
        if facts.tank and level > facts.tank:
            raise CalculationRefused(name, litres=level, tank=facts.tank)
    for fill in facts.fills:
        if fill.litres <= 0 or fill.amount < 0:
            raise CalculationRefused(
                "fill", day=fill.day, litres=fill.litres, amount=fill.amount
            )
    filled = sum((fill.litres for fill in facts.fills), Decimal(0))
    burnt = facts.opening + filled - facts.closing
    if burnt < 0:
        raise CalculationRefused(
            "closing_unfilled", closing=facts.closing, most=facts.opening + filled
        )
    norm = _norm_litres(facts) if facts.allowed is None else facts.allowed
    return FuelUse(
        norm=norm,
        burnt=burnt,
        filled=filled,
        limit=norm + facts.closing - facts.opening,
        over=burnt - norm,
    )


def _norm_litres(facts: FuelPeriod) -> Decimal:
    hard = facts.hard_km * (1 + facts.hard_pct / 100)
    road = (facts.km - facts.hard_km + hard) * facts.norm / 100
    return road + facts.idle_hours * facts.idle_norm


def fuel(facts: FuelPeriod) -> list[Allowance]:
    """What is paid: every fill as its invoice says until the limit is reached, the last
    ones are cut. Nothing is paid beyond the limit.

    :raises CalculationRefused: see :func:`fuel_use`; ``too_large``
    """
    left = max(fuel_use(facts).limit, Decimal(0))
    rows = []
    for fill in in_order(facts.fills):
        litres = min(fill.litres, left)
        left -= litres
        is_cut = litres < fill.litres
        asked = whole_dong(fill.amount)
        rows.append(
            Allowance(
                component="fuel",
                quantity=litres,
                price=fill.amount / fill.litres,
                amount=whole_dong(fill.amount * litres / fill.litres),
                day_from=fill.day,
                day_to=fill.day,
                rate=facts.rate,
                person=fill.invoice,
                asked=asked if is_cut else None,
                remark="over_fuel_norm" if is_cut else "",
            )
        )
    return rows


def in_order(fills: Iterable[Fill]) -> list[Fill]:
    """Fills by day, then by odometer, then as they were entered."""
    return sorted(fills, key=lambda fill: (fill.day, fill.odometer))


# ----------------------------------------------------------------------------- warnings
def invoice_key(series: str, number: str) -> str:
    """Series and number of an invoice as they are compared, "" without a number.

    >>> invoice_key("1c26 tab", "000123") == invoice_key("1C26TAB", "123")
    True
    """
    number = "".join(number.split()).upper().lstrip("0")
    return f"{''.join(series.split()).upper()}/{number}" if number else ""


def plate_key(plate: str) -> str:
    """A number plate as it is compared.

    >>> plate_key("80a-123.45")
    '80A12345'
    """
    return "".join(sign for sign in plate.upper() if sign.isalnum())


def oddities(
    facts: FuelPeriod, plate: str = "", last_odometer: int = 0
) -> list[Oddity]:
    """What an inspector would ask about, fill by fill. It blocks nothing.

    ``duplicate`` within the claim (others are the caller's to find), ``above_tank``,
    ``outside`` the period, ``other_plate``, ``odometer_back``, ``odometer_outside`` the
    claimed km, ``fill_missing`` (more km between two fills than a tank lasts), and
    ``odometer_gap`` to the last claim of this car.

    :param last_odometer: where the last claim of the car ended (km), 0 when not known
    """
    found = []
    fills = in_order(facts.fills)
    seen = {}
    for fill in fills:
        found += _oddities_of(fill, facts, plate)
        if fill.invoice and fill.invoice in seen:
            found.append(_oddity("duplicate", fill, first=seen[fill.invoice].day))
        seen.setdefault(fill.invoice, fill)
    for before, after in pairwise(fill for fill in fills if fill.odometer):
        found += _oddities_between(before, after, facts)
    if last_odometer and facts.odometer_start and last_odometer != facts.odometer_start:
        gap = facts.odometer_start - last_odometer
        found.append(
            Oddity(
                "odometer_gap" if gap > 0 else "odometer_overlap",
                None,
                {"km": abs(gap), "last": last_odometer},
            )
        )
    return found


def _oddity(code: str, fill: Fill, **values) -> Oddity:
    return Oddity(code, fill.key, {"day": fill.day, **values})


def _oddities_of(fill: Fill, facts: FuelPeriod, plate: str) -> list[Oddity]:
    found = []
    if facts.tank and fill.litres > facts.tank:
        found.append(_oddity("above_tank", fill, litres=fill.litres, tank=facts.tank))
    if not facts.day_from <= fill.day <= facts.day_to:
        found.append(
            _oddity("outside", fill, day_from=facts.day_from, day_to=facts.day_to)
        )
    if plate and fill.plate and plate_key(fill.plate) != plate_key(plate):
        found.append(_oddity("other_plate", fill, plate=fill.plate))
    known = fill.odometer and facts.odometer_end
    if known and not facts.odometer_start <= fill.odometer <= facts.odometer_end:
        found.append(
            _oddity(
                "odometer_outside",
                fill,
                odometer=fill.odometer,
                start=facts.odometer_start,
                end=facts.odometer_end,
            )
        )
    return found


def _oddities_between(before: Fill, after: Fill, facts: FuelPeriod) -> list[Oddity]:
    km = after.odometer - before.odometer
    if km < 0:
        return [
            _oddity("odometer_back", after, odometer=after.odometer, km=before.odometer)
        ]
    litres = km * facts.norm / 100
    if facts.tank and litres > facts.tank:
        return [_oddity("fill_missing", after, km=km, litres=litres, tank=facts.tank)]
    return []
