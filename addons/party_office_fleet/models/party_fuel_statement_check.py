from datetime import date

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules import fuel
from odoo.addons.party_office_base.rules.form_text import figure

from ..rules.fuel_check import LoggedFill, LoggedTrip, check_month
from ..tools import exact


class PartyFuelStatement(models.Model):
    """What an inspector would ask about a month: said, never blocking."""

    _inherit = "party.fuel.statement"

    check_box = fields.Html(
        string="To be looked at", compute="_compute_check_box", sanitize=False
    )
    check_count = fields.Integer(
        string="To look at", compute="_compute_check_box", aggregator=None
    )

    @api.depends(
        "car_id",
        "driver_id",
        "month",
        "opening",
        "closing",
        "line_ids",
        "fill_ids.date",
        "fill_ids.odometer",
        "fill_ids.litres",
        "fill_ids.invoice_key",
    )
    @api.depends_context("lang")
    def _compute_check_box(self):
        for statement in self:
            found = statement._fuel_findings() if statement._origin else []
            statement.check_count = len(found)
            statement.check_box = found and Markup('<ul class="mb-0">{}</ul>').format(
                Markup().join(
                    Markup("<li>{}</li>").format(sentence) for sentence in found
                )
            )

    def _decision_notes(self):
        notes = super()._decision_notes()
        for statement in self:
            found = statement._fuel_findings()
            if found:
                notes[statement.id] = self.env._(
                    "To be looked at: %(warnings)s", warnings=" ".join(found)
                )
        return notes

    # ----------------------------------------------------------------------- findings
    def _fuel_findings(self):
        """Return the sentences, in the user's language."""
        self.ensure_one()
        # superuser mode: the car is shared, the statement is judged as a whole; who may
        # read it was checked by reading it
        statement = self.sudo()
        trips = statement._logged_trips(statement._trips_of_car())
        own = {line.dispatch_id for line in statement.line_ids}
        found = check_month(
            [trip for trip in trips if trip.key in own],
            statement._logged_fills(),
            trips,
            statement._public_holidays(),
            statement._before().odometer_end,
        )
        said = [statement._say_finding(finding) for finding in found]
        said += [
            statement._say_oddity(oddity)
            for oddity in fuel.oddities(
                statement._fuel_period(), statement.car_id.plate or ""
            )
        ]
        said += statement._invoices_used_before()
        said += statement._levels_that_differ()
        said += statement._orders_left_behind()
        # a finding that is said of two trips is one question
        return list(dict.fromkeys(said))

    def _trips_of_car(self):
        """Return all driven orders of the car in the month, whoever drove."""
        first, after = self._month_bounds()
        return (
            self.env["party.dispatch"].search(
                [
                    ("car_id", "=", self.car_id.id),
                    ("progress", "=", "done"),
                    ("actual_stop", ">=", first),
                    ("actual_stop", "<", after),
                ]
            )
            | self.line_ids.dispatch_id
        )

    def _logged_trips(self, orders):
        return [
            LoggedTrip(
                key=order,
                label=order.name,
                start=local(self.env, order.actual_start).replace(tzinfo=None),
                stop=local(self.env, order.actual_stop).replace(tzinfo=None),
                odometer_out=order.odometer_out,
                odometer_in=order.odometer_in,
                driver=order.driver_id,
            )
            for order in orders
        ]

    def _logged_fills(self):
        return [
            LoggedFill(
                key=fill,
                label=fill.invoice_number or fill.station or "",
                day=fill.date,
                odometer=fill.odometer,
                driver=fill.driver_id,
            )
            for fill in self.fill_ids
        ]

    def _public_holidays(self):
        """Return the days (``set`` of dates) on which the office does not work."""
        first, after = self._month_bounds()
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("resource_id", "=", False),
                ("company_id", "in", (False, self.company_id.id)),
                ("date_from", "<", after),
                ("date_to", ">=", first),
            ]
        )
        days = set()
        for leave in leaves:
            begin = local(self.env, leave.date_from).date().toordinal()
            end = local(self.env, leave.date_to).date().toordinal()
            days |= {date.fromordinal(day) for day in range(begin, end + 1)}
        return days

    def _invoices_used_before(self):
        """Return a sentence for each invoice that another fill has, too."""
        fills = self.fill_ids.filtered("invoice_key")
        if not fills:
            return []
        others = self.env["party.fuel.fill"].search(
            [
                ("invoice_key", "in", fills.mapped("invoice_key")),
                ("id", "not in", fills.ids),
            ]
        )
        return [
            self.env._(
                "Invoice %(number)s of %(day)s is also a fill of %(car)s on %(other)s.",
                number=fill.invoice_number,
                day=format_date(self.env, fill.date),
                car=other.car_id.plate,
                other=format_date(self.env, other.date),
            )
            for fill in fills
            for other in others
            if other.invoice_key == fill.invoice_key
        ]

    def _levels_that_differ(self):
        """Say when the tank does not begin where the statement before left it."""
        before = self._before()
        if not before or exact(before.closing) == exact(self.opening):
            return []
        return [
            self.env._(
                "%(opening)s l at the start, but %(statement)s measured %(closing)s l "
                "at its end.",
                opening=figure(self.opening, 2),
                closing=figure(before.closing, 2),
                statement=before.display_name,
            )
        ]

    def _orders_left_behind(self):
        """Say which orders were not driven or have no statement."""
        first, after = self._month_bounds()
        mine = Domain("car_id", "=", self.car_id.id) & Domain(
            "driver_id", "=", self.driver_id.id
        )
        orders = self.env["party.dispatch"].search(
            mine
            & Domain("state", "=", "approved")
            & (
                Domain("progress", "!=", "done")
                & Domain("stop", ">=", first)
                & Domain("stop", "<", after)
                & Domain("stop", "<", fields.Datetime.now())
                | Domain("progress", "=", "done")
                & Domain("statement_id", "=", False)
                & Domain("actual_stop", "<", first)
            )
        )
        sentences = {
            True: self.env._("Order %(order)s came back before and has no statement."),
            False: self.env._("Order %(order)s has no trip: it was not driven."),
        }
        # pylint: disable=translation-not-lazy
        return [
            sentences[order.progress == "done"] % {"order": order.name}
            for order in orders
        ]

    # ---------------------------------------------------------------------- sentences
    def _values_said(self, values):
        return {
            name: (
                format_date(self.env, value)
                if isinstance(value, date)
                else value
                if isinstance(value, str)
                else figure(value, 3)
            )
            for name, value in values.items()
        }

    def _say_finding(self, finding):
        """Return the sentence for a ``rules.fuel_check.Finding``."""
        sentences = {
            "fill_no_trip": self.env._(
                "Invoice %(fill)s of %(day)s: the car made no trip on that day."
            ),
            "fill_other": self.env._(
                "Invoice %(fill)s of %(day)s: another driver had the car on that day."
            ),
            "fill_odometer": self.env._(
                "Invoice %(fill)s of %(day)s: the odometer says %(odometer)s km, the "
                "trips of that day %(low)s to %(high)s km."
            ),
            "km_no_order": self.env._(
                "%(km)s km before %(trip)s are in no order: the odometer stood at "
                "%(last)s km."
            ),
            "km_twice": self.env._(
                "%(trip)s begins %(km)s km below where the odometer stood: %(last)s km."
            ),
            "weekend": self.env._("%(trip)s: trip on a weekend, %(day)s."),
            "holiday": self.env._("%(trip)s: trip on a holiday, %(day)s."),
            "two_places": self.env._(
                "%(trip)s began before %(other)s came back: one car at two places."
            ),
        }
        # pylint: disable=translation-not-lazy
        return sentences[finding.code] % self._values_said(finding.values)

    def _say_oddity(self, oddity):
        """Return the sentence for a ``rules.fuel.Oddity``."""
        sentences = {
            "duplicate": self.env._(
                "The fill on %(day)s has the same invoice as the one on %(first)s."
            ),
            "above_tank": self.env._(
                "Fill on %(day)s: %(litres)s l, but the tank takes %(tank)s l."
            ),
            "outside": self.env._(
                "The fill on %(day)s is outside %(day_from)s to %(day_to)s."
            ),
            "other_plate": self.env._(
                "The invoice of %(day)s names another car: %(plate)s."
            ),
            "odometer_back": self.env._(
                "Fill on %(day)s: the odometer says %(odometer)s km, less than the "
                "%(km)s km at the fill before."
            ),
            "odometer_outside": self.env._(
                "Fill on %(day)s: the odometer says %(odometer)s km, not between "
                "%(start)s and %(end)s km."
            ),
            "fill_missing": self.env._(
                "%(km)s km since the fill before %(day)s would take %(litres)s l, more "
                "than a tank of %(tank)s l: a fill is missing or the odometer is wrong."
            ),
        }
        # pylint: disable=translation-not-lazy
        return sentences[oddity.code] % self._values_said(oddity.values)
