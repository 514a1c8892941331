from datetime import date

from odoo import api, fields, models

from ..rules.working_day import is_rest_day, next_working_day, shift_working_days

#: no stretch of rest days is longer than this
LOOK_AHEAD_DAYS = 31


class PartyHoliday(models.Model):
    """A day on which the office rests beside Saturday and Sunday (Labour Code 2019,
    article 112).

    Days of the lunar calendar and days given in compensation are set for each year.
    """

    _name = "party.holiday"
    _description = "Public Holiday"
    _inherit = ["party.verified.mixin"]
    _order = "date, id"

    name = fields.Char(required=True, translate=True)
    date = fields.Date(required=True)
    is_yearly = fields.Boolean(
        string="Every year", help="The same day of the solar calendar each year."
    )
    active = fields.Boolean(default=True)

    _date_unique = models.Constraint(
        "UNIQUE (date)", "This day is already a public holiday."
    )

    @api.model
    def _days(self, first, last):
        """Return the public holidays (``set`` of dates) from a day to another.

        :param first: date
        :param last: date, included
        """
        # which days are holidays is no secret; base rules may call it for any user
        rows = self.sudo().search(
            [
                "|",
                ("is_yearly", "=", True),
                "&",
                ("date", ">=", first),
                ("date", "<=", last),
            ]
        )
        days = set()
        for row in rows:
            if row.is_yearly:
                days.update(
                    day
                    for year in range(max(first.year, row.date.year), last.year + 1)
                    if (day := _in_year(row.date, year)) and first <= day <= last
                )
            else:
                days.add(row.date)
        return days

    @api.model
    def _around(self, day):
        return self._days(
            fields.Date.subtract(day, days=LOOK_AHEAD_DAYS),
            fields.Date.add(day, days=LOOK_AHEAD_DAYS),
        )

    @api.model
    def _is_rest_day(self, day):
        """Tell whether nobody works on a day (``date``)."""
        return is_rest_day(day, self._days(day, day))

    @api.model
    def _next_working_day(self, day):
        """Return the first working day after a day (``date``)."""
        return next_working_day(day, self._around(day))

    @api.model
    def _shift_working_days(self, day, count):
        """Return the day that lies so many working days after (before, if negative).

        :param day: date
        :param int count: at most 300
        """
        # rest days are at most half of a stretch
        reach = 2 * abs(count) + LOOK_AHEAD_DAYS
        holidays = self._days(
            fields.Date.subtract(day, days=reach), fields.Date.add(day, days=reach)
        )
        return shift_working_days(day, count, holidays)


def _in_year(day, year):
    """Return the same day of another year; None for 29 February."""
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None
