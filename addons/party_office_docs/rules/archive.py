"""Dates and seals of archive files (hồ sơ): hand-over, retention, what is in them.

Decree 30/2020/NĐ-CP, article 30: a file goes to the archive within one year after the
work ended, of construction within three months after the settlement.
"""

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

HANDOVER_MONTHS = 12
CONSTRUCTION_MONTHS = 3


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, the last of a shorter month.

    >>> add_months(date(2026, 11, 30), 3).isoformat()
    '2027-02-28'
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def handover_due(ended: date, is_construction: bool = False) -> date:
    """Return the last day for the hand-over of a file (decree 30/2020, article 30).

    >>> handover_due(date(2024, 2, 29)).isoformat()
    '2025-02-28'
    >>> handover_due(date(2026, 6, 30), is_construction=True).isoformat()
    '2026-09-30'
    """
    return add_months(
        ended, CONSTRUCTION_MONTHS if is_construction else HANDOVER_MONTHS
    )


def kept_until(ended: date, years: int) -> date:
    """Return the last day of the retention; it runs from the year in which work ended.

    >>> kept_until(date(2026, 3, 1), 10).isoformat()
    '2036-12-31'
    """
    return date(ended.year + years, 12, 31)


def digest(content: object) -> str:
    """Return the SHA-256 (hex) of plain values, the same for the same values.

    >>> digest({"a": 1, "b": None}) == digest({"b": None, "a": 1})
    True
    """
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def seal(digests: Iterable[str]) -> str:
    """Return the one hash that stands for a whole file; order counts.

    >>> seal(["a", "b"]) == seal(["b", "a"])
    False
    """
    return digest(list(digests))
