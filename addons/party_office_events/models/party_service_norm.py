from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today

from .party_service_request import DESK_STATES


class PartyServiceRequestLine(models.Model):
    """What the board has used of a supply against its norm."""

    _inherit = "party.service.request.line"

    norm_used = fields.Integer(string="Used", compute="_compute_norm", aggregator=None)
    norm_allowed = fields.Integer(
        string="By the norm", compute="_compute_norm", aggregator=None
    )
    has_norm = fields.Boolean(compute="_compute_norm")
    norm_unverified = fields.Boolean(
        string="Norm not verified", compute="_compute_norm"
    )
    over_norm = fields.Integer(
        string="Above the norm", compute="_compute_norm", aggregator=None
    )

    @api.depends("supply_id", "granted", "delivered", "request_id.board_id")
    def _compute_norm(self):
        today = local_today(self.env)
        pairs = {
            (line.request_id.board_id, line.supply_id)
            for line in self
            if line.request_id.board_id and line.supply_id
        }
        known = self.env["party.supply.norm"]._allowances(pairs, today) if pairs else {}
        for line in self:
            norm, used, allowed = known.get(
                (line.request_id.board_id, line.supply_id), (None, 0, 0)
            )
            line.has_norm = bool(norm)
            line.norm_unverified = bool(norm and norm.needs_check)
            line.norm_used = used
            line.norm_allowed = allowed
            more = used + line.granted - line.delivered - allowed
            line.over_norm = max(more, 0) if norm else 0


class PartyServiceRequest(models.Model):
    """Above the norm of a board, the chief of office decides before the desk does."""

    _inherit = "party.service.request"

    is_over_norm = fields.Boolean(
        string="Above the norm of supplies", compute="_compute_over_norm"
    )
    over_norm_reason = fields.Char(
        string="Why more than the norm", help="What the chief of office reads."
    )
    norm_agreed_by_id = fields.Many2one(
        "res.users", string="Above the norm agreed by", readonly=True, copy=False
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"norm_agreed_by_id"}

    @api.depends("line_ids.over_norm")
    def _compute_over_norm(self):
        for request in self:
            request.is_over_norm = any(line.over_norm for line in request.line_ids)

    def _check_said(self):
        result = super()._check_said()
        if self.is_over_norm and not (self.over_norm_reason or "").strip():
            line = self.line_ids.filtered("over_norm")[:1]
            raise UserError(
                self.env._(
                    "%(supply)s: %(used)s of %(allowed)s used, %(asked)s more asked "
                    "for. Say why more than the norm is needed.",
                    supply=line.supply_id.display_name,
                    used=line.norm_used,
                    allowed=line.norm_allowed,
                    asked=line.granted,
                )
            )
        return result

    def _open_agreement(self):
        if (
            self.state in ("draft", *DESK_STATES, "approval", "waiting")
            and self.is_over_norm
            and not self.norm_agreed_by_id
        ):
            # who leads the office is public
            company = self.sudo().company_id
            for person in company.office_chief_id, company.deputy_office_chief_id:
                if person and person != self.sudo().requester_id:
                    step = self.env._("Decide on more than the norm")
                    return person.sudo(False), step, "norm"
            raise UserError(
                self.env._("Nobody can decide on more than the norm: name a chief.")
            )
        return super()._open_agreement()

    def _agree(self, matter):
        result = super()._agree(matter)
        if matter == "norm":
            # protected: the right was checked
            self.sudo().norm_agreed_by_id = self.env.uid
        return result

    def action_deliver(self):
        """Give out; nothing above the norm without the chief's word."""
        for request in self:
            if request.is_over_norm and not request.norm_agreed_by_id:
                raise UserError(
                    self.env._(
                        "More than the norm of the board: the chief of office "
                        "decides first, or give less."
                    )
                )
        return super().action_deliver()
