"""Write a report as XLSX, row by row: memory does not grow with the rows."""

from datetime import date

import xlsxwriter

from .rules.form_text import long_date
from .rules.report import counted, has_money, with_shares

# the forms are Vietnamese whatever language the user works in
UNIT = "Đơn vị tính: đồng"
SIGN_HERE = "(Ký, họ tên)"

EPOCH = date(1899, 12, 30)
#: what one worksheet takes, with room for head, total and signatures
MAX_ROWS = 1_048_576 - 100
MAX_TEXT = 32_767
NUMBER_FORMATS = {
    "money": "#,##0",
    "number": "#,##0",
    "share": "0.0",
    "days": "0.0",
    "date": "dd/mm/yyyy",
}


class WorkbookFull(Exception):
    """A report has more rows than a worksheet takes."""


def write_workbook(target, report, company_name, total, day):
    """Write a report to a file.

    :param target: path or binary file, written from its beginning
    :param report: ``Report``; its rows are read once, in order
    :param str company_name: the unit that makes the report
    :param str total: what the row of sums is called
    :param date day: the day of the signatures
    :returns: how many rows were written
    :raises WorkbookFull: nothing is left out silently
    """
    workbook = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False}
    )
    try:
        return _Sheet(workbook, report).draw(company_name, total, day)
    finally:
        workbook.close()


def draw_report(workbook, report, company_name, total, day):
    """Add a report as one worksheet to a workbook that somebody else closes.

    The parameters are those of ``write_workbook``.
    """
    return _Sheet(workbook, report).draw(company_name, total, day)


class _Sheet:
    """One worksheet; rows are written from top to bottom and never touched again."""

    def __init__(self, workbook, report):
        self.report = report
        self.columns = report.columns
        self.last = max(len(self.columns) - 1, 1)
        self.sheet = workbook.add_worksheet()
        self.formats = self._formats(workbook)
        self.plan = [
            (
                column.key,
                column.kind,
                [self.formats[column.kind, level] for level in range(4)],
            )
            for column in self.columns
        ]
        self.row = 0

    def _formats(self, workbook):
        base = {"font_name": "Times New Roman", "font_size": 11}
        center = base | {"align": "center"}
        bold = center | {"bold": True}
        formats = {
            "plain": workbook.add_format(base),
            "center": workbook.add_format(center),
            "italic": workbook.add_format(base | {"italic": True}),
            "right": workbook.add_format(base | {"italic": True, "align": "right"}),
            "bold": workbook.add_format(bold),
            "title": workbook.add_format(bold | {"font_size": 14}),
            "head": workbook.add_format(
                bold | {"border": 1, "text_wrap": True, "valign": "vcenter"}
            ),
        }
        for level in range(4):
            for kind in ("text", *NUMBER_FORMATS):
                style = base | {"border": 1, "valign": "top"}
                if kind == "text":
                    style["text_wrap"] = True
                else:
                    style["num_format"] = NUMBER_FORMATS[kind]
                if level:
                    style["bold"] = True
                if level > 1:
                    style["bg_color"] = "#F2F2F2"
                formats[kind, level] = workbook.add_format(style)
        return formats

    def draw(self, company_name, total, day):
        self._prepare_page()
        self._write_heading(company_name)
        first = self.row
        sums = {}
        for row in counted(self.columns, self.report.rows, sums):
            self._write_row(row.cells, min(row.level, 3))
        written = self.row - first
        if sums:
            label = {self.columns[0].key: total}
            self._write_row(with_shares(self.columns, sums) | label, 3)
        self._write_end(day)
        return written

    def _prepare_page(self):
        sheet = self.sheet
        if self.report.landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")
        for number, column in enumerate(self.columns):
            sheet.set_column(number, number, column.width)

    def _line(self, text, style, first=0, last=None):
        """Write one text across columns; merging would read "=…" as a formula."""
        last = self.last if last is None else last
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", style)
        self.sheet.write_string(self.row, first, text, style)

    def _write_heading(self, company_name):
        report, formats = self.report, self.formats
        half = self.last // 2
        self._line(company_name, formats["plain"], 0, half)
        if report.form_code:
            self._line(report.form_code, formats["right"], half + 1)
        self.row += 1
        self._line(report.title.upper(), formats["title"])
        for text in report.subtitles:
            self.row += 1
            self._line(text, formats["center"])
        self.row += 1
        if has_money(self.columns):
            self._line(UNIT, formats["right"])
        self.row += 1
        for number, column in enumerate(self.columns):
            self.sheet.write_string(self.row, number, column.title, formats["head"])
        self.sheet.repeat_rows(self.row)
        self.row += 1
        self.sheet.freeze_panes(self.row, 1)

    def _write_row(self, cells, level):
        sheet, row = self.sheet, self.row
        if row >= MAX_ROWS:
            raise WorkbookFull
        for number, (key, kind, styles) in enumerate(self.plan):
            value, style = cells.get(key), styles[level]
            if value is None or value is False or value == "":
                sheet.write_blank(row, number, None, style)
            elif kind == "text" or isinstance(value, str):
                sheet.write_string(row, number, str(value)[:MAX_TEXT], style)
            elif kind == "date":
                sheet.write_number(row, number, (value - EPOCH).days, style)
            else:
                sheet.write_number(row, number, value, style)
        self.row += 1

    def _write_end(self, day):
        formats = self.formats
        for text in self.report.notes:
            self._line(text, formats["italic"])
            self.row += 1
        titles = self.report.signatures
        if not titles:
            return
        self.row += 1
        width = (self.last + 1) / len(titles)
        borders = [round(number * width) for number in range(len(titles) + 1)]
        spans = [
            (first, max(end - 1, first), title)
            for first, end, title in zip(borders, borders[1:], titles, strict=False)
        ]
        self._line(long_date(day).capitalize(), formats["center"], spans[-1][0])
        for style, text in (("bold", None), ("center", SIGN_HERE)):
            self.row += 1
            for first, last, title in spans:
                self._line(text or title, formats[style], first, last)
