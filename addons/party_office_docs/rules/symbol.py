"""Number and symbol of a paper, as its sender wrote it.

Party papers: ``127-CV/BTCTW`` (Guidance 36-HD/VPTW). State papers: ``45/BC-UBND`` and
``123/2026/QĐ-UBND``, official letters name no kind: ``1234/SNV-CCVC`` (Decree
30/2020/NĐ-CP, appendix I).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

#: what stands in the place of the kind in papers of the state, beside the Party's kinds
STATE_KINDS = frozenset(
    (
        *("bb", "bc", "cd", "ctr", "cl", "ct", "da", "gm", "gp", "gt", "hd", "kh"),
        *("kl", "l", "nd", "nq", "pa", "pl", "qc", "qd", "tb", "tc", "tt", "ttlt"),
        *("cv", "ttr", "vbhn"),
    )
)
#: an official letter of the state carries its author instead of a kind
LETTER = "CV"

PARTY = re.compile(r"^(\d+[a-z]?)-([^/\s]+)/(.+)$", re.IGNORECASE)
STATE = re.compile(r"^(\d+[a-z]?)/(?:((?:19|20)\d\d)/)?([^/]+)$", re.IGNORECASE)
NUMBER = re.compile(r"^(\d+)([a-z]?)$")
LABEL = re.compile(r"^\s*số\s*:?\s*(?=\d)", re.IGNORECASE)
DASHES = re.compile(r"\s*[-\u2010-\u2015]\s*")
SLASHES = re.compile(r"\s*/\s*")


@dataclass(frozen=True)
class Symbol:
    """The parts of a symbol; empty where it does not say."""

    text: str
    number: str = ""
    year: str = ""
    kind: str = ""
    issuer: str = ""
    is_party: bool = False


def fold(text: str) -> str:
    """Return a text as it is compared: no tone marks, no capitals, đ as d.

    >>> fold("09-ĐA/TU"), fold("Kết luận")
    ('09-da/tu', 'ket luan')
    """
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def tidy(text: str) -> str:
    """Return a symbol as it is written: one kind of dash, no spaces around signs.

    >>> tidy("  Số: 127 – CV / BTCTW ")
    '127-CV/BTCTW'
    """
    text = LABEL.sub("", " ".join(unicodedata.normalize("NFC", text or "").split()))
    return SLASHES.sub("/", DASHES.sub("-", text)).strip(" .,;")


def parse(text: str, kinds: Iterable[str] = ()) -> Symbol:
    """Take a symbol apart; what does not look like one keeps its text only.

    :param kinds: abbreviations of the kinds that the office knows

    >>> parse("127-CV/BTCTW")
    Symbol(text='127-CV/BTCTW', number='127', year='', kind='CV', issuer='BTCTW', \
is_party=True)
    >>> state = parse("123/2026/QĐ-UBND")
    >>> state.number, state.year, state.kind, state.issuer
    ('123', '2026', 'QĐ', 'UBND')
    >>> letter = parse("1234/SNV-CCVC")
    >>> letter.kind, letter.issuer
    ('CV', 'SNV')
    """
    clean = tidy(text)
    match = PARTY.match(clean)
    if match:
        number, kind, issuer = match.groups()
        return Symbol(clean, number, "", kind, issuer, is_party=True)
    match = STATE.match(clean)
    if not match:
        return Symbol(clean)
    number, year, rest = match.groups()
    first, _dash, second = rest.partition("-")
    known = STATE_KINDS | {fold(kind) for kind in kinds}
    if second and (year or fold(first) in known):
        return Symbol(clean, number, year or "", first, second)
    return Symbol(clean, number, year or "", LETTER, first)


def spell(text: str, kind: str, issuer: str = "") -> str:
    """Return a symbol with kind and author spelled as the office knows them.

    :param kind: abbreviation of the kind that was recognised
    :param issuer: suffix of the sender that was recognised; "" when unknown

    >>> spell("09-da/tu", "ĐA", "TU"), spell("45/bc-ubnd", "BC", "UBND")
    ('09-ĐA/TU', '45/BC-UBND')
    >>> spell("1234/snv-ccvc", "CV", "SNV")
    '1234/SNV-ccvc'
    """
    clean = tidy(text)
    for spelled in filter(None, (kind, issuer)):
        # a whole part between the signs, never a piece of it
        parts = re.split(r"([-/])", clean)
        clean = "".join(spelled if fold(p) == fold(spelled) else p for p in parts)
    return clean


def compare_key(text: str) -> str:
    """Return what two entries of the same symbol have in common; "" for none.

    Tone marks, capitals, spaces, the kind of dash and leading zeros do not matter.

    >>> compare_key("09-ĐA/TU") == compare_key(" số 9 – đa / tu")
    True
    >>> compare_key("127-CV/BTCTW") == compare_key("128-CV/BTCTW")
    False
    """
    parts = re.split(r"[^0-9a-z]+", fold(tidy(text)))
    return "-".join(_plain_number(part) for part in parts if part)


def _plain_number(part: str) -> str:
    match = NUMBER.match(part)
    return f"{int(match[1])}{match[2]}" if match else part


def days_of_the_same(
    text: str, day: date | None, days: int = 366
) -> tuple[date, date] | None:
    """Return the first and last date of papers that may be this one; None for any.

    The state numbers by year: the same symbol in another year is another paper. The
    Party numbers by committee term; a date that was read wrongly is mostly the year.

    >>> days_of_the_same("45/BC-UBND", date(2026, 6, 12))
    (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    >>> days_of_the_same("45/BC-UBND", None)
    """
    if not day:
        return None
    if parse(text).is_party:
        return day - timedelta(days=days), day + timedelta(days=days)
    return date(day.year, 1, 1), date(day.year, 12, 31)
