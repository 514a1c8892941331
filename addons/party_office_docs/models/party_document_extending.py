from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyDocument(models.Model):
    """The deadline moves only by an extension that the leader approved."""

    _inherit = "party.document"

    extension_ids = fields.One2many(
        "party.document.extension", "document_id", readonly=True
    )
    open_extension_id = fields.Many2one(
        "party.document.extension",
        string="Extension asked for",
        compute="_compute_open_extension",
    )
    may_decide_extension = fields.Boolean(compute="_compute_open_extension")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"extension_ids"}

    @api.depends("extension_ids.state", "extension_ids.waiting_user_id")
    @api.depends_context("uid")
    def _compute_open_extension(self):
        for document in self:
            asked = document.extension_ids.filtered(lambda e: e.state == "asked")[:1]
            document.open_extension_id = asked
            document.may_decide_extension = asked.may_decide

    def action_ask_extension(self, deadline=None, reason=""):
        """Ask the leader for a later deadline; the old one counts until he agrees.

        :param deadline: date or ISO text, after the present deadline
        :param str reason: required
        :raises AccessError: the user does not deal with the paper
        :raises UserError: asked already, or the day makes no sense
        """
        self.ensure_one()
        self._check_may_do()
        reason = self._reason_of(reason)
        day = self._deadline_of(deadline)
        if day <= self.deadline:
            raise UserError(self.env._("The new deadline lies after the old one."))
        if self.sudo().open_extension_id:
            raise UserError(
                self.env._("An extension of this deadline is asked for already.")
            )
        # protected: the right was checked above
        extension = (
            self.env["party.document.extension"]
            .sudo()
            .create(
                {
                    "document_id": self.id,
                    "board_id": self.sudo().lead_board_id.id,
                    "requester_id": self.env.uid,
                    "old_deadline": self.deadline,
                    "deadline": day,
                    "reason": reason,
                }
            )
        )
        extension._hand_to(self._extension_decider(), self.env._("Decide on it"))
        return True

    def _extension_decider(self):
        """Return who decides: the leader of the paper, never who asks himself.

        :raises UserError: there is nobody
        """
        paper = self.sudo()
        office = paper.company_id
        people = (
            paper.director_id | office.office_chief_id | office.deputy_office_chief_id
        )
        people = (people - self.env.user).filtered("active")
        if not people:
            raise UserError(
                self.env._("Name the chief of office in the settings of the office.")
            )
        return people[0]

    def _move_deadline(self, day):
        """Set a new deadline, after the caller has checked the right to."""
        # protected: written by actions only
        self.sudo().deadline = day
        self._forget_alarms()

    def _void_extensions(self):
        """End what was asked for and is needed no more."""
        # protected: written by actions only
        asked = self.sudo().extension_ids.filtered(lambda e: e.state == "asked")
        if asked:
            asked.write({"state": "void"})
            asked._hand_to(False, "")
