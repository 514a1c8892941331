from odoo import api, fields, models

from odoo.addons.party_office_base.office_time import local

from ..rules.estimate import half_days

FOOD = [
    ("none", "None"),
    ("lump", "Money in hand"),
    ("collective", "Collective meals"),
]
LODGING = [("none", "None"), ("lump", "Lump sum"), ("invoice", "By invoice")]


class PartyEvent(models.Model):
    """The facts from which the estimate follows: nobody types a rate.

    Most meetings cost nothing of their own; who needs money says so
    (``has_estimate``). Circulars 40/2017 and 12/2025 for conferences.
    """

    _inherit = "party.event"

    has_estimate = fields.Boolean(
        string="Needs money",
        tracking=True,
        help="An estimate is made, held on the budget of the paying unit when the plan "
        "is approved, and settled afterwards.",
    )
    half_days = fields.Integer(
        string="Half-days",
        compute="_compute_half_days",
        store=True,
        readonly=False,
        precompute=True,
        help="Mornings and afternoons with refreshments.",
    )
    exception_approver = fields.Char(
        string="Exceptions decided by",
        help="Name and post of who decided the higher meal rate for important guests, "
        "gifts to members of a delegation, the plan for guests of the special class.",
    )
    area_id = fields.Many2one(
        "party.norm.area",
        string="Held in",
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "party_office_base.norm_area_province", raise_if_not_found=False
        ),
        help="Decides the rates of food and lodging.",
    )
    unpaid_delegate_count = fields.Integer(
        string="Of them not on a state payroll",
        help="Only for them does the host pay food and lodging; the others are paid by "
        "the body that sends them.",
    )
    food = fields.Selection(FOOD, default="none", required=True)
    food_days = fields.Integer(
        string="Days with food",
        compute="_compute_food_days",
        store=True,
        readonly=False,
        precompute=True,
    )
    lodging = fields.Selection(
        LODGING, string="Lodging of delegates", default="none", required=True
    )
    lodged_count = fields.Integer(
        string="Delegates with a room", help="Of those not on a state payroll."
    )
    nights = fields.Integer()
    lecturer_half_days = fields.Integer(
        string="Half-days of lecturers", help="Sum over the lecturers."
    )

    @api.depends("start", "stop")
    def _compute_half_days(self):
        for event in self:
            event.half_days = bool(event.start and event.stop) and half_days(
                local(self.env, event.start), local(self.env, event.stop)
            )

    @api.depends("start", "stop", "food")
    def _compute_food_days(self):
        for event in self:
            days = 0
            if event.food != "none" and event.start and event.stop:
                first, last = event._days()
                days = max((last - first).days + 1, 0)
            event.food_days = days

    @api.model
    def _estimate_facts(self):
        """Return the names (``set``) of the fields from which amounts are computed."""
        return {
            "has_estimate",
            "half_days",
            "exception_approver",
            "area_id",
            "unpaid_delegate_count",
            "food",
            "food_days",
            "lodging",
            "lodged_count",
            "nights",
            "lecturer_half_days",
        }

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {
            name
            for name in self._estimate_facts()
            if self._fields[name].type in ("integer", "float", "monetary")
        }

    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            *sorted(self._estimate_facts()),
        ]
