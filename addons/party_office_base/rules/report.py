"""A report as plain data: the screen, the PDF and the workbook are drawn from it.

>>> column = Column("spent", "Spent", "money", total=True)
>>> rows = [Row({"spent": 5}), Row({"spent": 2}), Row({"spent": 7}, level=1)]
>>> totals([column], rows)
{'spent': 7}
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

KINDS = ("text", "money", "share", "date", "number", "days")


@dataclass(frozen=True)
class Column:
    """One column: ``kind`` is one of ``KINDS``, ``width`` is in characters.

    ``ratio`` says how the share of a sum is worked out: (keys of the part, key of the
    whole). A ``minor`` column is left out on a phone.
    """

    key: str
    title: str
    kind: str = "text"
    width: int = 16
    total: bool = False
    ratio: tuple = ()
    minor: bool = False


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
    ``form`` and ``months`` choose a publication table, ``detailed`` asks for more
    columns, ``domain`` is the filter of a list that is exported. Books of papers are
    chosen by ``body_ids``, ``kind_ids`` and ``term_id`` (0: every committee term).
    """

    day: date
    year: int
    since: date | None = None
    board_ids: tuple = ()
    fund_ids: tuple = ()
    level: str = "sub_item"
    form: str = ""
    months: int = 12
    detailed: bool = False
    domain: tuple = ()
    car_ids: tuple = ()
    body_ids: tuple = ()
    kind_ids: tuple = ()
    term_id: int = 0


def has_money(columns):
    """Tell whether a report has amounts, so that it names their unit."""
    return any(column.kind == "money" for column in columns)


def counted(columns, rows, sums):
    """Yield the rows and add their amounts to ``sums`` on the way, without a copy.

    :param dict sums: filled with ``{column key: sum}`` of the data rows
    """
    keys = [column.key for column in columns if column.total]
    sums.update(dict.fromkeys(keys, 0))
    for row in rows:
        if row.level == 0:
            for key in keys:
                sums[key] += row.cells.get(key) or 0
        yield row


def totals(columns, rows):
    """Return ``{column key: sum}`` of the data rows, for the columns that add up."""
    sums = {}
    for _row in counted(columns, rows, sums):
        pass
    return sums


def with_shares(columns, sums):
    """Return sums together with the shares that follow from them.

    >>> share = Column("used", "Used", "share", ratio=(("held", "spent"), "given"))
    >>> with_shares([share], {"held": 1, "spent": 2, "given": 4})["used"]
    Decimal('75.0')
    """
    shares = {}
    for column in columns:
        if column.ratio:
            parts, whole = column.ratio
            part = sum(sums.get(key) or 0 for key in parts)
            shares[column.key] = _share(part, sums.get(whole))
    return {**sums, **shares}


def _share(part, whole):
    """Return per cent with one decimal; of nothing there is no share."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"))
