from odoo import api, fields, models

from odoo.addons.party_office_base.office_time import local_today

from ..rules.forecast import forecast


class PartyBudgetLine(models.Model):
    """Forecast of a budget line to the end of its year."""

    _inherit = "party.budget.line"

    forecast = fields.Monetary(
        string="Forecast of the year",
        compute="_compute_forecast",
        help="Spending of the whole year if it goes on at the pace so far, with what "
        "is held and advanced on top. Empty in the first 30 days of the year.",
    )
    forecast_missing = fields.Monetary(
        string="Short at this pace",
        compute="_compute_forecast",
        help="How far the forecast is above what is allocated.",
    )
    runs_out_on = fields.Date(
        compute="_compute_forecast",
        help="The first day whose spending the line cannot pay at the pace so far.",
    )

    @api.depends("allocated", "held", "advanced", "spent", "year")
    def _compute_forecast(self):
        today = local_today(self.env)
        for line in self:
            said = line._forecast_on(today)
            line.forecast = float(said.spending or 0)
            line.forecast_missing = float(said.missing)
            line.runs_out_on = said.runs_out_on

    def _forecast_on(self, day, pattern=None):
        """Return the ``Forecast`` of ``rules/forecast.py``, from the counters of now.

        :param date day: the day up to which they count
        :param pattern: amounts of another year's twelve months
        """
        self.ensure_one()
        return forecast(
            self.year or day.year,
            day,
            allocated=self.allocated,
            spent=self.spent,
            committed=self.held + self.advanced,
            pattern=pattern,
        )
