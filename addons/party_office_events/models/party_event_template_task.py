from odoo import fields, models

#: parts of a plan, in the order in which it is printed
BLOCKS = [
    ("content", "Content"),
    ("invitation", "Invitation and delegates"),
    ("documents", "Documents"),
    ("hall", "Hall"),
    ("it", "IT and cipher"),
    ("transport", "Cars, lodging, meals"),
    ("money", "Money"),
    ("press", "Press, security, health"),
    ("after", "After the conference"),
]

LEAD_RULES = [
    ("lead", "The lead unit"),
    ("payer", "The paying unit"),
    ("office", "The office"),
    ("board", "A named unit"),
]


class PartyEventTemplateTask(models.Model):
    """One usual task: who leads it by rule, how many working days before."""

    _name = "party.event.template.task"
    _description = "Task of a Template"
    _inherit = ["party.plausible.mixin"]
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "party.event.template", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    block = fields.Selection(BLOCKS, required=True, default="content")
    # not translated: it becomes a line of an official plan
    name = fields.Char(string="Task", required=True)
    days_before = fields.Integer(
        string="Working days before",
        aggregator=None,
        help="0: on the day itself. Negative: so many working days after.",
    )
    lead_rule = fields.Selection(LEAD_RULES, required=True, default="lead")
    lead_board_id = fields.Many2one("party.board", string="Named unit")
    with_lead = fields.Boolean(string="With the lead unit")
    with_office = fields.Boolean(string="With the office")
    co_board_ids = fields.Many2many("party.board", string="Cooperating units")
    user_id = fields.Many2one(
        "res.users",
        string="Usual person",
        help="Gets the task at once if he belongs to its lead unit.",
    )
    needs_evidence = fields.Boolean(
        help="Done only with a photo or a paper that shows it."
    )
    note = fields.Char(string="What it asks for")

    _days_possible = models.Constraint(
        "CHECK (days_before BETWEEN -90 AND 120)",
        "A task is due at most 120 working days before or 90 after.",
    )
    _named_unit = models.Constraint(
        "CHECK (lead_rule <> 'board' OR lead_board_id IS NOT NULL)",
        "Name the unit that leads this task.",
    )

    def _plausible_fields(self):
        return super()._plausible_fields() | {"days_before"}

    def _lead_of(self, event, office):
        """Return the one unit (``party.board``) that leads this task of an event.

        :param office: the office as a unit; may be empty, then the lead unit leads
        """
        board = {
            "lead": event.lead_board_id,
            "payer": event.board_id,
            "office": office,
            "board": self.lead_board_id,
        }[self.lead_rule]
        return board.filtered("active") or event.lead_board_id

    def _cooperating(self, event, office):
        """Return the units (``party.board``) that help."""
        boards = self.co_board_ids.filtered("active")
        if self.with_lead:
            boards |= event.lead_board_id
        if self.with_office:
            boards |= office
        return boards - self._lead_of(event, office)

    def _usual_person(self, lead):
        """Return who gets the task at once: the usual person of the unit that leads."""
        # who works where is no secret
        user = self.sudo().user_id
        belongs = user.active and user.own_board_id == lead
        return user if belongs else user.browse()
