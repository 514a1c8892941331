"""Small helpers of the cars."""

from decimal import Decimal


def exact(value):
    """Return a stored number as the rules take it, without the noise of a float."""
    return Decimal(str(value or 0))


def in_force(rows, day):
    """Return those of some rows with ``date_from`` and ``date_to`` that hold on a day;
    without an end a row goes on.
    """
    return rows.filtered(
        lambda row: row.date_from <= day and (not row.date_to or row.date_to >= day)
    )
