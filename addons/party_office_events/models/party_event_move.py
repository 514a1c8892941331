from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.office_time import local, local_today
from odoo.addons.party_office_base.rules import countdown

from .project_task import OPEN_PROGRESS

#: a mark of the transaction: a key of the context could be forged
MOVING = "party.event moving"


class PreviewDone(Exception):
    """Ends a preview: all that it did is rolled back."""


class PartyEvent(models.Model):
    """Another day: tasks, rooms, cars and notices follow, what cannot is listed.

    A signed plan keeps its approval when it moves: leaders' days change every week and
    what was signed is what is done by whom. The signed day stays on record
    (``signed_start``) beside the new one, with the reason, and the chief of office is
    told. Every other change of a signed plan goes back to approval.
    """

    _inherit = "party.event"

    signed_start = fields.Datetime(
        string="Day that was signed", readonly=True, copy=False
    )
    signed_stop = fields.Datetime(
        string="End that was signed", readonly=True, copy=False
    )
    move_reason = fields.Char(string="Why it was moved", readonly=True, copy=False)
    is_moved = fields.Boolean(compute="_compute_is_moved", store=True)

    @api.depends("start", "stop", "signed_start", "signed_stop")
    def _compute_is_moved(self):
        for event in self:
            event.is_moved = bool(event.signed_start) and (
                event.start != event.signed_start or event.stop != event.signed_stop
            )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "signed_start",
            "signed_stop",
            "move_reason",
        }

    @api.constrains("start", "stop")
    def _check_year(self):
        for event in self:
            if not 2000 <= event.start.year <= 2100:
                raise ValidationError(
                    self.env._(
                        "A conference cannot be in the year %(year)s.",
                        year=event.start.year,
                    )
                )

    # ----------------------------------------------------------------------- approval
    def _content_of(self, names):
        content = super()._content_of(names)
        if self.signed_start and "start" in content:
            # what was signed, not where it has moved since
            content["start"] = str(self.signed_start)
            content["stop"] = str(self.signed_stop)
        return content

    def action_submit(self):
        self._forget_signed_day()
        return super().action_submit()

    def action_reset_draft(self):
        result = super().action_reset_draft()
        self._forget_signed_day()
        return result

    def _forget_signed_day(self):
        moved = self.filtered(lambda e: e.signed_start and e.state != "approved")
        # protected: a plan that is signed anew is signed for its day of then
        moved.sudo().write(
            {"signed_start": False, "signed_stop": False, "move_reason": False}
        )

    def _on_approved(self):
        for event in self:
            # protected: the approval's action has checked the right
            event.sudo().write({"signed_start": event.start, "signed_stop": event.stop})
        return super()._on_approved()

    def _check_content_open(self):
        if self.env.cr.cache.get(MOVING):
            return None
        return super()._check_content_open()

    # ------------------------------------------------------------------------- moving
    def write(self, vals):
        moves = {"start", "stop"} & vals.keys() and not self.env.cr.cache.get(MOVING)
        if not moves:
            return super().write(vals)
        # a draft moves by its form, too; a sent plan is refused by super()
        rest = {name: vals[name] for name in vals if name not in ("start", "stop")}
        for event in self:
            event._check_content_open()
            event.check_access("write")
            if rest:
                super(PartyEvent, event).write(rest)
            event._reschedule(
                fields.Datetime.to_datetime(vals.get("start") or event.start),
                fields.Datetime.to_datetime(vals.get("stop") or event.stop),
            )
        return True

    def _reschedule(self, start, stop):
        """Move the event and all that hangs on it; the caller has checked the right to.

        Each concept (rooms, cars, programme) extends it: note what you need, call
        ``super()``, move what you can. What cannot follow is said, never raised. It is
        also run as a preview and rolled back: tell nobody here, but in
        ``_on_rescheduled``.

        :param start: new begin (UTC, naive)
        :param stop: new end (UTC, naive)
        :return: list of dicts ``what`` (text), ``moved`` (bool), ``why`` (text)
        """
        self.ensure_one()
        old_days = self._days()
        marks = self.env.cr.cache
        marks[MOVING] = True
        try:
            # the approval's lock is lifted for these two fields only
            self.sudo().write({"start": start, "stop": stop})
            self.flush_recordset(["start", "stop"])
        finally:
            marks[MOVING] = False
        return self._move_tasks(old_days)

    def _move_tasks(self, old_days):
        """Move the open tasks by the working days by which the conference moved."""
        today = local_today(self.env)
        new_days = self._days()
        holidays = self._rest_days_around(*old_days, *new_days)
        before, after = (
            countdown.working_days_between(old, new, holidays)
            for old, new in zip(old_days, new_days, strict=True)
        )
        rows = []
        # whoever moves the conference moves its tasks
        tasks = self.sudo().task_ids.filtered(
            lambda t: t.origin == "preparation" and t.progress in OPEN_PROGRESS
        )
        for task in tasks.sorted(lambda t: (t.due_date, t.id)):
            planned = task.planned_date or task.due_date
            count = after if planned > old_days[1] else before
            if not count:
                continue
            due = countdown.moved(planned, task.due_date, count, today, holidays)
            rows.append(task._follow(due))
        return rows

    def _on_rescheduled(self, old_start, reason, rows):
        """Tell whom it concerns, once it is sure; concepts extend it.

        :param old_start: begin until then (UTC, naive)
        :param str reason: why it moved
        :param list rows: what ``_reschedule`` returned
        """

    # ------------------------------------------------------------------------ actions
    def _check_can_move(self, start, stop):
        """:raises UserError: not the organiser, held, sent, or an impossible time"""
        self._check_organiser()
        self._check_in_preparation()
        if self.state == "submitted":
            raise UserError(
                self.env._("It waits for approval: take it back first, then move it.")
            )
        if not isinstance(start, datetime) or not isinstance(stop, datetime):
            raise UserError(self.env._("Say when it begins and ends."))
        if stop <= start:
            raise UserError(self.env._("The end has to be after the beginning."))

    def _preview_reschedule(self, start, stop):
        """Return what ``_reschedule`` would return, and change nothing."""
        self.ensure_one()
        self._check_can_move(start, stop)
        rows = []
        try:
            with self.env.cr.savepoint():
                rows = self.with_context(tracking_disable=True)._reschedule(start, stop)
                self.env.flush_all()
                raise PreviewDone
        except PreviewDone:
            return rows

    def action_reschedule(self, start, stop, reason=""):
        """Move the event to another time.

        :param start: new begin, stop: new end (UTC, as text or datetime)
        :param str reason: required once the plan was signed
        :return: what followed and what could not, see ``_reschedule``
        :raises UserError: not the organiser, held already, waiting for approval, an
            impossible time, or a signed plan without a reason
        """
        self.ensure_one()
        try:
            start = fields.Datetime.to_datetime(start)
            stop = fields.Datetime.to_datetime(stop)
        except (ValueError, TypeError):
            start = stop = None
        self._check_can_move(start, stop)
        reason = reason.strip() if isinstance(reason, str) else ""
        if self.state == "approved" and not reason:
            raise UserError(
                self.env._("The plan was signed: say why it moves. It goes on record.")
            )
        old_start = self.start
        rows = self._reschedule(start, stop)
        if self.state == "approved":
            # protected: the right was checked
            self.sudo().move_reason = reason
            self._tell_chief_moved(old_start, reason)
        self._say_moved(old_start, reason, rows)
        self._on_rescheduled(old_start, reason, rows)
        return rows

    def action_open_move(self):
        """Open the dialog that shows what moves along."""
        self.ensure_one()
        self._check_can_move(self.start, self.stop)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move to another day"),
            "res_model": "party.event.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_id": self.id},
        }

    def _moment_text(self, moment):
        return f"{local(self.env, moment):%d/%m/%Y %H:%M}"

    def _say_moved(self, old_start, reason, rows):
        left = "; ".join(f"{r['what']} ({r['why']})" for r in rows if not r["moved"])
        text = self.env._(
            "Moved from %(old)s to %(new)s. %(reason)s",
            old=self._moment_text(old_start),
            new=self._moment_text(self.start),
            reason=reason,
        )
        if left:
            text += " " + self.env._("Could not follow: %(rows)s", rows=left)
        self.sudo().message_post(body=text)

    def _tell_chief_moved(self, old_start, reason):
        # who the chief is, is no secret
        chief = self.sudo().company_id.office_chief_id
        if not chief or chief == self.env.user:
            return
        event = self.sudo().with_context(lang=chief.lang)
        event.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=chief.id,
            summary=event.env._(
                "Moved from %(old)s to %(new)s. %(reason)s",
                old=self._moment_text(old_start),
                new=self._moment_text(self.start),
                reason=reason,
            ),
        )


class ProjectTask(models.Model):
    """A task follows its conference."""

    _inherit = "project.task"

    def _follow(self, due):
        """Move an open task; the caller has checked the right to.

        :param due: ``rules.countdown.Due``, or None when it stays
        """
        if due is None:
            return {
                "what": self.name,
                "moved": False,
                "why": self.env._(
                    "late since %(day)s", day=f"{self.due_date:%d/%m/%Y}"
                ),
            }
        old = self.due_date
        # protected: the caller has checked the right to
        self.sudo().write(
            {
                "due_date": due.day,
                "planned_date": due.planned,
                "is_squeezed": due.squeezed,
            }
        )
        if old != due.day:
            self._forget_task_alarms()
        return {
            "what": self.name,
            "moved": True,
            "why": self.env._("due at once: too late from the start")
            if due.squeezed
            else f"{old:%d/%m} → {due.day:%d/%m/%Y}",
        }
