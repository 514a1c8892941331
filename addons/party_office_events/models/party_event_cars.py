from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime


class PartyEvent(models.Model):
    """Cars for a conference, when the office gives them by this system."""

    _name = "party.event"
    _inherit = ["party.event", "party.transport.mixin"]

    can_ask_cars = fields.Boolean(compute="_compute_car_box")
    car_box = fields.Html(string="Cars", compute="_compute_car_box")

    @api.depends_context("uid", "lang")
    @api.depends("start")
    def _compute_car_box(self):
        may = self._can_transport()
        for event in self:
            event.can_ask_cars = may
            rows = event._transports() if event.id else []
            for row in rows:
                row["time"] = " – ".join(
                    format_datetime(self.env, row[name], dt_format="HH:mm dd/MM")
                    for name in ("start", "stop")
                )
            event.car_box = rows and self.env["ir.qweb"]._render(
                "party_office_events.car_box", {"rows": rows}
            )

    def action_open_car_wish(self):
        """Open the dialog that asks for a car."""
        self.ensure_one()
        self._check_organiser()
        if not self._can_transport():
            raise UserError(self.env._("Cars are not booked in this system."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a car"),
            "res_model": "party.event.car.wish",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_event_id": self.id,
                "default_start": self.start,
                "default_stop": self.stop,
                "default_destination": self.place,
                "default_purpose": self.title,
            },
        }

    def _reschedule(self, start, stop):
        delta = start - self.start
        return super()._reschedule(start, stop) + self._transport_move(delta)

    def _on_cancelled(self):
        result = super()._on_cancelled()
        for event in self:
            for row in event._transport_cancel():
                event.message_post(
                    body=self.env._(
                        "%(what)s: %(why)s", what=row["what"], why=row["why"]
                    )
                )
        return result
