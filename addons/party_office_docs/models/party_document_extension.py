from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [
    ("asked", "Asked for"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("void", "Not needed any more"),
]


class PartyDocumentExtension(models.Model):
    """A later deadline that a unit asks for; only the leader's yes moves the deadline.

    Until he decides the old deadline counts, and the paper stays with the unit.
    """

    _name = "party.document.extension"
    _description = "Extension of a Deadline"
    _inherit = ["party.clock.mixin", "party.secret.content.mixin"]
    _order = "document_id, id desc"
    _rec_name = "name"

    document_id = fields.Many2one(
        "party.document",
        string="Paper",
        required=True,
        index=True,
        ondelete="cascade",
    )
    name = fields.Char(compute="_compute_name")
    board_id = fields.Many2one("party.board", string="Unit", required=True, index=True)
    requester_id = fields.Many2one("res.users", string="Asked by", required=True)
    requested_at = fields.Datetime(
        string="Asked at", required=True, default=fields.Datetime.now
    )
    old_deadline = fields.Date(required=True)
    deadline = fields.Date(string="New deadline", required=True)
    reason = fields.Text(required=True)
    state = fields.Selection(STATES, required=True, default="asked", index=True)
    decided_by_id = fields.Many2one("res.users")
    decided_at = fields.Datetime()
    capacity = fields.Selection([("self", "In person"), ("kt", "K/T"), ("tl", "T/L")])
    answer = fields.Text()
    may_decide = fields.Boolean(compute="_compute_may_decide")
    company_id = fields.Many2one(related="document_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    _one_open = models.UniqueIndex(
        "(document_id) WHERE state = 'asked'",
        "An extension of this deadline is asked for already.",
    )
    _later = models.Constraint(
        "CHECK (deadline > old_deadline)",
        "The new deadline lies after the old one.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "document_id",
            "board_id",
            "requester_id",
            "requested_at",
            "old_deadline",
            "deadline",
            "reason",
            "state",
            "decided_by_id",
            "decided_at",
            "capacity",
            "answer",
        }

    @api.depends("document_id.name")
    def _compute_name(self):
        for extension in self:
            extension.name = self.env._(
                "Extension: %(document)s",
                document=extension.sudo().document_id.display_name,
            )

    @api.depends("state", "waiting_user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for extension in self:
            extension.may_decide = extension.state == "asked" and (
                extension._may_decide()
            )

    def _may_decide(self):
        self.ensure_one()
        if self.env.su:
            return True
        return self.requester_id != self.env.user and (
            self.is_waiting_on_me or self.document_id._is_chief()
        )

    def _work_item_state(self):
        return (
            "stopped"
            if self.state in ("refused", "void")
            else (super()._work_item_state())
        )

    # ----------------------------------------------------------------- actions
    def action_approve(self, answer=""):
        """Move the deadline of the paper.

        :raises AccessError: it is another's decision, or the user asked for it himself
        :raises UserError: it was decided already, or the new deadline has passed
        """
        for extension in self:
            extension._check_may_decide()
            day = extension.document_id._deadline_of(extension.deadline)
            extension._decide("approved", answer)
            # protected: the right was checked above
            extension.document_id.sudo()._move_deadline(day)
        return True

    def action_refuse(self, answer=""):
        """Keep the deadline as it is.

        :param str answer: why
        :raises AccessError: it is another's decision, or the user asked for it himself
        """
        for extension in self:
            extension._check_may_decide()
            extension._decide("refused", extension.document_id._reason_of(answer))
        return True

    def action_open_refuse(self):
        """Ask why the deadline stays."""
        return self.document_id._open_step("refuse")

    def _check_may_decide(self):
        self.ensure_one()
        self.check_access("read")
        if self.state != "asked":
            raise UserError(self.env._("This was decided already."))
        if self.requester_id == self.env.user and not self.env.su:
            raise AccessError(self.env._("Nobody decides on his own request."))
        if not self._may_decide():
            raise AccessError(
                self.env._(
                    "This waits for the decision of %(user)s.",
                    user=self.sudo().waiting_user_id.name,
                )
            )

    def _decide(self, state, answer):
        capacity = self.document_id._acting_as(self.sudo().waiting_user_id)[0]
        # protected: the right was checked by the caller
        extension = self.sudo()
        extension.write(
            {
                "state": state,
                "answer": self.document_id._text_of(answer),
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "capacity": capacity,
            }
        )
        extension._hand_to(False, "")
