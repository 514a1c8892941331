"""The workbook of an estimate: read it, mark it, make an empty one. No Odoo here."""

import io
import zipfile
from dataclasses import dataclass, field

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

HEADINGS = {
    "board": "Mã ban",
    "fund": "Mã nguồn",
    "item": "Mã mục / tiểu mục",
    "amount": "Số tiền (đồng)",
    "note": "Ghi chú",
}
ERROR_HEADING = "Lỗi"
REQUIRED = ("board", "fund", "item", "amount")
SHEET = "Dự toán"
MAX_ROWS = 50_000
#: beyond this column nothing is looked for
MAX_COLUMNS = 50
#: a workbook is a ZIP file; what it may grow to when it is opened
MAX_BYTES = 50 * 1024 * 1024
WRONG = PatternFill("solid", fgColor="FFC7CE")
HEAD = PatternFill("solid", fgColor="DDEBF7")


class WorkbookError(Exception):
    """A workbook that cannot be used at all; ``reason`` is a code.

    Codes: ``not_xlsx``, ``headings`` (with ``detail``), ``empty``, ``too_long``.
    """

    def __init__(self, reason, detail=""):
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass
class EstimateRow:
    """One row of the workbook; ``number`` is the row of the sheet."""

    number: int
    board: str
    fund: str
    item: str
    amount: object
    note: str
    errors: list = field(default_factory=list)
    wrong_columns: set = field(default_factory=set)

    def refuse(self, column, reason):
        """Add a reason and remember which cell is wrong."""
        self.errors.append(reason)
        self.wrong_columns.add(column)


def code_text(value):
    """Return a code typed as text or as a number: 13, 13.0, " 13 " are all ``"13"``."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


class EstimateWorkbook:
    """The user's workbook."""

    def __init__(self, content):
        """Open the workbook.

        :param bytes content: the uploaded file
        :raises WorkbookError: when it is no XLSX, or its headings are not ours
        """
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                size = sum(member.file_size for member in archive.infolist())
            if size > MAX_BYTES:
                raise WorkbookError("too_long")
            self.book = load_workbook(io.BytesIO(content), data_only=True)
        except WorkbookError:
            raise
        except Exception as error:  # openpyxl lets many kinds of errors out
            raise WorkbookError("not_xlsx") from error
        self.sheet = (
            self.book[SHEET] if SHEET in self.book.sheetnames else self.book.active
        )
        # one cell far away makes a sheet of a billion empty ones
        if self.sheet and self.sheet.max_row > MAX_ROWS + 20:
            raise WorkbookError("too_long")
        self.columns = {}
        self.heading_row = 0
        self._find_headings()

    def _find_headings(self):
        wanted = {text.casefold(): key for key, text in HEADINGS.items()}
        limit = min(self.sheet.max_row or 0, 20) if self.sheet else 0
        heads = (
            self.sheet.iter_rows(max_row=limit, max_col=MAX_COLUMNS) if limit else ()
        )
        for number, cells in enumerate(heads, 1):
            found = {}
            for cell in cells:
                key = wanted.get(str(cell.value or "").strip().casefold())
                if key:
                    found.setdefault(key, cell.column)
            if len(found) > len(self.columns):
                self.columns, self.heading_row = found, number
        missing = [HEADINGS[key] for key in REQUIRED if key not in self.columns]
        if missing:
            raise WorkbookError("headings", ", ".join(missing))

    def rows(self):
        """Return the filled rows as ``EstimateRow``.

        :raises WorkbookError: when there is none, or far too many
        """
        result = []
        start = self.heading_row + 1
        for number, values in enumerate(
            self.sheet.iter_rows(min_row=start, max_col=MAX_COLUMNS, values_only=True),
            start,
        ):
            cells = {key: values[col - 1] for key, col in self.columns.items()}
            if all(value in (None, "") for value in cells.values()):
                continue
            if len(result) >= MAX_ROWS:
                raise WorkbookError("too_long", str(MAX_ROWS))
            result.append(
                EstimateRow(
                    number=number,
                    board=code_text(cells["board"]),
                    fund=code_text(cells["fund"]),
                    item=code_text(cells["item"]),
                    amount=cells["amount"],
                    note=code_text(cells.get("note")),
                )
            )
        if not result:
            raise WorkbookError("empty")
        return result

    def marked(self, rows):
        """Return the user's own workbook (bytes) with the reasons written in it."""
        column = self._error_column()
        self.sheet.cell(self.heading_row, column, ERROR_HEADING).font = Font(bold=True)
        for row in rows:
            # a reason of an earlier try must not stay on a row that is right now
            cell = self.sheet.cell(row.number, column)
            cell.value = "; ".join(row.errors) or None
            cell.fill = WRONG if row.errors else PatternFill()
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            for key in row.wrong_columns:
                self.sheet.cell(row.number, self.columns[key]).fill = WRONG
        self.sheet.column_dimensions[get_column_letter(column)].width = 60
        return _saved(self.book)

    def _error_column(self):
        for cell in self.sheet[self.heading_row]:
            if str(cell.value or "").strip() == ERROR_HEADING:
                return cell.column
        return self.sheet.max_column + 1


def _saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def template(boards, funds, items, rows=()):
    """Return a workbook (bytes) with our headings and the codes to choose from.

    :param boards, funds, items: lists of ``(code, name)``
    :param rows: lists of the values below the headings; none for an empty workbook
    """
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _write_table(sheet, list(HEADINGS.values()), rows)
    for title, rows in (("Ban", boards), ("Nguồn", funds), ("Mục lục", items)):
        _write_table(book.create_sheet(title), ["Mã", "Tên"], rows)
    for row in range(2, max(500, len(rows) + 2)):
        sheet.cell(row, 4).number_format = "#,##0"
    sheet.freeze_panes = "A2"
    return _saved(book)


def _write_table(sheet, headings, rows):
    sheet.append(headings)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = HEAD
    for row in rows:
        sheet.append(row)
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
