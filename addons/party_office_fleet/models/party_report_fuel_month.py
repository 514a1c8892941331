from decimal import Decimal

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

from .party_fuel_statement_collect import DEAD

_lt = LazyTranslate(__name__)


class PartyReportFuelMonth(models.AbstractModel):
    """Fuel of all cars by month: norm against what was filled, and who carries it."""

    _name = "party.report.fuel_month"
    _inherit = "party.report.provider"
    _description = "Fuel Settlement"

    _report_title = _lt("Fuel settlement")
    _report_groups = (
        "party_office_base.group_dispatcher",
        "party_office_base.group_accountant",
        "party_office_base.group_board_head",
    )
    _report_options = {"since": None, "day": None, "boards": None}

    def _report(self, options):
        return Report(
            title=self.env._("Fuel settlement"),
            subtitles=[
                self.env._(
                    "Months from %(since)s to %(day)s",
                    since=options.since.strftime("%m/%Y"),
                    day=options.day.strftime("%m/%Y"),
                )
            ],
            columns=[
                Column("content", self.env._("Statement, car, driver"), width=38),
                Column("km", self.env._("Km"), "number", 10, total=True),
                Column("opening", self.env._("Tank at the start (l)"), "number", 10),
                Column("norm", self.env._("By norm (l)"), "number", 11, total=True),
                Column("filled", self.env._("Filled (l)"), "number", 11, total=True),
                Column("closing", self.env._("Tank at the end (l)"), "number", 10),
                Column("over", self.env._("Over (+), saved (−) (l)"), "number", 11),
                Column("invoices", self.env._("Invoices"), "money", 14, total=True),
                Column("paid", self.env._("To be paid"), "money", 14, total=True),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "Paid are at most the litres of the norm, plus what is in the tank "
                    "at the end, minus what was in it at the start."
                ),
                self.env._("Lines of a board show what it carries."),
            ],
            signatures=self._signatures(),
        )

    def _rows(self, options):
        """Return the statements that the user may see, each with the boards' shares."""
        domain = [
            ("month", ">=", options.since.replace(day=1)),
            ("month", "<=", options.day),
            ("state", "not in", DEAD),
        ]
        if options.board_ids:
            domain.append(("share_ids.board_id", "in", options.board_ids))
        statements = self.env["party.fuel.statement"].search(
            domain, order="month, car_id, id"
        )
        visible = self.env.user.visible_board_ids
        everything = self.env.user.sees_all_boards or self.env.user.has_group(
            "party_office_base.group_dispatcher"
        )
        rows = []
        for statement in statements:
            rows.append(Row(self._cells(statement), link=self._link(statement)))
            shares = statement.share_ids
            if options.board_ids:
                shares = shares.filtered(lambda s: s.board_id.id in options.board_ids)
            rows += [
                Row(
                    {
                        # names of boards are the office's directory
                        "content": share.board_id.sudo().name,
                        "norm": self._litres(share.litres),
                        "paid": share.amount,
                    },
                    level=1,
                )
                for share in shares
                if everything or share.board_id in visible
            ]
        return rows

    def _link(self, statement):
        return (statement._name, statement.id)

    def _litres(self, value):
        return Decimal(str(value))

    def _cells(self, statement):
        driver = statement.sudo().driver_id.name
        return {
            "content": f"{statement.display_name} · {driver}",
            "km": self._litres(statement.km),
            "opening": self._litres(statement.opening),
            "norm": self._litres(statement.norm_litres),
            "filled": self._litres(statement.filled_litres),
            "closing": self._litres(statement.closing),
            "over": self._litres(statement.over_litres),
            "invoices": statement.filled_amount,
            "paid": statement.paid_amount,
        }
