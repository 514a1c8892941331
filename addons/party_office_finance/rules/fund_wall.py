"""Which fund may pay for what: the wall between the purses. No database here.

A rule names the funds that may pay for a budget item, for a kind of claim, or for one
kind of claim on one item. The rule of the nearest item wins (sub-item, item, group); a
rule about the kind and a rule about the item must both allow the fund. Without any
rule every fund by estimate may pay; payment orders and the Party's own money pay only
where a rule, or the kind of the claim, names them.

>>> cars = FundRule(1, item=6951, funds=frozenset({"12"}))
>>> verdict("13", True, [cars], (6951, 6950, 132)).is_allowed
False
>>> verdict("13", True, [], (6951, 6950, 132)).is_allowed
True
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FundRule:
    """A rule in force; ``item`` or ``kind`` may be empty, not both."""

    number: int
    funds: frozenset
    item: object = None
    kind: object = None
    date_from: date | None = None
    date_to: date | None = None

    def is_on(self, day):
        """Tell whether the rule holds on a day."""
        return (not self.date_from or self.date_from <= day) and (
            not self.date_to or day <= self.date_to
        )


@dataclass(frozen=True)
class Verdict:
    """Whether a fund may pay, and by which rules (``FundRule`` numbers).

    ``funds`` are the funds that may pay; None when no rule names any.
    """

    is_allowed: bool
    rules: tuple = ()
    funds: frozenset | None = None


def applicable(rules, chain, kind=None):
    """Return the rules that decide: at most one of the item and one of the kind.

    :param tuple chain: the item, the item above it, and so on
    """
    found = []
    by_item = {}
    for rule in rules:
        if rule.item is not None and rule.kind in (None, kind):
            # the rule about this kind on this item is nearer than the item's
            known = by_item.get(rule.item)
            if known is None or rule.kind is not None:
                by_item[rule.item] = rule
    nearest = next((by_item[item] for item in chain if item in by_item), None)
    if nearest:
        found.append(nearest)
    of_kind = kind is not None and next(
        (rule for rule in rules if rule.item is None and rule.kind == kind), None
    )
    if of_kind:
        found.append(of_kind)
    return found


def verdict(fund, is_estimate, rules, chain, kind=None, kind_fund=None):
    """Tell whether a fund may pay.

    :param bool is_estimate: whether the fund is money by estimate
    :param rules: the ``FundRule`` in force on the day
    :param kind_fund: the fund that the kind of the claim names
    """
    deciding = applicable(rules, chain, kind)
    if not deciding:
        allowed = is_estimate or (kind_fund is not None and fund == kind_fund)
        return Verdict(allowed)
    funds = frozenset.intersection(*(rule.funds for rule in deciding))
    return Verdict(fund in funds, tuple(rule.number for rule in deciding), funds)
