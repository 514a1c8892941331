from odoo import api, fields, models

from odoo.addons.party_office_base.rules import conference

from .party_claim_event import exact


class PartyClaim(models.Model):
    """The facts of a conference (circulars 40/2017 and 12/2025)."""

    _inherit = "party.claim"

    conference_area_id = fields.Many2one(
        "party.norm.area",
        string="Held in",
        ondelete="restrict",
        help="Decides the rates of food and lodging.",
    )
    delegate_count = fields.Integer(string="Delegates")
    unpaid_delegate_count = fields.Integer(
        string="Of them not on a state payroll",
        help="Only for them does the host pay food and lodging; the others are paid by "
        "the body that sends them.",
    )
    conference_food = fields.Selection(
        [
            ("none", "None"),
            ("lump", "Money in hand"),
            ("collective", "Collective meals"),
        ],
        string="Food",
        default="none",
        required=True,
    )
    conference_food_days = fields.Integer(
        string="Days with food",
        compute="_compute_conference_food_days",
        store=True,
        readonly=False,
        precompute=True,
    )
    conference_diners = fields.Integer(
        string="People at the meals", help="Zero: all delegates."
    )
    conference_collected = fields.Monetary(
        string="Handed in by salaried delegates",
        help="What delegates on a payroll pay from their travel allowance (đồng).",
    )
    conference_lodging = fields.Selection(
        [("none", "None"), ("lump", "Lump sum"), ("invoice", "By invoice")],
        string="Lodging of delegates",
        default="none",
        required=True,
    )
    conference_lodged = fields.Integer(
        string="Delegates with a room", help="Of those not on a state payroll."
    )
    conference_nights = fields.Integer(string="Nights")
    lecturer_half_days = fields.Integer(
        string="Half-days of lecturers",
        help="Sum over the lecturers; leave it empty when their papers alone count.",
    )

    @api.depends("event_from", "event_to", "conference_food")
    def _compute_conference_food_days(self):
        for claim in self:
            days = 0
            if claim.event_from and claim.event_to and claim.conference_food != "none":
                days = max((claim.event_to - claim.event_from).days + 1, 0)
            claim.conference_food_days = days

    @api.model
    def _event_facts(self):
        return super()._event_facts() | {
            "conference_area_id",
            "delegate_count",
            "unpaid_delegate_count",
            "conference_food",
            "conference_food_days",
            "conference_diners",
            "conference_collected",
            "conference_lodging",
            "conference_lodged",
            "conference_nights",
            "lecturer_half_days",
        }

    @api.model
    def _cost_component_codes(self):
        return super()._cost_component_codes() | {
            "conference": {
                *conference.BY_PAPERS,
                "lecturer",
                "conference_tea",
                "conference_meal",
                "conference_lodging",
            }
        }

    def _calculate(self):
        if self.calculation != "conference":
            return super()._calculate()
        if not self.event_from or not self.event_to:
            return []
        return conference.conference(
            self._conference_facts(), self._event_book(conference.CODES)
        )

    def _conference_facts(self):
        self.ensure_one()
        is_collective = self.conference_food == "collective"
        is_lodged = self.conference_lodging != "none"
        return conference.Conference(
            day_from=self.event_from,
            day_to=self.event_to,
            area=self.conference_area_id.code or None,
            delegates=self.delegate_count,
            unpaid=self.unpaid_delegate_count,
            half_days=self.event_half_days,
            food=self.conference_food,
            food_days=self.conference_food_days,
            diners=self.conference_diners if is_collective else 0,
            collected=(exact(self.conference_collected) if is_collective else exact(0)),
            lodging=self.conference_lodging,
            lodged=self.conference_lodged if is_lodged else 0,
            nights=self.conference_nights if is_lodged else 0,
            lecturer_half_days=self.lecturer_half_days,
            papers=self._event_papers(),
        )

    def _fact_names(self):
        names = super()._fact_names()
        if self.calculation != "conference":
            return names
        return names | {
            "delegates": "delegate_count",
            "unpaid": "unpaid_delegate_count",
            "food_days": "conference_food_days",
            "diners": "conference_diners",
            "collected": "conference_collected",
            "lodged": "conference_lodged",
            "nights": "conference_nights",
            "lecturer_half_days": "lecturer_half_days",
        }

    def _say_refused(self, refused):
        if refused.reason == "lump_and_invoice":
            return self.env._(
                "Lodging is paid as a lump sum or by invoice, never both: take the "
                "hotel's invoice out, or choose “By invoice”."
            )
        return super()._say_refused(refused)

    def _say_remark(self, remark):
        if remark == "topup":
            return self.env._(
                "cost of the meals, less what the delegates hand in and the food rate "
                "of those not on a payroll"
            )
        return super()._say_remark(remark)
