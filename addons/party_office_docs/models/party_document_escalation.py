from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules import escalation

TO_DO = "party_office_docs.mail_activity_type_deadline"
ALARM = "party_office_docs.mail_activity_type_alarm"

COLOURS = [
    (escalation.NONE, "In time"),
    (escalation.YELLOW, "Yellow"),
    (escalation.RED, "Red"),
    (escalation.SPECIAL, "Special red"),
]


class PartyDocument(models.Model):
    """Yellow, red, special red: reminders to the holder, alarms up the line."""

    _inherit = "party.document"

    escalation = fields.Selection(
        COLOURS,
        compute="_compute_escalation",
        store=True,
        help="Yellow: three days or less are left. Red: overdue. Special red: three "
        "days late or more. Brought up to date every night.",
    )
    days_left = fields.Integer(
        compute="_compute_days_left", help="Negative: days late."
    )
    reminded_days = fields.Integer(
        string="Last reminder", readonly=True, copy=False, aggregator=None
    )
    reminded_for = fields.Date(readonly=True, copy=False)
    alarm_rung = fields.Integer(
        string="Rung of the alarm", readonly=True, copy=False, aggregator=None
    )
    alarm_user_id = fields.Many2one(
        "res.users",
        string="Brought to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who was told last that the paper is late.",
    )

    _deadline_idx = models.Index("(deadline) WHERE state = 'directed'")
    _escalation_idx = models.Index(
        "(escalation, lead_board_id) WHERE state = 'directed' AND escalation <> 'none'"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "reminded_days",
            "reminded_for",
            "alarm_rung",
            "alarm_user_id",
        }

    @api.depends("state", "deadline")
    def _compute_escalation(self):
        today = local_today(self.env)
        for document in self:
            open_paper = document.state == "directed"
            document.escalation = escalation.level(
                document.deadline if open_paper else None, today
            )

    @api.depends("deadline", "state")
    def _compute_days_left(self):
        today = local_today(self.env)
        for document in self:
            due = document.state == "directed" and document.deadline
            document.days_left = (due - today).days if due else 0

    # ------------------------------------------------------------------- night
    @api.model
    def _cron_escalate(self):
        """Bring the colours up to date, remind who holds a paper, climb the line.

        Running it twice changes nothing.
        """
        today = local_today(self.env)
        self._refresh_colours(today)
        soon = fields.Date.add(today, days=max(escalation.REMINDERS))
        papers = self.search(
            [("state", "=", "directed"), ("deadline", "<=", soon)],
            order="deadline, id",
        )
        for paper in papers:
            paper._remind(today)
            paper._climb(today)

    @api.model
    def _refresh_colours(self, today):
        """Write the colours that changed with the day."""
        for colour, _label in COLOURS:
            first, last = escalation.span(colour, today)
            domain = Domain("state", "=", "directed") & Domain(
                "escalation", "!=", colour
            )
            if first:
                domain &= Domain("deadline", ">=", first)
            if last:
                domain &= Domain("deadline", "<=", last)
            self.search(domain).write({"escalation": colour})

    def _remind(self, today):
        """Leave who holds the paper one to-do, which says more with every reminder."""
        sent = self.reminded_days if self.reminded_for == self.deadline else None
        stage = escalation.reminder(self.deadline, today, sent)
        if stage is None:
            return
        self.activity_unlink([TO_DO])
        user = self.waiting_user_id
        # the to-do is read by him, not by the night
        paper = self.with_context(lang=user.lang)
        paper.activity_schedule(
            TO_DO,
            date_deadline=self.deadline,
            user_id=user.id,
            summary=paper._reminder_text(stage),
        )
        self.write({"reminded_days": stage, "reminded_for": self.deadline})

    def _reminder_text(self, stage):
        if not stage:
            return self.env._("%(document)s is overdue", document=self.display_name)
        return self.env._(
            "%(document)s is due on %(day)s",
            document=self.display_name,
            day=self.deadline.strftime("%d/%m/%Y"),
        )

    def _climb(self, today):
        """Tell the next in the line once the paper has climbed a rung."""
        rung = escalation.rung(self.deadline, today)
        if rung <= self.alarm_rung:
            return
        user = self._person_of_rung(rung)
        if user and user != self.alarm_user_id:
            # who is told may open it, whatever groups he is in
            self._add_readers(users=user)
            paper = self.with_context(lang=user.lang)
            self.activity_unlink([ALARM])
            paper.activity_schedule(
                ALARM,
                date_deadline=today,
                user_id=user.id,
                summary=self.env._(
                    "%(document)s is %(days)s days late at %(unit)s",
                    document=paper.display_name,
                    days=escalation.days_late(self.deadline, today),
                    unit=self.lead_board_id.name,
                ),
            )
        self.write({"alarm_rung": rung, "alarm_user_id": user.id})

    def _person_of_rung(self, rung):
        """Return whom a late paper is brought to: not who holds it himself.

        :param int rung: HEAD, DEPUTY or CHIEF of ``rules/escalation.py``
        """
        office = self.company_id
        line = [
            self.lead_board_id.head_id,
            office.deputy_office_chief_id or office.office_chief_id,
            office.office_chief_id,
        ]
        for user in line[rung - 1 :]:
            if user.active and user != self.waiting_user_id:
                return user
        return self.director_id

    def _hand_to(self, user, step):
        result = super()._hand_to(user, step)
        # whoever holds the paper has the reminder; a closed one reminds nobody
        activities = self.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref(TO_DO)
        )
        if user:
            (activities.filtered(lambda a: a.user_id != user)).user_id = user
        else:
            self.sudo().activity_unlink([TO_DO, ALARM])
        return result

    def _forget_alarms(self):
        """Begin anew with reminders and alarms: there is a new deadline."""
        # protected: the caller has checked the right to move the deadline
        self.sudo().activity_unlink([TO_DO, ALARM])
        self.sudo().write({"alarm_rung": 0, "alarm_user_id": False})

    def _directed_values(self, head):
        return super()._directed_values(head) | {
            "alarm_rung": 0,
            "alarm_user_id": False,
            "reminded_for": False,
        }
