"""Split a journal entry into pairs of one debit and one credit account.

Ledger programs for public units read an entry as rows "Dr account, Cr account, amount";
an entry of the books has any number of lines on both sides.

>>> lines = [EntryLine(1, 100), EntryLine(2, 40), EntryLine(3, -140)]
>>> [(pair.debit, pair.credit, pair.amount) for pair in entry_pairs(lines)]
[(1, 3, 100), (2, 3, 40)]
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class EntryLine:
    """One line: ``key`` names it for the caller.

    ``amount`` is in whole đồng, positive on the debit side, negative on the credit
    side. ``is_red`` marks a line written in red (ghi âm): a negative amount on its
    own side, so ``EntryLine(key, -5, is_red=True)`` is a debit of minus 5.
    """

    key: object
    amount: int
    is_red: bool = False


@dataclass(frozen=True)
class Pair:
    """``amount`` đồng from the debit of one line and the credit of another.

    It is negative when both lines are written in red.
    """

    debit: object
    credit: object
    amount: int


def entry_pairs(lines):
    """Return the pairs of one balanced entry.

    Every line gives exactly its amount to its pairs, so the debits and the credits of
    every account stay what they are. The result depends only on the order of the
    lines: first each debit takes the nearest credit of the same amount, then what is
    left is paired from the top. Lines of zero are left out.

    Lines in red are paired among themselves; when they do not balance among
    themselves they are taken as ordinary lines of the other side.

    :param list lines: ``EntryLine``
    :returns: list of ``Pair``, in the order of their debit lines
    :raises ValueError: the entry does not balance
    """
    if sum(line.amount for line in lines):
        raise ValueError("the entry does not balance")
    red = [line for line in lines if line.is_red]
    if not red or sum(line.amount for line in red):
        return _pairs_of(lines)
    black = [line for line in lines if not line.is_red]
    mirrored = [Pair(pair.credit, pair.debit, -pair.amount) for pair in _pairs_of(red)]
    return _pairs_of(black) + mirrored


def _pairs_of(lines):
    """Return the pairs of lines whose sign says on which side they stand."""
    debits = [[at, line.amount] for at, line in enumerate(lines) if line.amount > 0]
    credits = [[at, -line.amount] for at, line in enumerate(lines) if line.amount < 0]
    found = []
    for debit in debits:
        same = [credit for credit in credits if credit[1] == debit[1]]
        if same:
            credit = min(same, key=lambda row: (abs(row[0] - debit[0]), row[0]))
            found.append((debit[0], credit[0], debit[1]))
            debit[1] = credit[1] = 0
    waiting = iter([credit for credit in credits if credit[1]])
    credit = next(waiting, None)
    for debit in debits:
        while debit[1]:
            amount = min(debit[1], credit[1])
            found.append((debit[0], credit[0], amount))
            debit[1] -= amount
            credit[1] -= amount
            if not credit[1]:
                credit = next(waiting, None)
    return [
        Pair(lines[debit].key, lines[credit].key, amount)
        for debit, credit, amount in sorted(found)
    ]
