"""What each kind of decision on the estimate does to the budget, without the database.

Estimates are given, added, moved, taken back and carried over by signed decisions only
(Budget Law 89/2025/QH15; circular 26/2026, articles 13 and 19). Amounts are đồng.

>>> line = Line(("A", "13", "6503"), 70)
>>> effects("reduce", line)
(Effect(key=('A', '13', '6503'), year=0, allocated=-70, held=0),)
>>> [effect.allocated for effect in effects("carry_over", line)]
[-70, 70]
>>> problems("transfer", [Line(("A", "13", "6503"), -5), Line(("A", "12", "6503"), 5)])
['fund_sum']
"""

from dataclasses import dataclass

#: kind: (allocated in the year, held in the year, allocated in the next year),
#: per đồng of the line
FACTORS = {
    "allocate": (1, 0, 0),
    "supplement": (1, 0, 0),
    "transfer": (1, 0, 0),
    "crossing": (1, 0, 0),
    "reduce": (-1, 0, 0),
    "withhold": (0, 1, 0),
    "restore": (0, -1, 0),
    "cancel": (-1, 0, 0),
    "carry_over": (-1, 0, 1),
}
#: kinds whose lines take from some what they give to others
BALANCED = ("transfer", "crossing")
#: kinds that put new money on a fund and item
GIVING = ("allocate", "supplement", "transfer", "carry_over")


@dataclass(frozen=True)
class Line:
    """One amount of a decision; ``key`` is (board, fund, item)."""

    key: tuple
    amount: int

    @property
    def fund(self):
        """The fund of the line."""
        return self.key[1]


@dataclass(frozen=True)
class Effect:
    """What a line changes; ``year`` is 0 for the decision's year, 1 for the next."""

    key: tuple
    year: int
    allocated: int = 0
    held: int = 0


def effects(kind, line, undone_kind=""):
    """Return what a line changes, as a tuple of ``Effect``.

    :param str undone_kind: for a reversal, the kind of the decision that it undoes
    """
    sign = 1
    if kind == "reverse":
        kind, sign = undone_kind, -1
    allocated, held, following = (
        factor * sign * line.amount for factor in FACTORS[kind]
    )
    result = [Effect(line.key, 0, allocated, held)]
    if following:
        result.append(Effect(line.key, 1, following))
    return tuple(result)


def volume(lines):
    """Return how much money a decision is about: what its lines give.

    >>> volume([Line((1, 1, 1), -30), Line((1, 1, 2), 30)])
    30
    """
    return sum(max(line.amount, 0) for line in lines)


def problems(kind, lines, basis=""):
    """Return why a decision cannot be sent, as a list of codes.

    ``no_lines``, ``twice`` (board, fund and item are named twice), ``zero``,
    ``negative``, ``sum`` (the lines do not add up to zero), ``fund_sum`` (the lines of
    one fund do not: that is a crossing), ``no_crossing`` (no money changes its fund),
    ``basis``.

    >>> problems("allocate", [])
    ['no_lines']
    """
    if not lines:
        return ["no_lines"]
    found = []
    if len({line.key for line in lines}) < len(lines):
        found.append("twice")
    if any(not line.amount for line in lines):
        found.append("zero")
    if kind in BALANCED:
        found += _balance_problems(kind, lines)
    elif kind != "reverse" and any(line.amount < 0 for line in lines):
        found.append("negative")
    if kind == "crossing" and not basis.strip():
        found.append("basis")
    return found


def _balance_problems(kind, lines):
    if sum(line.amount for line in lines):
        return ["sum"]
    by_fund = {}
    for line in lines:
        by_fund[line.fund] = by_fund.get(line.fund, 0) + line.amount
    crosses = any(by_fund.values())
    if kind == "transfer" and crosses:
        return ["fund_sum"]
    if kind == "crossing" and not crosses:
        return ["no_crossing"]
    return []


@dataclass(frozen=True)
class Excess:
    """A line that asks for more than there is."""

    key: tuple
    asked: int
    limit: int


def beyond(lines, limits):
    """Return the lines that ask for more than a limit, as a list of ``Excess``.

    :param dict limits: ``{key: đồng}``; a key that is missing has nothing

    >>> beyond([Line("k", 8)], {"k": 5})
    [Excess(key='k', asked=8, limit=5)]
    """
    return [
        Excess(line.key, line.amount, limits.get(line.key, 0))
        for line in lines
        if line.amount > limits.get(line.key, 0)
    ]


def same_lines(lines, others):
    """Tell whether two decisions have exactly the same lines.

    >>> same_lines([Line("a", 1), Line("b", 2)], [Line("b", 2), Line("a", 1)])
    True
    """
    return sorted((line.key, line.amount) for line in lines) == sorted(
        (line.key, line.amount) for line in others
    )
