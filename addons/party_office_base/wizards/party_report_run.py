import json
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError

from ..report_workbook import MAX_ROWS, WorkbookFull, write_workbook
from ..rules.form_text import long_date
from ..rules.report import ReportOptions, counted, has_money, with_shares
from ..rules.report_text import FIGURES, cell_text

PREFIX = "party.report."
FIRST_DAY, LAST_DAY = (
    fields.Date.to_date("2000-01-01"),
    fields.Date.to_date("2100-12-31"),
)

#: rows drawn on the screen and printed; a workbook has no limit
SCREEN_ROWS = 500
PRINTED_ROWS = 3000


class PartyReportRun(models.TransientModel):
    """A report with its options, drawn on the screen, as PDF and as workbook.

    Every drawing asks the provider (``party.report.<code>``) with the same options and
    the rights of the user.
    """

    _name = "party.report.run"
    _inherit = ["party.form.mixin"]
    _description = "Report"

    code = fields.Selection(
        selection="_selection_code", string="Report", required=True, readonly=True
    )
    option_names = fields.Char(compute="_compute_option_names")
    day = fields.Date(string="As of", default=fields.Date.context_today, required=True)
    since = fields.Date(
        default=lambda self: fields.Date.start_of(
            fields.Date.context_today(self), "year"
        ),
        required=True,
    )
    year = fields.Integer(
        string="Budget year",
        default=lambda self: fields.Date.context_today(self).year,
        required=True,
    )
    board_ids = fields.Many2many("party.board", string="Boards")
    visible_board_ids = fields.Many2many(
        "party.board", compute="_compute_visible_board_ids"
    )
    domain = fields.Char(readonly=True, help="Filter of the exported list.")
    content = fields.Html(
        compute="_compute_content", sanitize=False, string="Report on the screen"
    )

    # --------------------------------------------------------------- registry
    @api.model
    def _providers(self):
        """Return ``{code: provider}`` of the reports that are installed."""
        base = self.pool["party.report.provider"]
        return {
            name.removeprefix(PREFIX): self.env[name]
            for name, model in sorted(self.pool.items())
            # what only helps other reports has no title of its own
            if name.startswith(PREFIX)
            and issubclass(model, base)
            and model._report_title is not base._report_title
        }

    @api.model
    def _selection_code(self):
        return [
            (code, self.env._(provider._report_title))
            for code, provider in self._providers().items()
        ]

    def _provider(self):
        """Return the provider.

        :raises AccessError: the user is in none of its groups
        """
        self.ensure_one()
        provider = self._providers()[self.code]
        if not any(map(self.env.user.has_group, provider._report_groups)):
            raise AccessError(
                self.env._(
                    "You may not run the report “%s”.",
                    self.env._(provider._report_title),
                )
            )
        return provider

    @api.model
    def default_get(self, fields):
        """Begin with the default options of the report."""
        values = super().default_get(fields)
        provider = self._providers().get(values.get("code"))
        if provider is not None:
            values |= {
                name: value
                for name, value in provider._report_options.items()
                if value is not None and name in fields
            }
        return values

    @api.model
    def _of_request(self, code, run_id):
        """Return the user's run that an address names, or one with default options.

        :raises MissingError: there is no such run of this user and report
        """
        if run_id is None:
            return self.create({"code": code})
        run = self.browse(int(run_id) if str(run_id).isdigit() else 0).exists()
        if not run or run.code != code:
            raise MissingError(self.env._("This report is gone: open it again."))
        run.check_access("read")
        return run

    # --------------------------------------------------------------- computes
    @api.depends("code")
    def _compute_display_name(self):
        titles = dict(self._selection_code())
        for run in self:
            run.display_name = titles.get(run.code, "")

    @api.depends("code")
    def _compute_option_names(self):
        providers = self._providers()
        for run in self:
            provider = providers.get(run.code)
            run.option_names = ",".join(provider._report_options) if run.code else ""

    @api.depends_context("uid")
    def _compute_visible_board_ids(self):
        for run in self:
            run.visible_board_ids = self.env.user.visible_board_ids

    @api.depends(
        "code",
        "day",
        "since",
        "year",
        "board_ids",
    )
    def _compute_content(self):
        for run in self:
            run.content = run._draw() if run.code else ""

    # ------------------------------------------------------------------- data
    def _options(self):
        """Return the ``ReportOptions``, checked.

        :raises AccessError: a board is not the user's
        :raises UserError: days or year make no sense
        """
        self.ensure_one()
        boards = self.board_ids._origin
        if boards - self.env.user.visible_board_ids:
            raise AccessError(self.env._("You may not see the figures of this board."))
        if not (self.day and self.since and FIRST_DAY <= self.since <= LAST_DAY):
            raise UserError(self.env._("Enter the days of the report."))
        if not FIRST_DAY <= self.day <= LAST_DAY:
            raise UserError(self.env._("Enter the days of the report."))
        if not FIRST_DAY.year < self.year < LAST_DAY.year:
            raise UserError(self.env._("Enter the budget year with four digits."))
        if "since" in (self.option_names or "") and self.since > self.day:
            raise UserError(self.env._("The first day is after the last one."))
        return ReportOptions(
            day=self.day,
            year=self.year,
            since=self.since,
            board_ids=tuple(boards.ids),
            domain=tuple(json.loads(self.domain or "[]")),
            **self._more_options(),
        )

    def _more_options(self):
        """Return the options (``dict``) that an addon adds to ``ReportOptions``."""
        return {}

    def _build(self):
        """Return the data set (``Report``), read with the rights of the user.

        The records of the reader's own options are his; so is everything below.
        """
        run = self.sudo(False)
        return run._provider()._report(run._options())

    def _vietnamese(self):
        """Return the run in Vietnamese, the language of every form."""
        if self.env["res.lang"]._get_data(code="vi_VN"):
            return self.with_context(lang="vi_VN")
        return self

    def _plain(self, limit):
        """Return the report as plain values for a template.

        :param int limit: rows at most; ``cut`` tells whether there are more
        """
        report = self._build()
        columns, sums = report.columns, {}
        rows = list(islice(counted(columns, report.rows, sums), limit + 1))
        cut = len(rows) > limit
        lines = [
            {
                "level": min(row.level, 3),
                "link": "/odoo/{}/{}".format(*row.link) if row.link else "",
                "cells": self._texts(columns, row.cells),
            }
            for row in rows[:limit]
        ]
        if sums and not cut:
            total = {columns[0].key: self.env._("Total")}
            cells = self._texts(columns, with_shares(columns, sums) | total)
            lines.append({"level": 3, "link": "", "cells": cells})
        width = sum(column.width for column in columns)
        return {
            "title": report.title,
            "subtitles": report.subtitles,
            "notes": report.notes,
            "signatures": [
                {"title": title, "signed": {}} for title in report.signatures
            ],
            "form_code": report.form_code,
            "landscape": report.landscape,
            "money": has_money(columns),
            "today": long_date(fields.Date.context_today(self)),
            "columns": [
                {
                    "title": column.title,
                    "right": column.kind in FIGURES,
                    "minor": column.minor,
                    "width": f"{column.width * 100 / width:.2f}%",
                }
                for column in columns
            ],
            "rows": lines,
            "cut": limit if cut else 0,
        }

    def _texts(self, columns, cells):
        return [
            {
                "text": cell_text(column.kind, cells.get(column.key)),
                "right": column.kind in FIGURES,
                "minor": column.minor,
            }
            for column in columns
        ]

    # --------------------------------------------------------------- drawings
    def _draw(self):
        """Return the report as HTML for the screen."""
        return self.env["ir.qweb"]._render(
            "party_office_base.party_report_screen",
            {"report": self._plain(SCREEN_ROWS)},
        )

    def _form_values(self, report):
        table = self._plain(PRINTED_ROWS)
        if table["cut"]:
            raise UserError(
                self.env._(
                    "The report has more than %s rows. Choose boards or a shorter "
                    "period, or take the workbook (XLSX).",
                    PRINTED_ROWS,
                )
            )
        return super()._form_values(report) | {"report": table}

    def _write_xlsx(self, target):
        """Write the report as a workbook; returns the number of rows.

        :param target: path or binary file
        """
        run = self._vietnamese()
        # the name of the office stands on every form
        company = self.env.company.sudo().name
        today = fields.Date.context_today(self)
        total = run.env._("Total")
        try:
            return write_workbook(target, run._build(), company, total, today)
        except WorkbookFull as error:
            raise UserError(
                self.env._(
                    "A workbook takes %s rows. Choose boards or a shorter period.",
                    MAX_ROWS,
                )
            ) from error

    def _file_name(self, extension):
        return f"{self._vietnamese().display_name} {self.day:%d-%m-%Y}.{extension}"

    def action_pdf(self):
        """Print the report as PDF."""
        self.ensure_one()
        self._provider()
        report = self.env.ref("party_office_base.party_report_run_report")
        return report.report_action(self, config=False)

    def action_xlsx(self):
        """Send the report as a workbook."""
        self.ensure_one()
        self._provider()
        return {
            "type": "ir.actions.act_url",
            "url": f"/party_office/report/{self.code}.xlsx?run={self.id}",
            "target": "download",
        }
