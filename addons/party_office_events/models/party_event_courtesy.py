from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.models.party_approval_mixin import OPEN_STATES
from odoo.addons.party_office_base.rules import guest


class PartyEventCourtesy(models.Model):
    """The courtesy meeting of another unit with a delegation.

    The unit that receives a delegation pays its logistics; every other unit pays its
    own courtesy meeting only (circular 35/2026/TT-BTC, article 15), once its head has
    agreed.
    """

    _name = "party.event.courtesy"
    _description = "Courtesy Meeting of Another Unit"
    _inherit = ["party.protected.mixin", "party.plausible.mixin"]
    _order = "event_id, id"

    event_id = fields.Many2one(
        "party.event", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    board_id = fields.Many2one(
        "party.board", string="Unit that pays it", required=True, index=True
    )
    half_days = fields.Integer(string="Half-days", default=1, required=True)
    host_count = fields.Integer(string="Own staff taking part")
    agreed_by_id = fields.Many2one(
        "res.users", string="Agreed by", readonly=True, copy=False
    )
    agreed_at = fields.Datetime(string="Agreed at", readonly=True, copy=False)
    can_agree = fields.Boolean(compute="_compute_can_agree")

    _once = models.Constraint(
        "UNIQUE (event_id, board_id)", "This unit stands in the list already."
    )

    @api.model
    def _approval_content_fields(self):
        return ["board_id", "half_days", "host_count"]

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"agreed_by_id", "agreed_at"}

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"half_days", "host_count"}

    @api.depends_context("uid")
    @api.depends("agreed_by_id", "board_id")
    def _compute_can_agree(self):
        for courtesy in self:
            courtesy.can_agree = not courtesy.agreed_by_id and courtesy._may_agree()

    def _may_agree(self):
        """Tell whether the user speaks for the unit that pays."""
        self.ensure_one()
        # who heads a unit is no secret
        board = self.sudo().board_id
        return bool(
            self.env.user.acting_user_ids & (board.head_id | board.deputy_head_id)
        )

    def _calculate(self):
        """Return what the meeting comes to by the norms (list of ``Allowance``)."""
        self.ensure_one()
        event = self.event_id
        first, last = event._days()
        if event._estimate_calculation() == "guest":
            facts = guest.DomesticGuests(
                day_from=first,
                day_to=last,
                guests=event.guest_count,
                hosts=self.host_count,
                half_days=self.half_days,
            )
            return guest.domestic(facts, event._estimate_book(guest.DOMESTIC_CODES))
        facts = guest.ForeignGuests(
            day_from=first,
            day_to=last,
            guest_class=event.foreign_class,
            is_lead=False,
            heads=event.foreign_heads,
            deputies=event.foreign_deputies,
            members=event.foreign_members,
            hosts=self.host_count,
            half_days=self.half_days,
        )
        return guest.foreign(facts, event._estimate_book(guest.FOREIGN_CODES))

    def _check_may_edit(self):
        """:raises UserError: sent already, or the user does not organise it"""
        for event in self.event_id:
            event._check_organiser()
            event._check_content_open()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        if not self.env.su:
            rows._check_may_edit()
        rows.event_id._refresh_estimate()
        return rows

    def write(self, vals):
        if not self.env.su:
            self._check_may_edit()
        result = super().write(vals)
        if set(self._approval_content_fields()) & vals.keys():
            # the unit agreed to something else
            self.sudo().write({"agreed_by_id": False, "agreed_at": False})
            self.event_id._refresh_estimate()
        return result

    def unlink(self):
        if not self.env.su:
            self._check_may_edit()
        events = self.event_id
        result = super().unlink()
        events.exists()._refresh_estimate()
        return result

    def action_agree(self):
        """Agree that the unit pays its courtesy meeting.

        :raises UserError: the user does not head it, or the plan was sent already
        """
        for courtesy in self:
            courtesy.check_access("read")
            if not courtesy._may_agree():
                raise UserError(
                    self.env._(
                        "Only the head of %(board)s agrees to what it pays.",
                        board=courtesy.sudo().board_id.name,
                    )
                )
            if courtesy.event_id.state not in OPEN_STATES:
                raise UserError(self.env._("The plan was sent already."))
        # protected: the right was checked
        self.sudo().write(
            {"agreed_by_id": self.env.uid, "agreed_at": fields.Datetime.now()}
        )
        return True


class PartyEvent(models.Model):
    _inherit = "party.event"

    courtesy_ids = fields.One2many(
        "party.event.courtesy", "event_id", string="Courtesy meetings of other units"
    )

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "courtesy_ids"]

    @api.depends("courtesy_ids.board_id")
    def _compute_readers(self):
        result = super()._compute_readers()
        for event in self:
            # who pays a part reads the whole plan
            event.reader_board_ids |= event.courtesy_ids.board_id
        return result

    def _check_can_submit(self):
        for event in self:
            waiting = event.courtesy_ids.filtered(lambda row: not row.agreed_by_id)
            own = waiting.filtered(lambda row, e=event: row.board_id == e.board_id)
            if own:
                raise UserError(
                    self.env._(
                        "%(board)s receives the delegation: it pays for all of it and "
                        "has no courtesy meeting of its own.",
                        board=event.board_id.name,
                    )
                )
            if waiting:
                raise UserError(
                    self.env._(
                        "These units have not agreed yet to pay their courtesy "
                        "meeting: %(boards)s.",
                        boards=", ".join(waiting.sudo().board_id.mapped("name")),
                    )
                )
        return super()._check_can_submit()
