from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.party_office_base.office_time import local

from ..rules import agenda


class PartyEventAgenda(models.Model):
    """A part of a conference: what, how long, who presents it, with which paper."""

    _name = "party.event.agenda"
    _description = "Part of the Agenda"
    _inherit = ["party.event.row.mixin", "party.plausible.mixin"]
    _order = "event_id, sequence, id"

    event_id = fields.Many2one(
        "party.event",
        string="Conference",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Content", required=True)
    minutes = fields.Integer(required=True, default=15)
    fixed_start = fields.Datetime(
        string="Not before",
        help="For the afternoon or the next day; otherwise it follows the part above.",
    )
    presenter = fields.Char(string="Presented by")
    paper = fields.Char(help="What delegates get: report, proposal, draft resolution.")
    start = fields.Datetime(string="Begins", compute="_compute_times")
    stop = fields.Datetime(string="Ends", compute="_compute_times")
    time_text = fields.Char(string="Time", compute="_compute_times")

    _minutes_possible = models.Constraint(
        "CHECK (minutes BETWEEN 1 AND 720)", "A part takes between 1 and 720 minutes."
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"minutes"}

    @api.depends(
        "event_id.start",
        "event_id.agenda_ids.minutes",
        "event_id.agenda_ids.sequence",
        "event_id.agenda_ids.fixed_start",
    )
    def _compute_times(self):
        for event, asked in self.grouped("event_id").items():
            # all parts are needed for one, in the order that they have on the screen
            parts = (event.agenda_ids or asked).sorted(
                lambda part: (part.sequence, part._origin.id or 10**9)
            )
            if not event.start:
                asked.write({"start": False, "stop": False, "time_text": ""})
                continue
            rows = agenda.times(
                event.start, [(p.fixed_start or None, p.minutes or 0) for p in parts]
            )
            found = dict(zip(parts, rows, strict=True))
            first = local(self.env, event.start).date()
            for part in asked:
                part.start, part.stop = found.get(part, (event.start, event.start))
                begin, end = local(self.env, part.start), local(self.env, part.stop)
                day = "" if begin.date() == first else f"{begin:%d/%m} "
                part.time_text = f"{day}{begin:%H:%M}–{end:%H:%M}"

    @api.constrains("fixed_start", "event_id")
    def _check_fixed_start(self):
        for part in self.filtered("fixed_start"):
            event = part.event_id
            if not event.start <= part.fixed_start < event.stop:
                raise ValidationError(
                    self.env._(
                        "%(part)s begins outside the time of the conference.",
                        part=part.name,
                    )
                )


class PartyEvent(models.Model):
    _inherit = "party.event"

    agenda_ids = fields.One2many("party.event.agenda", "event_id", copy=True)
    agenda_box = fields.Char(compute="_compute_agenda_box")

    @api.depends("start", "stop", "agenda_ids.start", "agenda_ids.stop")
    def _compute_agenda_box(self):
        for event in self:
            event.agenda_box = ""
            parts = event.agenda_ids
            if not parts or not event.stop:
                continue
            last = max(parts.mapped("stop"))
            if last > event.stop:
                event.agenda_box = self.env._(
                    "The agenda ends at %(end)s, after the end of the conference.",
                    end=f"{local(self.env, last):%H:%M %d/%m}",
                )
            elif any(
                below.start < above.stop
                for above, below in zip(parts, parts[1:], strict=False)
            ):
                event.agenda_box = self.env._("Two parts of the agenda overlap.")

    def _reschedule(self, start, stop):
        """Move what has a fixed hour; the rest follows from the beginning."""
        parts = self.sudo().agenda_ids.filtered("fixed_start")
        after = {part: part.fixed_start - self.start for part in parts}
        begin = fields.Datetime.to_datetime(start)
        # until the conference itself has moved they would stand outside it
        parts.fixed_start = False
        rows = super()._reschedule(start, stop)
        end = fields.Datetime.to_datetime(stop)
        for part, delta in after.items():
            fits = begin + delta < end
            if fits:
                part.fixed_start = begin + delta
            rows.append(
                {
                    "what": self.env._("Agenda: %(part)s", part=part.name),
                    "moved": fits,
                    "why": "" if fits else self.env._("It would begin after the end."),
                }
            )
        return rows
