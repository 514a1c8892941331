from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words
from odoo.addons.party_office_base.rules.form_text import figure, long_date

from ..rules.estimate import over_percent
from .party_event_estimate import exact

ESTIMATE = "party_office_events.event_estimate"
SETTLEMENT = "party_office_events.event_settlement"
PROGRAMME = "party_office_events.event_programme"
#: Vietnamese on every form, whatever the user's language: it is legal wording.
CLASSES = {
    "special": "hạng đặc biệt",
    "a": "hạng A",
    "b": "hạng B",
    "c": "hạng C",
    "other": "khách mời quốc tế khác",
}
SUBJECTS = {
    "conference": "HỘI NGHỊ",
    "guest": "TIẾP KHÁCH TRONG NƯỚC",
    "foreign": "ĐÓN, TIẾP KHÁCH NƯỚC NGOÀI",
}
SESSIONS = {"1": "Sáng", "2": "Chiều", "3": "Tối"}


class PartyEvent(models.Model):
    """The printed estimate, settlement and programme."""

    _inherit = "party.event"

    def _check_can_print(self, report):
        result = super()._check_can_print(report)
        for event in self:
            if report.report_name == ESTIMATE and not event.has_estimate:
                raise UserError(self.env._("%s needs no money.", event.display_name))
            if report.report_name == SETTLEMENT and not event.actual_total:
                raise UserError(self.env._("Say first what it really cost."))
            if report.report_name == PROGRAMME and not event.programme_ids:
                raise UserError(self.env._("The programme is still empty."))
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        # who may read the event may read what stands on its forms
        event = self.sudo().with_context(lang="vi_VN")
        if report.report_name in (ESTIMATE, SETTLEMENT):
            values |= event._form_money()
        if report.report_name == PROGRAMME:
            values |= {"days": event._form_programme()}
        if report.report_name in (ESTIMATE, SETTLEMENT, PROGRAMME):
            values |= {
                "facts": [fact for fact in event._form_facts() if fact[1]],
                "signed": event._form_signed(event._form_approvals()),
                "day": long_date(local_today(self.env)),
                "from": self._form_moment(self.start),
                "to": self._form_moment(self.stop),
            }
        return values

    def _form_money(self):
        """Return the bill as plain values, unit by unit."""
        parts = []
        for board in self.actual_ids.sorted().board_id:
            rows = self.actual_ids.sorted().filtered(
                lambda row, board=board: row.board_id == board
            )
            parts.append(
                {
                    "board": board.name,
                    "planned": sum(rows.mapped("planned")),
                    "actual": sum(rows.mapped("actual")),
                    "rows": [self._form_cost(row) for row in rows],
                }
            )
        return {
            "subject": SUBJECTS[self._estimate_calculation()],
            "parts": parts,
            "planned": self.planned_total,
            "actual": self.actual_total,
            "planned_words": amount_in_words(round(self.planned_total)),
            "actual_words": amount_in_words(round(self.actual_total)),
            "over": figure(
                over_percent(exact(self.planned_total), exact(self.actual_total)), 1
            ),
            "supplements": [
                {"name": row.name, "amount": row.amount, "why": row.explanation or ""}
                for row in self.supplement_ids.sorted("id")
                if row.state == "approved"
            ],
        }

    def _form_cost(self, row):
        return {
            "name": row.display_name,
            "person": row.person or "",
            "item": row.item_code or "",
            "quantity": row.quantity,
            "price": row.price,
            "planned": row.planned,
            "actual_quantity": row.actual_quantity,
            "actual": row.actual,
            "difference": row.difference,
            "basis": row.basis or ("Theo chứng từ" if not row.is_computed else ""),
            "explanation": row.explanation or "",
            "verified": row.verified,
        }

    def _form_facts(self):
        """Return ``[(label, text)]``: what was stated, empty when it was not."""

        def count(number, what="người"):
            return f"{figure(number)} {what}" if number else ""

        if self.category != "reception":
            delegates = count(self.delegate_count)
            if self.unpaid_delegate_count:
                delegates += (
                    f", trong đó {figure(self.unpaid_delegate_count)} người không "
                    "hưởng lương từ ngân sách"
                )
            return [
                ("Số đại biểu", delegates),
                ("Số buổi", count(self.half_days, "buổi")),
                ("Địa điểm", self.place or ""),
                ("Đơn vị chủ trì", self.lead_board_id.name),
            ]
        return [
            ("Trưởng đoàn", self.guest_head or ""),
            ("Cấp", self.guest_level or ""),
            ("Hạng khách", CLASSES.get(self.foreign_class, "")),
            ("Số khách", count(self.guest_count)),
            ("Cán bộ cơ quan tham gia", count(self.host_count)),
            ("Giấy giới thiệu, công văn", self.guest_letter or ""),
            ("Người quyết định mức chi đặc biệt", self.exception_approver or ""),
            ("Đơn vị chủ trì đón tiếp", self.lead_board_id.name),
            ("Đơn vị làm việc", ", ".join(self.working_board_ids.mapped("name"))),
        ]

    def _form_programme(self):
        """Return the programme as plain values, one for each half-day."""
        days = []
        for row in self.programme_ids.sorted():
            key = (row.date, row.session)
            if not days or days[-1]["key"] != key:
                days.append(
                    {
                        "key": key,
                        "session": SESSIONS[row.session],
                        "date": row.date,
                        "rows": [],
                    }
                )
            minutes = round(row.hour * 60)
            hour = f"{minutes // 60:02d}:{minutes % 60:02d}" if minutes else ""
            people = filter(None, (row.receiver_id.name, row.receiver_note))
            needs = [row.room_wish, row.car_wish]
            if row.meal_sets:
                needs.append(f"{figure(row.meal_sets)} suất ăn")
            days[-1]["rows"].append(
                {
                    "hour": hour,
                    "name": row.name,
                    "place": row.place or "",
                    "people": "; ".join(people),
                    "needs": "; ".join(filter(None, needs)),
                }
            )
        return days
