"""Notes of the State Bank, and what a count of the cash says.

>>> counted([(500_000, 3), (1_000, 7)])
1507000
"""

#: Notes in use (đồng), the largest first. Coins are no longer issued.
DENOMINATIONS = (
    500_000,
    200_000,
    100_000,
    50_000,
    20_000,
    10_000,
    5_000,
    2_000,
    1_000,
    500,
    200,
)


def counted(notes):
    """Return the amount (đồng) of pairs (denomination, number of notes)."""
    return sum(value * number for value, number in notes)


def difference(book, count):
    """Return ``(surplus, shortage)`` of a count against the cash book (đồng).

    >>> difference(100, 120)
    (20, 0)
    >>> difference(100, 70)
    (0, 30)
    """
    return max(count - book, 0), max(book - count, 0)
