"""How words are compared in the search: without tone marks, case and signs."""

import re
import unicodedata

#: a PostgreSQL text vector holds a megabyte; nobody reads further anyway
LONGEST = 300_000
#: a query of more words is no query
MOST_WORDS = 20

_NO_WORD = re.compile(r"[^\w]+|_+", re.UNICODE)


def fold(text: str) -> str:
    """Return the words of a text, lower case, without tone marks; đ is d.

    >>> fold("Số 127-CV/BTCTW: Chuẩn bị ĐẠI HỘI")
    'so 127 cv btctw chuan bi dai hoi'
    """
    decomposed = unicodedata.normalize("NFD", text or "")
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    lower = bare.replace("Đ", "d").replace("đ", "d").casefold()
    return _NO_WORD.sub(" ", lower).strip()


def query_parts(text: str) -> list[str]:
    """Return the phrases that all have to be in a paper.

    A word with signs inside is one phrase, like a symbol; so are words in quotes.

    >>> query_parts('127-CV/BTCTW "hội nghị" sơ kết')
    ['127 cv btctw', 'hoi nghi', 'so', 'ket']
    """
    # quotes as they are typed on phones too
    plain = re.sub(r"[“”„«»]", '"', text or "")
    parts = []
    for number, piece in enumerate(plain.split('"')):
        quoted = number % 2 == 1
        for words in [piece] if quoted else piece.split():
            folded = fold(words)
            if folded:
                parts.append(folded)
    return parts[:MOST_WORDS]
