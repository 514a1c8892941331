from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local


class PartyCarRequest(models.Model):
    """The dispatcher's answers other than a car of the office.

    Each has a reason of the list and is told to the requester at once.
    """

    _inherit = "party.car.request"

    answer = fields.Selection(selection_add=[("shift", "Another time offered")])
    answer_reason_id = fields.Many2one(
        "party.car.answer.reason",
        string="Reason of the list",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    hire_supplier = fields.Char(string="Hired from", readonly=True, copy=False)
    hire_amount = fields.Monetary(
        string="Price of the hire", readonly=True, copy=False, aggregator="sum"
    )
    offered_start = fields.Datetime(string="Offered: leave", readonly=True, copy=False)
    offered_stop = fields.Datetime(string="Offered: back", readonly=True, copy=False)
    agreed_start = fields.Datetime(
        string="Agreed: leave",
        readonly=True,
        copy=False,
        help="What the board's head confirmed stays as it was; this is when it is "
        "driven.",
    )
    agreed_stop = fields.Datetime(string="Agreed: back", readonly=True, copy=False)
    can_accept_shift = fields.Boolean(compute="_compute_can_accept_shift")
    has_answer_to_undo = fields.Boolean(compute="_compute_can_accept_shift")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "answer_reason_id",
            "hire_supplier",
            "hire_amount",
            "offered_start",
            "offered_stop",
            "agreed_start",
            "agreed_stop",
        }

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"hire_amount"}

    @api.depends_context("uid")
    @api.depends("answer", "requester_id", "state")
    def _compute_can_accept_shift(self):
        dispatcher = self.env.user.has_group("party_office_base.group_dispatcher")
        for request in self:
            alive = request.state == "approved"
            request.can_accept_shift = (
                alive
                and request.answer == "shift"
                and (request.requester_id == self.env.user)
            )
            request.has_answer_to_undo = (
                alive
                and dispatcher
                and request.answer in ("declined", "hired", "lump", "shift")
            )

    def _times(self):
        """Return from when to when these requests are driven together: as agreed, else
        as asked (UTC)."""
        return (
            min(request.agreed_start or request.start for request in self),
            max(request.agreed_stop or request.stop for request in self),
        )

    # ------------------------------------------------------------------------ actions
    def action_decline(self, reason_id, note=""):
        """Answer that there is no car.

        :param int reason_id: ``party.car.answer.reason`` for this answer
        :param str note: the reason in words, the prepared answer when left out
        :raises UserError: the request does not wait, or the reason is not for this
        :raises AccessError: no dispatcher
        """
        return self._answer_without_car("declined", reason_id, note)

    def action_hire(self, reason_id, note="", supplier="", amount=0.0):
        """Answer that a car is hired outside (decree 72/2023/NĐ-CP, article 22).

        :param str supplier: from whom
        :param float amount: price, đồng
        """
        values = {"hire_supplier": supplier, "hire_amount": amount}
        # the answer is written past the checks of a client's values
        self._check_plausible(values)
        if amount < 0:
            raise UserError(self.env._("A hire does not cost less than nothing."))
        return self._answer_without_car("hired", reason_id, note, values)

    def action_lump(self, reason_id, note=""):
        """Answer that the traveller gets a lump sum (decree 72/2023/NĐ-CP, art. 21)."""
        return self._answer_without_car("lump", reason_id, note)

    def _answer_without_car(self, answer, reason_id, note="", values=None):
        self._check_dispatcher()
        reason = self._reason_for(answer, reason_id)
        for request in self:
            request.check_access("read")
            request._check_waits()
            # protected: only the dispatcher's actions come here
            request.sudo().write({"answer_reason_id": reason.id, **(values or {})})
            request._give_answer(answer, note or reason.text or reason.name)
            request._hand_to(False, "")
            request._tell_requester()
        return True

    def action_shift(self, start, stop, reason_id, note=""):
        """Offer another time; the requester says yes or no.

        :param start: UTC, as a client sends it or as a datetime
        :param stop: UTC
        :raises UserError: it ends before it begins, or has begun
        """
        self._check_dispatcher()
        reason = self._reason_for("shift", reason_id)
        start = fields.Datetime.to_datetime(start)
        stop = fields.Datetime.to_datetime(stop)
        if not (start and stop and start < stop):
            raise UserError(self.env._("Offer a time that ends after it begins."))
        if start < fields.Datetime.now():
            raise UserError(self.env._("Offer a time that has not begun."))
        for request in self:
            request.check_access("read")
            request._check_waits()
            # protected: only the dispatcher's actions come here
            request.sudo().write(
                {
                    "offered_start": start,
                    "offered_stop": stop,
                    "answer_reason_id": reason.id,
                }
            )
            request._give_answer("shift", note or reason.text or reason.name)
            request._hand_to(
                request.requester_id, self.env._("Say whether the other time suits")
            )
            request._tell_requester()
        return True

    def action_accept_shift(self):
        """Take the time that the dispatcher offers; it waits for a car again.

        :raises AccessError: somebody else's request
        :raises UserError: no time is offered
        """
        for request in self:
            request._check_offer()
            # protected: what the requester agrees to is what was offered
            request.sudo().write(
                {
                    "agreed_start": request.offered_start,
                    "agreed_stop": request.offered_stop,
                }
            )
            request._wait_again(self.env._("The other time suits."))
        return True

    def action_reject_shift(self, note=""):
        """Say that the other time does not suit; it waits for another answer."""
        for request in self:
            request._check_offer()
            said = self.env._("The other time does not suit.")
            note = note.strip() if isinstance(note, str) else ""
            request._wait_again(" ".join(filter(None, (said, note))))
        return True

    def action_reopen_answer(self):
        """Take an answer without a car back: it waits for a car again.

        :raises UserError: it has no such answer
        """
        self._check_dispatcher()
        for request in self:
            request.check_access("read")
            if not request.has_answer_to_undo:
                raise UserError(
                    self.env._(
                        "%(request)s has no answer that can be taken back.",
                        request=request.display_name,
                    )
                )
            request._wait_again(self.env._("The dispatcher looks for a car again."))
        return True

    def action_open_answer(self):
        """Open the dialog for the answer that the context names."""
        self._check_dispatcher()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer the request"),
            "res_model": "party.car.answer",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_request_id": self.id,
                "default_answer": self.env.context.get("answer", "declined"),
            },
        }

    # ------------------------------------------------------------------------ helpers
    def _check_waits(self):
        """Refuse to answer what does not wait for an answer.

        :raises UserError: names the request
        """
        for request in self:
            if request.answer != "waiting" or request.state != "approved":
                raise UserError(
                    self.env._(
                        "%(request)s does not wait for a car any more.",
                        request=request.display_name,
                    )
                )

    def _check_offer(self):
        self._check_requester()
        if self.answer != "shift" or self.state != "approved":
            raise UserError(self.env._("No other time is offered."))

    @api.model
    def _reason_for(self, answer, reason_id):
        """Return the reason that a client names.

        :raises UserError: none of the list for this answer
        """
        reason = self.env["party.car.answer.reason"]
        if isinstance(reason_id, int) and not isinstance(reason_id, bool):
            reason = reason.browse(reason_id).exists()
        if reason.answer != answer:
            raise UserError(self.env._("Choose a reason from the list."))
        return reason

    def _wait_again(self, said=""):
        """Let the request wait on the dispatcher; its first answer keeps its time.

        :param str said: what the requester reads about it
        """
        self.ensure_one()
        first = (self.answered_by_id.id, self.answered_at)
        self._wait_for_car()
        # protected: the callers have checked the right; a first answer stays the first
        self.sudo().write(
            {
                "answered_by_id": first[0],
                "answered_at": first[1],
                "answer_reason_id": False,
                "hire_supplier": False,
                "hire_amount": 0,
                "offered_start": False,
                "offered_stop": False,
            }
        )
        if said:
            self.sudo().message_post(body=said, author_id=self.env.user.partner_id.id)

    def _tell_requester(self):
        """Tell the requester the answer and its reason."""
        labels = dict(self._fields["answer"]._description_selection(self.env))
        for request in self:
            said = f"{labels[request.answer]}: {request.answer_note}"
            if request.answer == "shift":
                said += " " + self._say_time(
                    request.offered_start, request.offered_stop
                )
            request._notify_requester(said)

    def _notify_requester(self, text):
        """Post a text on the request and notify who asked."""
        for request in self:
            # the dispatcher does not follow requests; who asked has to be told
            request.sudo().message_post(
                body=text,
                partner_ids=request.requester_id.partner_id.ids,
                author_id=self.env.user.partner_id.id,
            )

    @api.model
    def _say_time(self, start, stop):
        """Return a time in words of the office: ``07:00–16:30 15/06``."""
        first, last = local(self.env, start), local(self.env, stop)
        if first.date() == last.date():
            return f"{first:%H:%M}–{last:%H:%M} {first:%d/%m}"
        return f"{first:%H:%M %d/%m} – {last:%H:%M %d/%m}"
