"""What a business trip is paid: days, nights and the way.

Circular 40/2017/TT-BTC articles 5 to 7 as amended by 12/2025/TT-BTC: an allowance for
each day from departure to return (article 6); lodging by lump sum or by invoice, never
both for one person (article 7); an own vehicle from a least distance on (article 5
clause 2 point b); what the host pays, and the way in an office car, is not paid again.

Times are those of the office's clock. Amounts are đồng, distances km one way.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from .allowance import (
    MAX_AMOUNT,
    Allowance,
    CalculationRefused,
    daily,
    whole_dong,
)
from .rate_book import RateBook

TRANSPORTS = ("office_car", "own_vehicle", "ticket", "host")
LODGINGS = ("lump", "invoice", "none")
SEA = "sea_island"

#: norms that this calculation asks for
CODES = (
    "travel_per_diem",
    "travel_same_day",
    "lodging_lump",
    "lodging_invoice",
    "lodging_room_persons",
    "own_vehicle_fuel",
    "own_vehicle_min_km",
)

#: a longer stay is no business trip but a posting (biệt phái), paid otherwise
MAX_DAYS = 366

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True)
class Trip:
    """The facts that all travellers share.

    ``area`` is the destination's, ``home_area`` the headquarters' (it decides the least
    distance for an own vehicle). ``petrol_price`` is đồng a litre on the departure day.
    """

    departure: datetime
    back: datetime
    area: str | None = None
    home_area: str | None = None
    transport: str = "office_car"
    distance_km: Decimal = ZERO
    petrol_price: Decimal | None = None
    host_pays_food: bool = False
    host_pays_lodging: bool = False
    lodging: str = "lump"

    @property
    def days(self) -> list[date]:
        """Every day from departure to return, both included."""
        return days_of(self.departure.date(), self.back.date())

    @property
    def is_same_day(self) -> bool:
        return self.departure.date() == self.back.date()


@dataclass(frozen=True)
class Traveller:
    """One person, and where he differs from the trip (None: as the trip).

    ``rank`` is a code or a function of the day. ``nights`` are those that lodging is
    paid for, the first ones of the trip; None: all. ``invoice_amount`` is the person's
    share of the hotel's invoices. On ``private_days`` nothing is paid.
    """

    person: Any
    rank: Callable[[date], str | None] | str | None = None
    sex: str = ""
    transport: str | None = None
    lodging: str | None = None
    nights: int | None = None
    invoice_amount: Decimal = ZERO
    ticket_amount: Decimal = ZERO
    other_amount: Decimal = ZERO
    sea_days: frozenset[date] = field(default_factory=frozenset)
    private_days: frozenset[date] = field(default_factory=frozenset)

    def rank_on(self, day: date) -> str | None:
        return self.rank(day) if callable(self.rank) else self.rank


def days_of(first: date, last: date) -> list[date]:
    """Every day from the first to the last; none when the last is before the first.

    >>> len(days_of(date(2026, 3, 30), date(2026, 4, 1)))
    3
    """
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def nights_of(trip: Trip, traveller: Traveller) -> list[date]:
    """The days after which the traveller sleeps away, private ones left out."""
    return [day for day in trip.days[:-1] if day not in traveller.private_days]


def compute(
    trip: Trip, travellers: Sequence[Traveller], book: RateBook
) -> list[Allowance]:
    """All amounts of a trip, person by person.

    :raise CalculationRefused: facts that cannot be, see ``_check_trip`` and
        ``_check_traveller``
    :raise RateMissing: a day without a rate
    """
    _check_trip(trip)
    seen = set()
    for traveller in travellers:
        _check_traveller(trip, traveller)
        if traveller.person in seen:
            raise CalculationRefused("twice", person=traveller.person)
        seen.add(traveller.person)
    rooms = _persons_in_room(trip, travellers, book)
    allowances = []
    for traveller in travellers:
        allowances += _per_diem(trip, traveller, book)
        allowances += _lodging(trip, traveller, book, rooms.get(traveller.person, 1))
        allowances += _way(trip, traveller, book)
    return allowances


# ---------------------------------------------------------------------------- checks
def _check_trip(trip: Trip) -> None:
    """Refuse times and distances that cannot be.

    Reasons: ``return_before_departure``, ``too_long``, ``negative``.
    """
    if trip.back <= trip.departure:
        raise CalculationRefused(
            "return_before_departure", departure=trip.departure, back=trip.back
        )
    days = (trip.back.date() - trip.departure.date()).days + 1
    if days > MAX_DAYS:
        raise CalculationRefused("too_long", days=days, most=MAX_DAYS)
    for name in ("distance_km", "petrol_price"):
        value = getattr(trip, name)
        if value is not None and value < 0:
            raise CalculationRefused("negative", field=name, value=value)


def _check_amounts(traveller: Traveller) -> None:
    """Refuse amounts and nights below zero, and amounts above all sense.

    Reasons: ``negative``, ``too_large``.
    """
    person = traveller.person
    for name in ("nights", "invoice_amount", "ticket_amount", "other_amount"):
        value = getattr(traveller, name)
        if value is not None and value < 0:
            raise CalculationRefused("negative", field=name, value=value, person=person)
        if value is not None and value >= MAX_AMOUNT:
            raise CalculationRefused(
                "too_large", field=name, amount=value, person=person
            )


def _check_traveller(trip: Trip, traveller: Traveller) -> None:
    """Refuse facts of a person that cannot be.

    Reasons: those of ``_check_amounts``, ``outside_trip``, ``too_many_nights``,
    ``invoice_not_chosen``, ``host_and_invoice``, ``ticket_and_transport``,
    ``invoice_without_night``.
    """
    _check_amounts(traveller)
    person = traveller.person
    first, last = trip.departure.date(), trip.back.date()
    for day in sorted(traveller.sea_days | traveller.private_days):
        if not first <= day <= last:
            raise CalculationRefused(
                "outside_trip", person=person, day=day, first=first, last=last
            )
    nights = nights_of(trip, traveller)
    if traveller.nights is not None and traveller.nights > len(nights):
        raise CalculationRefused(
            "too_many_nights", person=person, nights=traveller.nights, most=len(nights)
        )
    if traveller.invoice_amount:
        lodging = traveller.lodging or trip.lodging
        if trip.host_pays_lodging:
            raise CalculationRefused("host_and_invoice", person=person)
        if lodging != "invoice":
            raise CalculationRefused(
                "invoice_not_chosen", person=person, lodging=lodging
            )
        if not nights or traveller.nights == 0:
            raise CalculationRefused("invoice_without_night", person=person)
    transport = traveller.transport or trip.transport
    if traveller.ticket_amount and transport != "ticket":
        raise CalculationRefused(
            "ticket_and_transport", person=person, transport=transport
        )


# ----------------------------------------------------------------------------- parts
def _nothing(
    component: str, traveller: Traveller, days: Sequence[date], remark: str, rate=None
) -> Allowance:
    """A line that says why something is not paid."""
    return Allowance(
        component=component,
        quantity=Decimal(len(days)),
        price=ZERO,
        amount=ZERO,
        day_from=days[0],
        day_to=days[-1],
        rate=rate,
        person=traveller.person,
        remark=remark,
    )


def _per_diem(trip: Trip, traveller: Traveller, book: RateBook) -> list[Allowance]:
    """The allowance of each day; of a trip in one day by the internal rules."""
    days = [day for day in trip.days if day not in traveller.private_days]
    if not days:
        return []
    component, code = "per_diem", "travel_per_diem"
    if trip.is_same_day:
        component, code = "same_day", "travel_same_day"
    if trip.host_pays_food:
        return [_nothing(component, traveller, days, "host_pays_food")]
    always_at_sea = trip.area == SEA and not traveller.sea_days

    def area_on(day: date) -> str | None:
        if always_at_sea or day in traveller.sea_days:
            return SEA
        # a trip to an island: the other days are spent on the mainland
        return None if trip.area == SEA else trip.area

    if trip.is_same_day and not book.find(
        code, days[0], traveller.rank_on(days[0]), area_on(days[0])
    ):
        # the head decides it; an office without such a rule pays nothing
        return [_nothing(component, traveller, days, "no_same_day_rate")]
    allowances = []
    # runs of days, in order: no rule imports Odoo
    for area, run in groupby(days, key=area_on):  # pylint: disable=bad-builtin-groupby
        allowances += daily(
            book,
            component,
            code,
            run,
            traveller.rank_on,
            area,
            person=traveller.person,
        )
    return allowances


def _paid_nights(trip: Trip, traveller: Traveller) -> list[date]:
    nights = nights_of(trip, traveller)
    return nights if traveller.nights is None else nights[: traveller.nights]


def _lodging(
    trip: Trip, traveller: Traveller, book: RateBook, persons: int
) -> list[Allowance]:
    """Lump sum or invoice of the nights.

    :param persons: who share the traveller's room
    """
    lodging = traveller.lodging or trip.lodging
    nights = _paid_nights(trip, traveller)
    if not nights or lodging == "none":
        return []
    component = f"lodging_{lodging}"
    if trip.host_pays_lodging:
        return [_nothing(component, traveller, nights, "host_pays_lodging")]
    if lodging == "invoice":
        return _invoice(trip, traveller, book, nights, persons)
    return daily(
        book,
        component,
        component,
        nights,
        traveller.rank_on,
        trip.area,
        person=traveller.person,
    )


def _persons_in_room(
    trip: Trip, travellers: Iterable[Traveller], book: RateBook
) -> dict[Any, int]:
    """How many share the room of each traveller who lodges by invoice.

    Persons of one sex share rooms of the size that their rank has; who is left over
    has a room alone (article 7 clause 3).
    """
    groups: dict[tuple, list[Traveller]] = {}
    for traveller in travellers:
        nights = _paid_nights(trip, traveller)
        if nights and (traveller.lodging or trip.lodging) == "invoice":
            size = book.get(
                "lodging_room_persons",
                nights[0],
                traveller.rank_on(nights[0]),
                trip.area,
            ).value
            groups.setdefault((traveller.sex, int(size)), []).append(traveller)
    shared = {}
    for (_sex, size), members in groups.items():
        for start in range(0, len(members), size):
            room = members[start : start + size]
            shared |= {traveller.person: len(room) for traveller in room}
    return shared


def _invoice(
    trip: Trip,
    traveller: Traveller,
    book: RateBook,
    nights: Sequence[date],
    persons: int,
) -> list[Allowance]:
    """What the invoice says, at most the ceiling of each night."""
    component = "lodging_invoice"
    if not traveller.invoice_amount:
        return [_nothing(component, traveller, nights, "invoice_missing")]
    # the ceiling of a night is found as a daily rate is; the invoice is spread evenly
    ceilings = daily(
        book,
        component,
        component,
        nights,
        traveller.rank_on,
        trip.area,
        quantity=ONE / persons,
        person=traveller.person,
    )
    allowances = []
    left = whole_dong(traveller.invoice_amount)
    nights_left = Decimal(len(nights))
    for ceiling in ceilings:
        run = Decimal(len(days_of_run(nights, ceiling)))
        asked = whole_dong(left * run / nights_left)
        left -= asked
        nights_left -= run
        allowances.append(_cut(ceiling, asked))
    return allowances


def days_of_run(days: Sequence[date], run: Allowance) -> list[date]:
    """The days that a line stands for."""
    return [day for day in days if run.day_from <= day <= run.day_to]


def _cut(ceiling: Allowance, asked: Decimal) -> Allowance:
    """The line of an invoice: what it says, or the ceiling when it says more."""
    over = asked > ceiling.amount
    return Allowance(
        component=ceiling.component,
        quantity=ceiling.quantity if over else ONE,
        price=ceiling.price if over else asked,
        amount=ceiling.amount if over else asked,
        day_from=ceiling.day_from,
        day_to=ceiling.day_to,
        rate=ceiling.rate,
        person=ceiling.person,
        asked=asked if over else None,
        remark="over_norm" if over else "within_norm",
    )


def _way(trip: Trip, traveller: Traveller, book: RateBook) -> list[Allowance]:
    """Own vehicle, tickets, and other cost by papers."""
    transport = traveller.transport or trip.transport
    allowances = []
    if transport == "own_vehicle":
        allowances.append(_own_vehicle(trip, traveller, book))
    for component, amount in (
        ("ticket", traveller.ticket_amount),
        ("travel_other", traveller.other_amount),
    ):
        if amount:
            allowances.append(_by_papers(trip, traveller, component, amount))
    return allowances


def _by_papers(
    trip: Trip, traveller: Traveller, component: str, amount: Decimal
) -> Allowance:
    amount = whole_dong(amount)
    return Allowance(
        component=component,
        quantity=ONE,
        price=amount,
        amount=amount,
        day_from=trip.departure.date(),
        day_to=trip.back.date(),
        person=traveller.person,
        remark="by_papers",
    )


def _own_vehicle(trip: Trip, traveller: Traveller, book: RateBook) -> Allowance:
    """Litres for the way there and back, at the petrol price of the day.

    :raise CalculationRefused: ``no_petrol_price``
    """
    component = "own_vehicle"
    day = trip.departure.date()
    rank = traveller.rank_on(day)
    least = book.get("own_vehicle_min_km", day, rank, trip.home_area)
    if not trip.distance_km:
        return _nothing(component, traveller, [day], "no_distance")
    if trip.distance_km < least.value:
        return _nothing(component, traveller, [day], "too_near", least)
    if not trip.petrol_price:
        raise CalculationRefused("no_petrol_price", day=day)
    rate = book.get("own_vehicle_fuel", day, rank, trip.area)
    litres = 2 * trip.distance_km * rate.value
    return Allowance(
        component=component,
        quantity=litres,
        price=trip.petrol_price,
        amount=whole_dong(litres * trip.petrol_price),
        day_from=day,
        day_to=trip.back.date(),
        rate=rate,
        person=traveller.person,
        remark="petrol",
    )
