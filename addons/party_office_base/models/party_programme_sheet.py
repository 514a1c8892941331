from datetime import timedelta

from odoo import models

from ..office_time import local
from ..rules.form_text import long_date
from ..rules.programme import Appointment, day_text, sheet

LEADERSHIP = "THƯỜNG TRỰC, BAN THƯỜNG VỤ"
OTHERS = "VĂN PHÒNG, CÁC BAN VÀ ĐƠN VỊ"


class PartyProgrammeEntry(models.Model):
    """Appointments as the printed sheets show them.

    A sheet hangs on the wall: of a closed meeting it says the time only, whoever
    prints it. Its words are Vietnamese in every language, as a Party paper is.
    """

    _inherit = "party.programme.entry"

    def _appointments(self):
        """Return these rows for the sheets, in order.

        :return: list of ``Appointment`` of ``rules/programme.py``
        """
        # sheets name units and leaders of all boards
        rows = self.sudo()
        return [row._appointment() for row in rows]

    def _appointment(self):
        start, stop = self._local_span()
        closed = self.is_restricted
        leaders = ", ".join(self.leader_ids.mapped("name"))
        units = self.board_id | self.leader_ids.own_board_id
        return Appointment(
            start=start,
            stop=stop,
            title="Họp kín" if closed else self.full_title,
            attendees="" if closed else (self.full_attendees or leaders),
            place="" if closed else (self.full_place or ""),
            board="" if closed else (self.board_id.name or ""),
            mark=self._sheet_mark(),
            off=self.state in ("cancelled", "tentative"),
            leading="leadership" in units.mapped("kind"),
        )

    def _sheet_mark(self):
        if self.change == "off":
            return "hoãn, hủy"
        if self.change == "moved" and self.was_start:
            was = local(self.env, self.was_start)
            return f"đổi lịch, trước là {was:%H:%M} {day_text(was.date())}"
        return {"new": "bổ sung", "moved": "đổi lịch", "changed": "điều chỉnh"}.get(
            self.change, ""
        )


class PartyProgrammeWeek(models.Model):
    """The printed sheet of the week (lịch công tác tuần)."""

    _inherit = "party.programme.week"

    def _form_values(self, report):
        appointments = self._entries()._appointments()
        parts = [
            (LEADERSHIP, [one for one in appointments if one.leading]),
            (OTHERS, [one for one in appointments if not one.leading]),
        ]
        if not all(rows for _title, rows in parts):
            # one table needs no heading
            parts = [("", appointments)]
        company = self.company_id.sudo()
        chief = company.office_chief_id
        signed = {"person": chief.name or "", "at": ""}
        # who publishes for the chief signs for him
        publisher = self.sudo().published_by_id
        if publisher:
            signed = {
                "person": publisher.name,
                "capacity": "K/T" if chief and publisher != chief else "",
                "own_title": (
                    "PHÓ CHÁNH VĂN PHÒNG" if chief and publisher != chief else ""
                ),
                "at": self._form_moment(self.published_at),
            }
        day = self.published_at and local(self.env, self.published_at).date()
        return super()._form_values(report) | {
            "day": long_date(day),
            "first": f"{self.monday:%d/%m/%Y}",
            "last": f"{self.sunday:%d/%m/%Y}",
            "number": self.monday.isocalendar().week,
            "parts": [
                {
                    "title": title,
                    "days": [
                        {"day": day_text(day), "lines": lines, "count": len(lines) or 1}
                        for day, lines in sheet(
                            # days without anything are said once
                            rows,
                            self.monday,
                            self.sunday,
                            empty_days=title != OTHERS,
                        )
                    ],
                }
                for title, rows in parts
            ],
            "changes": sum(1 for one in appointments if one.mark),
            "signed": signed,
        }

    def action_xlsx(self):
        """Send the week as a workbook."""
        self.ensure_one()
        run = self.env["party.report.run"].create(
            {
                "code": "programme",
                "since": self.monday,
                "day": self.monday + timedelta(days=6),
            }
        )
        return run.action_xlsx()
