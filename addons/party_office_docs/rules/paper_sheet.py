"""What stands on a paper of the Party, as plain lines: drawn as PDF and as DOCX.

Guidance 36-HD/VPTW of 3 April 2018, part II and annex 3, names nine compulsory parts
and their order. Wording that the office may change is in ``Wording``; sizes and margins
are a matter of the one who draws. Pure functions, standard library only.

>>> number_line("09-ĐA/TU")
'Số 09-ĐA/TU'
>>> from datetime import date
>>> place_and_day("Hà Tĩnh", date(2026, 4, 2))
'Hà Tĩnh, ngày 02 tháng 4 năm 2026'
>>> authority_lines("kt", "Ban Thường vụ", "Trưởng Ban", "Phó Trưởng Ban")
('K/T TRƯỞNG BAN', 'PHÓ TRƯỞNG BAN')
"""

from dataclasses import dataclass

DOTS = "…"
AUTHORITIES = ("self", "tm", "kt", "tl")
MARKS = {"tm": "T/M", "kt": "K/T", "tl": "T/L"}
#: words that names begin with: they keep their capital
NAMES = {"Đảng", "Đại", "Ban", "Bộ", "Chính", "Hội", "Quốc", "Tỉnh", "Trung", "Ủy"}
URGENCY_MARKS = {"1": "KHẨN", "2": "THƯỢNG KHẨN", "3": "HỎA TỐC"}


@dataclass(frozen=True)
class Wording:
    """Words that stand on every paper; an office may change them.

    ``abstract_prefix`` stands before the abstract: "về" below the name of a kind.
    """

    motto: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    number_prefix: str = "Số "
    abstract_prefix: str = ""
    address_label: str = "Kính gửi:"
    recipients_label: str = "Nơi nhận:"
    last_recipient: str = ""
    draft_prefix: str = "Dự thảo lần "
    shows_kind: bool = True


@dataclass(frozen=True)
class Page:
    """Margins and the indent in mm, sizes of letters in pt, A4."""

    top: int = 20
    bottom: int = 20
    left: int = 30
    right: int = 15
    indent: int = 10
    text_size: int = 14
    line_height: float = 1.25
    after: int = 6
    motto_size: int = 15
    head_size: int = 14
    kind_size: int = 16
    abstract_size: int = 14
    recipient_size: int = 12


@dataclass(frozen=True)
class Run:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph (``kind`` text, heading, item) or a table (``rows`` of cells).

    ``mark`` stands before an item: "-" or its number; ``align`` is left, center, right
    or justify; a cell is a tuple of ``Run``.
    """

    kind: str = "text"
    runs: tuple = ()
    align: str = "justify"
    mark: str = ""
    rows: tuple = ()


@dataclass(frozen=True)
class PaperSheet:
    """All that stands on the paper, from top to bottom; empty parts are left out."""

    motto: str
    superior: str
    body: str
    number: str
    place_day: str
    kind: str = ""
    abstract: str = ""
    is_letter: bool = False
    addressees: tuple = ()
    blocks: tuple = ()
    authority: str = ""
    position: str = ""
    signer: str = ""
    recipients: tuple = ()
    urgency: str = ""
    circulation: str = ""
    draft: str = ""
    typist: str = ""
    address_label: str = "Kính gửi:"
    recipients_label: str = "Nơi nhận:"


def number_line(symbol, prefix="Số "):
    """Return the line of number and symbol; without a number there is room for one.

    :param str symbol: e.g. "09-ĐA/TU", or "-ĐA/TU" before it is numbered

    >>> number_line("-ĐA/TU")
    'Số …-ĐA/TU'
    """
    symbol = (symbol or "").strip()
    if not symbol or symbol.startswith("-"):
        symbol = f"{DOTS}{symbol}"
    return f"{prefix}{symbol}"


def blank_symbol(abbreviation, suffix):
    """Return the symbol of a paper that has no number yet.

    >>> blank_symbol("TTr", "TU")
    '-TTr/TU'
    >>> blank_symbol("", "TU")
    '/TU'
    """
    kind = f"-{abbreviation}" if abbreviation else ""
    return f"{kind}/{suffix}" if suffix else kind


def place_and_day(place, day):
    """Return place and date of a paper; days below 10, months below 3 get a zero.

    >>> place_and_day("", None)
    '…, ngày … tháng … năm …'
    >>> from datetime import date
    >>> place_and_day("Hà Tĩnh", date(2026, 2, 12))
    'Hà Tĩnh, ngày 12 tháng 02 năm 2026'
    """
    place = (place or "").strip() or DOTS
    if not day:
        return f"{place}, ngày {DOTS} tháng {DOTS} năm {DOTS}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def authority_lines(authority, collective, head, position):
    """Return the bold line of authority and the line of the signer's position.

    :param str authority: ``self`` (signs as what he is), ``tm`` for the collective,
        ``kt`` for the head, ``tl`` by order
    :param str collective: in whose name (T/M), by whose order (T/L)
    :param str head: whom a deputy stands for (K/T)
    :param str position: what the signer is
    :raises ValueError: an authority nobody knows

    >>> authority_lines("tm", "Ban Thường vụ", "", "Phó Bí thư")
    ('T/M BAN THƯỜNG VỤ', 'PHÓ BÍ THƯ')
    >>> authority_lines("self", "", "", "Trưởng Ban")
    ('TRƯỞNG BAN', '')
    """
    if authority not in AUTHORITIES:
        raise ValueError(authority)
    position = _upper(position)
    if authority == "self":
        return position, ""
    whom = _upper(head if authority == "kt" else collective)
    return f"{MARKS[authority]} {whom}".strip(), position


def _upper(text):
    return " ".join((text or "").split()).upper()


def recipient_lines(recipients, last=""):
    """Return the list of recipients as it is printed: commas, a full stop at the end.

    :param recipients: pairs of name and number of copies (0 says nothing)
    :param str last: who keeps it, e.g. "Lưu Văn phòng Tỉnh ủy"; always the last line

    >>> recipient_lines([("Các huyện ủy", 0), ("Sở Tài chính", 2)], "Lưu Văn phòng")
    ('- Các huyện ủy,', '- Sở Tài chính (02 bản),', '- Lưu Văn phòng.')
    """
    texts = []
    for name, copies in recipients:
        name = " ".join((name or "").split()).rstrip(".,;")
        if name:
            texts.append(f"{name} ({copies:02d} bản)" if copies > 1 else name)
    last = " ".join((last or "").split()).rstrip(".,;")
    if last and last not in texts:
        texts.append(last)
    ends = [","] * (len(texts) - 1) + ["."]
    return tuple(
        f"- {text}{end}" for text, end in zip(texts, ends, strict=False) if text
    )


def title_lines(kind, abstract, wording):
    """Return the name of the kind (capitals) and the abstract below it.

    An official letter has no name; its abstract stands below the number.

    >>> title_lines("Thông báo", "Quy hoạch cán bộ", Wording(abstract_prefix="về "))
    ('THÔNG BÁO', 'về quy hoạch cán bộ')
    >>> title_lines("Công văn", "V/v họp", Wording(shows_kind=False))
    ('', 'V/v họp')
    """
    abstract = " ".join((abstract or "").split()).rstrip(".")
    prefix = wording.abstract_prefix
    if abstract and wording.shows_kind:
        abstract = _small(abstract)
        if prefix and not abstract.startswith(_openings(prefix)):
            abstract = f"{prefix}{abstract}"
    return (_upper(kind) if wording.shows_kind else ""), abstract


def _small(text):
    """Return text with a small first letter, unless it begins with a name.

    >>> _small("Công tác cán bộ"), _small("Đại hội đảng bộ"), _small("UBND tỉnh")
    ('công tác cán bộ', 'Đại hội đảng bộ', 'UBND tỉnh')
    """
    first = text.split()[0]
    if first in NAMES or first[1:] != first[1:].lower():
        return text
    return text[0].lower() + text[1:]


def _openings(prefix):
    return tuple({prefix.lower(), "về ", "v/v "})


def draft_mark(version, wording=None):
    """Return the mark of a draft, e.g. "Dự thảo lần 2"; a final paper has none.

    >>> draft_mark(2), draft_mark(0)
    ('Dự thảo lần 2', '')
    """
    prefix = (wording or Wording()).draft_prefix
    return f"{prefix}{version}" if version else ""


def missing_parts(sheet):
    """Return the compulsory parts (``list`` of keys) that the sheet lacks.

    The seal is put on paper; an official letter has no name of a kind.

    >>> blank = PaperSheet("", "", "", "Số …", "…, ngày …")
    >>> missing_parts(blank)[:3]
    ['motto', 'body', 'number']
    """
    found = {
        "motto": sheet.motto,
        "body": sheet.body,
        "number": DOTS not in sheet.number,
        "place_day": DOTS not in sheet.place_day,
        "kind": sheet.kind or sheet.is_letter,
        "abstract": sheet.abstract,
        "content": sheet.blocks,
        "signer": sheet.signer and (sheet.authority or sheet.position),
        "recipients": sheet.recipients,
    }
    return [part for part, there in found.items() if not there]
