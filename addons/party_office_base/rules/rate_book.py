"""The norms that a calculation needs: read once, picked in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .norm import NormResult, NormRow, pick


class RateMissing(LookupError):
    """No layer has a value of this norm for this day, rank and area."""

    def __init__(self, code: str, day: date, rank: str | None, area: str | None):
        super().__init__(f"no norm {code} on {day} for rank {rank} in area {area}")
        self.code = code
        self.day = day
        self.rank = rank
        self.area = area


@dataclass(frozen=True)
class NormType:
    """A norm and its candidate rows."""

    code: str
    unit: str = ""
    bound: str = "ceiling"
    rows: tuple[NormRow, ...] = ()


class RateBook:
    """All rows of some norms, asked as often as a calculation likes.

    :param types: the norms
    :param ranks: code of a rank: that code, then the wider ones it belongs to
    :param areas: the same for areas

    >>> from decimal import Decimal
    >>> row = NormRow("national", Decimal(300000), date(2025, 5, 4))
    >>> book = RateBook([NormType("travel_per_diem", rows=(row,))])
    >>> book.get("travel_per_diem", date(2026, 1, 1)).value
    Decimal('300000')
    >>> book.find("travel_per_diem", date(2025, 5, 3)) is None
    True
    """

    def __init__(
        self,
        types: Iterable[NormType],
        ranks: Mapping[str, Sequence[str]] | None = None,
        areas: Mapping[str, Sequence[str]] | None = None,
    ):
        self._types = {norm_type.code: norm_type for norm_type in types}
        self._ranks = ranks or {}
        self._areas = areas or {}
        self._found: dict[tuple, NormResult | None] = {}

    def find(
        self, code: str, day: date, rank: str | None = None, area: str | None = None
    ) -> NormResult | None:
        """The norm that applies on a day, or None when no layer has a value."""
        key = code, day, rank, area
        if key not in self._found:
            norm_type = self._types.get(code, NormType(code))
            result = pick(
                norm_type.rows,
                day,
                self._ranks.get(rank, (rank,)) if rank else (),
                self._areas.get(area, (area,)) if area else (),
                norm_type.bound,
            )
            if result:
                result = replace(result, code=code, unit=norm_type.unit)
            self._found[key] = result
        return self._found[key]

    def get(
        self, code: str, day: date, rank: str | None = None, area: str | None = None
    ) -> NormResult:
        """The norm that applies on a day.

        :raise RateMissing: no layer has a value
        """
        result = self.find(code, day, rank, area)
        if result is None:
            raise RateMissing(code, day, rank, area)
        return result
