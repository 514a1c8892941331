from datetime import time, timedelta
from functools import cached_property

from odoo import fields, models

from odoo.addons.party_office_base.office_time import local, stored
from odoo.addons.party_office_base.rules.working_day import is_rest_day

from ..rules import office_hours


class OfficeCalendar:
    """Working hours and holidays of an office, for stored (UTC, naive) moments."""

    def __init__(self, company):
        # how long the office works is public
        self.company = company.sudo()
        self.env = company.with_company(company).env

    @cached_property
    def week(self):
        """Working hours of a day (``rules.office_hours.Week``)."""
        company = self.company
        return office_hours.Week(
            *map(
                _clock,
                (
                    company.party_morning_from,
                    company.party_morning_to,
                    company.party_afternoon_from,
                    company.party_afternoon_to,
                ),
            )
        )

    @cached_property
    def holidays(self):
        """Public holidays three years around today."""
        today = fields.Date.today()
        return self.env["party.holiday"]._days(
            today - timedelta(days=1100), today + timedelta(days=1100)
        )

    def _is_rest(self, day):
        return is_rest_day(day, self.holidays)

    def due(self, moment, minutes):
        """Return when so many working minutes have passed since a moment."""
        begin = local(self.env, moment).replace(tzinfo=None)
        end = office_hours.due(begin, minutes, self.week, self._is_rest)
        return stored(self.env, end.date(), end.time())

    def minutes(self, first, last):
        """Return the working minutes from one moment to another, 0 if none."""
        if not first or not last or last <= first:
            return 0
        return office_hours.minutes_between(
            local(self.env, first).replace(tzinfo=None),
            local(self.env, last).replace(tzinfo=None),
            self.week,
            self._is_rest,
        )


def _clock(hours):
    minutes = min(max(round(hours * 60), 0), 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


class ResCompany(models.Model):
    """Working hours of the office, and how long an asker has to confirm."""

    _inherit = "res.company"

    party_morning_from = fields.Float(string="Morning from", default=7.5)
    party_morning_to = fields.Float(string="Morning until", default=11.5)
    party_afternoon_from = fields.Float(string="Afternoon from", default=13.0)
    party_afternoon_to = fields.Float(string="Afternoon until", default=17.0)
    party_confirm_days = fields.Integer(
        string="Days to confirm",
        default=3,
        help="Working days after which a finished request counts as confirmed. 0: "
        "never.",
    )

    _party_hours_in_order = models.Constraint(
        "CHECK (0 <= party_morning_from AND party_morning_from < party_morning_to"
        " AND party_morning_to <= party_afternoon_from"
        " AND party_afternoon_from < party_afternoon_to AND party_afternoon_to < 24)",
        "Working hours run from morning to afternoon.",
    )
    _party_confirm_days_possible = models.Constraint(
        "CHECK (party_confirm_days BETWEEN 0 AND 60)",
        "Between no day and sixty days can be given to confirm.",
    )

    def _party_calendar(self):
        """Return the working calendar of this office."""
        self.ensure_one()
        return OfficeCalendar(self)
