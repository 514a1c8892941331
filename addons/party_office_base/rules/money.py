"""Read and write amounts of money as people type them in Viet Nam.

>>> parse_dong("1.200.000")
1200000
>>> format_dong(1200000)
'1.200.000'
"""

import re
from decimal import Decimal, InvalidOperation

_UNIT = re.compile(r"(đồng|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$")
_PLAIN = re.compile(r"^\d+$")
_ZERO_CENTS = re.compile(
    r"^(?:(\d{1,3}(?:\.\d{3})*|\d+),0{1,2}|(\d{1,3}(?:,\d{3})*|\d+)\.0{1,2})$"
)
_NUMBER = re.compile(r"^\d[\d.,]*$")

#: no amount reaches this (đồng); a float holds every whole number below it
MAX_AMOUNT = 10**15


class AmountError(ValueError):
    """An amount that cannot be read; ``reason`` is a code for the caller's message.

    Codes: ``empty``, ``not_a_number``, ``decimals`` (a fraction of a đồng),
    ``negative``, ``zero``, ``too_large``.
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def _from_text(text):
    text = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").strip()
    if not text:
        raise AmountError("empty")
    if len(text) > 40:
        raise AmountError("too_large")
    text = _UNIT.sub("", text)
    sign = -1 if text.startswith(("-", "−", "(")) else 1
    text = text.strip("-−()")
    cents = _ZERO_CENTS.match(text)
    if cents and not _GROUPED.match(text):
        text = cents.group(1) or cents.group(2)
    if _PLAIN.match(text):
        return sign * int(text)
    if _GROUPED.match(text):
        return sign * int(re.sub(r"[.,]", "", text))
    raise AmountError("decimals" if _NUMBER.match(text) else "not_a_number")


def _from_number(value):
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise AmountError("not_a_number") from error
    if not number.is_finite():
        raise AmountError("not_a_number")
    if number != number.to_integral_value():
        raise AmountError("decimals")
    return int(number)


def parse_dong(value):
    """Return a positive whole amount (đồng) from a cell of a workbook.

    Text with Vietnamese thousands ("1.200.000"), English thousands ("1,200,000"),
    spaces or a unit ("đ", "đồng", "VND") is accepted.

    :raises AmountError: with a reason code
    """
    if value is None:
        raise AmountError("empty")
    if isinstance(value, str):
        amount = _from_text(value)
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        amount = _from_number(value)
    else:
        raise AmountError("not_a_number")
    if amount < 0:
        raise AmountError("negative")
    if amount == 0:
        raise AmountError("zero")
    if amount >= MAX_AMOUNT:
        raise AmountError("too_large")
    return amount


def format_dong(amount):
    """Return an amount with Vietnamese thousands: ``-1.200.000``."""
    return f"{int(amount):,}".replace(",", ".")


def whole(amount):
    """Return an amount as ``int`` đồng; a fraction of a đồng is an error.

    :raises ValueError: when the amount is not whole to a thousandth, or no number
    """
    try:
        number = Decimal(str(amount))
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {amount}") from error
    if not number.is_finite():
        raise ValueError(f"not an amount: {amount}")
    nearest = number.to_integral_value()
    if abs(number - nearest) > Decimal("0.001"):
        raise ValueError(f"not a whole amount: {amount}")
    return int(nearest)
