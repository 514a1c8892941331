from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules import guest
from odoo.addons.party_office_base.rules.form_text import figure

from .party_claim_event import exact


class PartyClaim(models.Model):
    """The facts of a reception of guests from the country (circular 35/2026)."""

    _inherit = "party.claim"

    guest_delegation = fields.Char(
        string="Guests", help="Name of the delegation, its head and his post."
    )
    guest_count = fields.Integer(string="Number of guests")
    host_count = fields.Integer(
        string="Own staff taking part", help="Only those directly concerned."
    )
    guest_meals = fields.Integer(
        string="Invited meals", help="How often the guests were invited to a meal."
    )
    guest_meal_times = fields.Float(
        string="Times the meal rate",
        default=1.0,
        digits=(4, 2),
        help="Above 1 for important guests only (circular 35/2026, article 31.3).",
    )
    guest_approver = fields.Char(
        string="Approved by",
        help="Name and post of the person who decided the exception: the higher meal "
        "rate, gifts to members of a delegation, the plan for guests of special class.",
    )

    @api.model
    def _event_facts(self):
        return super()._event_facts() | {
            "guest_delegation",
            "guest_count",
            "host_count",
            "guest_meals",
            "guest_meal_times",
            "guest_approver",
        }

    @api.model
    def _cost_component_codes(self):
        return super()._cost_component_codes() | {
            "guest": {*guest.DOMESTIC_BY_PAPERS, "guest_drink", "guest_meal"}
        }

    def _calculate(self):
        if self.calculation != "guest":
            return super()._calculate()
        if not self.event_from or not self.event_to:
            return []
        return guest.domestic(
            guest.DomesticGuests(
                day_from=self.event_from,
                day_to=self.event_to,
                guests=self.guest_count,
                hosts=self.host_count,
                half_days=self.event_half_days,
                meals=self.guest_meals,
                times=exact(self.guest_meal_times),
                approver=self.guest_approver or "",
                plan_day=self.event_plan_date or None,
                papers=self._event_papers(),
            ),
            self._event_book(guest.DOMESTIC_CODES),
        )

    def _fact_names(self):
        names = super()._fact_names()
        if self.calculation != "guest":
            return names
        return names | {
            "guests": "guest_count",
            "hosts": "host_count",
            "meals": "guest_meals",
        }

    def _say_refused(self, refused):
        values = refused.values
        if refused.reason == "no_guests":
            return self.env._("Say how many guests there were.")
        if refused.reason == "times":
            return self.env._(
                "A meal for important guests is paid at 1 to %(most)s times the rate, "
                "not %(times)s times (circular 35/2026, article 31.3).",
                most=figure(values["most"], 2),
                times=figure(values["times"], 2),
            )
        if refused.reason == "approver":
            return self.env._(
                "Meals above the rate need the name and post of who decided it "
                "(circular 35/2026, article 31.3): fill in “Approved by”."
            )
        if refused.reason == "gift_domestic":
            return self.env._(
                "No gifts are bought for guests from the country (circular 35/2026, "
                "article 4.2.b)."
            )
        return super()._say_refused(refused)

    def _say_remark(self, remark):
        if remark == "important":
            return self.env._(
                "important guests, decided by %(person)s",
                person=self.guest_approver or "",
            )
        return super()._say_remark(remark)

    def _check_can_submit(self):
        for claim in self:
            if claim.calculation == "guest" and not claim.guest_delegation:
                raise UserError(
                    self.env._(
                        "%(claim)s: say who the guests were and where they came from.",
                        claim=claim.display_name,
                    )
                )
        return super()._check_can_submit()
