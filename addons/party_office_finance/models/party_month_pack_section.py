from odoo import api, models
from odoo.tools import SQL

from odoo.addons.party_office_base.rules.month_pack import Measure


class PartyMonthPackSection(models.AbstractModel):
    """Money of the month: spent, and how far the year's estimate is used."""

    _inherit = "party.month.pack.section"

    @api.model
    def _sections(self):
        return super()._sections() | {"money": self.env._("Money")}

    @api.model
    def _measures(self):
        return super()._measures() + [
            Measure("money_spent", self.env._("Spent"), "money", kind="money"),
            Measure(
                "money_share",
                self.env._("Of the year's estimate (%)"),
                "money",
                kind="share",
                is_flow=False,
            ),
            Measure("claims_paid", self.env._("Claims paid"), "money"),
        ]

    @api.model
    def _figures(self, period):
        spent = self._by_board(
            SQL(
                "SELECT board_id, sum(delta_spent) FROM party_budget_move"
                " WHERE date >= %s AND date <= %s GROUP BY board_id",
                period.first,
                period.last,
            )
        )
        share = self._by_board(
            SQL(
                "SELECT board_id,"
                " 100 * sum(delta_spent) / nullif(sum(delta_allocated), 0)"
                " FROM party_budget_move WHERE year = %s AND date <= %s"
                " GROUP BY board_id",
                period.last.year,
                period.last,
            )
        )
        paid = self._count_by_board(
            "party_claim",
            "board_id",
            SQL("paid_on >= %s AND paid_on <= %s", period.first, period.last),
        )
        return super()._figures(period) | {
            "money_spent": spent,
            "money_share": share,
            "claims_paid": paid,
        }
