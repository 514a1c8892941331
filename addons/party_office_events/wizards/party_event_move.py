from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Datetime

to_datetime = Datetime.to_datetime


class PartyEventMove(models.TransientModel):
    """Another day: shows first what moves along, lists afterwards what could not."""

    _name = "party.event.move"
    _description = "Conference to Another Day"

    event_id = fields.Many2one("party.event", required=True, readonly=True)
    is_signed = fields.Boolean(compute="_compute_is_signed")
    start = fields.Datetime(required=True)
    stop = fields.Datetime(string="End", required=True)
    reason = fields.Char(help="On record with the signed plan; the chief is told.")
    preview = fields.Html(string="What moves along", readonly=True, sanitize=False)
    done = fields.Html(string="What could not follow", readonly=True, sanitize=False)

    @api.model
    def default_get(self, fields):
        """Begin with where it is now, or where it was dragged to, and show that."""
        values = super().default_get(fields)
        event = self.env["party.event"].browse(values.get("event_id"))
        if event:
            values = {"start": event.start, "stop": event.stop} | values
            start, stop = map(to_datetime, (values["start"], values["stop"]))
            values["preview"] = self._show(event, start, stop)
        return values

    @api.depends("event_id")
    def _compute_is_signed(self):
        for move in self:
            move.is_signed = move.event_id.state == "approved"

    @api.onchange("start")
    def _onchange_start(self):
        # who moves the beginning moves the end with it
        event = self.event_id
        if self.start and event and self.start != event.start:
            self.stop = self.start + (event.stop - event.start)

    @api.onchange("start", "stop")
    def _onchange_times(self):
        # the preview rolls back, which empties the cache: what was typed lives there
        typed = {
            name: self[name] for name in ("event_id", "start", "stop", "reason", "done")
        }
        preview = self._show(self.event_id._origin, self.start, self.stop)
        self._update_cache(typed, validate=False)
        self.preview = preview

    @api.model
    def _show(self, event, start, stop):
        """Return as HTML what would move along; False when nothing is to be moved."""
        if not event or not (start and stop):
            return False
        if (start, stop) == (event.start, event.stop):
            return False
        try:
            return self._render(event._preview_reschedule(start, stop))
        except UserError as error:
            return Markup('<div class="alert alert-danger" role="alert">%s</div>') % (
                error.args[0] if error.args else ""
            )

    @api.model
    def _render(self, rows):
        """Return rows of ``_reschedule`` as a list, what stays behind first."""
        rows = sorted(rows, key=lambda row: row["moved"])
        if not rows:
            return Markup('<p class="text-muted">%s</p>') % self.env._(
                "Nothing else has to move."
            )
        lines = Markup("").join(
            Markup('<li class="%s"><i class="fa %s me-1"></i>%s%s</li>')
            % (
                "" if row["moved"] else "text-danger fw-bold",
                "fa-check text-success" if row["moved"] else "fa-exclamation-triangle",
                row["what"],
                Markup(' <span class="text-muted">%s</span>') % row["why"]
                if row["why"]
                else "",
            )
            for row in rows
        )
        return Markup('<ul class="list-unstyled mb-0">%s</ul>') % lines

    def action_confirm(self):
        """Move it; stay open only to list what could not follow."""
        self.ensure_one()
        rows = self.event_id.action_reschedule(self.start, self.stop, self.reason or "")
        left = [row for row in rows if not row["moved"]]
        if not left:
            return {"type": "ir.actions.act_window_close"}
        self.done = self._render(left)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Moved; this could not follow"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
