from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules.working_day import next_working_day


class PartyCarRequest(models.Model):
    """The emergency: approved by phone, driven at once, signed within a working day.

    The dispatcher records who approved by phone. The request keeps waiting on the
    board's head for his signature whatever happens to the car.
    """

    _inherit = "party.car.request"

    is_emergency = fields.Boolean(string="By phone", readonly=True, copy=False)
    can_phone = fields.Boolean(compute="_compute_can_phone")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"is_emergency"}

    @api.depends_context("uid")
    @api.depends("state", "answer", "requester_id", "dispatch_id")
    def _compute_can_phone(self):
        user = self.env.user
        may = user.has_group("party_office_base.group_dispatcher")
        for request in self:
            request.can_phone = (
                may
                and not request.dispatch_id
                and (
                    request.state == "submitted"
                    or (request.state == "draft" and request.requester_id == user)
                )
            )

    def _phone_approvers(self):
        """Return the users who may approve a trip by phone: the head or deputy head of
        the board, the chief or deputy chief of office.
        """
        self.ensure_one()
        # the directory of the office; its settings are read for whoever acts
        board, company = self.board_id.sudo(), self.company_id.sudo()
        users = (
            board.head_id
            | board.deputy_head_id
            | company.office_chief_id
            | company.deputy_office_chief_id
        )
        return users - self.requester_id - self.env.user

    def action_open_emergency(self):
        """Open the dialog that asks who approved by phone, and which car goes."""
        self.ensure_one()
        self._check_dispatcher()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Approved by phone"),
            "res_model": "party.car.emergency",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    def action_emergency(self, approved_by_id, approved_at, car_id, driver_id=False):
        """Plan an order that may be driven before it is signed.

        :param int approved_by_id: ``res.users`` who approved by phone
        :param datetime approved_at: when, UTC
        :param int car_id: ``party.car``
        :param int driver_id: ``party.driver``, the car's usual one when left out
        :return: the action that opens the order
        :raises AccessError: outside the role, or that person may not approve it
        :raises UserError: it has a car already, or one is missing or taken
        """
        self.ensure_one()
        self._check_dispatcher()
        self.check_access("read")
        if not self.can_phone:
            raise UserError(
                self.env._(
                    "Only a request that was sent and has no answer yet can be "
                    "approved by phone."
                )
            )
        approved_at = fields.Datetime.to_datetime(approved_at)
        approver = self._phone_approvers().filtered(lambda u: u.id == approved_by_id)
        if not approver:
            raise AccessError(
                self.env._(
                    "A trip is approved by phone by the head of the board or the chief "
                    "of office, or their deputies."
                )
            )
        if not approved_at or approved_at > fields.Datetime.now():
            raise UserError(self.env._("Say when it was approved; not in the future."))
        driver = driver_id or self.env["party.car"].browse(car_id).usual_driver_id.id
        if not car_id or not driver:
            raise UserError(self.env._("Choose a car and a driver first."))
        if self.state == "draft":
            self.action_submit()
        # protected: the papers follow, the car does not wait for them
        self.sudo().write({"is_emergency": True, "answer": "waiting"})
        action = self.action_plan(car_id, driver)
        self._give_answer("assigned")
        papers_due = next_working_day(self._local(approved_at).date())
        self.dispatch_id._drive_by_phone(approver, approved_at, papers_due)
        return action

    # ------------------------------------------------------------------ papers follow
    def _hand_to(self, user, step):
        """Keep an emergency with the one who has to sign it, until he has."""
        held = self.browse()
        for request in self.filtered(lambda r: r.is_emergency):
            pending = request._current_approvals().filtered(
                lambda a: a.state == "pending"
            )
            if request.state == "submitted" and pending and pending.user_id != user:
                held |= request
        return super(PartyCarRequest, self - held)._hand_to(user, step)

    def _wait_for_car(self):
        """Let requests wait on the dispatcher, but not those whose car is there, nor
        those whose car was taken away again before they were signed.
        """
        emergencies = self.filtered("is_emergency")
        unsigned = emergencies.filtered(
            lambda r: r.state != "approved" and not r.dispatch_id
        )
        # protected: it is an ordinary request again, and waits for its signature
        unsigned.sudo().write(
            {
                "is_emergency": False,
                "answer": False,
                "answered_by_id": False,
                "answered_at": False,
            }
        )
        rest = self - emergencies.filtered("dispatch_id") - unsigned
        return super(PartyCarRequest, rest)._wait_for_car()

    def action_withdraw(self):
        for request in self.filtered("is_emergency"):
            raise UserError(
                self.env._(
                    "%(request)s already has its car: cancel it instead.",
                    request=request.display_name,
                )
            )
        return super().action_withdraw()

    def _on_refused(self):
        for request in self.filtered("dispatch_id"):
            if request.dispatch_id.sudo().progress != "planned":
                raise UserError(
                    self.env._(
                        "The car has left on a phone call: return the request for its "
                        "papers; the trip cannot be undone."
                    )
                )
            request._leave_dispatch()
            # protected: nobody waits for a car any more
            request.sudo().write({"answer": False})
        return super()._on_refused()
