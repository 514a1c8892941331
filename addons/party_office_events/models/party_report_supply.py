from datetime import timedelta

from odoo import models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)

KEEPERS = ("party_office_base.group_staff",)


class PartyReportSupplyStock(models.AbstractModel):
    """The stock of a period: opening stock, in, out, corrections, closing stock."""

    _name = "party.report.supply_stock"
    _inherit = "party.report.provider"
    _description = "Stock Report of Supplies"

    _report_title = _lt("Stock of supplies")
    _report_groups = KEEPERS
    _report_options = {"since": None, "day": None}

    def _report(self, options):
        return Report(
            title=self.env._("Stock of supplies"),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("code", self.env._("Code"), width=10, minor=True),
                Column("name", self.env._("Supply"), width=32),
                Column("unit", self.env._("Unit"), width=9),
                Column("opening", self.env._("Opening stock"), "number", 10),
                Column("came", self.env._("Received"), "number", 10),
                Column("went", self.env._("Given out"), "number", 10),
                Column("corrected", self.env._("Corrected"), "number", 10, minor=True),
                Column("closing", self.env._("Closing stock"), "number", 10),
                Column(
                    "came_value", self.env._("Value in"), "money", 13, True, minor=True
                ),
                Column(
                    "went_value", self.env._("Value out"), "money", 13, True, minor=True
                ),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "Values are quantities at the unit price of their day, as booked."
                )
            ],
            signatures=[
                self.env._("STOREKEEPER"),
                self.env._("CHIEF ACCOUNTANT"),
                self.env._("CHIEF OF OFFICE"),
            ],
        )

    def _rows(self, options):
        # what the store has is open to all staff; whom it went to is not shown here
        supplies = (
            self.env["party.supply"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.env.company.id)], order="name, id")
        )
        sums = {
            row[0]: row[1:]
            for row in self.env.execute_query(
                SQL(
                    """
                    SELECT supply_id,
                           COALESCE(SUM(quantity) FILTER (WHERE date < %(since)s), 0),
                           COALESCE(SUM(quantity) FILTER (
                               WHERE date >= %(since)s AND kind = 'in'), 0),
                           COALESCE(-SUM(quantity) FILTER (
                               WHERE date >= %(since)s AND kind = 'out'), 0),
                           COALESCE(SUM(quantity) FILTER (
                               WHERE date >= %(since)s AND kind = 'count'), 0),
                           COALESCE(SUM(quantity), 0),
                           COALESCE(SUM(quantity * price) FILTER (
                               WHERE date >= %(since)s AND kind = 'in'), 0),
                           COALESCE(-SUM(quantity * price) FILTER (
                               WHERE date >= %(since)s AND kind = 'out'), 0)
                      FROM party_supply_move
                     WHERE date < %(after)s AND supply_id = ANY(%(ids)s)
                     GROUP BY supply_id
                    """,
                    since=options.since,
                    after=options.day + timedelta(days=1),
                    ids=supplies.ids,
                )
            )
        }
        for supply in supplies:
            if supply.id not in sums:
                continue
            opening, came, went, corrected, closing, value_in, value_out = sums[
                supply.id
            ]
            yield Row(
                {
                    "code": supply.code or "",
                    "name": supply.name,
                    "unit": supply.unit,
                    "opening": opening,
                    "came": came,
                    "went": went,
                    "corrected": corrected,
                    "closing": closing,
                    "came_value": int(value_in),
                    "went_value": int(value_out),
                },
                link=("party.supply", supply.id),
            )


class PartyReportSupplyNorm(models.AbstractModel):
    """What each board used of each supply against its norm, in the running period."""

    _name = "party.report.supply_norm"
    _inherit = "party.report.provider"
    _description = "Use of Supplies by Norm"

    _report_title = _lt("Supplies used by norm")
    _report_groups = KEEPERS
    _report_options = {"day": None, "boards": None}

    def _report(self, options):
        return Report(
            title=self.env._("Supplies used by norm"),
            subtitles=[
                self.env._(
                    "Quarter or year of %(day)s", day=self._day_text(options.day)
                )
            ],
            columns=[
                Column("name", self.env._("Board, supply"), width=36),
                Column("unit", self.env._("Unit"), width=9),
                Column("period", self.env._("Period"), width=10),
                Column("allowed", self.env._("By the norm"), "number", 10),
                Column("used", self.env._("Used"), "number", 10),
                Column("left", self.env._("Left"), "number", 10),
                Column("verified", self.env._("Verified"), width=14),
            ],
            rows=self._rows(options),
            signatures=[self.env._("STOREKEEPER"), self.env._("CHIEF OF OFFICE")],
        )

    def _rows(self, options):
        norms = self.env["party.supply.norm"]
        boards = self.env.user.visible_board_ids
        if options.board_ids:
            boards = boards.filtered(lambda board: board.id in options.board_ids)
        supplies = norms.search(
            [("company_id", "=", self.env.company.id)]
        ).supply_id.sorted("name")
        known = norms._allowances(
            {(board, supply) for board in boards for supply in supplies},
            min(options.day, local_today(self.env)),
        )
        periods = dict(norms._fields["period"]._description_selection(self.env))
        states = dict(norms._fields["check_state"]._description_selection(self.env))
        for board in boards.sudo().sorted("name"):
            rows = [
                (supply, known[board, supply])
                for supply in supplies
                if (board, supply) in known
            ]
            if rows:
                yield Row({"name": board.name}, level=1)
            for supply, (norm, used, allowed) in rows:
                yield Row(
                    {
                        "name": supply.name,
                        "unit": supply.unit,
                        "period": periods[norm.period],
                        "allowed": allowed,
                        "used": used,
                        "left": allowed - used,
                        "verified": states[norm.check_state],
                    },
                    link=("party.supply", supply.id),
                )
