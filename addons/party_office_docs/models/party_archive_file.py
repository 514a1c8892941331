from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules.archive import handover_due, kept_until
from .party_archive_plan import FIRST_YEAR, LAST_YEAR
from .party_document_incoming import CLERK

STATES = [
    ("open", "Being made"),
    ("closed", "Closed"),
    ("handed", "In the archive"),
    ("destroyed", "Destroyed"),
]

#: what nobody changes once the file is closed
SEALED_FIELDS = (
    "name",
    "title",
    "board_id",
    "year",
    "date_from",
    "date_to",
    "sheet_count",
    "medium",
    "maker_id",
    "is_construction",
    "plan_line_id",
    "note",
    "company_id",
)


class PartyArchiveFile(models.Model):
    """A file (hồ sơ): the papers of one piece of work, together.

    Decree 30/2020/NĐ-CP, articles 28 to 31. Closing, the seal, hand-over, loans and
    disposal live in files of their own. Where it stands (store, shelf, box) may always
    change; what is in it may not once it is closed.
    """

    _name = "party.archive.file"
    _description = "Archive File"
    _inherit = [
        "party.protected.mixin",
        "party.paper.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "party.form.mixin",
    ]
    _order = "year desc, board_id, name, id"
    _rec_names_search = ["name", "title"]
    _check_company_auto = True

    name = fields.Char(string="File number", readonly=True, copy=False, index=True)
    title = fields.Char(required=True, help="What the work was, where and when.")
    board_id = fields.Many2one(
        "party.board",
        string="Unit",
        required=True,
        index=True,
        default=lambda self: self.env.user.own_board_id,
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
    )
    plan_line_id = fields.Many2one(
        "party.archive.plan.line",
        string="Planned as",
        index="btree_not_null",
        ondelete="restrict",
    )
    maker_id = fields.Many2one(
        "res.users",
        string="Made by",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    date_from = fields.Date(string="First paper", default=fields.Date.context_today)
    date_to = fields.Date(string="Work ended", help="The day of the last paper.")
    medium = fields.Selection(
        [
            ("paper", "On paper"),
            ("electronic", "Electronic"),
            ("both", "On paper and electronic"),
        ],
        required=True,
        default="both",
    )
    sheet_count = fields.Integer(
        string="Sheets", help="Counted when the file is closed.", aggregator="sum"
    )
    retention_id = fields.Many2one("party.retention", index="btree_not_null")
    is_permanent = fields.Boolean(
        string="Kept for ever",
        compute="_compute_retention",
        store=True,
        readonly=False,
    )
    retention_years = fields.Integer(
        string="Years kept",
        compute="_compute_retention",
        store=True,
        readonly=False,
        aggregator=None,
    )
    is_construction = fields.Boolean(
        string="Construction works",
        help="Goes to the archive within three months after the settlement, other "
        "files within a year (decree 30/2020/NĐ-CP, article 30).",
    )
    handover_due = fields.Date(
        string="Hand over until", compute="_compute_due", store=True, index=True
    )
    kept_until = fields.Date(
        compute="_compute_due",
        store=True,
        help="Reviewed for destruction after this day.",
    )
    note = fields.Char()
    store = fields.Char(string="Storeroom")
    shelf = fields.Char()
    box = fields.Char()
    state = fields.Selection(
        STATES,
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    document_ids = fields.One2many(
        "party.document", "file_id", string="Papers of the books", readonly=True
    )
    document_count = fields.Integer(
        string="Number of papers", compute="_compute_document_count"
    )
    can_keep = fields.Boolean(compute="_compute_can_keep")
    #: raised by the database whenever something in the file changes: who closes it at
    #: that moment has to look again
    content_version = fields.Integer(
        required=True, default=0, readonly=True, copy=False
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL", "This file number is taken."
    )
    _year_possible = models.Constraint(
        f"CHECK (year BETWEEN {FIRST_YEAR} AND {LAST_YEAR})",
        "Enter the year with four digits.",
    )
    _dates_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The work cannot end before it began.",
    )
    _dates_possible = models.Constraint(
        "CHECK (date_from >= '1930-01-01' AND date_to <= '2100-12-31')",
        "The days of a file lie between 1930 and 2100.",
    )
    _sheets_possible = models.Constraint(
        "CHECK (sheet_count BETWEEN 0 AND 100000)",
        "A file has between 0 and 100,000 sheets.",
    )
    _years_possible = models.Constraint(
        "CHECK (retention_years BETWEEN 0 AND 150)",
        "A retention is for ever or between 1 and 150 years.",
    )

    # ---------------------------------------------------------------- computes
    @api.depends("name", "title")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # a paper names its file to all its readers; the title is for the file's readers
        readable = self._origin.sudo(False)._filtered_access("read")
        for file in self:
            shown = file.title if not file.id or file._origin in readable else ""
            file.display_name = " ".join(filter(None, [file.name, shown]))

    @api.depends("retention_id")
    def _compute_retention(self):
        for file in self:
            if file.retention_id:
                file.is_permanent = file.retention_id.is_permanent
                file.retention_years = file.retention_id.years

    @api.depends("date_to", "is_construction", "is_permanent", "retention_years")
    def _compute_due(self):
        for file in self:
            ended = file.date_to
            file.handover_due = ended and handover_due(ended, file.is_construction)
            ends = ended and not file.is_permanent and file.retention_years
            file.kept_until = ends and kept_until(ended, file.retention_years)

    def _compute_document_count(self):
        # papers that the reader may not open are in the file all the same
        counts = dict(
            self.env["party.document"]
            .sudo()
            ._read_group([("file_id", "in", self.ids)], ["file_id"], ["__count"])
        )
        for file in self:
            file.document_count = counts.get(file.sudo(), 0)

    @api.depends("board_id", "maker_id")
    @api.depends_context("uid")
    def _compute_can_keep(self):
        user = self.env.user
        for file in self:
            file.can_keep = (
                user.has_group(CLERK)
                or file.board_id in user.paper_board_ids
                or file.maker_id == user
            )

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "name",
            "state",
            "document_ids",
            "content_version",
            "company_id",
        }

    def _check_keeper(self):
        """Refuse what only those do who keep the file: its unit, its maker, the clerk.

        :raises AccessError: to everybody else, borrowers included
        """
        if self.env.su:
            return
        for file in self:
            if not file.can_keep:
                raise AccessError(
                    self.env._(
                        "%(file)s is kept by %(unit)s.",
                        file=file.sudo().name,
                        unit=file.sudo().board_id.name,
                    )
                )

    def _check_unit(self):
        """Refuse to make files in the name of another unit.

        :raises AccessError: neither of that unit nor the clerk
        """
        user = self.env.user
        if self.env.su or user.has_group(CLERK):
            return
        for file in self:
            if file.board_id not in user.paper_board_ids:
                raise AccessError(self.env._("Each unit makes its own files."))

    def _check_open(self):
        """Refuse to change a closed file.

        :raises UserError: naming it
        """
        if self._is_unsealed():
            return
        for file in self.sudo():
            if file.state != "open":
                raise UserError(
                    self.env._(
                        "File %(file)s is closed: nothing in it can be changed, added "
                        "or taken out any more.",
                        file=file.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._check_unit()
        for file in files:
            # protected: the number comes from the plan or from the series
            line = file.plan_line_id.sudo()
            planned = line.name if line.file_ids == file.sudo() else False
            file.sudo().name = planned or self._take_code(
                file.board_id, file.year, file
            )
            file._check_plan_line()
        return files

    def write(self, vals):
        # what is forged is refused as such, whatever the state
        self._check_protected(vals)
        if vals.keys() & {*SEALED_FIELDS, "attachment_ids"}:
            self._check_open()
        if vals.keys() & {"retention_id", "is_permanent", "retention_years"}:
            self._check_retention_open()
        self._check_keeper()
        result = super().write(vals)
        if "board_id" in vals:
            self._check_unit()
        if "maker_id" in vals:
            self._check_keeper()
        if vals.keys() & {"board_id", "year", "plan_line_id"}:
            self._check_plan_line()
        return result

    def _check_retention_open(self):
        """Refuse to change how long a closed file is kept: the council does."""
        if not self.env.su:
            self._check_open()

    def _check_plan_line(self):
        """Refuse a line of another unit's plan, or of another year's.

        :raises UserError: the file and its line do not fit
        """
        for file in self.sudo():
            line = file.plan_line_id
            if line and (line.board_id, line.plan_id.year) != (
                file.board_id,
                file.year,
            ):
                raise UserError(
                    self.env._(
                        "The file is planned by another unit or in another year."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_empty(self):
        self._check_keeper()
        self._check_open()
        for file in self:
            if file.document_count:
                raise UserError(
                    self.env._(
                        "%(file)s has papers: take them out first.",
                        file=file.display_name,
                    )
                )

    # --------------------------------------------------------------- numbering
    @api.model
    def _take_code(self, board, year, record):
        """Return the next file number of a unit and year.

        :param board: ``party.board``
        :param int year: four digits
        :param record: what takes the number: a file or a line of a plan
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise UserError(self.env._("Enter the year with four digits."))
        issuer = board.issuer_suffix or board.code or str(board.id)
        return self.env["party.series"]._next(
            "archive_file",
            date(year, 1, 1),
            record,
            scope=issuer,
            values={"issuer": issuer},
        )

    def _period_text(self):
        """Return how long the file is kept, in words of the reader's language."""
        self.ensure_one()
        if self.is_permanent:
            return self.env._("for ever")
        return self.env._("%(years)s years", years=self.retention_years)

    def action_open_papers(self):
        """Show the papers of the books that lie in the file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "party.document",
            "view_mode": "list,form",
            "domain": [("file_id", "=", self.id)],
        }
