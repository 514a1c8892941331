from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.party_office_base.office_time import local, local_today
from odoo.addons.party_office_base.rules import escalation

from .project_task import COLOURS, OPEN_PROGRESS

TO_DO = "party_office_events.mail_activity_type_deadline"
ALARM = "party_office_events.mail_activity_type_alarm"

#: tasks of plans that are signed: nobody is pressed by a draft
PRESSED = Domain("event_id.state", "=", "approved") & Domain(
    "progress", "in", OPEN_PROGRESS
)


class ProjectTask(models.Model):
    """Red flags: nobody took it, or it is late; reminders, and the line above."""

    _inherit = "project.task"

    is_flagged = fields.Boolean(
        string="Red flag: nobody took it",
        readonly=True,
        help="Nobody took it within the days of the settings. Brought up to date "
        "every night.",
    )
    reminded_days = fields.Integer(
        string="Last reminder", readonly=True, aggregator=None
    )
    reminded_for = fields.Date(readonly=True)
    alarm_rung = fields.Integer(
        string="Rung of the alarm", readonly=True, aggregator=None
    )
    alarm_user_id = fields.Many2one(
        "res.users",
        string="Brought to",
        readonly=True,
        index="btree_not_null",
        help="Who was told last that the task is late.",
    )

    _colour_idx = models.Index(
        "(due_date) WHERE event_id IS NOT NULL AND progress IN"
        " ('open', 'declined', 'doing')"
    )

    @api.model
    def _escalation_fields(self):
        return {
            "is_flagged",
            "reminded_days",
            "reminded_for",
            "alarm_rung",
            "alarm_user_id",
        }

    @api.model
    def _party_fields(self):
        return super()._party_fields() | self._escalation_fields()

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | self._escalation_fields()

    # -------------------------------------------------------------------------- night
    @api.model
    def _cron_escalate(self):
        """Bring colours and flags up to date, remind who holds a task, climb the line.

        Running it twice changes nothing.
        """
        today = local_today(self.env)
        self._refresh_task_colours(today)
        self._refresh_flags(today)
        soon = fields.Date.add(today, days=max(escalation.REMINDERS))
        tasks = self.search(
            PRESSED & Domain("due_date", "<=", soon), order="due_date, id"
        )
        for task in tasks:
            task._remind_doer(today)
            task._climb_line(today)

    @api.model
    def _refresh_task_colours(self, today):
        """Write the colours that changed with the day."""
        still_open = Domain("event_id", "!=", False) & Domain(
            "progress", "in", OPEN_PROGRESS
        )
        for colour, _label in COLOURS:
            first, last = escalation.span(colour, today)
            domain = still_open & Domain("colour", "!=", colour)
            if first:
                domain &= Domain("due_date", ">=", first)
            if last:
                domain &= Domain("due_date", "<=", last)
            self.search(domain).write({"colour": colour})

    @api.model
    def _refresh_flags(self, today):
        """Flag what nobody took in time, tell the organiser once."""
        untaken = self.search(PRESSED & Domain("progress", "=", "open"))
        holidays = self.env["party.holiday"]
        latest = {
            company: holidays._shift_working_days(today, -company.party_untaken_days)
            for company in untaken.company_id
        }
        due = untaken.filtered(
            lambda t: (
                t.waiting_since
                and local(t.env, t.waiting_since).date() <= latest[t.company_id]
            )
        )
        for task in due.filtered(lambda t: not t.is_flagged):
            user = task.event_id.organiser_id
            task.with_context(lang=user.lang).activity_schedule(
                ALARM,
                date_deadline=today,
                user_id=user.id,
                summary=task.with_context(lang=user.lang).env._(
                    "Nobody at %(unit)s took “%(task)s”",
                    unit=task.board_id.name,
                    task=task.name,
                ),
            )
        due.filtered(lambda t: not t.is_flagged).write({"is_flagged": True})

    def _remind_doer(self, today):
        """Leave whom the task waits on one to-do, which says more every time."""
        sent = self.reminded_days if self.reminded_for == self.due_date else None
        stage = escalation.reminder(self.due_date, today, sent)
        user = self.waiting_user_id
        if stage is None or not user:
            return
        self.activity_unlink([TO_DO])
        # the to-do is read by him, not by the night
        task = self.with_context(lang=user.lang)
        text = (
            task.env._(
                "%(task)s is due on %(day)s",
                task=task.name,
                day=task.due_date.strftime("%d/%m/%Y"),
            )
            if stage
            else task.env._("%(task)s is overdue", task=task.name)
        )
        task.activity_schedule(
            TO_DO, date_deadline=self.due_date, user_id=user.id, summary=text
        )
        self.write({"reminded_days": stage, "reminded_for": self.due_date})

    def _climb_line(self, today):
        """Tell the next in the line once the task has climbed a rung."""
        rung = escalation.rung(self.due_date, today)
        if rung <= self.alarm_rung:
            return
        user = self._person_of_rung(rung)
        if user and user != self.alarm_user_id:
            task = self.with_context(lang=user.lang)
            task.activity_schedule(
                ALARM,
                date_deadline=today,
                user_id=user.id,
                summary=task.env._(
                    "%(task)s is %(days)s days late at %(unit)s",
                    task=task.name,
                    days=escalation.days_late(self.due_date, today),
                    unit=self.board_id.name,
                ),
            )
        self.write({"alarm_rung": rung, "alarm_user_id": user.id})

    def _person_of_rung(self, rung):
        """Return whom a late task is brought to: not whom it waits on himself.

        :param int rung: HEAD, DEPUTY or CHIEF of ``rules/escalation.py``
        """
        office = self.company_id
        line = [
            self.board_id.head_id,
            office.deputy_office_chief_id or office.office_chief_id,
            office.office_chief_id,
        ]
        for user in line[rung - 1 :]:
            if user.active and user != self.waiting_user_id:
                return user
        return self.event_id.organiser_id

    # ------------------------------------------------------------------------- day
    def _hand_to(self, user, step):
        result = super()._hand_to(user, step)
        # core's own tasks hand nothing on
        tasks = self.sudo().filtered("event_id")
        if tasks.activity_ids:
            # whoever holds the task gets his own reminder; a closed one reminds nobody
            tasks.activity_unlink([TO_DO] if user else [TO_DO, ALARM])
        again = {"is_flagged": False, "reminded_for": False}
        stale = tasks.filtered(lambda t: t.is_flagged or t.reminded_for)
        stale.write(again)
        return result

    def _forget_task_alarms(self):
        """Begin anew with reminders and alarms: there is a new day."""
        # protected: the caller has checked the right to move the day
        tasks = self.sudo()
        if tasks.activity_ids:
            tasks.activity_unlink([TO_DO, ALARM])
        tasks.filtered(lambda t: t.alarm_rung or t.reminded_for).write(
            {"alarm_rung": 0, "alarm_user_id": False, "reminded_for": False}
        )
