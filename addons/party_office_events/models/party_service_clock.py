from odoo import api, fields, models

from ..rules.office_hours import colour as colour_of

MAX_A_RUN = 500
#: the clock runs
RUNNING = ("new", "approval", "doing", "reopened")


class PartyServiceRequest(models.Model):
    """The promised time: it runs in working hours, and stands while the asker's side
    owes an answer.
    """

    _inherit = "party.service.request"

    minutes_left = fields.Integer(
        string="Minutes left when stopped",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Working minutes; below zero once the promise is broken.",
    )
    stopped_at = fields.Datetime(string="Clock stopped at", readonly=True, copy=False)
    stopped_minutes = fields.Integer(
        string="Minutes the asker took", readonly=True, copy=False, aggregator="sum"
    )
    taken_hours = fields.Float(
        string="Hours it took",
        readonly=True,
        copy=False,
        digits=(10, 2),
        aggregator="avg",
        help="Working hours from sending to the end, without those the asker took.",
    )
    in_time = fields.Boolean(string="Promise kept", readonly=True, copy=False)
    called_for = fields.Selection(
        [("yellow", "Little time left"), ("red", "Late"), ("special", "Very late")],
        string="Last reminder",
        readonly=True,
        copy=False,
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "minutes_left",
            "stopped_at",
            "stopped_minutes",
            "taken_hours",
            "in_time",
            "called_for",
        }

    def _stop_clock(self):
        """Let the promised time stand still from now on (superuser mode)."""
        now = fields.Datetime.now()
        for request in self.filtered(lambda r: not r.stopped_at):
            calendar = request.company_id._party_calendar()
            request.write(
                {
                    "stopped_at": now,
                    "minutes_left": calendar.minutes(now, request.due_at)
                    - calendar.minutes(request.due_at, now),
                }
            )

    def _run_clock(self):
        """Let it run on: what was left is counted from now (superuser mode)."""
        now = fields.Datetime.now()
        for request in self.filtered("stopped_at"):
            calendar = request.company_id._party_calendar()
            values = {
                "stopped_at": False,
                "stopped_minutes": request.stopped_minutes
                + calendar.minutes(request.stopped_at, now),
            }
            # a promise that is broken stays broken
            if request.minutes_left > 0:
                values["due_at"] = calendar.due(now, request.minutes_left)
            request.write(values)

    def _set_result(self):
        """Keep what was promised against what was done (superuser mode)."""
        for request in self:
            calendar = request.company_id._party_calendar()
            minutes = calendar.minutes(request.asked_at, request.done_at)
            request.write(
                {
                    "taken_hours": max(minutes - request.stopped_minutes, 0) / 60,
                    "in_time": request.done_at <= request.due_at,
                }
            )

    # ------------------------------------------------------------------------- nightly
    @api.model
    def _cron_promises(self):
        """Bring colours up to date, remind, and confirm what nobody contradicted."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            calendar = company._party_calendar()
            requests = self.search(
                [("company_id", "=", company.id), ("state", "in", RUNNING)],
                order="due_at, id",
            )
            for request in requests.filtered(lambda r: not r.stopped_at):
                request._refresh_colour(calendar)
            self._confirm_by_time(company)

    def _refresh_colour(self, calendar):
        now = fields.Datetime.now()
        colour = colour_of(
            calendar.minutes(self.due_at, now),
            calendar.minutes(now, self.due_at),
            round(self.promised_hours * 60),
            calendar.week.day_minutes,
        )
        if colour != self.colour:
            self.colour = colour
        if colour != "none" and colour != self.called_for:
            self.called_for = colour
            self._remind(colour)

    def _remind(self, colour):
        """Tell the person in the lead once for each colour; the chief of a very late
        request.
        """
        people = self.waiting_user_id
        if colour == "special":
            people |= self.company_id.office_chief_id
        for person in people:
            # in the language of who reads it
            words = self.with_context(lang=person.lang).env
            texts = {
                "yellow": words._("Little of the promised time is left"),
                "red": words._("The promised time is over"),
                "special": words._("Three working days late"),
            }
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=person.id,
                summary=texts[colour],
            )

    @api.model
    def _confirm_by_time(self, company):
        if not company.party_confirm_days:
            return
        calendar = company._party_calendar()
        waiting = self.search(
            [("company_id", "=", company.id), ("state", "=", "done")],
            order="done_at, id",
            limit=MAX_A_RUN,
        )
        days = company.party_confirm_days * calendar.week.day_minutes
        now = fields.Datetime.now()
        waiting.filtered(lambda r: calendar.minutes(r.done_at, now) >= days)._confirm(
            False, by_time=True
        )
