from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.party_office_base.office_time import local_today

from ..rules.programme import month_to_open, registration_deadline, step_to_tell
from .party_document_incoming import CHIEF, CLERK

TO_DO = "mail.mail_activity_data_todo"
#: programmes are kept for what this system knows
FIRST_MONTH, LAST_MONTH = (
    fields.Date.to_date("2020-01-01"),
    fields.Date.to_date("2100-01-01"),
)


class PartyThematicMonth(models.Model):
    """The programme of a month (chương trình công tác tháng).

    Boards register their topics until a day; the chief of office then fixes it, and
    from that moment everybody in the office reads it.
    """

    _name = "party.thematic.month"
    _description = "Programme of a Month"
    _inherit = [
        "party.protected.mixin",
        "party.form.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "month desc"
    _rec_name = "month"

    month = fields.Date(
        required=True,
        default=lambda self: month_to_open(local_today(self.env)),
        help="Any day of it.",
    )
    deadline = fields.Date(
        string="Register until",
        compute="_compute_deadline",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    state = fields.Selection(
        [("open", "Open for topics"), ("fixed", "Fixed")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
    )
    fixed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    fixed_on = fields.Date(readonly=True, copy=False)
    board_ids = fields.Many2many(
        "party.board",
        "party_thematic_month_board_rel",
        "month_id",
        "board_id",
        string="Boards that register",
        default=lambda self: self._default_board_ids(),
    )
    topic_ids = fields.One2many("party.thematic.report", "month_id", string="Topics")
    missing_board_ids = fields.Many2many(
        "party.board", compute="_compute_missing", string="Not registered yet"
    )
    missing_count = fields.Integer(
        compute="_compute_missing", string="Boards without a topic"
    )
    topic_count = fields.Integer(compute="_compute_missing", string="Number of topics")
    reminded = fields.Integer(
        string="Last reminder", copy=False, readonly=True, aggregator=None
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )

    _month_unique = models.Constraint(
        "UNIQUE (company_id, month)", "There is a programme of this month already."
    )

    @api.model
    def _default_board_ids(self):
        # the directory of boards is public inside the office
        return self.env["party.board"].sudo().search([("active", "=", True)])

    @api.depends("month")
    def _compute_deadline(self):
        for programme in self:
            programme.deadline = programme.month and registration_deadline(
                programme.month
            )

    @api.depends("board_ids", "topic_ids.board_id")
    def _compute_missing(self):
        # which boards have registered, not what: no topic is shown by this
        counted = (
            self.env["party.thematic.report"]
            .sudo()
            ._read_group(
                [("month_id", "in", self.ids)], ["month_id", "board_id"], ["__count"]
            )
        )
        found, counts = {}, {}
        for month, board, count in counted:
            found.setdefault(month.id, set()).add(board.id)
            counts[month.id] = counts.get(month.id, 0) + count
        for programme in self:
            there = found.get(programme._origin.id, set())
            missing = programme.board_ids.filtered(
                lambda board, there=there: board._origin.id not in there
            )
            programme.missing_board_ids = missing
            programme.missing_count = len(missing)
            programme.topic_count = counts.get(programme._origin.id, 0)

    @api.depends("month")
    def _compute_display_name(self):
        for programme in self:
            programme.display_name = (
                self.env._("Programme of %(month)s", month=f"{programme.month:%m/%Y}")
                if programme.month
                else ""
            )

    @api.constrains("month", "deadline")
    def _check_days(self):
        for programme in self:
            if not FIRST_MONTH <= programme.month <= LAST_MONTH:
                raise ValidationError(self.env._("Enter a month of this century."))
            if abs((programme.month - programme.deadline).days) > 62:
                raise ValidationError(
                    self.env._("Topics are registered shortly before the month.")
                )

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "state",
            "fixed_by_id",
            "fixed_on",
            "reminded",
            "company_id",
        }

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("month"):
                vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("month"):
            vals = {
                **vals,
                "month": fields.Date.to_date(vals["month"]).replace(day=1),
            }
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_empty(self):
        for programme in self:
            if programme.state == "fixed" or programme.topic_count:
                raise UserError(self.env._("A programme with topics is never deleted."))

    # ----------------------------------------------------------------- actions
    def action_fix(self):
        """Fix the programme: from now on everybody in the office reads it.

        :raises AccessError: not the chief of office
        :raises UserError: it is fixed already, or has no topic
        """
        self._check_chief()
        for programme in self:
            if programme.state != "open":
                raise UserError(
                    self.env._(
                        "%(month)s is fixed already.", month=programme.display_name
                    )
                )
            if not programme.topic_count:
                raise UserError(self.env._("No board has registered a topic yet."))
            # protected: the chief's right was checked above
            programme.sudo().write(
                {
                    "state": "fixed",
                    "fixed_by_id": self.env.uid,
                    "fixed_on": local_today(self.env),
                }
            )
        # the to-do of a board that kept silent is settled by it
        self.sudo().activity_unlink([TO_DO])
        return True

    def action_open_again(self):
        """Open a fixed programme for changes; boards may register again.

        :raises AccessError: not the chief of office
        """
        self._check_chief()
        for programme in self:
            if programme.state != "fixed":
                raise UserError(
                    self.env._("%(month)s is open.", month=programme.display_name)
                )
        # protected: the chief's right was checked above
        self.sudo().write({"state": "open", "fixed_by_id": False, "fixed_on": False})
        return True

    def _check_chief(self):
        """Refuse what only the chief of office does.

        :raises AccessError: to everybody else
        """
        if not (self.env.su or self.env.user.has_group(CHIEF)):
            raise AccessError(self.env._("Only the chief of office does this."))

    def action_remind(self):
        """Leave the heads of the boards that have not registered one to-do each.

        :raises AccessError: neither clerk nor chief of office
        """
        user = self.env.user
        if not (self.env.su or user.has_group(CLERK) or user.has_group(CHIEF)):
            raise AccessError(self.env._("Only the clerk reminds the boards."))
        for programme in self:
            programme._remind_boards()
        return True

    def _remind_boards(self):
        """Leave one to-do at each head whose board has not registered."""
        self.ensure_one()
        # heads are told by the office, whoever pressed the button
        programme = self.sudo()
        programme.activity_unlink([TO_DO])
        for head, boards in programme.missing_board_ids.grouped("head_id").items():
            if not head:
                continue
            programme.with_context(lang=head.lang).activity_schedule(
                TO_DO,
                user_id=head.id,
                date_deadline=programme.deadline,
                summary=programme.with_context(lang=head.lang)._reminder_text(boards),
            )

    def _reminder_text(self, boards):
        self.ensure_one()
        return self.env._(
            "%(boards)s: register the topic of %(month)s until %(day)s",
            boards=", ".join(boards.mapped("name")),
            month=f"{self.month:%m/%Y}",
            day=f"{self.deadline:%d/%m/%Y}",
        )

    def action_register_topic(self):
        """Open a new topic of the user's board."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.thematic.report",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_month_id": self.id},
        }

    # -------------------------------------------------------------------- cron
    @api.model
    def _cron_programme(self):
        """Open the programme of the coming month; remind boards and presenters, each
        step once.
        """
        today = local_today(self.env)
        for company in self.env["res.company"].search(
            [("office_chief_id", "!=", False)]
        ):
            self.with_company(company)._open_month(month_to_open(today), company)
        for programme in self.search([("state", "=", "open")]):
            step = step_to_tell(programme.deadline, today, programme.reminded or None)
            if step is not None and programme.missing_count:
                programme._remind_boards()
                programme.reminded = step
        self.env["party.thematic.report"]._remind_presenters(today)

    @api.model
    def _open_month(self, month, company):
        known = self.search_count(
            [("month", "=", month), ("company_id", "=", company.id)]
        )
        if not known:
            self.create({"month": month, "company_id": company.id})

    # ------------------------------------------------------------------- paper
    def _form_values(self, report):
        """Return the topics as the printed programme names them."""
        chief = self.company_id.sudo().office_chief_id
        # who may read the programme reads its topics: asked with his own rights
        topics = self.env["party.thematic.report"].search(
            [("month_id", "=", self.id), ("is_none", "=", False)],
            order="forum, present_on, deadline, id",
        )
        forums = dict(topics._fields["forum"]._description_selection(self.env))
        groups = [
            {
                "forum": label,
                "topics": [
                    topic._printed()
                    for topic in topics
                    if topic.forum == key and topic.state != "dropped"
                ],
            }
            for key, label in forums.items()
        ]
        return super()._form_values(report) | {
            "qr": "",
            "groups": [group for group in groups if group["topics"]],
            "month": f"{self.month.month}/{self.month.year}",
            "day": self.fixed_on,
            "chief": chief.name or "",
        }
