from odoo import models

from odoo.addons.party_office_base.rules.form_text import figure

#: name in the rules: field of the event
FACTS = {
    "delegates": "delegate_count",
    "unpaid": "unpaid_delegate_count",
    "half_days": "half_days",
    "food_days": "food_days",
    "lodged": "lodged_count",
    "nights": "nights",
    "lecturer_half_days": "lecturer_half_days",
    "guests": "guest_count",
    "hosts": "host_count",
    "meals": "guest_meals",
    "heads": "foreign_heads",
    "deputies": "foreign_deputies",
    "members": "foreign_members",
    "food_hosts": "foreign_food_hosts",
    "banquet_hosts": "foreign_banquet_hosts",
    "gift_members": "foreign_gift_members",
    "interpreters": "interpreter_count",
    "hours": "interpreting_hours",
    "pages_to_vi": "translation_pages_to_vi",
    "pages_from_vi": "translation_pages_from_vi",
}


class PartyEvent(models.Model):
    """What is said when facts cannot be."""

    _inherit = "party.event"

    def _say_refused(self, refused):
        """Return the sentence for a ``rules.allowance.CalculationRefused``."""
        values, reason = refused.values, refused.reason
        if reason == "negative":
            return self.env._(
                "%(fact)s may not be below zero.", fact=self._say_fact(values["fact"])
            )
        if reason == "times":
            return self.env._(
                "A meal for important guests is paid at 1 to %(most)s times the rate, "
                "not %(times)s times (circular 35/2026, article 31.3).",
                most=figure(values["most"], 2),
                times=figure(values["times"], 2),
            )
        if reason in ("guests_pay", "not_lead"):
            names = dict(
                self.env["party.event.cost"]
                ._fields["component"]
                ._description_selection(self.env)
            )
            return self.env._(
                "%(components)s: the guests pay that themselves (circular 35/2026, "
                "articles 16 and 18).",
                components=", ".join(names[code] for code in values["components"]),
            )
        sentence = self._say_article(reason)
        if sentence:
            return sentence
        fact = "foreign_nights" if reason == "nights" and self.is_foreign else None
        fact = (
            "foreign_food_days" if reason == "food_days" and self.is_foreign else fact
        )
        if reason in FACTS and "most" in values:
            return self.env._(
                "%(fact)s: %(count)s is more than the %(most)s that are possible here.",
                fact=self._say_fact(reason, fact),
                count=values["count"],
                most=values["most"],
            )
        return str(refused)

    def _say_fact(self, name, field=None):
        field = field or FACTS.get(name, name)
        if field not in self._fields:
            return name
        return self._fields[field]._description_string(self.env)

    def _say_article(self, reason):
        """Return the sentence for what an article forbids, or None."""
        return {
            "too_large": self.env._("An amount is below one million billion đồng."),
            "no_guests": self.env._("Say how many guests come."),
            "approver": self.env._(
                "Meals above the rate need the name and post of who decided it "
                "(circular 35/2026, article 31.3)."
            ),
            "banquet_day": self.env._("The banquet is outside the visit."),
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
                "(circular 35/2026, article 12.2)."
            ),
        }.get(reason)
