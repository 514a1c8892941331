from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class PartyDocumentRouting(models.Model):
    """The head of a unit that cooperates or knows names his person for it, too.

    The paper goes on waiting on the unit in the lead.
    """

    _inherit = "party.document.routing"

    def action_assign(self, user_id=None):
        """Name the person of the unit who looks after its part.

        :param int user_id: somebody who works in the unit
        :raises AccessError: the user does not head the unit
        :raises UserError: the person belongs to another unit, or the unit is in the
            lead: there the paper itself is handed on
        """
        self.ensure_one()
        self.check_access("read")
        part = self.sudo()
        part.document_id._check_state("directed")
        if part.role == "lead":
            raise UserError(
                self.env._("Hand the paper itself to a person of the unit.")
            )
        heads = part.board_id.head_id | part.board_id.deputy_head_id
        if not (self.env.su or heads & self.env.user.acting_user_ids):
            raise AccessError(
                self.env._("Only the head of the unit names who looks after its part.")
            )
        user = part.document_id._user_of(user_id)
        if part.board_id not in user.paper_board_ids:
            raise UserError(
                self.env._(
                    "%(user)s does not work in %(unit)s.",
                    user=user.name,
                    unit=part.board_id.name,
                )
            )
        part.user_id = user
        return True


class PartyDocument(models.Model):
    _inherit = "party.document"

    my_part_id = fields.Many2one(
        "party.document.routing",
        string="Part of my unit",
        compute="_compute_my_part_id",
        help="The part of a unit that the user heads, other than the lead.",
    )

    @api.depends("state", "routing_ids.role", "routing_ids.board_id")
    @api.depends_context("uid")
    def _compute_my_part_id(self):
        acting = self.env.user.acting_user_ids
        for document in self:
            parts = document.routing_ids.filtered(
                lambda part: (
                    part.role != "lead"
                    and acting
                    # who heads a unit is the directory of the office
                    & (
                        part.sudo().board_id.head_id
                        | part.sudo().board_id.deputy_head_id
                    )
                )
            )
            document.my_part_id = document.state == "directed" and parts[:1]

    def action_open_assign(self):
        """Ask who of the user's unit looks after its part."""
        return self._open_step("assign")
