"""What a Treasury movement does to the counters of the estimate.

Circular 17/2024/TT-BTC (spending through the State Treasury), circular 26/2026/TT-BTC
(calendar of the year, payment orders). Amounts are whole đồng.
"""

import calendar
from dataclasses import dataclass
from datetime import date

#: Which movements each regime of a fund knows.
KINDS_BY_REGIME = {
    "estimate": (
        "cash_advance",
        "cash_actual",
        "transfer_actual",
        "transfer_advance",
        "settle_advance",
        "repay_advance",
        "repay_actual",
    ),
    "payment_order": (
        "order_actual",
        "order_advance",
        "order_spending",
        "order_approved",
        "cash_actual",
        "repay_advance",
        "repay_actual",
    ),
    "party": ("cash_actual", "transfer_actual", "transfer_advance"),
}
ADVANCES = ("cash_advance", "transfer_advance")
CASH_WITHDRAWALS = ("cash_advance", "cash_actual")
PAYS_CLAIMS = ("transfer_actual", "order_spending")
PAYS_ADVANCES = ("transfer_advance", "order_spending")
#: the order of payment behind a movement is received as actual or as advance
ORDERS = {"order_actual": "actual", "order_advance": "advance"}
REPAYMENTS = ("repay_advance", "repay_actual")


@dataclass(frozen=True)
class Deltas:
    """Change of the four counters of a fund in a year (đồng)."""

    allocated: int = 0
    advance: int = 0
    actual: int = 0
    repaid: int = 0

    def times(self, factor):
        """Return the deltas multiplied by an amount or a sign."""
        return Deltas(
            self.allocated * factor,
            self.advance * factor,
            self.actual * factor,
            self.repaid * factor,
        )


#: (regime, kind, order): order is what the payment order behind it was received as
_DELTAS = {
    ("estimate", "cash_advance", ""): Deltas(advance=1),
    ("estimate", "transfer_advance", ""): Deltas(advance=1),
    ("estimate", "cash_actual", ""): Deltas(actual=1),
    ("estimate", "transfer_actual", ""): Deltas(actual=1),
    ("estimate", "settle_advance", ""): Deltas(advance=-1, actual=1),
    ("estimate", "repay_advance", ""): Deltas(advance=-1, repaid=1),
    ("estimate", "repay_actual", ""): Deltas(actual=-1, repaid=1),
    ("payment_order", "order_actual", ""): Deltas(allocated=1),
    ("payment_order", "order_advance", ""): Deltas(allocated=1),
    ("payment_order", "order_spending", "actual"): Deltas(actual=1),
    ("payment_order", "order_spending", "advance"): Deltas(advance=1),
    ("payment_order", "cash_actual", "actual"): Deltas(actual=1),
    ("payment_order", "cash_actual", "advance"): Deltas(advance=1),
    ("payment_order", "order_approved", "advance"): Deltas(advance=-1, actual=1),
    ("payment_order", "repay_actual", "actual"): Deltas(allocated=-1, repaid=1),
    ("payment_order", "repay_advance", "advance"): Deltas(allocated=-1, repaid=1),
    # the Party's own money has no estimate at the Treasury
    ("party", "cash_actual", ""): Deltas(),
    ("party", "transfer_actual", ""): Deltas(),
    ("party", "transfer_advance", ""): Deltas(),
}


def counter_deltas(regime, kind, amount, order=""):
    """Return the ``Deltas`` of a movement.

    :param str order: for money of a payment order: received as ``actual`` or
        ``advance``
    :raises ValueError: the regime does not know the movement

    >>> counter_deltas("estimate", "settle_advance", 5)
    Deltas(allocated=0, advance=-5, actual=5, repaid=0)
    """
    try:
        return _DELTAS[regime, kind, order].times(amount)
    except KeyError:
        raise ValueError(f"{kind} ({order}) is unknown for {regime}") from None


def uses_up(kind, order=""):
    """Tell whether a movement uses up the document that it rests on.

    An advance is used up by settling or repaying it; an order of actual spending by
    spending or repaying it; an advance order by its approval or by repaying it.

    >>> uses_up("order_spending", "actual"), uses_up("order_spending", "advance")
    (True, False)
    """
    if kind in ("order_spending", "cash_actual"):
        return order == "actual"
    return kind in ("settle_advance", "order_approved", *REPAYMENTS)


def last_day(kind, year):
    """Return the last day on which a movement may touch the estimate of a year.

    Spending and settling end with the adjustment period on 31 January, repayments on
    15 February (circular 26/2026).
    """
    return date(year + 1, 2, 15) if kind in REPAYMENTS else date(year + 1, 1, 31)


def is_open_year(kind, year, day):
    """Tell whether a movement of a day may touch the estimate of a year.

    >>> is_open_year("cash_actual", 2026, date(2027, 1, 31))
    True
    >>> is_open_year("cash_actual", 2026, date(2027, 2, 1))
    False
    """
    return date(year, 1, 1) <= day <= last_day(kind, year)


def settle_by(day):
    """Return the day by which an advance without contract is settled.

    The end of the following month (circular 17/2024).

    >>> settle_by(date(2026, 12, 5))
    datetime.date(2027, 1, 31)
    """
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, calendar.monthrange(year, month)[1])


def overdue_before(today):
    """Return the day before which an unsettled advance is overdue.

    >>> overdue_before(date(2026, 6, 15))
    datetime.date(2026, 5, 1)
    >>> settle_by(date(2026, 4, 30)), settle_by(date(2026, 5, 1))
    (datetime.date(2026, 5, 31), datetime.date(2026, 6, 30))
    """
    if today.month == 1:
        return date(today.year - 1, 12, 1)
    return date(today.year, today.month - 1, 1)
