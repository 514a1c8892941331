"""Reading a list of delegates that was typed, pasted from a table or a workbook."""

import re
import unicodedata
from dataclasses import dataclass

#: words in the head of a column, without tone marks, and what it holds; the first fits
HEADS = (
    ("salaried", ("huong luong", "salaried")),
    ("kind", ("thanh phan", "loai", "kind")),
    ("job_title", ("chuc vu", "chuc danh", "title", "position")),
    ("unit", ("don vi", "co quan", "unit", "organisation")),
    ("name", ("ho va ten", "ho ten", "ten", "name")),
)
DEFAULT_COLUMNS = ("name", "job_title", "unit", "salaried", "kind")
KINDS = {
    "": "delegate",
    "dai bieu": "delegate",
    "delegate": "delegate",
    "khach": "guest",
    "khach moi": "guest",
    "guest": "guest",
    "bao cao vien": "lecturer",
    "giang vien": "lecturer",
    "lecturer": "lecturer",
    "phuc vu": "service",
    "service": "service",
}
YES = {"", "x", "co", "1", "true", "yes", "huong luong"}
NO = {"khong", "0", "false", "no", "k", "khong huong luong"}
MAX_NAME = 120


@dataclass(frozen=True)
class Person:
    """One good row."""

    name: str
    job_title: str = ""
    unit: str = ""
    is_salaried: bool = True
    kind: str = "delegate"


def plain(text):
    """Return text in small letters without tone marks.

    >>> plain("  Họ và  TÊN đệm ")
    'ho va ten dem'
    """
    text = unicodedata.normalize("NFD", str(text).lower().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(text.split())


def split_lines(text):
    """Return the cells of pasted lines: tabs, semicolons or bars between them.

    A number in front ("1.", "2)") is left out.

    >>> split_lines("1. Lê Văn A; Phó ban; Ban Tổ chức")
    [['Lê Văn A', 'Phó ban', 'Ban Tổ chức']]
    """
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"[\t;|]", line)]
        if len(cells) > 1 and re.fullmatch(r"\d+[.)]?", cells[0]):
            cells = cells[1:]
        cells[0] = re.sub(r"^\d+[.)]\s*", "", cells[0])
        rows.append(cells)
    return rows


def columns_of(cells):
    """Return what each column holds when this row is the head of a table, else None.

    >>> columns_of(["STT", "Họ và tên", "Chức vụ", "Đơn vị"])
    [None, 'name', 'job_title', 'unit']
    >>> columns_of(["Lê Văn Tên", "Phó ban"]) is None
    True
    """
    columns = []
    for cell in cells:
        words = plain(cell)
        column = None
        for field, names in HEADS:
            if field not in columns and any(words.startswith(n) for n in names):
                column = field
                break
        columns.append(column)
    return columns if "name" in columns and len(set(columns)) > 1 else None


def read(rows, known=()):
    """Return the persons of a table, and what is wrong with its other rows.

    :param list rows: lists of cells
    :param known: names that are on the list already
    :return: ``(list of Person, list of (row number from 1, problem, cell))``; problems:
        ``no_name, long_name, twice, salaried, kind``

    >>> persons, bad = read([["Họ tên", "Đơn vị"], ["Lê A", "VP"], ["", "VP"]])
    >>> persons[0].name, persons[0].unit, bad
    ('Lê A', 'VP', [(3, 'no_name', 'VP')])
    """
    columns = list(DEFAULT_COLUMNS)
    persons, bad = [], []
    seen = {plain(name) for name in known}
    begun = False
    for number, cells in enumerate(rows, 1):
        cells = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
        if not any(cells):
            continue
        if not begun:
            begun = True
            head = columns_of(cells)
            if head:
                columns = head
                continue
        values = {c: v for c, v in zip(columns, cells, strict=False) if c}
        person, problem = _person(values)
        key = plain(" ".join((person.name, person.unit))) if person else ""
        if person and (key in seen or plain(person.name) in seen):
            problem = ("twice", person.name)
        if problem:
            bad.append((number, problem[0], problem[1] or next(filter(None, cells))))
            continue
        seen.add(key)
        persons.append(person)
    return persons, bad


def _person(values):
    name = values.get("name", "")
    salaried = plain(values.get("salaried", ""))
    kind = KINDS.get(plain(values.get("kind", "")))
    if not name or not any(c.isalpha() for c in name):
        return None, ("no_name", name)
    if len(name) > MAX_NAME:
        return None, ("long_name", name[:MAX_NAME])
    if salaried not in YES | NO:
        return None, ("salaried", values["salaried"])
    if not kind:
        return None, ("kind", values["kind"])
    return (
        Person(
            name,
            values.get("job_title", ""),
            values.get("unit", ""),
            salaried in YES,
            kind,
        ),
        None,
    )
