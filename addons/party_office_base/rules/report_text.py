"""How the cells of a report read: one wording for the screen and for paper.

>>> cell_text("money", -1200000)
'-1.200.000'
"""

from datetime import date

#: kinds whose cells stand at the right
FIGURES = ("money", "share", "number", "days")


def share_text(value):
    """Return a share in per cent with one decimal, the Vietnamese way.

    >>> share_text(12.5)
    '12,5'
    """
    return f"{float(value):.1f}".replace(".", ",")


def cell_text(kind, value):
    """Return the text of a cell of a kind; nothing known gives an empty text.

    >>> from datetime import date
    >>> cell_text("date", date(2026, 4, 2))
    '02/04/2026'
    >>> cell_text("money", None), cell_text("money", 0)
    ('', '0')
    >>> cell_text("days", 2.25)
    '2,2'
    """
    if value is None or value is False or value == "":
        return ""
    if kind in ("money", "number"):
        return f"{int(value):,}".replace(",", ".")
    if kind in ("share", "days"):
        return share_text(value)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)
