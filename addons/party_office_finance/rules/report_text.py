"""How the cells of a report read: one wording for the screen and for paper.

>>> from .report import Column
>>> cell_text(Column("spent", "Spent", "money"), -1200000)
'-1.200.000'
"""

from datetime import date

from .money import format_dong

#: kinds whose cells stand at the right
FIGURES = ("money", "share", "number")


def share_text(value):
    """Return a share in per cent with one decimal, the Vietnamese way.

    >>> share_text(12.5)
    '12,5'
    """
    return f"{float(value):.1f}".replace(".", ",")


def cell_text(column, value):
    """Return the text of a cell; nothing known gives an empty text.

    >>> from datetime import date
    >>> from .report import Column
    >>> cell_text(Column("day", "Day", "date"), date(2026, 4, 2))
    '02/04/2026'
    >>> cell_text(Column("day", "Day", "date"), None)
    ''
    """
    if value is None or value is False or value == "":
        return ""
    if column.kind in ("money", "number"):
        return format_dong(value)
    if column.kind == "share":
        return share_text(value)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)
