"""Marks of secrecy in words: Mật, Tối mật, Tuyệt mật (Law 117/2025/QH15).

The mark is a stamp: it stands alone on its line at the head of the paper, in capitals.
"Bảo mật", "bí mật" in a sentence are ordinary words.
"""

import re
import unicodedata

#: the mark as it is printed, without tone marks (recognised scans lose them)
LEVELS = {"MAT": "secret", "TOI MAT": "high", "TUYET MAT": "top"}
ORDER = ("none", "secret", "high", "top")

#: the stamp stands below the number, above the text
HEAD_LINES = 40

_COLUMNS = re.compile(r"\t|\s{2,}|\|")
_LABEL = re.compile(r"^(DO MAT|DAU CHI DO MAT|MUC DO MAT)\s*:?\s*")
_BRACKETED = re.compile(r"[\[({<]([^\])}>]*)[\])}>]")


def plain(text: str) -> str:
    """Return a text without tone marks, letters as they are.

    >>> plain("TUYỆT MẬT đỏ")
    'TUYET MAT do'
    """
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("Đ", "D").replace("đ", "d")


def _level(segment: str) -> str:
    words = " ".join(re.findall(r"[A-Za-z]+", plain(segment)))
    return LEVELS.get(words, "")


def mark_in_text(text: str, lines: int = HEAD_LINES) -> str:
    """Return the level whose mark stands alone on a line of the head, "" for none.

    >>> mark_in_text("ĐẢNG ỦY X        ĐẢNG CỘNG SẢN VIỆT NAM\\nTỐI MẬT\\nBÁO CÁO")
    'high'
    >>> mark_in_text("Độ mật: MẬT")
    'secret'
    >>> mark_in_text("Quy chế bảo mật\\nBẢO VỆ BÍ MẬT NHÀ NƯỚC\\nmật")
    ''
    """
    found = ""
    head = [line for line in (text or "").splitlines() if line.strip()][:lines]
    for line in head:
        for segment in _COLUMNS.split(line.strip()):
            label = _LABEL.match(plain(segment).upper())
            rest = segment[label.end() :] if label else segment
            # a stamp is in capitals; behind the label any case is meant
            level = _level(rest.upper() if label else rest)
            found = _higher(found, level)
    return found


def mark_in_title(text: str) -> str:
    """Return the level that the subject of a mail or the name of a file names.

    >>> mark_in_title("[MẬT] Báo cáo"), mark_in_title("12-BC_TUYET MAT.pdf")
    ('secret', 'top')
    >>> mark_in_title("Mật - Công văn 12"), mark_in_title("Quy chế bảo mật.pdf")
    ('secret', '')
    """
    found = ""
    title = re.sub(r"[_\s]+", " ", text or "").strip()
    for inside in _BRACKETED.findall(title):
        found = _higher(found, _level(inside.upper()))
    bare = re.sub(r"[^A-Z0-9]+", " ", plain(title).upper()).strip()
    for words in ("TUYET MAT", "TOI MAT"):
        if re.search(rf"\b{words}\b", bare):
            found = _higher(found, LEVELS[words])
    stem = title.rsplit(".", 1)[0]
    first = re.split(r"[:\-–—/]", stem, maxsplit=1)[0]
    return _higher(found, _level(first.upper()))


def _higher(one: str, other: str) -> str:
    return max(one, other, key=lambda level: ORDER.index(level or "none"))
