from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.form_text import short_date

ROAD_PAPER = "party_office_finance.claim_travel_paper"
SHEET = "party_office_finance.claim_travel_sheet"

#: Vietnamese on every form, whatever the user's language
WAYS = {
    "office_car": "Xe cơ quan",
    "own_vehicle": "Phương tiện cá nhân",
    "ticket": "Máy bay, tàu, xe khách",
    "host": "Xe của nơi đến",
}


class PartyClaim(models.Model):
    """What a business trip says on its forms: giấy đi đường and bảng kê."""

    _inherit = "party.claim"

    def _check_can_print(self, report):
        result = super()._check_can_print(report)
        kinds = {ROAD_PAPER: ("travel",), SHEET: ("travel", "month_lump")}
        allowed = kinds.get(report.report_name)
        for claim in self:
            if allowed and (
                claim.calculation not in allowed or not claim.traveller_ids
            ):
                raise UserError(
                    self.env._(
                        "%(claim)s: this form is for business trips with persons.",
                        claim=claim.display_name,
                    )
                )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        if report.report_name in (ROAD_PAPER, SHEET):
            # who may read the claim may read what stands on its forms
            claim = self.sudo()
            values |= claim._form_travel_trip()
            values["persons"] = claim._form_travel_persons()
        return values

    def _form_travel_trip(self):
        """Return what all travellers share, as text and dates."""
        times = self._trip_times() or (False, False)
        return {
            "departure": times[0],
            "back": times[1],
            "way": WAYS.get(self.travel_transport, ""),
            "month": self.month_lump_month,
        }

    def _form_travel_persons(self):
        """Return each traveller with his computed amounts, as plain values."""
        rows_of = self.allowance_ids.grouped("employee_id")
        persons = []
        for traveller in self.traveller_ids:
            employee = traveller.employee_id
            rows = rows_of.get(employee, self.allowance_ids.browse())
            persons.append(
                {
                    "name": employee.name,
                    "job": employee.job_title or "",
                    "way": WAYS.get(traveller.transport or self.travel_transport, ""),
                    "days": sum(
                        row.quantity
                        for row in rows
                        if row.component_id.code in ("per_diem", "same_day")
                    ),
                    "rows": [self._form_travel_amount(row) for row in rows],
                    "amount": sum(rows.mapped("amount")),
                }
            )
        return persons

    def _form_travel_period(self, first, last):
        """Return two days as briefly as they stay clear."""
        if first == last:
            return short_date(first)
        begin = f"{first:%d/%m}" if first.year == last.year else short_date(first)
        return f"{begin} – {short_date(last)}"

    def _form_travel_amount(self, row):
        """Return one computed amount as plain values."""
        source = ", ".join(filter(None, (row.regulation, row.article)))
        # a form is legal wording, so it is Vietnamese for everybody
        unverified = "mức chưa kiểm chứng" if row.norm_id and not row.verified else ""
        note = "; ".join(filter(None, (source, row.remark, unverified)))
        return {
            "name": row.component_id.name,
            "period": self._form_travel_period(row.day_from, row.day_to),
            "quantity": row.quantity,
            "price": row.price,
            "amount": row.amount,
            "asked": row.asked,
            "note": note,
        }
