from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.form_qr import qr_address

SLIP = "party_office_docs.party_document_slip"
ROLES = {"lead": "Chủ trì", "co": "Phối hợp", "info": "Để biết"}


class PartyDocument(models.Model):
    """The slip that travels with an incoming paper: stamp "ĐẾN", direction, deadline
    (Decree 30/2020/NĐ-CP, article 23 and appendix IV).
    """

    # printed through ``party.paper.sheet.mixin``, which every paper has
    _inherit = "party.document"

    def _check_can_print(self, report):
        result = super()._check_can_print(report)
        if report.report_name == SLIP:
            for document in self:
                if document.direction != "in" or not document.name:
                    raise UserError(
                        self.env._("The slip is printed for registered papers.")
                    )
                if document.is_secret:
                    raise UserError(
                        self.env._("A secret paper has no slip in this system.")
                    )
        return result

    def _form_qr(self):
        """Return a QR code that names exactly one paper: numbers repeat each year and
        in each book.
        """
        self.ensure_one()
        if self.direction != "in":
            return super()._form_qr()
        return qr_address(f"PARTY:party.document:{self.id}")

    def _form_values(self, report):
        values = super()._form_values(report)
        if report.report_name != SLIP:
            return values

        def day(value):
            return value.strftime("%d/%m/%Y") if value else ""

        urgencies = {"1": "KHẨN", "2": "THƯỢNG KHẨN", "3": "HỎA TỐC"}
        # names of units on the form, whoever may see their accounts
        parts = self.sudo().routing_ids
        return {
            **values,
            "number": (self.name or "").split("/")[0],
            "received": day(self.received_on),
            "dated": day(self.document_date),
            "deadline": day(self.deadline),
            "urgency": urgencies.get(self.urgency, ""),
            "registered": self._form_moment(self.registered_at),
            "parts": [
                {
                    "role": label,
                    "units": ", ".join(
                        parts.filtered(lambda p, r=role: p.role == r).mapped(
                            "board_id.name"
                        )
                    ),
                }
                for role, label in ROLES.items()
            ],
        }
