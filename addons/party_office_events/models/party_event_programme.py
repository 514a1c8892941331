from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PartyEventProgramme(models.Model):
    """One point of the programme of a reception, by half-day."""

    _name = "party.event.programme"
    _description = "Programme of a Reception"
    _inherit = ["party.plausible.mixin"]
    _order = "event_id, date, session, hour, id"

    event_id = fields.Many2one(
        "party.event", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    date = fields.Date(required=True)
    # the codes sort as the day goes
    session = fields.Selection(
        [("1", "Morning"), ("2", "Afternoon"), ("3", "Evening")],
        required=True,
        default="1",
    )
    hour = fields.Float(string="Time")
    name = fields.Char(string="What happens", required=True)
    place = fields.Char()
    receiver_id = fields.Many2one("res.users", string="Who receives")
    receiver_note = fields.Char(
        string="Who takes part", help="Other persons, units, interpreter."
    )
    room_wish = fields.Char(string="Room", help="Hall or room that is needed.")
    car_wish = fields.Char(string="Cars", help="How many cars, seats, from where.")
    meal_sets = fields.Integer(
        help="Sets served at this meal, guests and own staff together."
    )

    _hour_possible = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24 AND meal_sets BETWEEN 0 AND 10000)",
        "A time is between 0:00 and 23:59, meals between 0 and 10,000 sets.",
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"hour", "meal_sets"}

    @api.model
    def default_get(self, fields):
        """The next point is on the day of the last one, else on the first day."""
        result = super().default_get(fields)
        event = self.env["party.event"].browse(self.env.context.get("default_event_id"))
        if "date" in fields and not result.get("date") and event.exists():
            result["date"] = event.programme_ids[-1:].date or event._days()[0]
        return result

    @api.constrains("date", "event_id")
    def _check_date(self):
        for row in self:
            first, last = row.event_id._days()
            if not first <= row.date <= last:
                raise ValidationError(
                    self.env._(
                        "%(point)s: %(day)s is outside the visit (%(first)s to "
                        "%(last)s).",
                        point=row.name,
                        day=row.date.strftime("%d/%m/%Y"),
                        first=first.strftime("%d/%m/%Y"),
                        last=last.strftime("%d/%m/%Y"),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        if not self.env.su:
            rows.event_id._check_organiser()
        return rows

    def write(self, vals):
        if not self.env.su:
            self.event_id._check_organiser()
        result = super().write(vals)
        if not self.env.su and "event_id" in vals:
            self.event_id._check_organiser()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_organiser(self):
        if not self.env.su:
            self.event_id._check_organiser()


class PartyEvent(models.Model):
    _inherit = "party.event"

    programme_ids = fields.One2many("party.event.programme", "event_id")
