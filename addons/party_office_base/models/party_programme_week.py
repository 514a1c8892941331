from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..office_time import local_today
from ..rules.programme import monday


class PartyProgrammeWeek(models.Model):
    """The programme of one week (lịch công tác tuần), published by the chief of office.

    What changes afterwards is marked on the sheet, and those concerned are told once.
    """

    _name = "party.programme.week"
    _description = "Programme of a Week"
    _inherit = ["party.protected.mixin", "party.form.mixin"]
    _order = "monday desc"
    _rec_name = "monday"

    monday = fields.Date(
        string="First day",
        required=True,
        default=lambda self: monday(local_today(self.env)) + timedelta(days=7),
        help="Monday of the week.",
    )
    sunday = fields.Date(string="Last day", compute="_compute_sunday")
    state = fields.Selection(
        [("draft", "Being prepared"), ("published", "Published")],
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    published_by_id = fields.Many2one(
        "res.users", string="Published by whom", readonly=True, copy=False
    )
    published_at = fields.Datetime(string="Published on", readonly=True, copy=False)
    note = fields.Text(
        string="Notes", help="Who is on duty, what to bring: printed below the table."
    )
    entry_ids = fields.Many2many(
        "party.programme.entry", string="Appointments", compute="_compute_entry_ids"
    )
    conflict_count = fields.Integer(string="Conflicts", compute="_compute_entry_ids")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )

    _once = models.UniqueIndex(
        "(company_id, monday)", "The programme of this week exists already."
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "state",
            "published_by_id",
            "published_at",
            "company_id",
        }

    @api.constrains("monday")
    def _check_monday(self):
        for week in self:
            if week.monday.weekday() or not 2000 < week.monday.year < 2100:
                raise ValidationError(
                    self.env._("The programme of a week begins on a Monday.")
                )

    @api.depends("monday")
    def _compute_sunday(self):
        for week in self:
            week.sunday = week.monday and week.monday + timedelta(days=6)

    @api.depends("monday")
    def _compute_display_name(self):
        for week in self:
            week.display_name = self.env._(
                "Week of %(first)s to %(last)s",
                first=f"{week.monday:%d/%m}" if week.monday else "",
                last=f"{week.sunday:%d/%m/%Y}" if week.monday else "",
            )

    @api.depends("monday")
    def _compute_entry_ids(self):
        for week in self:
            week.entry_ids = week._entries()
            week.conflict_count = len(week.entry_ids._clashes())

    def _entries(self):
        """Return the appointments of the week that stand on the sheet, in order."""
        self.ensure_one()
        entries = self.env["party.programme.entry"]
        if not self.monday:
            return entries
        return entries._between(
            self.monday, self.monday + timedelta(days=6), self.company_id
        )

    # ------------------------------------------------------------------------- actions
    def _check_keeper(self):
        """:raises AccessError: the clerk prepares it, the chief of office publishes"""
        if self.env.su or self.env.user.has_group(
            "party_office_base.group_office_chief"
        ):
            return
        raise AccessError(
            self.env._("The chief of office publishes the programme of a week.")
        )

    def action_publish(self):
        """Publish the programme: from now on changes are marked and told.

        :raises AccessError: the user is not the chief of office
        :raises UserError: it was published already
        """
        self._check_keeper()
        for week in self:
            if week.state != "draft":
                raise UserError(
                    self.env._("%(week)s is published.", week=week.display_name)
                )
            # protected: the right was checked
            week.sudo().write(
                {
                    "state": "published",
                    "published_by_id": self.env.uid,
                    "published_at": fields.Datetime.now(),
                }
            )
        return True

    def action_withdraw(self):
        """Take the publication back, so that it is prepared anew without marks.

        :raises AccessError: the user is not the chief of office
        :raises UserError: it is not published
        """
        self._check_keeper()
        for week in self:
            if week.state != "published":
                raise UserError(
                    self.env._("%(week)s is not published.", week=week.display_name)
                )
            # protected: the right was checked; the marks belong to this publication
            week.sudo().write(
                {"state": "draft", "published_by_id": False, "published_at": False}
            )
            week.sudo()._entries()._clear_change()
        return True

    def action_open_entries(self):
        """Open the appointments of the week."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_base.party_programme_entry_action"
        )
        return {
            **action,
            "views": [(False, "calendar"), (False, "list"), (False, "form")],
            "context": {"initial_date": f"{self.monday}"},
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if self.filtered(lambda week: week.state == "published"):
            raise UserError(self.env._("A published programme is kept."))
