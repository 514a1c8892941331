from odoo import fields, models

COLUMNS = (
    ("board", 24),
    ("fund", 22),
    ("item_code", 10),
    ("item_name", 40),
    ("allocated", 18),
    ("held", 18),
    ("advanced", 18),
    ("spent", 18),
    ("available", 18),
    ("used_share", 10),
)
MONEY = ("allocated", "held", "advanced", "spent", "available")


class PartyBudgetLineXlsx(models.AbstractModel):
    """The execution of budgets as a workbook: the same rows and figures as the list."""

    _name = "report.party_office_finance.budget_execution_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Budget Execution (XLSX)"

    def _get_objs_for_report(self, docids, data):
        """Return the lines in the order of the list, as far as the user may see
        them.
        """
        ids = docids or (data or {}).get("context", {}).get("active_ids") or []
        ids = ids or self.env.context.get("active_ids", [])
        return self.env["party.budget.line"].search([("id", "in", ids)])

    def get_workbook_options(self):
        """Write rows out as they come: memory does not grow with the list."""
        return {"constant_memory": True}

    def generate_xlsx_report(self, workbook, data, objs):
        """Write heading, rows, totals and signatures."""
        installed = dict(self.env["res.lang"].get_installed())
        # the form is Vietnamese whatever language the user works in
        lines = objs.with_context(lang="vi_VN") if "vi_VN" in installed else objs
        report = self.with_env(lines.env)
        sheet = workbook.add_worksheet(report.env._("Budget execution"))
        formats = report._formats(workbook)
        row = report._write_heading(sheet, formats, lines)
        row, totals = report._write_rows(sheet, formats, lines, row)
        report._write_totals(sheet, formats, totals, row)
        report._write_signatures(sheet, formats, row + 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _formats(self, workbook):
        base = {"font_name": "Times New Roman", "font_size": 11}
        cell = base | {"border": 1, "valign": "top"}
        bold = {"bold": True}
        center = {"align": "center"}
        return {
            "plain": workbook.add_format(base),
            "title": workbook.add_format(base | bold | center | {"font_size": 14}),
            "center": workbook.add_format(base | center),
            "bold": workbook.add_format(base | bold | center),
            "head": workbook.add_format(cell | bold | center | {"text_wrap": True}),
            "text": workbook.add_format(cell | {"text_wrap": True}),
            "money": workbook.add_format(cell | {"num_format": "#,##0"}),
            "share": workbook.add_format(cell | {"num_format": "0.0"}),
            "total": workbook.add_format(cell | bold),
            "total_money": workbook.add_format(cell | bold | {"num_format": "#,##0"}),
        }

    def _column_titles(self):
        return {
            "board": self.env._("Board"),
            "fund": self.env._("Fund"),
            "item_code": self.env._("Item"),
            "item_name": self.env._("Content"),
            "allocated": self.env._("Allocated"),
            "held": self.env._("Held"),
            "advanced": self.env._("Advanced"),
            "spent": self.env._("Spent"),
            "available": self.env._("Available"),
            "used_share": self.env._("Used (%)"),
        }

    def _write_heading(self, sheet, formats, lines):
        for number, (_name, width) in enumerate(COLUMNS):
            sheet.set_column(number, number, width)
        last = len(COLUMNS) - 1
        years = ", ".join(str(year) for year in sorted(set(lines.mapped("year"))))
        today = fields.Date.context_today(self)
        sheet.write_string(0, 0, self.env.company.name, formats["plain"])
        sheet.merge_range(
            1,
            0,
            1,
            last,
            self.env._("EXECUTION OF THE BUDGET ESTIMATE"),
            formats["title"],
        )
        sheet.merge_range(
            2, 0, 2, last, self.env._("Budget year: %s", years), formats["center"]
        )
        elapsed = f"{lines[:1].year_share:.1f}"
        sheet.merge_range(
            3,
            0,
            3,
            last,
            self.env._(
                "As of %(date)s · share of the year elapsed: %(share)s %% · unit: đồng",
                date=today.strftime("%d/%m/%Y"),
                share=elapsed,
            ),
            formats["center"],
        )
        titles = self._column_titles()
        for number, (name, _width) in enumerate(COLUMNS):
            sheet.write_string(5, number, titles[name], formats["head"])
        return 6

    def _row(self, line):
        """Return one row as ``{column: value}``; the figures are the line's own."""
        return {
            # the name of a board is public inside the office
            "board": line.board_id.sudo().name,
            "fund": line.fund_id.display_name,
            "item_code": line.item_id.code,
            "item_name": line.item_id.name,
            **{name: line[name] for name in MONEY},
            "used_share": line.used_share,
        }

    def _write_rows(self, sheet, formats, lines, row):
        totals = dict.fromkeys(MONEY, 0)
        for line in lines:
            values = self._row(line)
            for number, (name, _width) in enumerate(COLUMNS):
                kind = "text"
                if name in MONEY:
                    kind = "money"
                    totals[name] += values[name]
                elif name == "used_share":
                    kind = "share"
                # a name that begins with "=" is no formula
                write = sheet.write_string if kind == "text" else sheet.write_number
                write(
                    row,
                    number,
                    values[name] or ("" if kind == "text" else 0),
                    formats[kind],
                )
            row += 1
        return row, totals

    def _write_totals(self, sheet, formats, totals, row):
        for number, (name, _width) in enumerate(COLUMNS):
            if name in MONEY:
                sheet.write_number(row, number, totals[name], formats["total_money"])
            else:
                text = self.env._("Total") if number == 0 else ""
                sheet.write_string(row, number, text, formats["total"])

    def _write_signatures(self, sheet, formats, row):
        today = fields.Date.context_today(self)
        sheet.merge_range(
            row,
            6,
            row,
            9,
            self.env._(
                "Day %(day)s month %(month)s year %(year)s",
                day=f"{today.day:02d}",
                month=f"{today.month:02d}",
                year=today.year,
            ),
            formats["center"],
        )
        row += 1
        for first, last, text in (
            (0, 2, self.env._("PREPARED BY")),
            (3, 5, self.env._("CHIEF ACCOUNTANT")),
            (6, 9, self.env._("CHIEF OF OFFICE")),
        ):
            sheet.merge_range(row, first, row, last, text, formats["bold"])
