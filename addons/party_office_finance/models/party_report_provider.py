from itertools import count

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..rules.report import Column

_lt = LazyTranslate(__name__)
_cursor_numbers = count(1)

READERS = (
    "party_office_base.group_accountant",
    "party_office_base.group_board_head",
    "party_office_base.group_cashier",
)
LEVELS = ("group", "item", "sub_item")


class PartyReportProvider(models.AbstractModel):
    """A report of the books: one data set for screen, PDF and workbook.

    A report is an abstract model ``party.report.<code>`` that inherits this one.
    ``party.report.run`` offers and draws it; its menu entry is an action on
    ``party.report.run`` with ``{'default_code': '<code>'}`` in its context.

    - ``_report_title``: lazily translated title
    - ``_report_groups``: xmlids of the groups that may run it
    - ``_report_options``: ``{option: default}``, the options that the reader may set
      (``day, since, year, boards, funds, level, form, months, detailed``); None is the
      usual default
    """

    _name = "party.report.provider"
    _description = "Report"

    _report_title = _lt("Report")
    _report_groups = READERS
    _report_options = {"day": None, "year": None, "boards": None, "funds": None}

    def _report(self, options):
        """Return the data set, as far as the user may see it.

        :param options: ``ReportOptions`` of ``rules/report.py``
        :returns: ``Report`` of ``rules/report.py``
        """
        raise NotImplementedError

    # ------------------------------------------------------------------ tools
    def _lines_domain(self, options, with_year=True):
        """Return the domain of the budget lines that options ask for."""
        domain = [("company_id", "=", self.env.company.id)]
        if with_year:
            domain.append(("year", "=", options.year))
        if options.board_ids:
            domain.append(("board_id", "in", list(options.board_ids)))
        if options.fund_ids:
            domain.append(("fund_id", "in", list(options.fund_ids)))
        return domain

    def _lines_of(self, domain):
        """Return the budget lines in their order: board, fund, item."""
        return self.env["party.budget.line"].search_fetch(
            domain, ["board_id", "fund_id", "item_id", "year", "budget_id"]
        )

    def _board_name(self, line):
        # the name of a board is public inside the office
        return line.board_id.sudo().name or ""

    def _line_name(self, line):
        """Return fund and item of a line in words."""
        return f"{line.fund_id.code} · {line.item_id.display_name}"

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

    def _kinds(self):
        """Return ``{kind: label}`` of the ledger's rows."""
        field = self.env["party.budget.move"]._fields["kind"]
        return dict(field._description_selection(self.env))

    def _day_text(self, day):
        return day.strftime("%d/%m/%Y")

    def _signatures(self):
        """Return the titles of those who sign a report of the office."""
        return [
            self.env._("PREPARED BY"),
            self.env._("CHIEF ACCOUNTANT"),
            self.env._("CHIEF OF OFFICE"),
        ]

    def _counter_columns(self):
        """Return the four counters as columns, with totals."""
        titles = {
            "allocated": self.env._("Allocated"),
            "held": self.env._("Held"),
            "advanced": self.env._("Advanced"),
            "spent": self.env._("Spent"),
        }
        return [
            Column(key, title, "money", 17, total=True, minor=key == "advanced")
            for key, title in titles.items()
        ]
