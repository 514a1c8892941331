from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyEventMove(models.TransientModel):
    """Another day: shows first what moves along, lists afterwards what could not."""

    _name = "party.event.move"
    _description = "Conference to Another Day"

    event_id = fields.Many2one("party.event", required=True, readonly=True)
    is_signed = fields.Boolean(compute="_compute_is_signed")
    start = fields.Datetime(
        compute="_compute_times", store=True, readonly=False, required=True
    )
    stop = fields.Datetime(
        string="End",
        compute="_compute_times",
        store=True,
        readonly=False,
        required=True,
    )
    reason = fields.Char(help="On record with the signed plan; the chief is told.")
    preview = fields.Html(
        string="What moves along", compute="_compute_preview", sanitize=False
    )
    done = fields.Html(string="What could not follow", readonly=True, sanitize=False)

    @api.depends("event_id")
    def _compute_times(self):
        for move in self:
            move.start = move.start or move.event_id.start
            move.stop = move.stop or move.event_id.stop

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

    @api.depends("event_id", "start", "stop")
    def _compute_preview(self):
        for move in self:
            event = move.event_id
            same = move.start == event.start and move.stop == event.stop
            if not event or same or not (move.start and move.stop):
                move.preview = False
                continue
            try:
                rows = event._origin._preview_reschedule(move.start, move.stop)
            except UserError as error:
                move.preview = Markup(
                    '<div class="alert alert-danger" role="alert">%s</div>'
                ) % (error.args[0] if error.args else "")
                continue
            move.preview = move._render(rows)

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
