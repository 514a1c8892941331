from odoo import models


class PartyClaim(models.Model):
    """Which facts of conferences, receptions and fuel ask for papers of their own."""

    _inherit = "party.claim"

    def _paper_conditions(self):
        conditions = super()._paper_conditions()
        if self.calculation == "conference":
            if self.conference_food == "collective":
                conditions.add("collective_meal")
            if self.conference_lodging == "invoice":
                conditions.add("lodging_invoice")
        elif self.calculation == "guest" and self.guest_meal_times > 1:
            conditions.add("important_guest")
        elif self.calculation == "fuel" and self.fuel_over > 0:
            conditions.add("over_norm")
        return conditions
