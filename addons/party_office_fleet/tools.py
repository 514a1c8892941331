"""Small helpers of the cars."""

from decimal import Decimal


def exact(value):
    """Return a stored number as the rules take it, without the noise of a float."""
    return Decimal(str(value or 0))
