"""What the papers of an event say beside what its norms allow, and its days.

Used by the rules of conferences and guests. A norm is a ceiling: what is paid is the
smaller one of the norm and the invoices.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .allowance import Allowance, CalculationRefused, whole_dong

#: an event of more days than this is a mistake in a date
MAX_DAYS = 366


@dataclass(frozen=True)
class Paper:
    """An invoice or receipt for one component (đồng)."""

    component: str
    amount: Decimal
    day: date
    label: str = ""


def days_of(day_from: date, day_to: date) -> list[date]:
    """All days of an event, both ends included.

    :raises CalculationRefused: ``dates`` (the end before the begin), ``too_long``

    >>> len(days_of(date(2026, 5, 17), date(2026, 5, 18)))
    2
    """
    if day_to < day_from:
        raise CalculationRefused("dates", day_from=day_from, day_to=day_to)
    count = (day_to - day_from).days + 1
    if count > MAX_DAYS:
        raise CalculationRefused("too_long", days=count, most=MAX_DAYS)
    return [day_from + timedelta(days=number) for number in range(count)]


def spread(days: Sequence[date], count: int, most: int, what: str) -> list[date]:
    """``count`` half-days or meals, laid evenly on the days, in order.

    :param most: how many one day takes
    :param what: the code of the refusal
    :raises CalculationRefused: ``what``, when the days are too few

    >>> [day.day for day in spread([date(2026, 5, 1), date(2026, 5, 2)], 3, 2, "meals")]
    [1, 1, 2]
    """
    if count > most * len(days):
        raise CalculationRefused(what, count=count, most=most * len(days))
    return [days[number * len(days) // count] for number in range(count)]


def check_not_negative(facts, *names: str) -> None:
    """Refuse facts below zero.

    :raises CalculationRefused: ``negative`` with the name of the fact
    """
    for name in names:
        if getattr(facts, name) < 0:
            raise CalculationRefused("negative", fact=name, value=getattr(facts, name))


def paid_by_papers(papers: Iterable[Paper], component: str) -> Decimal | None:
    """What the papers of a component come to (đồng), None without papers."""
    amounts = [paper.amount for paper in papers if paper.component == component]
    return sum(amounts, Decimal(0)) if amounts else None


def settle(
    allowances: Iterable[Allowance], papers: Iterable[Paper], free: Collection[str] = ()
) -> list[Allowance]:
    """Norms and papers together: a component with both is paid the smaller sum.

    :param allowances: what the norms allow
    :param papers: what invoices say; none for a component means the norm is paid
    :param free: components that have no norm and are paid by their papers
    :raises CalculationRefused: ``negative``, ``paper_without_fact`` (papers of a
        component that nothing was stated for)

    >>> day = date(2026, 6, 1)
    >>> tea = Allowance("tea", Decimal(2), Decimal(40), Decimal(80), day, day)
    >>> [(a.amount, a.asked) for a in settle([tea], [Paper("tea", Decimal(95), day)])]
    [(Decimal('80'), Decimal('95'))]
    """
    papers = list(papers)
    for paper in papers:
        if paper.amount < 0:
            raise CalculationRefused("negative", fact="papers", value=paper.amount)
    allowances = list(allowances)
    by_norm = {allowance.component for allowance in allowances}
    result = []
    for component in dict.fromkeys(allowance.component for allowance in allowances):
        rows = [row for row in allowances if row.component == component]
        asked = paid_by_papers(papers, component)
        result += rows if asked is None else _within(rows, whole_dong(asked))
    for paper in papers:
        if paper.component in by_norm:
            continue
        if paper.component not in free:
            raise CalculationRefused("paper_without_fact", component=paper.component)
        amount = whole_dong(paper.amount)
        result.append(
            Allowance(
                component=paper.component,
                quantity=Decimal(1),
                price=amount,
                amount=amount,
                day_from=paper.day,
                day_to=paper.day,
                person=paper.label,
            )
        )
    return result


def _within(rows: list[Allowance], asked: Decimal) -> list[Allowance]:
    """The rows of one component, paid in order until the papers' sum is used up."""
    result = []
    for number, row in enumerate(rows, start=1):
        share = min(row.amount, asked)
        claimed = asked if number == len(rows) else share
        asked -= share
        if not claimed:
            continue
        remark = "over_norm" if claimed > share else row.remark
        result.append(replace(row, amount=share, asked=claimed, remark=remark))
    return result
