"""The norms as they ship: the CSV files of the base addon, as a ``RateBook``.

Cases of the rules of travel, conferences, guests and fuel rest on the shipped rates, so
that a change of a rate shows in the amounts.
"""

import csv
from datetime import date
from decimal import Decimal

from .loader import ROOT, load_rule

norm = load_rule("party_office_base", "norm")
rate_book = load_rule("party_office_base", "rate_book")

DATA = ROOT / "addons" / "party_office_base" / "data"


def read(pattern):
    """All rows of the CSV files of the data folder that match, by name of the file."""
    rows = []
    for path in sorted(DATA.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def with_wider(rows):
    """``{code: (code, the wider one, ...)}`` of ranks or areas."""
    by_id = {row["id"]: row for row in rows}
    chains = {}
    for row in rows:
        chain = []
        step = row
        while step and step["code"] not in chain:
            chain.append(step["code"])
            step = by_id.get(step["parent_id/id"])
        chains[row["code"]] = tuple(chain)
    return chains


def code_of(rows):
    """``{xmlid: code}``; no id gives no code."""
    return {"": None, None: None} | {row["id"]: row["code"] for row in rows}


def shipped_book(extra=()):
    """A ``RateBook`` of everything that ships.

    :param extra: ``(norm code, NormRow)`` to be added, for example an internal rule
    """
    ranks, areas = read("party.norm.rank.csv"), read("party.norm.area.csv")
    types, regulations = read("party.norm.type.csv"), read("party.regulation*.csv")
    rank_codes, area_codes = code_of(ranks), code_of(areas)
    numbers = {row["id"]: row["number"] for row in regulations}
    codes = {row["id"]: row["code"] for row in types}
    rows = {row["code"]: [] for row in types}
    for key, row in enumerate(read("party.norm-*.csv"), start=1):
        end = row.get("date_to")
        rows[codes[row["type_id/id"]]].append(
            norm.NormRow(
                layer=row["layer"],
                value=Decimal(row["value"]),
                date_from=date.fromisoformat(row["date_from"]),
                date_to=date.fromisoformat(end) if end else None,
                rank=rank_codes[row.get("rank_id/id")],
                area=area_codes[row.get("area_id/id")],
                regulation=numbers[row["regulation_id/id"]],
                article=row.get("article") or "",
                verified=row["verified"] == "True",
                key=key,
            )
        )
    for code, row in extra:
        rows[code].append(row)
    return rate_book.RateBook(
        [
            rate_book.NormType(
                row["code"],
                row["unit@vi_VN"] or row["unit"],
                row["bound"],
                tuple(rows[row["code"]]),
            )
            for row in types
        ],
        with_wider(ranks),
        with_wider(areas),
    )
