"""What receiving guests may cost (circular 35/2026/TT-BTC, chapters II, III and VI)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from .allowance import Allowance, CalculationRefused, daily, total, whole_dong
from .norm import NormResult
from .papers import Paper, check_not_negative, days_of, settle, spread
from .rate_book import RateBook

#: the norms that are asked for
DOMESTIC_CODES = ("guest_drink", "guest_meal", "guest_meal_important_times")
FOREIGN_CODES = (
    "foreign_flowers",
    "foreign_lodging",
    "foreign_breakfast_pct",
    "foreign_food",
    "foreign_service_meal",
    "foreign_drink",
    "foreign_gift",
    "foreign_gift_special",
    "foreign_farewell_meal",
    "foreign_farewell_gift",
    "translation_to_vi",
    "translation_from_vi",
    "interpreting_consecutive",
    "interpreting_booth",
    "interpreting_own_pct",
)
#: day of effect of circular 35/2026: article 35 clause 4 keeps older plans alive
TRANSITION = date(2026, 5, 18)
#: a morning and an afternoon; lunch and dinner
HALF_DAYS_A_DAY = MEALS_A_DAY = 2
#: the most that a rare language adds to translations (per cent, article 11 clause 1)
RARE_LANGUAGE = 30
GIFTS = ("foreign_gift", "guest_gift")
DOMESTIC_BY_PAPERS = ("guest_interpreting",)
FOREIGN_BY_PAPERS = ("foreign_other",)

COURTESY = {"foreign_drink"}
#: what a unit that only works with the delegation pays (article 15 clause 2)
WORKING_UNIT = COURTESY | {"translation", "interpreting"}
#: what guests who pay for themselves are not given (article 16)
BED_AND_BOARD = {"foreign_lodging", "foreign_breakfast", "foreign_food"}


@dataclass(frozen=True)
class DomesticGuests:
    """The facts of a reception of guests from the country.

    ``hosts`` are own staff who take part. ``meals`` counts the invitations (lunch,
    dinner), ``times`` is how often the meal rate is granted to important guests by
    ``approver``. ``plan_day`` is when the plan was approved, if it was.
    """

    day_from: date
    day_to: date
    guests: int = 0
    hosts: int = 0
    half_days: int = 0
    meals: int = 0
    times: Decimal = Decimal(1)
    approver: str = ""
    plan_day: date | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class ForeignGuests:
    """The facts of a delegation from abroad.

    ``guest_class`` is special, a, b, c or other. ``is_lead``: this unit receives the
    delegation; otherwise it only works with it (articles 13 and 15). ``pays`` is what
    Viet Nam pays: all, part (guests pay for bed and board, article 16) or none
    (article 18). ``hosts`` are the Vietnamese side (interpreters included) at courtesy
    meetings, ``food_hosts`` at daily meals, ``banquet_hosts`` at the one banquet.
    """

    day_from: date
    day_to: date
    guest_class: str
    is_lead: bool = True
    pays: str = "all"
    heads: int = 1
    deputies: int = 0
    members: int = 0
    hosts: int = 0
    half_days: int = 0
    nights: int = 0
    has_breakfast: bool = True
    food_days: int = 0
    food_hosts: int = 0
    banquet_day: date | None = None
    banquet_hosts: int = 0
    farewell: int = 0
    farewell_gifts: int = 0
    flowers: bool = False
    gift_head: bool = False
    gift_spouse: bool = False
    gift_members: int = 0
    service_people: int = 0
    service_days: int = 0
    interpreters: int = 0
    hours: Decimal = Decimal(0)
    in_booth: bool = False
    pages_to_vi: Decimal = Decimal(0)
    pages_from_vi: Decimal = Decimal(0)
    rare_pct: Decimal = Decimal(0)
    own_staff: bool = False
    approver: str = ""
    plan_day: date | None = None
    papers: tuple[Paper, ...] = ()

    @property
    def delegation(self) -> int:
        """Guests, the head included."""
        return self.heads + self.deputies + self.members


class PlanRates:
    """The rates of the day on which a plan was approved, whatever day is asked for."""

    def __init__(self, book: RateBook, plan_day: date):
        self._book = book
        self._plan_day = plan_day

    def get(self, code, day, rank=None, area=None) -> NormResult:
        """See ``RateBook.get``."""
        return self._book.get(code, self._plan_day, rank, area)


def rates_of(book: RateBook, day_from: date, plan_day: date | None):
    """Where the rates of a reception come from.

    A plan that was approved, and whose reception began, before circular 35/2026 is
    settled at the rates of its approval (article 35 clause 4 point a); any other one at
    the rate of each day.
    """
    if plan_day and plan_day < TRANSITION and day_from < TRANSITION:
        return PlanRates(book, plan_day)
    return book


# ---------------------------------------------------------------------------- domestic
def domestic(facts: DomesticGuests, book: RateBook) -> list[Allowance]:
    """What receiving domestic guests comes to (articles 30 and 31), line by line.

    :raises CalculationRefused: ``dates, too_long, negative, no_guests, half_days,
        meals, times, approver, gift_domestic, paper_without_fact, too_large``
    :raises RateMissing: a day without a rate
    """
    days = days_of(facts.day_from, facts.day_to)
    check_not_negative(facts, "guests", "hosts", "half_days", "meals")
    if any(paper.component in GIFTS for paper in facts.papers):
        # article 4 clause 2 point b
        raise CalculationRefused("gift_domestic")
    if not facts.guests and (facts.half_days or facts.meals):
        raise CalculationRefused("no_guests")
    rates = rates_of(book, facts.day_from, facts.plan_day)
    people = Decimal(facts.guests + facts.hosts)
    drinks = daily(
        rates,
        "guest_drink",
        "guest_drink",
        spread(days, facts.half_days, HALF_DAYS_A_DAY, "half_days"),
        quantity=people,
    )
    meals = daily(
        rates,
        "guest_meal",
        "guest_meal",
        spread(days, facts.meals, MEALS_A_DAY, "meals"),
        quantity=people,
    )
    if facts.times != 1:
        meals = [_important(row, facts, rates) for row in meals]
    return settle([*drinks, *meals], facts.papers, DOMESTIC_BY_PAPERS)


def _important(row: Allowance, facts: DomesticGuests, rates) -> Allowance:
    """Meals at a multiple of the rate (article 31 clause 3).

    :raises CalculationRefused: ``times`` (below one or above the norm), ``approver``
    """
    limit = rates.get("guest_meal_important_times", row.day_from)
    if not 1 <= facts.times <= limit.value:
        raise CalculationRefused("times", times=facts.times, most=limit.value)
    if not facts.approver.strip():
        raise CalculationRefused("approver", times=facts.times)
    article = ", ".join(dict.fromkeys((row.rate.article, limit.article)))
    rate = replace(row.rate, article=article)
    return replace(_times(row, facts.times, "important"), rate=rate)


# ----------------------------------------------------------------------------- foreign
def foreign(facts: ForeignGuests, book: RateBook) -> list[Allowance]:
    """What receiving a foreign delegation comes to (articles 5 to 18), line by line.

    Persons are named head, deputy, member or spouse. Everything for guests of the
    special class is what the approved plan and the papers say.

    :raises CalculationRefused: ``dates, too_long, negative, no_guests, half_days,
        nights, food_days, service_days, banquet_day, flowers_class, gift_class,
        gift_members, approver_gift, approver_special, service_class, rare_pct,
        not_lead, guests_pay, paper_without_fact, too_large``
    :raises RateMissing: a day or a class without a rate
    """
    days = days_of(facts.day_from, facts.day_to)
    check_not_negative(
        facts,
        "heads",
        "deputies",
        "members",
        "hosts",
        "half_days",
        "nights",
        "food_days",
        "food_hosts",
        "banquet_hosts",
        "farewell",
        "farewell_gifts",
        "gift_members",
        "service_people",
        "service_days",
        "interpreters",
        "hours",
        "pages_to_vi",
        "pages_from_vi",
    )
    if facts.guest_class == "special":
        return _special(facts)
    if not facts.delegation:
        raise CalculationRefused("no_guests")
    rates = rates_of(book, facts.day_from, facts.plan_day)
    by_norm = _lodging(facts, days, rates)
    lodging = settle(
        by_norm,
        [paper for paper in facts.papers if paper.component == "foreign_lodging"],
    )
    rest = [
        *_breakfast(facts, days, total(by_norm) - total(lodging), rates),
        *_meals(facts, days, rates),
        *_drinks(facts, days, rates),
        *_flowers_and_gifts(facts, rates),
        *_languages(facts, rates),
    ]
    papers = [paper for paper in facts.papers if paper.component != "foreign_lodging"]
    result = [*lodging, *settle(rest, papers, FOREIGN_BY_PAPERS)]
    _check_who_pays(facts, result)
    return result


def _special(facts: ForeignGuests) -> list[Allowance]:
    """Guests of the special class: the plan decides, papers are paid.

    :raises CalculationRefused: ``approver_special``
    """
    if facts.papers and not facts.approver.strip():
        raise CalculationRefused("approver_special")
    components = {paper.component for paper in facts.papers}
    rows = settle([], facts.papers, components)
    _check_who_pays(facts, rows)
    return [replace(row, remark="by_plan") for row in rows]


def _check_who_pays(facts: ForeignGuests, rows: Iterable[Allowance]) -> None:
    """Refuse what another unit, or the guests themselves, pay.

    :raises CalculationRefused: ``not_lead`` (articles 13 and 15), ``guests_pay``
        (articles 16 and 18), each with the ``components``
    """
    components = dict.fromkeys(row.component for row in rows)
    if facts.pays == "none":
        foreign_to = [name for name in components if name not in COURTESY]
    elif facts.pays == "part":
        foreign_to = [name for name in components if name in BED_AND_BOARD]
    else:
        foreign_to = []
    if foreign_to:
        raise CalculationRefused("guests_pay", components=foreign_to)
    others = [name for name in components if name not in WORKING_UNIT]
    if others and not facts.is_lead:
        raise CalculationRefused("not_lead", components=others)


def _ranks(facts: ForeignGuests) -> dict[str, tuple[int, str]]:
    """``{person: (how many, rank)}``.

    Class C knows no rate of its own for deputies: they are members there. Other guests
    have one rate for all.
    """
    prefix = f"guest_{facts.guest_class}"
    if facts.guest_class == "other":
        return {
            "head": (facts.heads, prefix),
            "deputy": (facts.deputies, prefix),
            "member": (facts.members, prefix),
        }
    deputy = "member" if facts.guest_class == "c" else "deputy"
    return {
        "head": (facts.heads, f"{prefix}_head"),
        "deputy": (facts.deputies, f"{prefix}_{deputy}"),
        "member": (facts.members, f"{prefix}_member"),
    }


def _rank(facts: ForeignGuests) -> str:
    return f"guest_{facts.guest_class}"


def _lodging(facts: ForeignGuests, days, rates) -> list[Allowance]:
    """Article 7: by the place in the delegation, breakfast included."""
    nights = _first(days, facts.nights, "nights")
    return [
        row
        for person, (count, rank) in _ranks(facts).items()
        if count
        for row in daily(
            rates,
            "foreign_lodging",
            "foreign_lodging",
            nights,
            rank,
            quantity=Decimal(count),
            person=person,
        )
    ]


def _breakfast(facts: ForeignGuests, days, left: Decimal, rates) -> list[Allowance]:
    """Article 7 clause 6: a share of the food rate when the room is without breakfast;
    room and breakfast together stay within the lodging rate.

    :param left: what the rooms leave of the lodging rate (đồng)
    """
    if facts.has_breakfast or not facts.nights:
        return []
    rows = []
    for row in daily(
        rates,
        "foreign_breakfast",
        "foreign_food",
        days[: facts.nights],
        _rank(facts),
        quantity=Decimal(facts.delegation),
    ):
        share = rates.get("foreign_breakfast_pct", row.day_from)
        row = replace(_times(row, share.value / 100, ""), rate=share)
        amount = min(row.amount, left)
        left -= amount
        remark = "" if amount == row.amount else "lodging_limit"
        rows.append(replace(row, amount=amount, remark=remark))
    return rows


def _meals(facts: ForeignGuests, days, rates) -> list[Allowance]:
    """Daily food, the one banquet, collective meals of who serves the delegation
    (articles 8 and 9), the farewell meal (article 17).
    """
    people = Decimal(facts.delegation + facts.food_hosts)
    eaten = _first(days, facts.food_days, "food_days")
    banquet = facts.banquet_day
    if banquet and banquet not in days:
        raise CalculationRefused(
            "banquet_day", day=banquet, day_from=facts.day_from, day_to=facts.day_to
        )
    food = ("foreign_food", "foreign_food")
    rows = daily(
        rates,
        *food,
        [day for day in eaten if day != banquet],
        _rank(facts),
        quantity=people,
    )
    if banquet in eaten:
        # article 9 clause 6: the other meal of that day is half of the rate
        rows += [
            _times(row, Decimal("0.5"), "banquet_day")
            for row in daily(rates, *food, [banquet], _rank(facts), quantity=people)
        ]
    if banquet:
        guests = Decimal(facts.delegation + facts.banquet_hosts)
        rows += daily(
            rates,
            "foreign_banquet",
            "foreign_food",
            [banquet],
            _rank(facts),
            quantity=guests,
        )
    served = _first(days, facts.service_days, "service_days")
    if facts.service_people and served:
        if facts.guest_class != "a":
            raise CalculationRefused("service_class")
        rows += daily(
            rates,
            "foreign_service_meal",
            "foreign_service_meal",
            served,
            quantity=Decimal(facts.service_people),
        )
    if facts.farewell:
        rows += daily(
            rates,
            "foreign_banquet",
            "foreign_farewell_meal",
            [facts.day_to],
            quantity=Decimal(facts.farewell),
        )
    return rows


def _drinks(facts: ForeignGuests, days, rates) -> list[Allowance]:
    """Article 10: courtesy and working meetings, both sides, for each half-day."""
    return daily(
        rates,
        "foreign_drink",
        "foreign_drink",
        spread(days, facts.half_days, HALF_DAYS_A_DAY, "half_days"),
        _rank(facts),
        quantity=Decimal(facts.delegation + facts.hosts),
    )


def _flowers_and_gifts(facts: ForeignGuests, rates) -> list[Allowance]:
    """Articles 5 and 12: only the head of classes A and B, and the spouse; members by
    special decision.
    """
    day = [facts.day_from]
    head = f"{_rank(facts)}_head"
    rows = []
    if facts.flowers:
        if facts.guest_class not in ("a", "b"):
            raise CalculationRefused("flowers_class")
        rows += daily(rates, "foreign_flowers", "foreign_flowers", day, head)
    for person, is_given in (("head", facts.gift_head), ("spouse", facts.gift_spouse)):
        if not is_given:
            continue
        if facts.guest_class not in ("a", "b"):
            raise CalculationRefused("gift_class")
        rows += daily(rates, "foreign_gift", "foreign_gift", day, head, person=person)
    if facts.farewell_gifts:
        # article 17, whatever the class
        rows += daily(
            rates,
            "foreign_gift",
            "foreign_farewell_gift",
            [facts.day_to],
            quantity=Decimal(facts.farewell_gifts),
        )
    if facts.gift_members:
        if facts.gift_members > facts.delegation:
            raise CalculationRefused(
                "gift_members", count=facts.gift_members, most=facts.delegation
            )
        if not facts.approver.strip():
            raise CalculationRefused("approver_gift")
        rows += daily(
            rates,
            "foreign_gift",
            "foreign_gift_special",
            day,
            quantity=Decimal(facts.gift_members),
            person="member",
        )
    return rows


def _languages(facts: ForeignGuests, rates) -> list[Allowance]:
    """Article 11: hired, or own staff at a share of the rate."""
    day = [facts.day_from]
    rows = []
    hours = facts.hours.to_integral_value(ROUND_CEILING) * facts.interpreters
    if hours:
        code = "interpreting_booth" if facts.in_booth else "interpreting_consecutive"
        rows += daily(rates, "interpreting", code, day, quantity=hours)
    if not 0 <= facts.rare_pct <= RARE_LANGUAGE:
        raise CalculationRefused("rare_pct", pct=facts.rare_pct, most=RARE_LANGUAGE)
    for code, pages in (
        ("translation_to_vi", facts.pages_to_vi),
        ("translation_from_vi", facts.pages_from_vi),
    ):
        if pages:
            rows += [
                _times(row, 1 + facts.rare_pct / 100, "")
                for row in daily(rates, "translation", code, day, quantity=pages)
            ]
    if not facts.own_staff:
        return rows
    return [
        _times(
            row,
            rates.get("interpreting_own_pct", row.day_from).value / 100,
            "own_staff",
        )
        for row in rows
    ]


# ----------------------------------------------------------------------------- helpers
def _first(days: list[date], count: int, what: str) -> list[date]:
    """The first ``count`` days.

    :raises CalculationRefused: ``what``, when there are not so many
    """
    if count > len(days):
        raise CalculationRefused(what, count=count, most=len(days))
    return days[:count]


def _times(row: Allowance, factor: Decimal, remark: str) -> Allowance:
    """The same units at a multiple of the price."""
    price = row.price * factor
    return replace(
        row, price=price, amount=whole_dong(row.quantity * price), remark=remark
    )
