"""The arithmetic of a budget line, without the database.

A budget line is four counters: allocated, held, advanced, spent (đồng). What is left is
``allocated - held - advanced - spent`` (circular 113/2008, article 2.8, with the
internal holds of the shared office added).
"""

from dataclasses import dataclass
from datetime import date

COUNTERS = ("allocated", "held", "advanced", "spent")


@dataclass(frozen=True)
class BudgetEntry:
    """One movement of one budget line.

    Deltas are whole đồng, positive or negative. ``document`` is a pair (model, id) and
    ``document_name`` what people call it.
    """

    line_id: int
    kind: str
    allocated: int = 0
    held: int = 0
    advanced: int = 0
    spent: int = 0
    document: tuple = ("", 0)
    document_name: str = ""
    day: date | None = None
    note: str = ""
    move_line_id: int = 0
    requester_id: int = 0

    @property
    def deltas(self):
        """The four deltas in the order of ``COUNTERS``."""
        return tuple(getattr(self, name) for name in COUNTERS)

    @property
    def asked(self):
        """How much of the available money this entry takes (negative: gives back)."""
        return self.held + self.advanced + self.spent - self.allocated


@dataclass(frozen=True)
class Counters:
    """The state of a budget line (đồng)."""

    allocated: int = 0
    held: int = 0
    advanced: int = 0
    spent: int = 0

    @property
    def used(self):
        """Money that is not free any more."""
        return self.held + self.advanced + self.spent

    @property
    def available(self):
        """Money that may still be promised."""
        return self.allocated - self.used

    def plus(self, deltas):
        """Return the counters after the four deltas."""
        pairs = zip(COUNTERS, deltas, strict=True)
        return Counters(**{name: getattr(self, name) + delta for name, delta in pairs})

    def is_allowed(self):
        """Tell whether the database would accept these counters."""
        return self.available >= 0 and all(
            getattr(self, name) >= 0 for name in COUNTERS
        )


def net_by_line(entries):
    """Return ``{line id: (allocated, held, advanced, spent)}``, ids in ascending order.

    >>> hold = BudgetEntry(2, "hold", held=5)
    >>> net_by_line([hold, BudgetEntry(2, "release", held=-2)])
    {2: (0, 3, 0, 0)}
    """
    totals = {}
    for entry in entries:
        before = totals.get(entry.line_id, (0, 0, 0, 0))
        totals[entry.line_id] = tuple(
            left + right for left, right in zip(before, entry.deltas, strict=True)
        )
    return dict(sorted(totals.items()))


@dataclass(frozen=True)
class Spending:
    """How a posted amount is taken: from what was advanced for it, from the document's
    hold, then from free money.
    """

    from_hold: int
    from_available: int
    from_advance: int = 0


def consume(amount, hold, advance=0):
    """Split a posted amount (đồng) between advance, own hold and free money.

    A negative amount (a reversal) gives money back to what is available.

    :param int hold: what the document itself still holds on this budget line
    :param int advance: what was advanced from this budget line and is now settled

    >>> consume(70, 100)
    Spending(from_hold=70, from_available=0, from_advance=0)
    >>> consume(70, 50)
    Spending(from_hold=50, from_available=20, from_advance=0)
    >>> consume(70, 50, advance=60)
    Spending(from_hold=10, from_available=0, from_advance=60)
    >>> consume(70, 5, advance=60)
    Spending(from_hold=5, from_available=5, from_advance=60)
    >>> consume(-70, 50)
    Spending(from_hold=0, from_available=-70, from_advance=0)
    """
    if amount <= 0:
        return Spending(0, amount)
    from_advance = min(amount, max(advance, 0))
    from_hold = min(amount - from_advance, max(hold, 0))
    return Spending(from_hold, amount - from_advance - from_hold, from_advance)
