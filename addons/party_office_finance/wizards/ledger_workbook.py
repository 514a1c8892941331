"""Writes the file for the ledger program, row by row, in constant memory."""

import hashlib
import os
import tempfile
from collections import Counter

import xlsxwriter

MAX_SHEET_NAME = 31


class LedgerWorkbook:
    """A workbook with one sheet, or one for each kind of voucher, and a check sheet.

    ``columns`` are tuples (header, source, constant, width). Text is written as text
    whatever it looks like, so that a code keeps its zeros and no cell is a formula.
    Used as a context manager: the temporary file is gone afterwards.
    """

    def __init__(self, columns):
        self.columns = columns
        self.row_count = 0
        self.amount = 0
        self.debits = Counter()
        self.credits = Counter()
        self._digest = hashlib.sha256()
        self._sheets = {}

    def __enter__(self):
        handle, self._path = tempfile.mkstemp(suffix=".xlsx")
        os.close(handle)
        self._book = xlsxwriter.Workbook(self._path, {"constant_memory": True})
        base = {"font_name": "Times New Roman", "font_size": 11}
        self._head = self._book.add_format(base | {"bold": True, "text_wrap": True})
        self._text = self._book.add_format(base | {"num_format": "@"})
        self._money = self._book.add_format(base | {"num_format": "#,##0"})
        self._date = self._book.add_format(base | {"num_format": "dd/mm/yyyy"})
        return self

    def __exit__(self, *_exception):
        if not self._book.fileclosed:
            self._book.close()
        os.unlink(self._path)

    @property
    def checksum(self):
        return self._digest.hexdigest()

    def add(self, sheet_name, row):
        """Write one row, a dict ``{source: value}``."""
        sheet, number = self._sheet(sheet_name)
        texts = []
        for column, (_header, source, constant, _width) in enumerate(self.columns):
            value = constant if source == "constant" else row.get(source)
            texts.append("" if value is None else str(value))
            self._write(sheet, number, column, source, value)
        self._digest.update(("\x1f".join(texts) + "\x1e").encode())
        self._sheets[sheet_name][1] += 1
        self.row_count += 1
        self.amount += row["amount"]
        self.debits[row["debit_account"]] += row["amount"]
        self.credits[row["credit_account"]] += row["amount"]

    def _sheet(self, name):
        if name not in self._sheets:
            sheet = self._book.add_worksheet(self._sheet_name(name))
            for column, (header, _source, _constant, width) in enumerate(self.columns):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, header, self._head)
            sheet.freeze_panes(1, 0)
            self._sheets[name] = [sheet, 1]
        return self._sheets[name]

    def _sheet_name(self, name):
        clean = "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)
        return clean[:MAX_SHEET_NAME]

    def _write(self, sheet, row, column, source, value):
        if value in (None, False, ""):
            return
        if source == "amount":
            sheet.write_number(row, column, value, self._money)
        elif source in ("accounting_date", "voucher_date"):
            sheet.write_datetime(row, column, value, self._date)
        else:
            sheet.write_string(row, column, str(value), self._text)

    def finish(self, title, headers):
        """Add the sums of each account and return the bytes of the file.

        :param str title: name of the sheet
        :param headers: headings of account, debit and credit, and the word for total
        """
        sheet = self._book.add_worksheet(self._sheet_name(title))
        sheet.set_column(0, 2, 20)
        for column, header in enumerate(headers[:3]):
            sheet.write_string(0, column, header, self._head)
        row = 0
        for row, account in enumerate(sorted(self.debits.keys() | self.credits), 1):
            sheet.write_string(row, 0, account, self._text)
            sheet.write_number(row, 1, self.debits[account], self._money)
            sheet.write_number(row, 2, self.credits[account], self._money)
        sheet.write_string(row + 1, 0, headers[3], self._head)
        sheet.write_number(row + 1, 1, self.amount, self._money)
        sheet.write_number(row + 1, 2, self.amount, self._money)
        self._book.close()
        with open(self._path, "rb") as file:
            return file.read()
