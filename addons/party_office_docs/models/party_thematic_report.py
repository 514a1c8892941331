from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.party_office_base.office_time import local_today

from ..rules.programme import step_to_tell
from .party_thematic_month import TO_DO

FORUMS = [
    ("standing", "Standing members of the committee"),
    ("bureau", "Standing committee"),
    ("committee", "Party committee"),
    ("office", "Meeting of the office"),
]

TOPIC_STATES = [
    ("registered", "Registered"),
    ("sent", "Text sent"),
    ("presented", "Presented"),
    ("dropped", "Taken off"),
]


class PartyThematicReport(models.Model):
    """A topic that a board presents in a month (báo cáo chuyên đề).

    The board writes it until the programme is fixed; then only the clerk and the chief
    of office change it, and the buttons say what became of it.
    """

    _name = "party.thematic.report"
    _description = "Thematic Report"
    _inherit = [
        "party.protected.mixin",
        "party.secret.content.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "deadline, id"

    name = fields.Char(string="Topic", required=True, tracking=True)
    month_id = fields.Many2one(
        "party.thematic.month",
        string="Programme",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_month_id(),
    )
    board_id = fields.Many2one(
        "party.board",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.own_board_id,
    )
    is_none = fields.Boolean(
        string="No topic this month", help="The board says so; it is not reminded."
    )
    forum = fields.Selection(
        FORUMS, string="Presented to", required=True, default="standing"
    )
    presenter_id = fields.Many2one("res.users", index="btree_not_null")
    presenter = fields.Char(
        string="Name of the presenter",
        compute="_compute_presenter",
        store=True,
        readonly=False,
    )
    deadline = fields.Date(
        string="Text due on",
        required=True,
        index=True,
        tracking=True,
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
    )
    present_on = fields.Date(string="Meeting on")
    state = fields.Selection(
        TOPIC_STATES,
        required=True,
        default="registered",
        readonly=True,
        copy=False,
        tracking=True,
    )
    programme_state = fields.Selection(
        related="month_id.state", string="State of the programme"
    )
    sent_on = fields.Date(readonly=True, copy=False)
    document_id = fields.Many2one(
        "party.document",
        string="Paper",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="The report itself, once it is issued or came in.",
    )
    note = fields.Char()
    reminded = fields.Integer(
        string="Last reminder", copy=False, readonly=True, aggregator=None
    )
    company_id = fields.Many2one(
        "res.company", related="month_id.company_id", store=True
    )

    _in_order = models.Constraint(
        "CHECK (present_on IS NULL OR present_on >= deadline)",
        "The text is due before the meeting.",
    )
    _named = models.Constraint("CHECK (trim(name) <> '')", "A topic has a name.")

    @api.model
    def _default_month_id(self):
        return self.env["party.thematic.month"].search(
            [("state", "=", "open"), ("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("presenter_id")
    def _compute_presenter(self):
        for topic in self:
            topic.presenter = topic.presenter_id.name

    @api.depends("month_id")
    def _compute_deadline(self):
        for topic in self:
            month = topic.month_id.month
            topic.deadline = month and fields.Date.end_of(month, "month")

    @api.constrains("deadline", "month_id")
    def _check_deadline(self):
        for topic in self:
            # which month it is is public inside the office
            month = topic.month_id.sudo().month
            if abs((topic.deadline - month).days) > 62:
                raise ValidationError(
                    self.env._(
                        "%(topic)s: the text is due in the month.", topic=topic.name
                    )
                )

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"state", "sent_on", "reminded"}

    def _check_may_edit(self):
        """Refuse changes by a board once the programme is fixed.

        :raises AccessError: to all but clerk and chief of office
        """
        user = self.env.user
        if self.env.su or user.reads_all_papers:
            return
        for topic in self:
            if topic.board_id not in user.paper_board_ids:
                raise AccessError(self.env._("A board registers its own topics."))
            # which state the programme is in is public inside the office
            if topic.month_id.sudo().state != "open":
                raise AccessError(
                    self.env._("The programme is fixed: ask the office to change it.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        topics = super().create(vals_list)
        topics._check_may_edit()
        topics._settle_reminder()
        return topics

    def write(self, vals):
        # what chatter and computes write is no change of the programme
        edited = vals.keys() & {
            name
            for name in self._fields
            if name not in ("message_main_attachment_id", "document_id")
            and not name.startswith(("message_", "activity_"))
        }
        if edited:
            self._check_may_edit()
        result = super().write(vals)
        if edited:
            self._check_may_edit()
        if "deadline" in vals:
            # a new day is told anew
            self.sudo().write({"reminded": 0})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._check_may_edit()

    def _settle_reminder(self):
        """Take the to-do away from heads whose boards have now registered."""
        for month in self.sudo().month_id:
            heads = self.sudo().board_id.head_id - month.missing_board_ids.head_id
            for head in heads:
                month.activity_unlink([TO_DO], user_id=head.id)

    # ----------------------------------------------------------------- actions
    def _check_may_act(self):
        """Refuse to say what became of a topic of another board.

        :raises AccessError: neither of the board, nor clerk, nor chief of office
        """
        user = self.env.user
        if self.env.su or user.reads_all_papers:
            return
        if self.board_id - user.paper_board_ids:
            raise AccessError(self.env._("A board reports on its own topics."))

    def _set_state(self, state, *before, **values):
        for topic in self:
            if topic.state not in before or topic.is_none:
                raise UserError(
                    self.env._("%(topic)s: this cannot be done now.", topic=topic.name)
                )
        # protected: the action that calls this has checked the right to
        self.sudo().write({"state": state, **values})
        self.sudo().activity_unlink([TO_DO])
        return True

    def action_sent(self):
        """Say that the text was sent.

        :raises AccessError: another board's topic
        """
        self._check_may_act()
        return self._set_state("sent", "registered", sent_on=local_today(self.env))

    def action_presented(self):
        """Say that it was presented (clerk, chief of office).

        :raises AccessError: to everybody else
        """
        self._check_office()
        return self._set_state("presented", "registered", "sent")

    def action_drop(self):
        """Take the topic off the programme (clerk, chief of office).

        :raises AccessError: to everybody else
        """
        self._check_office()
        return self._set_state("dropped", "registered", "sent")

    def _check_office(self):
        if not (self.env.su or self.env.user.reads_all_papers):
            raise AccessError(self.env._("Only the office changes the programme."))

    # ---------------------------------------------------------------- reminders
    @api.model
    def _remind_presenters(self, today):
        """Leave one to-do 7, 3 and 1 days before a text is due, and once it is late."""
        topics = self.search(
            [
                ("state", "=", "registered"),
                ("is_none", "=", False),
                ("deadline", "<=", fields.Date.add(today, days=7)),
                ("deadline", ">=", fields.Date.subtract(today, days=62)),
            ]
        )
        for topic in topics:
            step = step_to_tell(topic.deadline, today, topic.reminded or None)
            user = topic.presenter_id or topic.board_id.head_id
            if step is None or not user:
                continue
            topic.activity_unlink([TO_DO])
            topic.with_context(lang=user.lang).activity_schedule(
                TO_DO,
                user_id=user.id,
                date_deadline=topic.deadline,
                summary=topic.with_context(lang=user.lang)._reminder_text(),
            )
            topic.reminded = step

    def _reminder_text(self):
        self.ensure_one()
        return self.env._(
            "Thematic report due on %(day)s: %(topic)s",
            day=f"{self.deadline:%d/%m/%Y}",
            topic=self.name,
        )

    def _printed(self):
        """Return the cells of the printed programme (``dict`` of text)."""
        self.ensure_one()
        return {
            "name": self.name,
            "board": self.board_id.sudo().name,
            "presenter": self.presenter or "",
            "deadline": f"{self.deadline:%d/%m/%Y}",
            "present_on": f"{self.present_on:%d/%m/%Y}" if self.present_on else "",
        }
