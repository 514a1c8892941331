from odoo import api, fields, models
from odoo.exceptions import UserError

#: annex of circular 35/2026/TT-BTC
CLASSES = [
    ("special", "Special class"),
    ("a", "Class A"),
    ("b", "Class B"),
    ("c", "Class C"),
    ("other", "Other international guests"),
]


class PartyEvent(models.Model):
    """The file of a delegation: who comes, why, and by which paper (circular
    35/2026/TT-BTC).
    """

    _inherit = "party.event"

    is_foreign = fields.Boolean(related="kind_id.is_foreign", store=True)
    guest_head = fields.Char(
        string="Head of the delegation", help="Name and post of who leads the guests."
    )
    guest_level = fields.Char(
        string="Level", help="Central, ministry, province, foreign province or party …"
    )
    guest_letter = fields.Char(
        string="Letter of introduction",
        help="Symbol and date of the letter or paper that announces the delegation.",
    )
    working_board_ids = fields.Many2many(
        "party.board",
        "party_event_working_board_rel",
        string="Units that work with it",
    )
    guest_count = fields.Integer(
        string="Number of guests",
        compute="_compute_guest_count",
        store=True,
        readonly=False,
    )
    host_count = fields.Integer(
        string="Own staff taking part", help="Only those directly concerned."
    )
    guest_meals = fields.Integer(
        string="Invited meals", help="How often the guests are invited to a meal."
    )
    guest_meal_times = fields.Float(
        string="Times the meal rate",
        default=1.0,
        digits=(4, 2),
        help="Above 1 for important guests only (circular 35/2026, article 31.3).",
    )

    @api.depends("foreign_heads", "foreign_deputies", "foreign_members", "is_foreign")
    def _compute_guest_count(self):
        for event in self:
            count = event.guest_count
            if event.is_foreign:
                count = (
                    event.foreign_heads + event.foreign_deputies + event.foreign_members
                )
            event.guest_count = count

    @api.model
    def _estimate_facts(self):
        return super()._estimate_facts() | {
            "guest_head",
            "guest_level",
            "guest_letter",
            "guest_count",
            "host_count",
            "guest_meals",
            "guest_meal_times",
        }

    def _check_can_submit(self):
        for event in self:
            if event.category == "reception" and not (
                event.guest_head and event.guest_count
            ):
                raise UserError(
                    self.env._(
                        "%(event)s: say who leads the delegation and how many guests "
                        "come.",
                        event=event.display_name,
                    )
                )
        return super()._check_can_submit()
