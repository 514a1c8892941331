from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.models.party_approval_mixin import APPROVAL_STATES
from odoo.addons.party_office_base.office_time import local

#: a conference or visit that is longer is several
MAX_DAYS = 30


class PartyEvent(models.Model):
    """A conference, meeting or reception: who leads it, who pays, when and where.

    ``lead_board_id`` prepares it, ``board_id`` pays: two fields, so that neither is a
    quarrel. Its approval is the chief of office's signature on the plan.
    """

    _name = "party.event"
    _description = "Conference or Reception"
    _inherit = [
        "party.paper.mixin",
        "party.cost.mixin",
        "party.approval.mixin",
        "party.form.mixin",
        "party.plausible.mixin",
    ]
    _order = "start desc, id desc"
    _rec_names_search = ["name", "title"]

    state = fields.Selection(APPROVAL_STATES)
    title = fields.Char(string="Conference", required=True, tracking=True)
    kind_id = fields.Many2one("party.event.kind", required=True, ondelete="restrict")
    category = fields.Selection(related="kind_id.category", store=True)
    lead_board_id = fields.Many2one(
        "party.board",
        string="Lead unit",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.user.own_board_id,
        help="Prepares it and answers for it: exactly one unit.",
    )
    board_id = fields.Many2one(string="Paying unit", tracking=True)
    organiser_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.user,
        help="The one person of the lead unit who keeps the plan together.",
    )
    co_board_ids = fields.Many2many("party.board", string="Cooperating units")
    leader_ids = fields.Many2many(
        "res.users",
        string="Leaders who attend",
        help="Their diary is checked for other appointments.",
    )
    start = fields.Datetime(required=True, tracking=True)
    stop = fields.Datetime(string="End", required=True, tracking=True)
    place = fields.Char(help="Where it is held when no room of the office is booked.")
    purpose = fields.Text(string="Purpose and requirements")
    delegate_count = fields.Integer(string="Delegates", aggregator="sum")
    is_restricted = fields.Boolean(
        string="Closed meeting",
        help="Who does not take part sees only that the time and room are taken.",
    )
    progress = fields.Selection(
        [
            ("planned", "In preparation"),
            ("held", "Held"),
            ("closed", "Closed"),
            ("cancelled", "Not held"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="planned",
        tracking=True,
        index=True,
    )

    _in_order = models.Constraint(
        "CHECK (stop > start)", "The end has to be after the beginning."
    )
    _delegates_possible = models.Constraint(
        "CHECK (delegate_count BETWEEN 0 AND 10000)",
        "Between 0 and 10,000 delegates take part.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"progress"}

    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "title",
            "kind_id",
            "lead_board_id",
            "start",
            "stop",
            "place",
            "purpose",
            "delegate_count",
            "attachment_ids",
        ]

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"delegate_count"}

    @api.depends("name", "title")
    def _compute_display_name(self):
        for event in self:
            event.display_name = event.title or self.env._("Draft")

    @api.constrains("start", "stop")
    def _check_length(self):
        for event in self:
            if (event.stop - event.start).days >= MAX_DAYS:
                raise ValidationError(
                    self.env._(
                        "A conference or visit takes %(days)s days at most.",
                        days=MAX_DAYS,
                    )
                )

    def _work_item_summary(self):
        return f"{self.title} · {local(self.env, self.start):%d/%m/%Y %H:%M}"

    def _cost_date(self):
        return local(self.env, self.start).date()

    def _on_submitted(self):
        for event in self.filtered(lambda e: e.name == "/"):
            # protected: numbered by the action that sent it
            event.sudo().name = self.env["party.series"]._next(
                "event", event._cost_date(), event
            )

    # ---------------------------------------------------------------------- organising
    def _is_organiser(self):
        """Tell whether the user keeps this plan: organiser, requester, the head of the
        lead unit or the chief of office (his deputy).
        """
        self.ensure_one()
        # who heads a unit is no secret
        board = self.sudo().lead_board_id
        return bool(
            self.env.su
            or self.env.user.has_group("party_office_base.group_office_chief")
            or self.env.user.acting_user_ids
            & (
                self.organiser_id
                | self.requester_id
                | board.head_id
                | board.deputy_head_id
            )
        )

    def _check_organiser(self):
        """:raises UserError: the plan is kept by somebody else"""
        for event in self:
            event.check_access("read")
            if not event._is_organiser():
                raise UserError(
                    self.env._(
                        "The plan of %(event)s is kept by %(person)s.",
                        event=event.display_name,
                        person=event.organiser_id.name,
                    )
                )

    def action_held(self):
        """Record that it took place.

        :raises UserError: not begun yet, cancelled, or the user does not organise it
        """
        self._check_organiser()
        for event in self:
            if event.progress != "planned" or event.state in ("refused", "cancelled"):
                raise UserError(self.env._("This is no plan that is still open."))
            if event.start > fields.Datetime.now():
                raise UserError(self.env._("It has not begun yet."))
        # protected: the right was checked
        self.sudo().progress = "held"
        return True

    def _on_cancelled(self):
        # protected: the approval's action has checked the right
        self.sudo().progress = "cancelled"
        return super()._on_cancelled()
