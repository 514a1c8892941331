"""The single-entry accounts 008, 012, 013, 014 and 018, derived from what happened.

The accounts follow circular 107/2017 as kept by circular 24/2024. Decisions debit,
movements at the Treasury credit, what goes back is a red (negative) entry on the same
side.
"""

from dataclasses import dataclass

#: pseudo kind: a decision on the estimate was posted
ESTIMATE = "estimate"

ADVANCE, ACTUAL = "1", "2"


@dataclass(frozen=True)
class SingleEntry:
    """One single entry: ``side`` is debit or credit; a negative amount is red."""

    account: str
    side: str
    amount: int


def purse_of(regime, income_code):
    """Return which purse a fund is for the accounts 0xx.

    >>> purse_of("estimate", "5111"), purse_of("party", "5118")
    ('estimate', 'other')
    """
    if regime == "party":
        return "fee" if (income_code or "").startswith("514") else "other"
    return regime


def is_regular(income_code):
    """Tell whether a fund pays regular tasks: every income but 5112 does."""
    return not (income_code or "").startswith("5112")


def _estimate(kind, task, year, amount):
    base = f"008{year}{task}"
    signs = {
        "cash_advance": {ADVANCE: 1},
        "transfer_advance": {ADVANCE: 1},
        "cash_actual": {ACTUAL: 1},
        "transfer_actual": {ACTUAL: 1},
        "settle_advance": {ADVANCE: -1, ACTUAL: 1},
        "repay_advance": {ADVANCE: -1},
        "repay_actual": {ACTUAL: -1},
    }
    if kind == ESTIMATE:
        return [SingleEntry(base, "debit", amount)]
    return [
        SingleEntry(f"{base}{part}", "credit", sign * amount)
        for part, sign in signs[kind].items()
    ]


def _payment_order(kind, task, year, amount, order):
    actual, advance = f"012{year}{task}", f"013{year}{task}"
    if kind in ("order_spending", "cash_actual"):
        # money of an advance order is credited when its papers are approved
        return [SingleEntry(actual, "credit", amount)] if order == "actual" else []
    entries = {
        "order_actual": SingleEntry(actual, "debit", amount),
        "order_advance": SingleEntry(advance, "debit", amount),
        "order_approved": SingleEntry(advance, "credit", amount),
        "repay_actual": SingleEntry(actual, "debit", -amount),
        "repay_advance": SingleEntry(advance, "debit", -amount),
    }
    # what boards may spend of an order is no entry of its own
    return [] if kind == ESTIMATE else [entries[kind]]


def _kept_income(account, kind, task, amount):
    if kind == ESTIMATE:
        return [SingleEntry(f"{account}{task}", "debit", amount)]
    if kind in ("cash_actual", "transfer_actual"):
        return [SingleEntry(f"{account}{task}", "credit", amount)]
    return []


def single_entries(kind, purse, regular, last_year, amount, order=""):
    """Return the single entries (list of ``SingleEntry``) of a movement.

    :param str kind: a kind of Treasury movement, or ``ESTIMATE``
    :param str purse: see ``purse_of``
    :param bool regular: see ``is_regular``
    :param bool last_year: the estimate of the year before the one it happens in
    :param int amount: đồng; negative when a movement is reversed
    :param str order: what the payment order behind it was received as

    >>> single_entries("settle_advance", "estimate", True, False, 5)
    ... # doctest: +NORMALIZE_WHITESPACE
    [SingleEntry(account='008211', side='credit', amount=-5),
     SingleEntry(account='008212', side='credit', amount=5)]
    """
    task = "1" if regular else "2"
    year = "1" if last_year else "2"
    if purse == "estimate":
        return _estimate(kind, task, year, amount)
    if purse == "payment_order":
        return _payment_order(kind, task, year, amount, order)
    return _kept_income({"fee": "014", "other": "018"}[purse], kind, task, amount)
