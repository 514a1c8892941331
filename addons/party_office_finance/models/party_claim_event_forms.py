from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules import fuel
from odoo.addons.party_office_base.rules.form_text import figure

from .party_claim_event import EVENTS

FUEL_STATEMENT = "party_office_finance.claim_fuel_statement"
EVENT_STATEMENT = "party_office_finance.claim_event_statement"

CLASSES = {
    "special": "hạng đặc biệt",
    "a": "hạng A",
    "b": "hạng B",
    "c": "hạng C",
    "other": "khách mời quốc tế khác",
}
TITLES = {
    "conference": "BẢNG KÊ CHI HỘI NGHỊ",
    "guest": "BẢNG KÊ CHI TIẾP KHÁCH TRONG NƯỚC",
    "foreign_guest": "BẢNG KÊ CHI TIẾP KHÁCH NƯỚC NGOÀI",
}


class PartyClaim(models.Model):
    """The statements of fuel, conferences and receptions."""

    _inherit = "party.claim"

    def _check_can_print(self, report):
        """Refuse a statement of what the claim is not about."""
        result = super()._check_can_print(report)
        wanted = {FUEL_STATEMENT: ("fuel",), EVENT_STATEMENT: EVENTS}
        kinds = wanted.get(report.report_name)
        for claim in self:
            if kinds and claim.calculation not in kinds:
                raise UserError(
                    self.env._(
                        "%(claim)s: this statement is not for claims of the kind "
                        "%(kind)s.",
                        claim=claim.display_name,
                        kind=claim.kind_id.name,
                    )
                )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        # who may read the claim may read what stands on its form
        claim = self.sudo().with_context(lang="vi_VN")
        if report.report_name == EVENT_STATEMENT:
            values |= claim._form_event()
        if report.report_name == FUEL_STATEMENT:
            values |= claim._form_fuel()
        return values

    def _form_event(self):
        """Return the statement of a conference or reception as plain values."""
        return {
            "title": TITLES[self.calculation],
            "facts": [fact for fact in self._form_event_facts() if fact[1]],
            "rows": [
                {
                    "name": row.component_id.name,
                    "person": row.person or "",
                    "quantity": row.quantity,
                    "unit": row.unit or "",
                    "price": row.price,
                    "asked": row.asked or (0 if row.regulation else row.amount),
                    "amount": row.amount,
                    "basis": list(filter(None, (row.regulation, row.article))),
                    "remark": row.remark or "",
                    "verified": row.verified or not row.regulation,
                }
                for row in self.allowance_ids
            ]
            or self._form_source_rows(),
            "papers": [
                {
                    "component": row.component_id.name,
                    "name": row.name or "",
                    "number": row.invoice_number or "",
                    "date": row.date,
                    "seller": row.partner_id.name or "",
                    "amount": row.amount,
                }
                for row in self.cost_ids
            ],
        }

    def _form_source_rows(self):
        """Return the rows of a claim that another document has computed."""
        return [
            {
                "name": line.name,
                "person": "",
                "quantity": 0,
                "unit": "",
                "price": 0,
                "asked": 0,
                "amount": line.amount,
                "basis": [f"Theo quyết toán {self.source_name or ''}".strip()],
                "remark": "",
                "verified": True,
            }
            for line in self.line_ids.filtered("is_computed")
        ]

    def _form_event_facts(self):
        """Return ``[(label, text)]``: what was stated, empty when it was not."""
        plan = self.event_plan or ""
        if self.calculation == "conference":
            count = f"{figure(self.delegate_count)} người"
            if self.unpaid_delegate_count:
                count += (
                    f", trong đó {figure(self.unpaid_delegate_count)} người không "
                    "hưởng lương từ ngân sách"
                )
            return [
                ("Số đại biểu", count),
                ("Địa bàn tổ chức", self.conference_area_id.name or ""),
                ("Số buổi", self._form_count(self.event_half_days)),
                ("Kế hoạch, quyết định", plan),
            ]
        if self.calculation == "guest":
            return [
                ("Đoàn khách", self.guest_delegation or ""),
                ("Số khách", f"{figure(self.guest_count)} người"),
                ("Cán bộ cơ quan tham gia tiếp", self._form_count(self.host_count)),
                ("Số buổi làm việc", self._form_count(self.event_half_days)),
                ("Số lần mời cơm", self._form_count(self.guest_meals)),
                ("Người quyết định mức chi đặc biệt", self.guest_approver or ""),
                ("Kế hoạch đón tiếp", plan),
            ]
        count = self.foreign_heads + self.foreign_deputies + self.foreign_members
        role = "chủ trì đón đoàn" if self.foreign_is_lead else "phối hợp làm việc"
        return [
            ("Đoàn khách", self.guest_delegation or ""),
            ("Hạng khách", CLASSES.get(self.foreign_class, "")),
            ("Số khách", f"{figure(count)} người"),
            ("Cán bộ Việt Nam tham gia", self._form_count(self.host_count)),
            ("Vai trò của cơ quan", role),
            ("Người quyết định mức chi đặc biệt", self.guest_approver or ""),
            ("Kế hoạch, đề án đón đoàn", plan),
        ]

    def _form_count(self, number):
        return figure(number) if number else ""

    def _form_fuel(self):
        """Return the statement of fuel as plain values."""
        facts = self._fuel_period_or_none()
        if not facts:
            raise UserError(
                self.env._(
                    "%(claim)s: enter the car, the days and the odometer first.",
                    claim=self.display_name,
                )
            )
        return {
            "car": self.car_id.name or "",
            "plate": self.car_id.plate,
            "fuel_type": dict(
                self.car_id._fields["fuel"]._description_selection(self.env)
            ).get(self.car_id.fuel, ""),
            "use": fuel.fuel_use(facts),
            "facts": facts,
            "source": facts.rate.regulation,
            "verified": facts.rate.verified,
            "paid_litres": sum(self.allowance_ids.mapped("quantity")),
            "fills": [
                {
                    "date": fill.date,
                    "plate": fill.plate or "",
                    "odometer": fill.odometer,
                    "litres": fill.litres,
                    "price": fill.unit_price
                    or (fill.amount / fill.litres if fill.litres else 0),
                    "amount": fill.amount,
                    "invoice": " ".join(
                        filter(None, (fill.invoice_series, fill.invoice_number))
                    ),
                    "station": fill.partner_id.name or "",
                    "driver": fill.driver or "",
                }
                for fill in self.fill_ids.sorted(
                    lambda fill: (fill.date, fill.odometer)
                )
            ],
            "filled_amount": sum(self.fill_ids.mapped("amount")),
        }
