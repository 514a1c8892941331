from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: where a directed paper is; whom it waits on follows from it
PHASES = [
    ("doing", "With the unit"),
    ("back", "Given back by the unit"),
    ("result", "Result to be accepted"),
]


class PartyDocument(models.Model):
    """The unit in the lead deals with the paper.

    Handing over inside the unit moves neither clock nor deadline.
    """

    _inherit = "party.document"

    phase = fields.Selection(PHASES, string="Where it is", readonly=True, copy=False)
    handler_id = fields.Many2one(
        "res.users",
        string="Dealt with by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The person of the unit in the lead; its head until he names somebody.",
    )
    may_do = fields.Boolean(compute="_compute_may_do")
    may_give_back = fields.Boolean(compute="_compute_may_do")

    _directed_has_phase = models.Constraint(
        "CHECK (state <> 'directed' OR (phase IS NOT NULL AND handler_id IS NOT NULL"
        " AND director_id IS NOT NULL AND deadline IS NOT NULL))",
        "A paper that is dealt with has a leader, a person and a deadline.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"phase", "handler_id"}

    @api.depends("state", "phase", "handler_id", "lead_board_id")
    @api.depends_context("uid")
    def _compute_may_do(self):
        acting = self.env.user.acting_user_ids
        for document in self:
            # who heads a unit is the directory of the office
            paper = document.sudo()
            doing = paper.state == "directed" and paper.phase == "doing"
            heads = paper._lead_heads()
            document.may_do = doing and bool((heads | paper.handler_id) & acting)
            document.may_give_back = doing and bool(heads & acting)

    def _lead_heads(self):
        """Return head and deputy head (``res.users``) of the unit in the lead."""
        return self.lead_board_id.head_id | self.lead_board_id.deputy_head_id

    def _directed_values(self, head):
        return super()._directed_values(head) | {
            "phase": "doing",
            "handler_id": head.id,
        }

    def _check_may_do(self):
        """Refuse who does not deal with the paper now.

        :raises AccessError: it is with somebody else
        :raises UserError: the unit does not have it now
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("directed")
        if self.phase != "doing":
            raise UserError(
                self.env._(
                    "%(document)s waits for %(user)s now.",
                    document=self.display_name,
                    user=self.sudo().waiting_user_id.name,
                )
            )
        if not (self.may_do or self.env.su):
            raise AccessError(
                self.env._(
                    "%(unit)s deals with %(document)s: this is for %(user)s and the "
                    "head of the unit.",
                    unit=self.sudo().lead_board_id.name,
                    document=self.display_name,
                    user=self.sudo().handler_id.name,
                )
            )

    def _people_of_lead(self):
        """Return the users who work in the unit in the lead, its heads first."""
        self.ensure_one()
        return self._people_of(self.sudo().lead_board_id)

    @api.model
    def _people_of(self, board):
        """Return the users who work in a unit, its heads first."""
        heads = board.head_id | board.deputy_head_id
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("user_id", "!=", False),
                    ("department_id", "child_of", board.department_id.ids),
                ],
                order="name, id",
            )
        )
        # a room below may be another board's
        return (heads | employees.user_id).filtered(
            lambda user: user.active and (user.own_board_id == board or user in heads)
        )

    # ----------------------------------------------------------------- actions
    def action_pass(self, user_id=None):
        """Hand the paper to a person of the unit; deadline and clock run on.

        :param int user_id: somebody who works in the unit in the lead
        :raises AccessError: the user neither deals with it nor heads the unit
        :raises UserError: the person belongs to another unit
        """
        self.ensure_one()
        self._check_may_do()
        user = self._user_of(user_id)
        if user not in self._people_of_lead():
            raise UserError(
                self.env._(
                    "%(user)s does not work in %(unit)s. A unit cannot hand a paper "
                    "to another one: give it back to the leader with the reason.",
                    user=user.name,
                    unit=self.sudo().lead_board_id.name,
                )
            )
        self._set_handler(user)
        return True

    def _set_handler(self, user):
        """Name who deals with the paper, after the caller has checked the right to.

        It waits on him unless it is with the leader now.
        """
        self.ensure_one()
        # protected: written by the actions of the paper only
        paper = self.sudo()
        paper.handler_id = user
        paper.routing_ids.filtered(lambda r: r.role == "lead").user_id = user
        paper._add_readers(users=user)
        if paper.phase == "doing":
            paper._hand_to(user, self.env._("Deal with it"))

    def action_give_back(self, reason=""):
        """Give the paper back to the leader: it is not for this unit.

        The unit stays in the lead, and the deadline runs on, until he decides.

        :param str reason: required
        :raises AccessError: the user does not head the unit
        """
        self.ensure_one()
        self._check_may_do()
        if not (self.may_give_back or self.env.su):
            raise AccessError(
                self.env._("Only the head of the unit gives a paper back.")
            )
        reason = self._reason_of(reason)
        director = self._person_on_duty(self.sudo().director_id)
        self._write_direction("back", reason=reason, to_user_id=director.id)
        # protected: the right was checked above
        self.sudo().phase = "back"
        self._hand_to(director, self.env._("Direct again"))
        return True

    def _person_on_duty(self, user):
        """Return a person who is still here: the user, or the chief of office.

        :raises UserError: there is neither
        """
        office = self.company_id.sudo()
        people = user | office.office_chief_id | office.deputy_office_chief_id
        person = people.filtered("active")[:1]
        if not person:
            raise UserError(
                self.env._("Name the chief of office in the settings of the office.")
            )
        return person
