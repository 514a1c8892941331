from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

CLERK = "party_office_base.group_clerk"
CHIEF = "party_office_base.group_office_chief"


class PartyDocument(models.Model):
    """An incoming paper: registered by the clerk, directed to exactly one lead."""

    _inherit = "party.document"

    director_id = fields.Many2one(
        "res.users",
        string="Directed by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The leader who named the lead.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"director_id"}

    def _check_clerk(self):
        """Refuse what only the clerk does.

        :raises AccessError: to everybody else
        """
        if not (self.env.su or self.env.user.has_group(CLERK)):
            raise AccessError(self.env._("Only the clerk keeps the books."))

    def action_register(self):
        """Enter incoming papers in the book: each gets the next number of the year.

        A secret paper is numbered and goes to the secret register.

        :raises AccessError: not the clerk
        :raises UserError: something is missing, or it stands in the book already
        """
        self._check_clerk()
        for document in self:
            document._check_state("received")
            document._check_can_register()
            document._take_number()
            # protected: the clerk's right was checked above
            document.sudo().state = "secret" if document.is_secret else "registered"
            document._add_readers(document.body_id.board_id)
            document._on_registered()
        return True

    def _check_can_register(self):
        """Raise UserError when something is missing in the book."""
        self.ensure_one()
        if self.is_secret:
            return
        if not (self.abstract and self.sender_id and self.document_date):
            raise UserError(
                self.env._("Enter sender, date and abstract before you register.")
            )

    def _on_registered(self):
        """Act when the paper was registered: it waits on the chief of office."""
        self.ensure_one()
        if self.is_secret:
            return
        chief = self.company_id.sudo().office_chief_id
        if chief:
            self._hand_to(chief, self.env._("Direct"))

    def _route(self, lead, co=None, info=None):
        """Write the parts of the units; exactly one leads.

        The caller has checked the right to; the database refuses a second lead.

        :param lead: one ``party.board``
        :param co: cooperating units (``party.board``)
        :param info: units that are informed (``party.board``)
        """
        self.ensure_one()
        lead.ensure_one()
        none = self.env["party.board"]
        co = (co or none) - lead
        info = (info or none) - lead - co
        wanted = dict.fromkeys(co, "co") | dict.fromkeys(info, "info")
        wanted[lead] = "lead"
        # protected: parts are written by the actions of the paper only
        document = self.sudo()
        document.routing_ids.filtered(lambda r: r.board_id not in wanted).unlink()
        # two leads must not meet half way
        document.routing_ids.filtered(
            lambda r: r.role == "lead" and r.board_id != lead
        ).write({"role": "info"})
        document.routing_ids.flush_recordset()
        known = {routing.board_id: routing for routing in document.routing_ids}
        for board, role in wanted.items():
            if board in known:
                known[board].role = role
            else:
                document.routing_ids.create(
                    {"document_id": document.id, "board_id": board.id, "role": role}
                )
        document.write({"lead_board_id": lead.id})
        document._add_readers(lead | co | info)

    def _set_directed(self, director, instruction, deadline):
        """Record the direction after ``_route``; it now waits on the lead's head.

        :param director: ``res.users``, the leader
        :param str instruction: bút phê
        :param deadline: date or False
        """
        self.ensure_one()
        # protected: the action that calls this has checked the right to
        document = self.sudo()
        head = document._head_of(document.lead_board_id)
        document.write(
            {
                "state": "directed",
                "director_id": director.id,
                "instruction": instruction,
                "deadline": deadline,
                **document._directed_values(head),
            }
        )
        self._add_readers(users=director)
        self._hand_to(head, self.env._("Deal with it"))

    def _head_of(self, board):
        """Return who answers for a unit: its head, or the deputy.

        :raises UserError: there is neither
        """
        people = board.head_id | board.deputy_head_id
        head = people.filtered("active")[:1]
        if not head:
            raise UserError(self.env._("%(unit)s has no head.", unit=board.name))
        return head
