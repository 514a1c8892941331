from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError


class PartyFuelStatementMake(models.TransientModel):
    """Make the statements of a month: one for each car and driver with open trips or
    fills.
    """

    _name = "party.fuel.statement.make"
    _description = "Make Fuel Statements"

    month = fields.Date(
        required=True,
        default=lambda self: (
            fields.Date.context_today(self).replace(day=1) - relativedelta(months=1)
        ),
        help="Any day of it.",
    )

    def action_make(self):
        """Make them and open the list of the month.

        :raises AccessError: no dispatcher
        :raises UserError: nothing is open in this month
        """
        self.ensure_one()
        statements = self.env["party.fuel.statement"]
        statements._check_dispatcher()
        made = statements
        for car, driver in self._open_pairs():
            made |= statements.create(
                {"car_id": car.id, "driver_id": driver.id, "month": self.month}
            )
        if not made:
            raise UserError(
                self.env._(
                    "Neither a trip nor a fill of %(month)s waits for a statement.",
                    month=self.month.strftime("%m/%Y"),
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_fleet.party_fuel_statement_action"
        )
        action["domain"] = [("id", "in", made.ids)]
        return action

    def _open_pairs(self):
        """Return ``[(car, driver)]`` with trips or fills that no statement has."""
        month = self.month.replace(day=1)
        blank = self.env["party.fuel.statement"].new({"month": month})
        first, after = blank._month_bounds()
        orders = self.env["party.dispatch"]._read_group(
            [
                ("state", "=", "approved"),
                ("progress", "=", "done"),
                ("statement_id", "=", False),
                ("actual_stop", ">=", first),
                ("actual_stop", "<", after),
                ("company_id", "=", self.env.company.id),
            ],
            ["car_id", "driver_id"],
        )
        fills = self.env["party.fuel.fill"]._read_group(
            [
                ("statement_id", "=", False),
                ("date", ">=", month),
                ("date", "<=", blank._last_day()),
                ("company_id", "=", self.env.company.id),
            ],
            ["car_id", "driver_id"],
        )
        open_ones = self.env["party.fuel.statement"].search(
            [("month", "=", month), ("state", "in", ("draft", "submitted", "returned"))]
        )
        taken = {(s.car_id, s.driver_id) for s in open_ones}
        pairs = dict.fromkeys([*orders, *fills])
        return [pair for pair in pairs if pair not in taken]
