from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.cost import CostLine

from .party_service_request import DESK_STATES


class PartyServiceRequest(models.Model):
    """What a request costs: supplies at their price, repairs as the desk names it."""

    _inherit = "party.service.request"

    estimate = fields.Monetary(
        string="Cost named by the desk", readonly=True, copy=False
    )
    amount = fields.Monetary(
        string="Cost", compute="_compute_amount", store=True, copy=False
    )
    agreed_amount = fields.Monetary(string="Agreed up to", readonly=True, copy=False)
    agreed_by_id = fields.Many2one(
        "res.users", string="Agreed by", readonly=True, copy=False
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "estimate",
            "agreed_amount",
            "agreed_by_id",
        }

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"estimate"}

    @api.depends("estimate", "line_ids.amount")
    def _compute_amount(self):
        for request in self:
            request.amount = request.estimate + sum(request.line_ids.mapped("amount"))

    def action_estimate(self, amount):
        """Name what it costs; above the kind's limit the board's head agrees first.

        :param float amount: đồng
        """
        self._check_in(*DESK_STATES)
        self._check_desk()
        self._check_plausible({"estimate": amount})
        if amount < 0:
            raise UserError(self.env._("The cost cannot be negative."))
        for request in self:
            # protected: the right was checked
            request.sudo().estimate = round(amount)
            request._note_step("estimate", f"{round(amount):,} đ".replace(",", "."))
            request._move_on()
            if request.state != "approval":
                request._bind_cost()
        return True

    def _open_agreement(self):
        approver, step, matter = super()._open_agreement()
        limit = self.kind_id.approval_from
        if approver or not limit or self.amount < limit:
            return approver, step, matter
        if self.amount <= self.agreed_amount:
            return None, "", ""
        # who heads a board is public
        own = self.sudo()
        board, company = own.board_id, own.company_id
        people = [
            board.head_id,
            board.deputy_head_id,
            company.office_chief_id,
            company.deputy_office_chief_id,
        ]
        for person in people:
            # nobody agrees to his own request
            if person and person != own.requester_id:
                step = self.env._("Agree to the cost on the board's budget")
                return person.sudo(False), step, "cost"
        raise UserError(
            self.env._("Nobody can agree to the cost of %s.", self.display_name)
        )

    def _agree(self, matter):
        result = super()._agree(matter)
        if matter == "cost":
            # protected: the right was checked
            self.sudo().write(
                {"agreed_amount": self.amount, "agreed_by_id": self.env.uid}
            )
        return result

    def action_agree(self):
        """Agree; what is being done already is held from now on."""
        result = super().action_agree()
        self.filtered(lambda request: request.state == "doing")._bind_cost()
        return result

    # -------------------------------------------------------------------------- budget
    def _cost_date(self):
        return local(self.env, self.asked_at or fields.Datetime.now()).date()

    def _cost_lines(self):
        self.ensure_one()
        kind = self.kind_id
        if not kind.charges_board or not self.amount:
            return []
        return [
            CostLine(
                self.board_id, kind.item_code, Decimal(round(self.amount)), self.name
            )
        ]

    def _bind_cost(self):
        """Hold what it costs before it is spent."""
        for request in self:
            if request._cost_lines():
                request._cost_hold()
