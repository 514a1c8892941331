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


def is_countable(amount):
    """Tell whether notes can make up an amount (đồng) exactly.

    Every hundred but 100 and 300 is a sum of notes of 200 and 500.

    >>> is_countable(1_507_700), is_countable(1_507_727), is_countable(300)
    (True, False, False)
    """
    return amount >= 0 and amount % 100 == 0 and amount not in (100, 300)


def agrees(book, count):
    """Tell whether a count agrees with the cash book (đồng).

    To the đồng; only when no notes make up the book's balance, a rest below the
    smallest note is left out of the count.

    >>> agrees(1_000, 1_000), agrees(1_000, 900), agrees(1_000, 1_200)
    (True, False, False)
    >>> agrees(1_027, 1_000), agrees(1_027, 1_200), agrees(1_027, 800)
    (True, True, False)
    """
    if book == count:
        return True
    return not is_countable(book) and abs(book - count) < DENOMINATIONS[-1]
