from odoo import models


class PartyClaim(models.Model):
    """Which facts of a business trip ask for papers of their own."""

    _inherit = "party.claim"

    def _paper_conditions(self):
        conditions = super()._paper_conditions()
        if self.calculation != "travel":
            return conditions
        for row in self.traveller_ids:
            way = row.transport or self.travel_transport
            if way in ("ticket", "own_vehicle"):
                conditions.add(way)
            if (row.lodging or self.travel_lodging) == "invoice":
                conditions.add("lodging_invoice")
            if row.sea_from or row.sea_to or self.travel_area_id.code == "sea_island":
                conditions.add("sea_island")
        return conditions
