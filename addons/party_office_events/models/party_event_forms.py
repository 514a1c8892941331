from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.form_qr import qr_address
from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.form_text import long_date

from ..rules import seating
from .party_event_delegates import CODE

#: Vietnamese on every form
WEEKDAYS = (
    "thứ Hai",
    "thứ Ba",
    "thứ Tư",
    "thứ Năm",
    "thứ Sáu",
    "thứ Bảy",
    "Chủ nhật",
)
KINDS = {
    "delegate": "",
    "guest": "Khách mời",
    "lecturer": "Báo cáo viên",
    "service": "Phục vụ",
}


class PartyEvent(models.Model):
    """Printed programme, list of delegates and plan of seats."""

    _inherit = "party.event"

    def _form_values(self, report):
        return super()._form_values(report) | self._form_people(report)

    def _form_people(self, report):
        """Return what the forms about delegates need beside what all forms get."""
        self.ensure_one()
        values = {
            "day": long_date(False),
            "time": self._form_time(),
            "where": self._where(),
            "lead": self.lead_board_id.name,
            "is_draft": self.state != "approved",
            # not yet held in the form; the chief's name stands on every form
            "head": self._form_head(),
        }
        name = report.report_name
        if name == "party_office_events.party_event_agenda_form":
            values["parts"] = self._form_agenda()
        if name == "party_office_events.party_event_attendance":
            values["delegates"] = [d._form_row() for d in self.delegate_ids]
        if name == "party_office_events.party_event_seats":
            taken = [
                (delegate.seat or "", delegate._who_came())
                for delegate in self.delegate_ids
                if delegate.answer != "no" and delegate.kind != "service"
            ]
            values["per_row"] = self._seats_per_row()
            values["rows"], values["beside"] = seating.plan(taken, values["per_row"])
        return values

    def _form_head(self):
        """Return who signs as head; he signed the plan in the system, this by hand."""
        # names of who decided stand on every form
        event = self.sudo()
        signed = event._form_signed(event._form_approvals())["head"]
        chief = event.company_id.office_chief_id.name or ""
        return (signed if signed["person"] else signed | {"person": chief}) | {"at": ""}

    def _form_time(self):
        """Return the time as an invitation says it."""
        begin, end = local(self.env, self.start), local(self.env, self.stop)
        text = self._form_clock(begin)
        if begin.date() == end.date():
            return text
        return f"từ {text} đến hết ngày {self._form_date(end)}"

    def _form_clock(self, moment):
        weekday = WEEKDAYS[moment.weekday()]
        hour = f"{moment:%H} giờ {moment:%M}"
        return f"{hour}, {weekday}, ngày {self._form_date(moment)}"

    def _form_date(self, moment):
        # day below ten and months 1 and 2 with a nought, as Decree 30 and HD 36 write
        month = f"{moment.month:02d}" if moment.month < 3 else f"{moment.month}"
        return f"{moment.day:02d}/{month}/{moment.year}"

    def _form_agenda(self):
        days = []
        for part in self.agenda_ids:
            begin, end = local(self.env, part.start), local(self.env, part.stop)
            day = f"{WEEKDAYS[begin.weekday()].capitalize()}, {self._form_date(begin)}"
            if not days or days[-1]["day"] != day:
                days.append({"day": day, "rows": []})
            days[-1]["rows"].append(
                {
                    "time": f"{begin:%H:%M} – {end:%H:%M}",
                    "name": part.name,
                    "presenter": part.presenter or "",
                    "paper": part.paper or "",
                }
            )
        return days


class PartyEventDelegate(models.Model):
    """Printed invitation."""

    _inherit = "party.event.delegate"

    def _check_can_print(self, report):
        """:raises UserError: the user does not organise it, or it is not held"""
        result = super()._check_can_print(report)
        self.event_id._check_organiser()
        if self.event_id.filtered(lambda e: e.state in ("refused", "cancelled")):
            raise UserError(self.env._("Nobody is invited to what is not held."))
        return result

    def _form_values(self, report):
        event = self.event_id
        head = event._form_people(report)
        return (
            super()._form_values(report)
            | head
            | {
                "leaders": ", ".join(event.sudo().leader_ids.mapped("name")),
                "parts": [part for day in event._form_agenda() for part in day["rows"]],
            }
        )

    def _form_qr(self):
        # hidden from who might print one; who may print was checked
        return qr_address(f"{CODE}{self.sudo().code}")

    def _form_row(self):
        """Return the row on the list of delegates."""
        self.ensure_one()
        notes = []
        if self.answer == "substitute":
            title = f", {self.substitute_title}" if self.substitute_title else ""
            notes.append(f"Dự thay: {self.substitute_name}{title}")
        if self.answer == "no":
            notes.append("Vắng có lý do")
        if self.kind != "delegate":
            notes.append(KINDS[self.kind])
        at = self.attended_at
        return {
            "name": self.name,
            "post": ", ".join(filter(None, (self.job_title, self.unit))),
            "seat": self.seat or "",
            "at": f"{local(self.env, at):%H:%M}" if at else "",
            "note": "; ".join(notes),
        }
