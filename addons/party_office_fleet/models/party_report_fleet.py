from decimal import Decimal

from odoo import models

from odoo.addons.party_office_base.office_time import local, midnight

from ..rules.fuel_norm import trip_litres

#: who runs reports about cars
FLEET_READERS = (
    "party_office_base.group_dispatcher",
    "party_office_base.group_accountant",
    "party_office_base.group_board_head",
)
#: who sees what a car and its driver cost, whichever board they drove for
COST_READERS = (
    "party_office_base.group_dispatcher",
    "party_office_base.group_chief_accountant",
    "party_office_base.group_office_chief",
)
#: who sees which car stood while a board got none
DESK = (
    "party_office_base.group_dispatcher",
    "party_office_base.group_office_chief",
)


class PartyReportFleet(models.AbstractModel):
    """What the reports about cars share: trips of a period, months, litres, shares."""

    _name = "party.report.fleet"
    _inherit = "party.report.provider"
    _description = "Report About Cars"

    _report_groups = FLEET_READERS
    _report_options = {"since": None, "day": None}

    def _period_text(self, options):
        return self.env._(
            "From %(since)s to %(day)s",
            since=self._day_text(options.since),
            day=self._day_text(options.day),
        )

    def _period(self, options):
        """Return the moments (UTC) between which the local days lie, end excluded."""
        after = options.day.fromordinal(options.day.toordinal() + 1)
        return midnight(self.env, options.since), midnight(self.env, after)

    def _trips_domain(self, options):
        begin, end = self._period(options)
        return [
            ("progress", "=", "done"),
            ("actual_start", ">=", begin),
            ("actual_start", "<", end),
        ]

    def _trips(self, options):
        """Return the trips that began in the period, as far as the user sees them."""
        return self.env["party.dispatch"].search(
            self._trips_domain(options), order="actual_start, id"
        )

    def _local(self, moment):
        """Return a stored datetime as local time of the office."""
        return local(self.env, moment)

    def _month(self, order):
        """Return the local month in which a trip began, as ``(year, month)``."""
        began = self._local(order.actual_start)
        return began.year, began.month

    def _month_text(self, month):
        return f"{month[1]:02d}/{month[0]}"

    def _hours(self, order):
        """Return how many hours a trip took."""
        took = order.actual_stop - order.actual_start
        return Decimal(int(took.total_seconds())) / 3600

    def _litres(self, order):
        """Return what the norm allows for a trip (litres), None without a norm."""
        norm = order.car_id._norm_on(order._fuel_day())
        if not norm:
            return None
        return trip_litres(order._fuel_trip(), norm._to_litres()).total

    def _signatures(self):
        return [
            self.env._("PREPARED BY"),
            self.env._("CAR DISPATCHER"),
            self.env._("CHIEF OF OFFICE"),
        ]
