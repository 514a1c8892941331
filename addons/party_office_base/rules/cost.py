"""What a document costs, and how one amount is shared without losing a đồng."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Number = int | Decimal


@dataclass(frozen=True)
class CostLine:
    """One amount a document charges to one board.

    ``board`` is whatever the caller charges (the rule never looks inside),
    ``item_code`` the code of the budget item (mục / tiểu mục), ``amount`` whole
    đồng, ``explanation`` the sentence an accountant reads, ``fund_code`` the code
    of the fund, or None when the board's first fund that has the item is meant.
    """

    board: Any
    item_code: str
    amount: Decimal
    explanation: str
    fund_code: str | None = None


def split_amount(total: Number, weights: Sequence[Number]) -> list[Decimal]:
    """Share ``total`` đồng by ``weights``; the parts sum to the total exactly.

    Largest remainder: every part is rounded down, then the đồng that are left go
    one by one to the largest remainders, the earlier part first on a tie. A
    negative total (a correction) is shared as the positive one, with the sign.

    :param total: whole đồng
    :param weights: one number >= 0 for each part, at least one above zero
    :return: one whole amount for each weight, in the same order
    :raise ValueError: total with a fraction, no weight, a negative weight, or
        only zeros

    >>> [int(part) for part in split_amount(100, [1, 1, 1])]
    [34, 33, 33]
    >>> [int(part) for part in split_amount(1000, [0, 3, 1])]
    [0, 750, 250]
    >>> sum(split_amount(Decimal(369001), [45, 12, 33])) == 369001
    True
    """
    total = Decimal(total)
    if total != total.to_integral_value():
        raise ValueError(f"{total} is not a whole number of đồng")
    shares = [Decimal(weight) for weight in weights]
    if any(share < 0 for share in shares):
        raise ValueError("a weight may not be negative")
    # integers, so that a long division never decides who gets the last đồng
    exponent = min((int(share.as_tuple().exponent) for share in shares), default=0)
    scale = 10 ** max(0, -exponent)
    units = [int(share * scale) for share in shares]
    whole = sum(units)
    if not whole:
        raise ValueError("at least one weight must be above zero")
    sign = -1 if total < 0 else 1
    amount = abs(int(total))
    parts = [amount * unit // whole for unit in units]
    remainders = [amount * unit % whole for unit in units]
    left = amount - sum(parts)
    order = sorted(range(len(units)), key=lambda index: (-remainders[index], index))
    for index in order[:left]:
        parts[index] += 1
    return [Decimal(sign * part) for part in parts]
