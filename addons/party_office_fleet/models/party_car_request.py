from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES

#: answers that end a request without a car of the office
WITHOUT_CAR = ("hired", "lump", "declined")


class PartyCarRequest(models.Model):
    """A board asks for a car; the dispatcher answers, always with a reason.

    The board's head confirms the need (the approval), then it waits on the dispatcher
    until it has an answer.
    """

    _name = "party.car.request"
    _description = "Car Request"
    _inherit = [
        "party.paper.mixin",
        "party.approval.mixin",
        "party.form.mixin",
        "party.plausible.mixin",
    ]
    _order = "start desc, id desc"
    _rec_names_search = ["name", "purpose"]

    state = fields.Selection(APPROVAL_STATES)
    purpose = fields.Char(string="Work", required=True, help="What the trip is for.")
    basis = fields.Char(
        help="The paper it rests on: programme, invitation, plan, decision."
    )
    start = fields.Datetime(string="Leave", required=True)
    stop = fields.Datetime(string="Back", required=True)
    destination = fields.Char(required=True, help="Where to, over which places.")
    km = fields.Float(string="Km there and back", digits=(10, 1))
    passenger_count = fields.Integer(string="Persons", default=1, required=True)
    pickup = fields.Char(string="Pick-up", help="Where the car picks you up.")
    wishes = fields.Char(help="Luggage, kind of car, a person who must not wait …")
    phone = fields.Char(string="Phone of the traveller")

    dispatch_id = fields.Many2one(
        "party.dispatch",
        string="Dispatch order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    answer = fields.Selection(
        [
            ("waiting", "Waiting for a car"),
            ("planned", "Car planned"),
            ("assigned", "Car assigned"),
            ("hired", "Car hired outside"),
            ("lump", "Lump sum instead of a car"),
            ("declined", "No car"),
        ],
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    answer_note = fields.Char(string="Reason", readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    answered_at = fields.Datetime(string="Answered", readonly=True, copy=False)
    submitted_at = fields.Datetime(string="Asked", readonly=True, copy=False)
    can_answer = fields.Boolean(compute="_compute_can_answer")

    _in_order = models.Constraint(
        "CHECK (stop > start)", "You cannot be back before you leave."
    )
    _persons_possible = models.Constraint(
        "CHECK (passenger_count BETWEEN 1 AND 200)", "Between 1 and 200 persons travel."
    )
    _km_possible = models.Constraint(
        "CHECK (km >= 0 AND km < 10000)", "A trip has between 0 and 10,000 km."
    )

    # ----------------------------------------------------------------------- approval
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "dispatch_id",
            "answer",
            "answer_note",
            "answered_by_id",
            "answered_at",
            "submitted_at",
        }

    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "purpose",
            "basis",
            "start",
            "stop",
            "destination",
            "km",
            "passenger_count",
            "attachment_ids",
        ]

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"km", "passenger_count"}

    @api.constrains("start", "stop")
    def _check_length(self):
        for request in self:
            if (request.stop - request.start).days > 60:
                raise ValidationError(
                    self.env._("A trip may take 60 days at most: ask for the next one.")
                )

    def _on_submitted(self):
        # set by the action that sent it
        self.sudo().submitted_at = fields.Datetime.now()
        return super()._on_submitted()

    def _on_approved(self):
        for request in self:
            # an answer is given by the dispatcher's actions only; this one opens it
            series = self.env["party.series"]
            if request.name == "/":
                request.sudo().name = series._next(
                    "car_request", fields.Date.context_today(self), request
                )
            request._wait_for_car()
        return super()._on_approved()

    def _on_cancelled(self):
        for request in self.filtered("dispatch_id"):
            request._leave_dispatch()
        return super()._on_cancelled()

    def _work_item_summary(self):
        return f"{self.destination}: {self.purpose}"

    # ------------------------------------------------------------------------- answer
    @api.depends_context("uid")
    @api.depends("answer")
    def _compute_can_answer(self):
        may = self.env.user.has_group("party_office_base.group_dispatcher")
        for request in self:
            request.can_answer = may and request.answer == "waiting"

    def _check_dispatcher(self):
        """Refuse whoever is no dispatcher.

        :raises AccessError: outside the role
        """
        if not self.env.user.has_group("party_office_base.group_dispatcher"):
            raise AccessError(self.env._("Only the car dispatcher may do this."))

    def _wait_for_car(self):
        """Let an approved request wait on the dispatcher."""
        for request in self:
            # the settings of the office are read for whoever confirms
            dispatcher = request.company_id.sudo().dispatcher_id
            if not dispatcher:
                raise UserError(
                    self.env._("Name the car dispatcher in the settings of the office.")
                )
            # see _on_approved
            request.sudo().write(
                {
                    "answer": "waiting",
                    "answer_note": False,
                    "answered_by_id": False,
                    "answered_at": False,
                }
            )
            request._hand_to(dispatcher, self.env._("Find a car"))

    def _give_answer(self, answer, note=""):
        """Record the dispatcher's answer; the caller has checked the right to it.

        The first answer stops the clock of the board; what comes later changes it.

        :param str answer: a value of the selection ``answer``
        :param str note: the reason, for every answer that is no car of the office
        """
        for request in self:
            # the answer is protected: only the dispatcher's actions come here
            request.sudo().write(
                {
                    "answer": answer,
                    "answer_note": note,
                    "answered_by_id": self.env.uid,
                    "answered_at": request.answered_at or fields.Datetime.now(),
                }
            )

    def action_plan(self, car_id=False, driver_id=False, send=False):
        """Plan one order for these requests; car and driver are taken from now on.

        :param int car_id: ``party.car``, may come later
        :param int driver_id: ``party.driver``, the car's usual one when left out
        :param bool send: send the order for signature at once
        :return: the action that opens the order
        :raises UserError: a request does not wait, or car or driver are taken
        """
        self._check_dispatcher()
        car = self.env["party.car"].browse(car_id)
        start, stop = self._times()
        order = self.env["party.dispatch"].create(
            {
                "board_id": self[:1].board_id.id,
                "car_id": car_id,
                "driver_id": driver_id or car.usual_driver_id.id,
                "start": start,
                "stop": stop,
                "route": " – ".join(dict.fromkeys(self.mapped("destination"))),
                "planned_km": max(self.mapped("km")),
            }
        )
        self._join_dispatch(order)
        if send:
            order.action_submit()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.dispatch",
            "res_id": order.id,
            "views": [(False, "form")],
        }

    def _join_dispatch(self, dispatch):
        """Put approved requests on an order that is being planned.

        :raises UserError: not waiting, or the order was already sent
        """
        for request in self:
            if request.answer != "waiting":
                raise UserError(
                    self.env._(
                        "%(request)s does not wait for a car any more.",
                        request=request.display_name,
                    )
                )
        dispatch._check_content_open()
        # protected: only the dispatcher's actions come here
        self.sudo().write({"dispatch_id": dispatch.id})
        self._give_answer("planned")
        self._hand_to(dispatch.requester_id, self.env._("Issue the order"))

    def _leave_dispatch(self):
        """Take requests off their order; the order goes on with the others or ends."""
        dispatches = self.dispatch_id
        # protected, see _join_dispatch
        self.sudo().write({"dispatch_id": False})
        dispatches.sudo()._on_request_left()
