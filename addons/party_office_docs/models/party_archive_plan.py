from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.rules.form_text import long_date

from .party_document_incoming import CHIEF, CLERK

FIRST_YEAR, LAST_YEAR = 1930, 2100


class PartyArchivePlan(models.Model):
    """The file plan (danh mục hồ sơ) of a unit for a year: which files will be made, by
    whom, and how long each is kept.

    Decree 30/2020/NĐ-CP, article 28. The unit writes it, the office issues it; then
    each file has its number.
    """

    _name = "party.archive.plan"
    _description = "File Plan"
    _inherit = ["party.protected.mixin", "mail.thread", "party.form.mixin"]
    _order = "year desc, board_id, id"

    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
    )
    board_id = fields.Many2one(
        "party.board",
        string="Unit",
        required=True,
        index=True,
        default=lambda self: self.env.user.own_board_id,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "In force")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many(
        "party.archive.plan.line", "plan_id", string="Files planned", copy=True
    )
    issued_on = fields.Date(readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )

    _one_plan = models.UniqueIndex(
        "(company_id, board_id, year)", "This unit has a file plan for this year."
    )
    _year_possible = models.Constraint(
        f"CHECK (year BETWEEN {FIRST_YEAR} AND {LAST_YEAR})",
        "Enter the year with four digits.",
    )

    @api.depends("year", "board_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = self.env._(
                "File plan %(year)s, %(unit)s",
                year=plan.year,
                unit=plan.board_id.name or "",
            )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "state",
            "issued_on",
            "issued_by_id",
            "company_id",
        }

    def copy_data(self, default=None):
        """A copy is the plan of the next year: its lines are mostly the same."""
        return [
            {**vals, "year": plan.year + 1, **(default or {})}
            for plan, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def write(self, vals):
        if vals.keys() & {"year", "board_id"}:
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_draft()

    def _check_draft(self):
        """Refuse to change a plan that is in force.

        :raises UserError: naming it
        """
        for plan in self:
            if plan.sudo().state != "draft":
                raise UserError(
                    self.env._(
                        "%(plan)s is in force. Files that it does not name are opened "
                        "beside it.",
                        plan=plan.sudo().display_name,
                    )
                )

    def action_issue(self):
        """Put the plan in force: every planned file gets its number.

        :raises AccessError: neither the clerk nor the chief of office
        :raises UserError: it is in force, or names no file
        """
        user = self.env.user
        if not (self.env.su or user.has_group(CLERK) or user.has_group(CHIEF)):
            raise AccessError(
                self.env._("The clerk or the chief of office puts file plans in force.")
            )
        for plan in self:
            plan._check_draft()
            if not plan.line_ids:
                raise UserError(self.env._("The plan names no file yet."))
            for line in plan.line_ids:
                # protected: numbers come from the series only
                line.sudo().name = self.env["party.archive.file"]._take_code(
                    plan.board_id, plan.year, line
                )
            plan.sudo().write(
                {
                    "state": "issued",
                    "issued_on": fields.Date.context_today(plan),
                    "issued_by_id": self.env.uid,
                }
            )
        return True

    def action_open_files(self):
        """Open the planned files that are not open yet, and show all of them.

        :raises UserError: the plan is not in force
        """
        self.ensure_one()
        if self.state != "issued":
            raise UserError(self.env._("Put the plan in force first."))
        self.env["party.archive.file"].create(
            [line._prepare_file() for line in self.line_ids if not line.file_ids]
        )
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "party_office_docs.party_archive_file_action"
            ),
            "domain": [("plan_line_id", "in", self.line_ids.ids)],
            "context": {},
        }

    def _form_values(self, report):
        """The plan on paper: heading by heading."""
        lines = self.sudo().line_ids
        return super()._form_values(report) | {
            "unit": self.board_id.name,
            "day": long_date(self.issued_on),
            "lines": [
                {
                    "heading": line.heading or "",
                    "name": line.name or "",
                    "title": line.title,
                    "period": (
                        "Vĩnh viễn"
                        if line.retention_id.is_permanent
                        else f"{line.retention_id.years} năm"
                    ),
                    "maker": line.maker_id.name or "",
                    "note": line.note or "",
                }
                for line in lines
            ],
        }


class PartyArchivePlanLine(models.Model):
    """A file that will be made in the year."""

    _name = "party.archive.plan.line"
    _description = "Planned File"
    _inherit = ["party.protected.mixin"]
    _order = "plan_id, sequence, id"
    _rec_names_search = ["title", "name"]

    plan_id = fields.Many2one(
        "party.archive.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    heading = fields.Char(help="Field of work under which it stands in the plan.")
    name = fields.Char(string="File number", readonly=True, copy=False)
    title = fields.Char(required=True)
    retention_id = fields.Many2one("party.retention", required=True, index=True)
    maker_id = fields.Many2one(
        "res.users",
        string="Made by",
        index="btree_not_null",
        help="Who makes the file.",
    )
    note = fields.Char()
    file_ids = fields.One2many("party.archive.file", "plan_line_id", string="Files")
    board_id = fields.Many2one(related="plan_id.board_id", store=True, index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True)

    @api.depends("name", "title")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " ".join(filter(None, [line.name, line.title]))

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"name", "file_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.plan_id._check_draft()
        return lines

    def write(self, vals):
        # the number comes when the plan is put in force, the maker may change
        if vals.keys() - {"name", "maker_id"}:
            self.plan_id._check_draft()
        result = super().write(vals)
        if "plan_id" in vals:
            self.plan_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self.plan_id._check_draft()

    def _prepare_file(self):
        """Return the values of the file that this line plans."""
        self.ensure_one()
        year = self.plan_id.year
        return {
            "plan_line_id": self.id,
            "board_id": self.board_id.id,
            "title": self.title,
            "year": year,
            "date_from": date(year, 1, 1),
            "retention_id": self.retention_id.id,
            "maker_id": self.maker_id.id or self.env.uid,
        }
