from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .project_task import COLOURS

STATES = [
    ("draft", "Not sent yet"),
    ("new", "Sent"),
    ("approval", "To be agreed"),
    ("doing", "Being done"),
    ("waiting", "Question to the asker"),
    ("done", "Done, to be confirmed"),
    ("confirmed", "Confirmed"),
    ("reopened", "Not right yet"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]

#: the desk has it
DESK_STATES = ("new", "doing", "reopened")
#: somebody still has to do something
OPEN_STATES = ("new", "approval", "doing", "waiting", "done", "reopened")
#: what the asker writes, until he sends it; lines have checks of their own
CONTENT = {
    "kind_id",
    "board_id",
    "text",
    "place",
    "urgency",
    "attachment_ids",
    "over_norm_reason",
}


class PartyServiceRequest(models.Model):
    """What a board asks the office for: one person leads it, against a promised time.

    The time runs in working hours and stands still only while the asker's side owes an
    answer. The asker, and nobody else, says that it is done.
    """

    _name = "party.service.request"
    _description = "Service Request"
    _inherit = [
        "party.paper.mixin",
        "party.clock.mixin",
        "party.cost.mixin",
        "party.form.mixin",
        "party.plausible.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "asked_at desc, id desc"
    _rec_names_search = ["name", "text"]

    name = fields.Char(
        string="Number", required=True, copy=False, default="/", readonly=True
    )
    kind_id = fields.Many2one(
        "party.service.kind", required=True, index=True, ondelete="restrict"
    )
    hint = fields.Char(related="kind_id.hint")
    has_supplies = fields.Boolean(related="kind_id.has_supplies")
    text = fields.Text(string="What is needed")
    place = fields.Char(help="Building, floor, room.")
    urgency = fields.Selection(
        [("normal", "Normal"), ("urgent", "Urgent")], required=True, default="normal"
    )
    attachment_ids = fields.Many2many(string="Photos, papers")
    board_id = fields.Many2one(
        "party.board",
        required=True,
        index=True,
        default=lambda self: self.env.user.own_board_id,
        help="It is served, and its budget pays.",
    )
    requester_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    lead_id = fields.Many2one(
        "res.users", string="In the lead", readonly=True, copy=False, index=True
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
        index=True,
    )
    asked_at = fields.Datetime(string="Sent at", readonly=True, copy=False, index=True)
    promised_hours = fields.Float(
        string="Promised hours", readonly=True, copy=False, digits=(8, 1)
    )
    due_at = fields.Datetime(
        string="Promised until", readonly=True, copy=False, index="btree_not_null"
    )
    taken_at = fields.Datetime(string="Begun at", readonly=True, copy=False)
    done_at = fields.Datetime(string="Finished at", readonly=True, copy=False)
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_auto_confirmed = fields.Boolean(
        string="Confirmed by time",
        readonly=True,
        copy=False,
        help="The asker said nothing within the days he has.",
    )
    rating = fields.Selection(
        [("good", "Satisfied"), ("fair", "Acceptable"), ("poor", "Not satisfied")],
        readonly=True,
        copy=False,
    )
    reopen_count = fields.Integer(
        string="Times reopened", readonly=True, copy=False, aggregator="sum"
    )
    question = fields.Char(readonly=True, copy=False)
    outcome = fields.Char(
        string="What was done", readonly=True, copy=False, help="Or why it was not."
    )
    colour = fields.Selection(
        COLOURS,
        readonly=True,
        copy=False,
        help="Yellow: a quarter of the promised time is left. Red: the promise is "
        "broken. Special red: for three working days.",
    )
    step_ids = fields.One2many(
        "party.service.step", "request_id", string="Course", readonly=True
    )
    is_requester = fields.Boolean(compute="_compute_roles")
    is_desk = fields.Boolean(compute="_compute_roles")
    can_agree = fields.Boolean(compute="_compute_roles")
    can_confirm = fields.Boolean(compute="_compute_roles")

    _one_lead = models.Constraint(
        "CHECK (state IN ('draft', 'cancelled') OR lead_id IS NOT NULL)",
        "Each request has exactly one person in the lead.",
    )
    _promise_known = models.Constraint(
        "CHECK (state IN ('draft', 'cancelled')"
        " OR (asked_at IS NOT NULL AND due_at IS NOT NULL))",
        "A request that was sent has a promised time.",
    )

    # ---------------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "name",
            "requester_id",
            "company_id",
            "lead_id",
            "state",
            "asked_at",
            "promised_hours",
            "due_at",
            "taken_at",
            "done_at",
            "confirmed_at",
            "confirmed_by_id",
            "is_auto_confirmed",
            "rating",
            "reopen_count",
            "question",
            "outcome",
            "colour",
            "step_ids",
            "clock_entry_ids",
        }

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        if not self.env.su:
            requests._check_board()
        return requests

    def write(self, vals):
        if not self.env.su and CONTENT & vals.keys():
            for request in self:
                if request.state != "draft":
                    raise UserError(
                        self.env._(
                            "%(request)s was sent: what it says stays. Write to the "
                            "desk below, or cancel it.",
                            request=request.display_name,
                        )
                    )
        result = super().write(vals)
        if "board_id" in vals and not self.env.su:
            self._check_board()
        return result

    def _check_board(self):
        """:raises AccessError: the user neither works in the board nor follows it"""
        user = self.env.user
        allowed = user.own_board_id | user.visible_board_ids
        for request in self:
            if request.board_id not in allowed:
                raise AccessError(
                    self.env._(
                        "You do not ask for %(board)s.", board=request.board_id.name
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for request in self:
            if request.state != "draft":
                raise UserError(
                    self.env._("A request that was sent is cancelled, not deleted.")
                )

    @api.depends("name", "kind_id")
    def _compute_display_name(self):
        for request in self:
            kind = request.kind_id.name or self.env._("Draft")
            numbered = request.name and request.name != "/"
            request.display_name = f"{request.name} · {kind}" if numbered else kind

    # --------------------------------------------------------------------------- roles
    def _is_desk(self):
        """Tell whether the user acts for the desk on this request."""
        self.ensure_one()
        user = self.env.user
        # who leads a service is public
        request = self.sudo()
        kind = request.kind_id
        return bool(
            self.env.su
            or user.has_group("party_office_base.group_office_chief")
            or user.acting_user_ids & (request.lead_id | kind.lead_id | kind.deputy_id)
        )

    def _is_asker(self):
        """Tell whether the user speaks for who asked: himself or the board's head."""
        self.ensure_one()
        # who heads a board is public
        board = self.sudo().board_id
        return bool(
            self.env.su
            or self.env.user.acting_user_ids
            & (self.requester_id | board.head_id | board.deputy_head_id)
        )

    @api.depends_context("uid")
    @api.depends("state", "lead_id", "waiting_user_id", "requester_id")
    def _compute_roles(self):
        for request in self:
            request.is_requester = request.requester_id == self.env.user
            request.is_desk = request.state != "draft" and request._is_desk()
            request.can_agree = (
                request.state == "approval"
                and request.is_waiting_on_me
                and not request.is_requester
            )
            request.can_confirm = request.state == "done" and request._is_asker()

    # ----------------------------------------------------------------------- work list
    def _work_item_summary(self):
        text = " ".join((self.text or "").split())
        return f"{self.kind_id.name} · {text[:80]}" if text else self.kind_id.name

    def _work_item_amount(self):
        return self.amount

    def _work_item_fields(self):
        return super()._work_item_fields() | {"text", "estimate"}

    def _work_item_state(self):
        if self.state == "draft":
            return "draft"
        if self.state in ("refused", "cancelled"):
            return "stopped"
        return "open" if self.state in OPEN_STATES else "done"
