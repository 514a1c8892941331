"""What a conference may cost (circular 40/2017/TT-BTC as amended by 12/2025/TT-BTC).

Delegates on a state payroll are paid by the body that sends them: the host pays food
and lodging only for those who are not. Hall, documents and the like are paid by their
papers.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .allowance import Allowance, CalculationRefused, daily, whole_dong
from .papers import (
    Paper,
    check_not_negative,
    days_of,
    paid_by_papers,
    settle,
    spread,
)
from .rate_book import RateBook

#: the norms that are asked for
CODES = (
    "conference_tea",
    "conference_meal",
    "conference_meal_topup_pct",
    "lodging_lump",
    "lodging_invoice",
    "lecturer_fee",
)
#: paid by their papers alone
BY_PAPERS = (
    "conference_document",
    "conference_ticket",
    "conference_hall",
    "conference_interpreting",
    "conference_other",
)
#: a morning and an afternoon
HALF_DAYS_A_DAY = 2
#: delegates who share a room that is paid by invoice
BEDS = 2
#: the rank whose lodging rates hold for delegates without a post
RANK = "rest"


@dataclass(frozen=True)
class Conference:
    """The facts of a conference.

    ``unpaid`` are the delegates not on a state payroll, ``lodged`` those of them who
    get a room. ``food`` is none, lump (money in hand) or collective (meals served);
    ``diners`` eat collectively (0: all delegates) and ``collected`` is what salaried
    delegates hand in for it (đồng). ``lodging`` is none, lump or invoice.
    """

    day_from: date
    day_to: date
    area: str | None = None
    delegates: int = 0
    unpaid: int = 0
    half_days: int = 0
    food: str = "none"
    food_days: int = 0
    diners: int = 0
    collected: Decimal = Decimal(0)
    lodging: str = "none"
    lodged: int = 0
    nights: int = 0
    lecturer_half_days: int = 0
    papers: tuple[Paper, ...] = ()


def conference(facts: Conference, book: RateBook) -> list[Allowance]:
    """What is paid, line by line.

    :raises CalculationRefused: ``dates, too_long, negative, unpaid, half_days,
        food_days, diners, lodged, nights, lecturer_half_days, lump_and_invoice,
        paper_without_fact, too_large``
    :raises RateMissing: a day without a rate
    """
    days = days_of(facts.day_from, facts.day_to)
    _check(facts, days)
    tea = daily(
        book,
        "conference_tea",
        "conference_tea",
        spread(days, facts.half_days, HALF_DAYS_A_DAY, "half_days"),
        quantity=Decimal(facts.delegates),
    )
    lecturers = daily(
        book,
        "lecturer",
        "lecturer_fee",
        # several may speak in one half-day
        [days[0]] * bool(facts.lecturer_half_days),
        quantity=Decimal(facts.lecturer_half_days),
    )
    by_norm = [row for row in [*tea, *lecturers] if row.quantity]
    lodging, food = _lodging(facts, days, book), _food(facts, days, book)
    free = BY_PAPERS if lecturers else (*BY_PAPERS, "lecturer")
    if facts.food != "collective" or not facts.food_days:
        return settle([*by_norm, *lodging, *food], facts.papers, free)
    # the kitchen's invoice is already part of the food
    others = [row for row in facts.papers if row.component != "conference_meal"]
    return [*settle([*by_norm, *lodging], others, free), *food]


def _check(facts: Conference, days: list[date]) -> None:
    check_not_negative(
        facts,
        "delegates",
        "unpaid",
        "half_days",
        "food_days",
        "diners",
        "collected",
        "lodged",
        "nights",
        "lecturer_half_days",
    )
    for name, most in (
        ("unpaid", facts.delegates),
        ("diners", facts.delegates),
        ("lodged", facts.unpaid),
        ("food_days", len(days)),
        # who comes from afar may arrive the evening before
        ("nights", len(days) + 1),
    ):
        count = getattr(facts, name)
        if count > most:
            raise CalculationRefused(name, count=count, most=most)


def _lodging(facts: Conference, days: list[date], book: RateBook) -> list[Allowance]:
    """Rooms of delegates not on a payroll, by the rates of travel."""
    papers = paid_by_papers(facts.papers, "conference_lodging")
    if facts.lodging == "lump" and papers is not None:
        raise CalculationRefused("lump_and_invoice")
    if facts.lodging == "none" or not facts.lodged or not facts.nights:
        return []
    by_lump = facts.lodging == "lump"
    if not by_lump and papers is None:
        return []  # the invoice is still missing
    nights = [days[min(number, len(days) - 1)] for number in range(facts.nights)]
    rooms = -(-facts.lodged // BEDS)
    return daily(
        book,
        "conference_lodging",
        "lodging_lump" if by_lump else "lodging_invoice",
        nights,
        RANK,
        facts.area,
        Decimal(facts.lodged if by_lump else rooms),
    )


def _food(facts: Conference, days: list[date], book: RateBook) -> list[Allowance]:
    """Food of delegates not on a payroll, and the top-up of collective meals."""
    eaten = days[: facts.food_days]
    if facts.food == "none" or not eaten:
        return []
    lump = daily(
        book,
        "conference_meal",
        "conference_meal",
        eaten if facts.unpaid else [],
        None,
        facts.area,
        Decimal(facts.unpaid),
    )
    if facts.food == "lump":
        return lump
    cost = paid_by_papers(facts.papers, "conference_meal")
    if cost is None:
        return lump  # no invoice of the kitchen yet: no top-up
    return _collective(facts, eaten, lump, cost, book)


def _collective(facts, eaten, lump, cost, book) -> list[Allowance]:
    """The cost of collective meals, up to a share of the food rate, less what the
    delegates hand in.
    """
    diners = facts.diners or facts.delegates
    most = Decimal(0)
    rates = []
    for day in eaten:
        share = book.get("conference_meal_topup_pct", day)
        food = book.get("conference_meal", day, None, facts.area)
        rates.append(share)
        most += diners * food.value * share.value / 100
    cost, most = whole_dong(cost), whole_dong(most)
    open_cost = max(min(cost, most) - facts.collected, Decimal(0))
    result = []
    for row in lump:
        # what the unit pays for those without a payroll goes into the same meals
        amount = min(row.amount, open_cost)
        open_cost -= amount
        if amount:
            result.append(replace(row, amount=amount))
    if open_cost:
        amount = whole_dong(open_cost)
        result.append(
            Allowance(
                component="conference_meal_topup",
                quantity=Decimal(1),
                price=amount,
                amount=amount,
                day_from=eaten[0],
                day_to=eaten[-1],
                rate=rates[-1],
                asked=cost,
                remark="over_norm" if cost > most else "topup",
            )
        )
    elif cost > most and result:
        result[-1] = replace(result[-1], asked=cost, remark="over_norm")
    return result
