from datetime import time, timedelta

from odoo import api, fields, models

from odoo.addons.party_office_base.office_time import local_today, stored

LEAVE = time(7)
BACK = time(17)


class PartyCarRequest(models.Model):
    """What needs no typing: next working day from 7 to 17, own phone, the same trip
    again.
    """

    _inherit = "party.car.request"

    start = fields.Datetime(default=lambda self: self._next_day_at(LEAVE))
    stop = fields.Datetime(default=lambda self: self._next_day_at(BACK))
    phone = fields.Char(default=lambda self: self._own_phone())
    pickup = fields.Char(default=lambda self: self._usual_pickup())

    @api.model
    def _at(self, day, clock):
        """Return a local day and time of the office as stored (UTC)."""
        return stored(self.env, day, clock)

    @api.model
    def _next_day_at(self, clock):
        return self._at(
            self.env["party.holiday"]._next_working_day(local_today(self.env)), clock
        )

    @api.model
    def _own_phone(self):
        # his own numbers
        employee = self.env.user.sudo().employee_id
        return employee.mobile_phone or employee.work_phone or self.env.user.phone

    @api.model
    def _usual_pickup(self):
        office = self.env["party.place"]._office(self.env.company)
        return office.name

    @api.onchange("start")
    def _onchange_start(self):
        """Let the way back follow to the day of the way there."""
        if not self.start or not self.stop or self.stop > self.start:
            return
        stop = self._at(self._local(self.start).date(), BACK)
        self.stop = stop if stop > self.start else self.start + timedelta(hours=4)

    def action_again(self):
        """Ask for the same trip on the next working day; opens the draft.

        :return: the action that opens it
        """
        self.ensure_one()
        self.check_access("read")
        start = self._at(
            self.env["party.holiday"]._next_working_day(local_today(self.env)),
            self._local(self.start).time(),
        )
        again = self.copy(
            {
                "start": start,
                "stop": start + (self.stop - self.start),
                # each trip rests on a paper of its own
                "basis": False,
                "attachment_ids": False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": again.id,
            "views": [(False, "form")],
        }
