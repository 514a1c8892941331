"""The calendar of a year end, and what becomes of the money that is left.

Circular 26/2026/TT-BTC, articles 15, 18 and 19; decree 75/2026/NĐ-CP, article 11.3.
Amounts are đồng. What may be carried over is decided by article 31 of decree 73/2026,
whose text was not at hand: the proposals are proposals.

>>> [str(step.day) for step in calendar(2026) if step.code == "reconcile"]
['2027-02-10']
>>> propose(100, is_autonomous=False, late_additions=30)
Proposal(carry=30, cancel=70, reason='late_addition', article='31')
"""

from dataclasses import dataclass
from datetime import date, timedelta

CIRCULAR = "26/2026/TT-BTC"
DECREE_AUTONOMY = "75/2026/NĐ-CP"
DECREE_BUDGET = "73/2026/NĐ-CP"


@dataclass(frozen=True)
class Step:
    """One date of the calendar; ``is_verified``: read in the text of the regulation."""

    code: str
    day: date
    regulation: str
    article: str
    is_verified: bool = True


def working_days_before(day, count):
    """Return the day that lies a number of working days before another.

    Saturdays and Sundays are left out; public holidays (Tết) are not known here.

    >>> working_days_before(date(2027, 1, 31), 2)
    datetime.date(2027, 1, 28)
    """
    while count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day


def calendar(year):
    """Return the steps of a year end in the order of their last days.

    "Before 31 January" means the 30th at the latest, "before 15 February" the 14th.
    """
    following = year + 1
    steps = [
        Step("papers", date(year, 12, 30), CIRCULAR, "15.2"),
        Step("allocate_next", date(year, 12, 30), DECREE_BUDGET, "19", False),
        Step("spend", date(year, 12, 31), CIRCULAR, "15.2"),
        Step("quarter_report", date(following, 1, 10), CIRCULAR, "18.2.c"),
        Step(
            "settle_papers",
            working_days_before(date(following, 1, 31), 2),
            CIRCULAR,
            "15.2",
        ),
        Step("savings", date(following, 1, 30), DECREE_AUTONOMY, "11.3.c"),
        Step("cancel", date(following, 1, 31), CIRCULAR, "19.3"),
        Step("reconcile", date(following, 2, 10), CIRCULAR, "19.2.b, 19.3.a, 19.4.a"),
        Step("repay", date(following, 2, 14), CIRCULAR, "19.4.c"),
    ]
    return sorted(steps, key=lambda step: step.day)


def late_from(year):
    """Return the first day whose additions may be carried over: after 30 September."""
    return date(year, 10, 1)


@dataclass(frozen=True)
class Proposal:
    """What is carried over, what is cancelled, and why."""

    carry: int
    cancel: int
    reason: str
    article: str


def propose(available, is_autonomous, late_additions=0, contracts=0):
    """Propose what becomes of the money that is left on a budget line.

    Autonomous money is carried over whole; else contracts signed before 31 December
    and additions made after 30 September, at most what is left; the rest is cancelled
    (circular 26/2026, article 19.3).

    :param int late_additions: added after 30 September (đồng)
    :param int contracts: still to be paid on contracts signed before 31 December

    >>> propose(50, is_autonomous=True)
    Proposal(carry=50, cancel=0, reason='autonomous', article='31')
    >>> propose(50, is_autonomous=False)
    Proposal(carry=0, cancel=50, reason='unused', article='19.3')
    """
    available = max(available, 0)
    if is_autonomous:
        return Proposal(available, 0, "autonomous", "31")
    late, signed = max(late_additions, 0), max(contracts, 0)
    carry = min(available, late + signed)
    if not carry:
        return Proposal(0, available, "unused", "19.3")
    reason = (
        "contract_and_late"
        if late and signed
        else "contract"
        if signed
        else "late_addition"
    )
    return Proposal(carry, available - carry, reason, "31")
