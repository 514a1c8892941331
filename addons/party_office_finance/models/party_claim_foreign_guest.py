from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.rules import guest

from .party_claim_event import exact


class PartyClaim(models.Model):
    """The facts of receiving a foreign delegation (circular 35/2026)."""

    _inherit = "party.claim"

    foreign_class = fields.Selection(
        [
            ("special", "Special class"),
            ("a", "Class A"),
            ("b", "Class B"),
            ("c", "Class C"),
            ("other", "Other international guests"),
        ],
        string="Class of the delegation",
        help="By the post of its head, see the annex of circular 35/2026.",
    )
    foreign_is_lead = fields.Boolean(
        string="We receive the delegation",
        default=True,
        help="The unit that receives the delegation pays for rooms, food, cars and "
        "gifts. A unit that only works with it pays its own courtesy meeting and "
        "interpreter (circular 35/2026, articles 13 and 15).",
    )
    foreign_pays = fields.Selection(
        [
            ("all", "All costs in the country"),
            ("part", "All but bed and board"),
            ("none", "Courtesy meetings only"),
        ],
        string="Viet Nam pays",
        default="all",
        required=True,
    )
    foreign_heads = fields.Integer(string="Heads of the delegation", default=1)
    foreign_deputies = fields.Integer(string="Deputy heads")
    foreign_members = fields.Integer(string="Members")
    foreign_nights = fields.Integer(string="Nights in rooms")
    foreign_has_breakfast = fields.Boolean(
        string="Breakfast is in the room price", default=True
    )
    foreign_food_days = fields.Integer(string="Days of food")
    foreign_food_hosts = fields.Integer(string="Own staff at daily meals")
    foreign_banquet_date = fields.Date(
        string="Day of the banquet", help="One banquet for a delegation."
    )
    foreign_banquet_hosts = fields.Integer(string="Vietnamese side at the banquet")
    foreign_farewell_count = fields.Integer(
        string="People at the farewell meal",
        help="For an ambassador or head of an international body who leaves.",
    )
    foreign_farewell_gifts = fields.Integer(string="Farewell gifts")
    foreign_flowers = fields.Boolean(string="Flowers for the head")
    foreign_gift_head = fields.Boolean(string="Gift for the head")
    foreign_gift_spouse = fields.Boolean(string="Gift for the spouse")
    foreign_gift_members = fields.Integer(
        string="Gifts for members", help="A special case that somebody must decide."
    )
    foreign_service_people = fields.Integer(string="Serving staff at collective meals")
    foreign_service_days = fields.Integer(string="Days of collective meals")
    interpreter_count = fields.Integer(string="Interpreters")
    interpreting_hours = fields.Float(
        string="Hours of each", digits=(8, 2), help="A begun hour counts as an hour."
    )
    interpreting_in_booth = fields.Boolean(string="Simultaneous, in the booth")
    translation_pages_to_vi = fields.Float(
        string="Pages into Vietnamese", digits=(8, 2), help="350 words a page."
    )
    translation_pages_from_vi = fields.Float(
        string="Pages from Vietnamese", digits=(8, 2)
    )
    translation_rare_pct = fields.Float(
        string="Rare language, per cent more", digits=(5, 2)
    )
    language_own_staff = fields.Boolean(
        string="By own staff", help="Paid at half of the rate."
    )

    @api.model
    def _foreign_facts(self):
        return {
            "foreign_class",
            "foreign_is_lead",
            "foreign_pays",
            "foreign_heads",
            "foreign_deputies",
            "foreign_members",
            "foreign_nights",
            "foreign_has_breakfast",
            "foreign_food_days",
            "foreign_food_hosts",
            "foreign_banquet_date",
            "foreign_banquet_hosts",
            "foreign_farewell_count",
            "foreign_farewell_gifts",
            "foreign_flowers",
            "foreign_gift_head",
            "foreign_gift_spouse",
            "foreign_gift_members",
            "foreign_service_people",
            "foreign_service_days",
            "interpreter_count",
            "interpreting_hours",
            "interpreting_in_booth",
            "translation_pages_to_vi",
            "translation_pages_from_vi",
            "translation_rare_pct",
            "language_own_staff",
        }

    @api.model
    def _event_facts(self):
        return super()._event_facts() | self._foreign_facts()

    @api.model
    def _cost_component_codes(self):
        return super()._cost_component_codes() | {
            "foreign_guest": {
                *guest.FOREIGN_BY_PAPERS,
                "foreign_lodging",
                "foreign_breakfast",
                "foreign_food",
                "foreign_banquet",
                "foreign_service_meal",
                "foreign_drink",
                "foreign_flowers",
                "foreign_gift",
                "translation",
                "interpreting",
            }
        }

    def _calculate(self):
        if self.calculation != "foreign_guest":
            return super()._calculate()
        if not self.event_from or not self.event_to or not self.foreign_class:
            return []
        return guest.foreign(
            self._foreign_guests(), self._event_book(guest.FOREIGN_CODES)
        )

    def _allowance_values(self, allowance):
        values = super()._allowance_values(allowance)
        if self.calculation == "foreign_guest" and allowance.rate:
            # without a rate it is the text of a paper
            values["person"] = self._foreign_persons().get(values["person"], "")
        return values

    @api.model
    def _foreign_persons(self):
        return {
            "head": self.env._("Head of the delegation"),
            "deputy": self.env._("Deputy head of the delegation"),
            "member": self.env._("Member"),
            "spouse": self.env._("Spouse"),
        }

    def _foreign_guests(self):
        self.ensure_one()
        return guest.ForeignGuests(
            day_from=self.event_from,
            day_to=self.event_to,
            guest_class=self.foreign_class,
            is_lead=self.foreign_is_lead,
            pays=self.foreign_pays,
            heads=self.foreign_heads,
            deputies=self.foreign_deputies,
            members=self.foreign_members,
            hosts=self.host_count,
            half_days=self.event_half_days,
            nights=self.foreign_nights,
            has_breakfast=self.foreign_has_breakfast,
            food_days=self.foreign_food_days,
            food_hosts=self.foreign_food_hosts,
            banquet_day=self.foreign_banquet_date or None,
            banquet_hosts=self.foreign_banquet_hosts,
            farewell=self.foreign_farewell_count,
            farewell_gifts=self.foreign_farewell_gifts,
            flowers=self.foreign_flowers,
            gift_head=self.foreign_gift_head,
            gift_spouse=self.foreign_gift_spouse,
            gift_members=self.foreign_gift_members,
            service_people=self.foreign_service_people,
            service_days=self.foreign_service_days,
            interpreters=self.interpreter_count,
            hours=exact(self.interpreting_hours),
            in_booth=self.interpreting_in_booth,
            pages_to_vi=exact(self.translation_pages_to_vi),
            pages_from_vi=exact(self.translation_pages_from_vi),
            rare_pct=exact(self.translation_rare_pct),
            own_staff=self.language_own_staff,
            approver=self.guest_approver or "",
            plan_day=self.event_plan_date or None,
            papers=self._event_papers(),
        )

    # --------------------------------------------------------------------- sentences
    def _fact_names(self):
        names = super()._fact_names()
        if self.calculation != "foreign_guest":
            return names
        return names | {
            "heads": "foreign_heads",
            "deputies": "foreign_deputies",
            "members": "foreign_members",
            "hosts": "host_count",
            "nights": "foreign_nights",
            "food_days": "foreign_food_days",
            "food_hosts": "foreign_food_hosts",
            "banquet_hosts": "foreign_banquet_hosts",
            "farewell": "foreign_farewell_count",
            "farewell_gifts": "foreign_farewell_gifts",
            "gift_members": "foreign_gift_members",
            "service_people": "foreign_service_people",
            "service_days": "foreign_service_days",
            "interpreters": "interpreter_count",
            "hours": "interpreting_hours",
            "pages_to_vi": "translation_pages_to_vi",
            "pages_from_vi": "translation_pages_from_vi",
            "rare_pct": "translation_rare_pct",
        }

    def _say_refused(self, refused):
        if self.calculation != "foreign_guest":
            return super()._say_refused(refused)
        values = refused.values
        sentence = self._say_article(refused.reason)
        if sentence:
            return sentence
        if refused.reason == "no_guests":
            return self.env._("Say how many people the delegation has.")
        if refused.reason == "banquet_day":
            return self.env._(
                "The banquet on %(day)s is outside the visit (%(first)s to %(last)s).",
                day=format_date(self.env, values["day"]),
                first=format_date(self.env, values["day_from"]),
                last=format_date(self.env, values["day_to"]),
            )
        if refused.reason == "rare_pct":
            return self.env._(
                "A rare language adds 0 to %(most)s per cent (circular 35/2026, "
                "article 11.1.c).",
                most=values["most"],
            )
        if refused.reason == "not_lead":
            return self.env._(
                "%(components)s: the unit that receives the delegation pays. A unit "
                "that works with it pays its courtesy meeting and interpreter only "
                "(circular 35/2026, articles 13 and 15).",
                components=self._component_names(values["components"]),
            )
        if refused.reason == "guests_pay":
            return self.env._(
                "%(components)s: the guests pay that themselves (circular 35/2026, "
                "articles 16 and 18).",
                components=self._component_names(values["components"]),
            )
        return super()._say_refused(refused)

    def _say_article(self, reason):
        """Return the sentence for what an article forbids, or None."""
        return {
            "flowers_class": self.env._(
                "Flowers are for the head of a class A or B delegation only (circular "
                "35/2026, article 5)."
            ),
            "gift_class": self.env._(
                "Gifts for the head and the spouse are for class A and B only; "
                "otherwise enter gifts for members (circular 35/2026, article 12)."
            ),
            "approver_gift": self.env._(
                "Gifts for members need the name and post of who decided them "
                "(circular 35/2026, article 12.2): fill in “Approved by”."
            ),
            "approver_special": self.env._(
                "Guests of the special class are received by an approved plan: fill in "
                "“Approved by” (circular 35/2026, articles 5 to 12)."
            ),
            "service_class": self.env._(
                "Collective meals of serving staff are for class A and the special "
                "class only (circular 35/2026, article 8.2)."
            ),
        }.get(reason)

    def _say_remark(self, remark):
        sentences = {
            "banquet_day": self.env._("day of the banquet: half of the rate"),
            "lodging_limit": self.env._("room and breakfast within the lodging rate"),
            "own_staff": self.env._("own staff: share of the rate"),
            "by_plan": self.env._("by the approved plan"),
        }
        return sentences.get(remark) or super()._say_remark(remark)

    def _check_can_submit(self):
        for claim in self:
            if claim.calculation == "foreign_guest" and not claim.guest_delegation:
                raise UserError(
                    self.env._(
                        "%(claim)s: say which delegation came.",
                        claim=claim.display_name,
                    )
                )
        return super()._check_can_submit()
