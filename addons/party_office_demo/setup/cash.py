"""What is in the cash box when the year begins."""

from .budget import YEAR
from .csv_data import as_user, record

#: Đồng; more than the cash claims of the year take.
OPENING = 200_000_000


def begin_cash_book(env):
    """Enter the opening balance of the cash box as the chief accountant."""
    chief = record(env, "user", "ketoantruong")
    box = env["party.cash.box"]._of(env.company)
    as_user(box, chief).action_opening_balance(OPENING, f"{YEAR}-01-01")
