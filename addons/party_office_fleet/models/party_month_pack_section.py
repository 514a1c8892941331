from odoo import api, models
from odoo.tools import SQL

from odoo.addons.party_office_base.rules.month_pack import Measure


class PartyMonthPackSection(models.AbstractModel):
    """Car trips of the month, by the unit that asked."""

    _inherit = "party.month.pack.section"

    @api.model
    def _sections(self):
        return super()._sections() | {"cars": self.env._("Cars")}

    @api.model
    def _measures(self):
        return super()._measures() + [
            Measure("cars_asked", self.env._("Cars asked for"), "cars"),
            Measure("cars_given", self.env._("Trips of the office's cars"), "cars"),
            Measure("cars_declined", self.env._("No car"), "cars"),
        ]

    @api.model
    def _figures(self, period):
        first, end = self._span(period)
        asked = SQL("state = 'approved' AND start >= %s AND start < %s", first, end)
        count = self._count_by_board
        return super()._figures(period) | {
            "cars_asked": count("party_car_request", "board_id", asked),
            "cars_given": count(
                "party_car_request",
                "board_id",
                SQL("%s AND answer = 'assigned'", asked),
            ),
            "cars_declined": count(
                "party_car_request",
                "board_id",
                SQL("%s AND answer = 'declined'", asked),
            ),
        }
