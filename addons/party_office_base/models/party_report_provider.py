from itertools import count

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
_cursor_numbers = count(1)

READERS = (
    "party_office_base.group_accountant",
    "party_office_base.group_board_head",
    "party_office_base.group_cashier",
)


class PartyReportProvider(models.AbstractModel):
    """A report: one data set for screen, PDF and workbook.

    A report is an abstract model ``party.report.<code>`` that inherits this one.
    ``party.report.run`` offers and draws it; its menu entry is an action on
    ``party.report.run`` with ``{'default_code': '<code>'}`` in its context.

    - ``_report_title``: lazily translated title
    - ``_report_groups``: xmlids of the groups that may run it
    - ``_report_options``: ``{option: default}``, the options that the reader may set
      (``day, since, year, boards``, addons add more); None is the usual default
    """

    _name = "party.report.provider"
    _description = "Report"

    _report_title = _lt("Report")
    _report_groups = READERS
    _report_options = {"day": None, "year": None, "boards": None}

    def _report(self, options):
        """Return the data set, as far as the user may see it.

        :param options: ``ReportOptions`` of ``rules/report.py``
        :returns: ``Report`` of ``rules/report.py``
        """
        raise NotImplementedError

    # ------------------------------------------------------------------ tools
    def _stream(self, query, size=2000):
        """Yield the rows of a query; the server keeps them, here are ``size`` at most.

        The cursor of the database ends with the transaction.

        :param query: ``SQL``
        """
        name = SQL.identifier(f"party_report_{next(_cursor_numbers)}")
        cr = self.env.cr
        self.env.flush_all()
        cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, query))
        while True:
            cr.execute(SQL("FETCH FORWARD %s FROM %s", size, name))
            rows = cr.fetchall()
            yield from rows
            if len(rows) < size:
                break
        cr.execute(SQL("CLOSE %s", name))

    def _day_text(self, day):
        return day.strftime("%d/%m/%Y")

    def _signatures(self):
        """Return the titles of those who sign a report of the office."""
        return [
            self.env._("PREPARED BY"),
            self.env._("CHIEF ACCOUNTANT"),
            self.env._("CHIEF OF OFFICE"),
        ]
