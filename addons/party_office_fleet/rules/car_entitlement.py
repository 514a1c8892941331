"""Who may use an office car: decree 72/2023/NĐ-CP, articles 5 to 8 and 21.

A finding that refuses keeps a request from being sent; the others tell the approver
what he decides. Each names the article it rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Traveller:
    """One person of the trip, on the day of the trip.

    ``leads``: head or deputy head of a board or an equivalent post (article 8,
    clause 2). ``pickup``: his title is fetched from home (articles 5 to 7).
    ``own_car``: the plate of the car of his title. ``lump``: the decision that gives
    him money instead of a car for business trips.
    """

    name: str
    leads: bool = False
    pickup: bool = False
    own_car: str = ""
    lump: str = ""


@dataclass(frozen=True)
class Finding:
    """What the decree says of a trip: ``article`` is ``"8.2"`` for article 8, clause 2,
    empty when no article is behind it; ``names`` are the persons it is about.
    """

    code: str
    article: str = ""
    names: tuple[str, ...] = ()
    refuses: bool = False
    detail: str = ""


def is_commuting(kinds: Sequence[str]) -> bool:
    """Tell whether a route only joins home and office.

    :param kinds: kind of each place on the way: ``office``, ``home`` or ``place``

    >>> is_commuting(["office", "home", "office"])
    True
    >>> is_commuting(["office", "home", "place"])
    False
    >>> is_commuting(["office"])
    False
    """
    return "home" in kinds and not set(kinds) - {"home", "office"}


def judge(
    travellers: Sequence[Traveller],
    *,
    outsiders: int = 0,
    commuting: bool = False,
    special_duty: bool = False,
    rest_day: bool = False,
) -> list[Finding]:
    """Return what the decree says of a trip, refusals first.

    :param travellers: persons of the office
    :param outsiders: how many others travel along
    :param commuting: the route only joins home and office
    :param special_duty: the purpose is one of the special duties that the office's
        own rules list (article 8, clause 2, point h)
    :param rest_day: it begins on a Saturday or a Sunday

    >>> [finding.code for finding in judge([Traveller("A", leads=True)])]
    []
    >>> [finding.article for finding in judge([Traveller("B")])]
    ['8.3']
    >>> [(f.article, f.refuses) for f in judge([Traveller("C", lump="QĐ 5")])]
    [('8.4', True), ('8.3', False)]
    """
    findings = []
    if commuting:
        without = tuple(person.name for person in travellers if not person.pickup)
        if without or not travellers:
            findings.append(Finding("commuting", "8.2", without, refuses=True))
    findings += [
        Finding("lump", "8.4", (person.name,), refuses=True, detail=person.lump)
        for person in travellers
        if person.lump
    ]
    findings += [
        Finding("own_car", "6", (person.name,), detail=person.own_car)
        for person in travellers
        if person.own_car
    ]
    entitled = any(
        person.leads or person.pickup or person.own_car for person in travellers
    )
    if not travellers and not outsiders:
        findings.append(Finding("nobody"))
    elif travellers and not entitled:
        names = tuple(person.name for person in travellers)
        if special_duty:
            findings.append(Finding("special_duty", "8.2", names))
        else:
            findings.append(Finding("head_decides", "8.3", names))
    if rest_day:
        findings.append(Finding("rest_day"))
    return findings
