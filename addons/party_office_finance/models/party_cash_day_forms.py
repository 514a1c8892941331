from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words
from odoo.addons.party_office_base.rules.money import whole

from ..rules.cash import difference


class PartyCashDay(models.Model):
    """What a cash day says on the minutes of the count (biên bản kiểm kê quỹ)."""

    _name = "party.cash.day"
    _inherit = ["party.cash.day", "party.form.mixin"]

    def _check_can_print(self, report):
        """Refuse minutes before the day is closed."""
        result = super()._check_can_print(report)
        for day in self:
            if day.state != "closed":
                raise UserError(
                    self.env._(
                        "%(day)s is not closed yet: the minutes are printed then.",
                        day=day.display_name,
                    )
                )
        return result

    def _form_values(self, report):
        values = super()._form_values(report)
        # names and codes of the office stand on every form
        day = self.sudo()
        company = day.company_id
        office = self.env["party.board"].search(
            [("kind", "=", "office"), ("company_id", "in", [False, company.id])],
            limit=1,
        )
        book, counted = whole(day.closing), whole(day.counted)
        surplus, shortage = difference(book, counted)
        return values | {
            "unit_code": office.budget_unit_code or "",
            "at": day._form_moment(day.closed_at),
            "chief_accountant": company.chief_accountant_id.name or "",
            "checker": day.checker_id.name or "",
            "cashier": (day.closed_by_id or company.cashier_id).name or "",
            "book": book,
            "counted": counted,
            "counted_words": amount_in_words(counted),
            "surplus": surplus,
            "shortage": shortage,
            # Vietnamese on every form; no other difference lets a day be closed
            "odd": "số lẻ dưới mệnh giá nhỏ nhất đang lưu hành",
            "notes": [
                {
                    "value": whole(line.denomination),
                    "quantity": line.quantity,
                    "amount": whole(line.amount),
                }
                for line in day.count_ids.sorted("denomination", reverse=True)
            ],
        }
