from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .party_service_request import DESK_STATES, OPEN_STATES

RATINGS = ("good", "fair", "poor")
#: a reason is a sentence, not a dot
MIN_REASON = 3
TO_DOS = ["mail.mail_activity_data_todo", "mail.mail_activity_data_warning"]


class PartyServiceRequest(models.Model):
    """From sending to confirmation: each action checks who acts, and when."""

    _inherit = "party.service.request"

    # -------------------------------------------------------------------------- checks
    def _check_in(self, *states):
        """:raises UserError: a request is in none of these states"""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for request in self:
            request.check_access("read")
            if request.state not in states:
                raise UserError(
                    self.env._(
                        "%(request)s is in the state “%(state)s”; this cannot be done "
                        "now.",
                        request=request.display_name,
                        state=labels[request.state],
                    )
                )

    def _check_desk(self):
        """:raises AccessError: the user does not lead it nor its service"""
        for request in self:
            if not request._is_desk():
                raise AccessError(
                    self.env._(
                        "%(person)s leads %(request)s.",
                        person=request.sudo().lead_id.name or "",
                        request=request.display_name,
                    )
                )

    def _check_asker(self):
        """:raises AccessError: the user does not speak for who asked"""
        for request in self:
            if not request._is_asker():
                raise AccessError(
                    self.env._(
                        "%(person)s asked for it and says whether it is right.",
                        person=request.requester_id.name,
                    )
                )

    def _reason(self, reason):
        """Return a reason without blanks around it.

        :raises UserError: there is none
        """
        reason = str(reason or "").strip()
        if len(reason) < MIN_REASON:
            raise UserError(self.env._("Say why, in a few words."))
        return reason[:500]

    # ------------------------------------------------------------------------- sending
    def action_send(self):
        """Send the request: it gets its number, its person and its promised time.

        :raises UserError: sent already, nothing is said, or nobody leads the service
        :raises AccessError: somebody else wrote it
        """
        self._check_in("draft")
        for request in self:
            if request.requester_id != self.env.user and not self.env.su:
                raise AccessError(
                    self.env._(
                        "%(person)s wrote this request.",
                        person=request.requester_id.name,
                    )
                )
            request._check_said()
            request._send()
        return True

    def _check_said(self):
        """:raises UserError: nothing is asked for"""
        self.ensure_one()
        if not self.kind_id.active:
            raise UserError(self.env._("This service is not offered any more."))
        if not (self.text or "").strip() and not self.line_ids:
            raise UserError(self.env._("Say what is needed."))

    def _send(self):
        now = fields.Datetime.now()
        person = self.kind_id._person()
        hours = self.kind_id._promise(self.urgency)
        # protected: the action has checked the right to
        self.sudo().write(
            {
                "name": self.env["party.series"]._next(
                    "service", self._cost_date(), self
                ),
                "asked_at": now,
                "promised_hours": hours,
                "due_at": self.company_id._party_calendar().due(now, round(hours * 60)),
                "lead_id": person.id,
                "state": "new",
                "colour": "none",
            }
        )
        self._note_step("send", to_user=person)
        self._move_on()

    def _move_on(self):
        """Let it wait on who has to agree first, else on the person in the lead."""
        for request in self:
            approver, step, matter = request._open_agreement()
            # protected: the caller has checked the right to
            own = request.sudo()
            if approver:
                own.state = "approval"
                if matter == "cost":
                    # the asker's side owes an answer
                    own._stop_clock()
                request._hand_to(approver, step)
                request._call(approver, step)
            else:
                own._run_clock()
                own.state = "doing" if own.taken_at else "new"
                step = self.env._("Do it and report")
                request._hand_to(own.lead_id, step)
                request._call(own.lead_id, step)

    def _call(self, user, summary):
        """Remind a person of what waits on him; one to-do at most."""
        # whoever acts, the person is told
        own = self.sudo()
        own.activity_unlink(TO_DOS)
        if user:
            own.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary=summary
            )

    def _open_agreement(self):
        """Return ``(who has to agree first, step, matter)``, matter ``norm`` or
        ``cost``; nobody: ``(None, "", "")``.
        """
        self.ensure_one()
        return None, "", ""

    def action_agree(self):
        """Agree to what the request needs agreement for.

        :raises UserError: nothing waits for agreement
        :raises AccessError: somebody else has to agree, or the user asked for it
        """
        self._check_in("approval")
        for request in self:
            if not request.can_agree:
                raise AccessError(
                    self.env._(
                        "%(person)s agrees or refuses.",
                        person=request.waiting_user_id.name,
                    )
                )
            request._agree(request._open_agreement()[2])
            request._note_step("agree")
            request._call(None, "")
            request._move_on()
        return True

    def _agree(self, matter):
        """Record what was agreed to; the right was checked.

        :param str matter: see ``_open_agreement``
        """

    # --------------------------------------------------------------------------- doing
    def action_take(self):
        """Begin: the asker sees that it is being done.

        :raises UserError: it is not waiting for the desk
        :raises AccessError: the user is not of the desk
        """
        self._check_in("new", "reopened")
        self._check_desk()
        for request in self:
            # protected: the right was checked
            request.sudo().write(
                {
                    "state": "doing",
                    "taken_at": request.taken_at or fields.Datetime.now(),
                }
            )
            request._note_step("take")
            request._bind_cost()
        return True

    def action_question(self, question):
        """Ask the asker something: until he answers, the promised time stands still.

        :param str question: what the desk has to know
        """
        self._check_in(*DESK_STATES)
        self._check_desk()
        question = self._reason(question)
        for request in self:
            # protected: the right was checked
            own = request.sudo()
            own._stop_clock()
            own.write({"state": "waiting", "question": question})
            request._note_step("ask", question, request.requester_id)
            step = self.env._("Answer the desk's question")
            request._hand_to(request.requester_id, step)
            request._call(request.requester_id, step)
        return True

    def action_answer(self, answer):
        """Answer the desk's question: the promised time runs on.

        :param str answer: what the desk reads
        """
        self._check_in("waiting")
        self._check_asker()
        answer = self._reason(answer)
        for request in self:
            # protected: the right was checked
            request.sudo().question = False
            request._note_step("answer", answer, request.lead_id)
            request._call(None, "")
            request._move_on()
        return True

    def action_hand_over(self, user_id, reason):
        """Hand the request to another person of the office; the clock runs on.

        :param int user_id: ``res.users``, works in the office or for the service
        :param str reason: why
        """
        self._check_in(*DESK_STATES, "waiting", "approval")
        self._check_desk()
        reason = self._reason(reason)
        user = self.env["res.users"].browse(user_id).exists()
        for request in self:
            # where somebody works is public
            kind = request.sudo().kind_id
            works_here = user.sudo().own_board_id.kind == "office"
            if (
                not user.active
                or user == request.lead_id
                or not (works_here or user in kind.lead_id | kind.deputy_id)
            ):
                raise UserError(
                    self.env._("It can be handed to another person of the office only.")
                )
            # protected: the right was checked
            request.sudo().lead_id = user
            request._note_step("hand_over", reason, user)
            if request.state in DESK_STATES:
                step = self.env._("Do it and report")
                request._hand_to(user, step)
                request._call(user, step)
        return True

    def action_finish(self, outcome=""):
        """Report it as done; it waits on the asker to confirm.

        :param str outcome: what was done
        :raises UserError: it is not open, or supplies were not given out
        :raises AccessError: the user is not of the desk
        """
        self._check_in(*DESK_STATES)
        self._check_desk()
        for request in self:
            request._check_can_finish()
            request._finish(str(outcome or "").strip()[:500])
        return True

    def _check_can_finish(self):
        """:raises UserError: something is missing"""

    def _finish(self, outcome):
        now = fields.Datetime.now()
        self._bind_cost()
        # protected: the right was checked
        own = self.sudo()
        own._stop_clock()
        own.write(
            {
                "state": "done",
                "taken_at": own.taken_at or now,
                "done_at": now,
                "outcome": outcome or own.outcome,
            }
        )
        own._set_result()
        self._note_step("finish", outcome, self.requester_id)
        step = self.env._("Confirm that it is done")
        self._hand_to(self.requester_id, step)
        self._call(self.requester_id, step)

    # ---------------------------------------------------------------------- the asker
    def action_confirm(self, rating="good"):
        """Confirm that it was done, with a word on how.

        :param str rating: good, fair or poor
        """
        self._check_in("done")
        self._check_asker()
        if rating not in RATINGS:
            raise UserError(self.env._("Choose one of the three answers."))
        self._confirm(rating, by_time=False)
        return True

    def action_confirm_good(self):
        """Confirm: satisfied. One tap."""
        return self.action_confirm("good")

    def action_confirm_fair(self):
        """Confirm: acceptable. One tap."""
        return self.action_confirm("fair")

    def action_confirm_poor(self):
        """Confirm: done, but not satisfied. One tap."""
        return self.action_confirm("poor")

    def _confirm(self, rating, by_time):
        for request in self:
            # protected: the caller has checked the right to
            request.sudo().write(
                {
                    "state": "confirmed",
                    "rating": rating,
                    "confirmed_at": fields.Datetime.now(),
                    "confirmed_by_id": False if by_time else self.env.uid,
                    "is_auto_confirmed": by_time,
                    "colour": "none",
                }
            )
            request._note_step(
                "confirm",
                self.env._("The asker said nothing within the days he has.")
                if by_time
                else "",
            )
            request._hand_to(False, "")
            request._call(None, "")

    def action_reopen(self, reason):
        """Say that it is not right yet: what was left of the promised time runs on.

        :param str reason: what is still wrong
        """
        for request in self:
            if not (request.state == "confirmed" and request.is_auto_confirmed):
                request._check_in("done")
        self._check_asker()
        reason = self._reason(reason)
        for request in self:
            # protected: the right was checked
            own = request.sudo()
            own.write(
                {
                    "state": "reopened",
                    "done_at": False,
                    "in_time": False,
                    "taken_hours": 0,
                    "is_auto_confirmed": False,
                    "confirmed_at": False,
                    "reopen_count": own.reopen_count + 1,
                }
            )
            own._run_clock()
            request._note_step("reopen", reason, own.lead_id)
            step = self.env._("Put it right")
            request._hand_to(own.lead_id, step)
            request._call(own.lead_id, step)
        return True

    def action_cancel(self, reason=""):
        """Take the request back; what it holds of the budget is free again.

        :param str reason: why, once it was sent
        """
        self._check_in("draft", *OPEN_STATES)
        self._check_asker()
        for request in self:
            request._check_can_stop()
            why = request.state != "draft" and request._reason(reason)
            request._stop("cancelled", "cancel", why or "")
        return True

    def action_refuse(self, reason):
        """Refuse: the desk, or who has to agree, with a reason the asker reads.

        :param str reason: why
        """
        self._check_in(*DESK_STATES, "approval", "waiting")
        reason = self._reason(reason)
        for request in self:
            if not request.can_agree:
                request._check_desk()
            request._check_can_stop()
            request._stop("refused", "refuse", reason)
        return True

    def _check_can_stop(self):
        """:raises UserError: it can no longer come to nothing"""
        if self.state == "done":
            raise UserError(self.env._("It is done: confirm it, or reopen it."))

    def _stop(self, state, step, reason):
        self._cost_release(reason)
        # protected: the right was checked
        self.sudo().write(
            {"state": state, "outcome": reason or False, "colour": "none"}
        )
        self._note_step(step, reason)
        self._hand_to(False, "")
        self._call(None, "")
