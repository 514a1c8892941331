"""What was deleted and inserted between two versions of a text, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME = "same"
DELETED = "deleted"
INSERTED = "inserted"

#: above this many words lines are compared instead, so that an answer comes in time
MOST_WORDS = 4000

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Part:
    """A stretch of text that stayed, went or came."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Part]:
    """Return the parts of two versions in reading order.

    >>> [(p.kind, p.text) for p in compare("Họp ngày 12/6", "Họp sáng ngày 13/6")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('same', 'Họp '), ('inserted', 'sáng '), ('same', 'ngày '), ('deleted', '12'),
     ('inserted', '13'), ('same', '/6')]
    >>> compare("", "")
    []
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = _LINES.findall(before), _LINES.findall(after)
    return list(_parts(old, new))


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Part(SAME, "".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Part(DELETED, "".join(old[i1:i2]))
        if j2 > j1:
            yield Part(INSERTED, "".join(new[j1:j2]))
