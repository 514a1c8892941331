"""A report as plain data: the screen, the PDF and the workbook are drawn from it.

>>> column = Column("spent", "Spent", "money", total=True)
>>> rows = [Row({"spent": 5}), Row({"spent": 2}), Row({"spent": 7}, level=1)]
>>> totals([column], rows)
{'spent': 7}
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

KINDS = ("text", "money", "share", "date", "number")


@dataclass(frozen=True)
class Column:
    """One column: ``kind`` is one of ``KINDS``, ``width`` is in characters."""

    key: str
    title: str
    kind: str = "text"
    width: int = 16
    total: bool = False


@dataclass(frozen=True)
class Row:
    """One row. ``level`` 0 is data; 1 and up are headings and subtotals, not added up.

    ``link`` is the record behind the row, as (model, id).
    """

    cells: dict
    level: int = 0
    link: tuple | None = None


@dataclass(frozen=True)
class Report:
    """Title, columns and rows; amounts in đồng, shares in per cent.

    ``rows`` may be a generator: the workbook then never holds more than one of them.
    ``signatures`` are the titles of those who sign, from left to right.
    """

    title: str
    columns: list
    rows: Iterable
    subtitles: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    signatures: list = field(default_factory=list)
    form_code: str = ""
    landscape: bool = True


@dataclass(frozen=True)
class ReportOptions:
    """What the reader asked for; empty ids mean all that he may see.

    ``day`` is the day as of which figures hold, ``since`` the first day of a period.
    """

    day: date
    year: int
    since: date | None = None
    board_ids: tuple = ()
    fund_ids: tuple = ()
    level: str = "sub_item"


def totals(columns, rows):
    """Return ``{column key: sum}`` of the data rows, for the columns that add up."""
    sums = {column.key: 0 for column in columns if column.total}
    for row in rows:
        if row.level == 0:
            for key in sums:
                sums[key] += row.cells.get(key) or 0
    return sums
