"""Which one board a journal item is charged to.

>>> single_board({"7": 100.0}, {7: 1})
(1, '')
>>> single_board({"7": 50.0, "8": 50.0}, {7: 1, 8: 2})
(None, 'several')
"""

from decimal import Decimal


def single_board(distribution, board_by_account):
    """Return ``(board id, "")`` or ``(None, reason)``.

    :param dict distribution: Odoo's ``{"account ids": percentage}``
    :param dict board_by_account: ``{analytic account id: board id}``

    Reasons: ``none`` (no board), ``several`` (more than one board), ``share`` (not 100
    %).
    """
    boards = set()
    share = Decimal()
    for key, percentage in (distribution or {}).items():
        accounts = [int(part) for part in str(key).split(",") if part.strip().isdigit()]
        found = {board_by_account[a] for a in accounts if a in board_by_account}
        boards |= found
        if found:
            share += Decimal(str(percentage))
    if not boards:
        return None, "none"
    if len(boards) > 1:
        return None, "several"
    if share != 100:
        return None, "share"
    return boards.pop(), ""
