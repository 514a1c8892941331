from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..office_time import local_today
from ..rules.form_text import long_date
from ..rules.month_pack import (
    month_after,
    month_before,
    trend,
)
from ..rules.report_text import cell_text


class PartyMonthPack(models.Model):
    """The pack of the month's meeting (chào cờ đầu tháng): results and coming tasks.

    One click draws the figures of every board from what is in the system, last month
    and the quarter beside them. They are kept as a snapshot: what was read out stays
    what it was.
    """

    _name = "party.month.pack"
    _description = "Pack of the Month's Meeting"
    _inherit = ["party.protected.mixin", "party.form.mixin"]
    _order = "month desc"

    name = fields.Char(compute="_compute_name", store=True)
    month = fields.Date(
        required=True,
        default=lambda self: month_before(local_today(self.env)).first,
        help="A day of the month whose results are told.",
    )
    state = fields.Selection(
        [("draft", "Being prepared"), ("closed", "Closed")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
    )
    snapshot = fields.Json(readonly=True, copy=False)
    made_at = fields.Datetime(string="Figures as of", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    assessment = fields.Text(help="What the chief of office says about the month.")
    tasks = fields.Text(
        string="Tasks of next month", help="Beside those that the system knows."
    )
    content = fields.Html(string="Figures", compute="_compute_content", sanitize=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )

    _once = models.UniqueIndex(
        "(company_id, date_trunc('month', month::timestamp))",
        "This month has its pack already.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "state",
            "snapshot",
            "made_at",
            "closed_by_id",
            "closed_at",
        }

    @api.depends("month")
    def _compute_name(self):
        for pack in self:
            pack.name = pack.month and f"{pack.month:%m/%Y}"

    @api.model_create_multi
    def create(self, vals_list):
        packs = super().create(vals_list)
        packs._take_snapshot()
        return packs

    def write(self, vals):
        if not self.env.su:
            self._check_draft()
        result = super().write(vals)
        if "month" in vals:
            self._take_snapshot()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_draft()

    def _check_draft(self):
        """:raises UserError: the pack is closed"""
        for pack in self:
            if pack.state != "draft":
                raise UserError(
                    self.env._(
                        "The pack of %(month)s is closed: what was read out stays.",
                        month=pack.name,
                    )
                )

    # ------------------------------------------------------------------ action
    def action_refresh(self):
        """Draw the figures anew.

        :raises UserError: the pack is closed
        :raises AccessError: the user may not prepare packs
        """
        self.check_access("write")
        self._check_draft()
        self._take_snapshot()
        return True

    def action_close(self):
        """Keep the pack as it is: the meeting was held.

        :raises AccessError: only the chief of office and his deputies close it
        """
        if not self.env.user.has_group("party_office_base.group_office_chief"):
            raise AccessError(self.env._("The chief of office closes the pack."))
        self._check_draft()
        # protected: the right was checked
        self.sudo().write(
            {
                "state": "closed",
                "closed_by_id": self.env.uid,
                "closed_at": fields.Datetime.now(),
            }
        )
        return True

    @api.model
    def action_make(self):
        """Open the pack of last month; it is made when there is none yet.

        :return: the action that opens it
        """
        month = month_before(local_today(self.env))
        pack = self.search(
            [
                ("month", ">=", month.first),
                ("month", "<=", month.last),
                ("company_id", "=", self.env.company.id),
            ]
        )
        if not pack:
            pack = self.create({"month": month.first})
        elif pack.state == "draft":
            pack.action_refresh()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Meeting of the month"),
            "res_model": self._name,
            "res_id": pack.id,
            "views": [(False, "form")],
        }

    # -------------------------------------------------------------------- data
    def _take_snapshot(self):
        """Count everything; the caller has checked the right to prepare packs."""
        for pack in self:
            # figures of all boards are read out at the meeting, and printed in
            # Vietnamese whoever makes the pack
            source = self.env["party.month.pack.section"].sudo()
            if self.env["res.lang"]._get_data(code="vi_VN"):
                source = source.with_context(lang="vi_VN")
            pack.sudo().write(
                {
                    "snapshot": source.with_company(pack.company_id)._snapshot(
                        pack.month
                    ),
                    "made_at": fields.Datetime.now(),
                }
            )

    @api.depends("snapshot")
    def _compute_content(self):
        for pack in self:
            pack.content = pack.snapshot and self.env["ir.qweb"]._render(
                "party_office_base.month_pack_screen", {"pack": pack._plain()}
            )

    def _plain(self):
        """Return the snapshot with its figures in words, for screen and paper."""
        self.ensure_one()
        shot = self.snapshot or {"tables": [], "coming": []}
        names = dict(
            self.env["party.board"]
            .sudo()  # the directory of units is read by everybody
            .with_context(active_test=False)
            .search_fetch([("id", "in", list(_boards_of(shot)))], ["name"])
            .mapped(lambda board: (board.id, board.name))
        )
        return {
            "tables": [
                {
                    "title": table["title"],
                    "measures": table["measures"],
                    "rows": [
                        {
                            "name": names.get(row["board"], ""),
                            "cells": [
                                _cell(measure, figures)
                                for measure, figures in zip(
                                    table["measures"], row["figures"], strict=True
                                )
                            ],
                        }
                        for row in table["rows"]
                    ],
                }
                for table in shot["tables"]
            ],
            "coming": [
                {
                    "day": cell_text("date", fields.Date.to_date(row["day"])),
                    "what": row["what"],
                    "board": names.get(row["board"], ""),
                }
                for row in shot["coming"]
            ],
            "month": f"{self.month:%m/%Y}",
            "next": f"{month_after(self.month).first:%m/%Y}",
        }

    def _form_values(self, report):
        return super()._form_values(report) | {
            "pack": self._plain(),
            "day": long_date(local_today(self.env)),
        }


def _boards_of(shot):
    """Return the ids of the boards that a snapshot names."""
    found = {row["board"] for table in shot["tables"] for row in table["rows"]}
    return found | {row["board"] for row in shot["coming"] if row["board"]}


def _cell(measure, figures):
    """Return one figure in words: this month, last month, the quarter, the trend."""
    now, before, quarter = figures
    kind = measure["kind"]
    return {
        "now": cell_text(kind, now),
        "before": cell_text(kind, before),
        "quarter": cell_text(kind, quarter) if measure["is_flow"] else "",
        "trend": trend(now, before),
    }
