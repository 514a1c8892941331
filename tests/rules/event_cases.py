"""Reads the cases of conferences and guests: ``name=value; …`` into facts."""

import csv
import dataclasses
from datetime import date
from decimal import Decimal

from .loader import CASES


def cases(name):
    """``(line, row)`` of a file of cases."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def parts(text):
    return [part.strip() for part in text.split(";") if part.strip()]


def value_of(kind, text):
    """A text as the type that a dataclass names."""
    if kind.startswith("date"):
        return date.fromisoformat(text)
    if kind.startswith("bool"):
        return {"yes": True, "no": False}[text]
    if kind.startswith("int"):
        return int(text)
    if kind.startswith("Decimal"):
        return Decimal(text)
    return text


def facts_of(cls, text, **values):
    """An object of a dataclass of facts.

    :param text: ``name=value; name=value``
    """
    kinds = {
        field.name: getattr(field.type, "__name__", str(field.type))
        for field in dataclasses.fields(cls)
    }
    for part in parts(text):
        name, _sign, value = part.partition("=")
        values[name] = value_of(kinds[name], value)
    return cls(**values)
