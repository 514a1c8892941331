from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.office_time import local_today

#: the Party's first papers; an older date is a slip of the hand
OLDEST = date(1930, 2, 3)
MOST_PAGES = 20_000
MOST_DAYS_AHEAD = 31


class PartyDocument(models.Model):
    """A paper is registered on the day it came in, at the latest on the next working
    day, an urgent one at once (Decree 30/2020/NĐ-CP, articles 22 and 23).
    """

    _inherit = "party.document"

    registered_late = fields.Boolean(readonly=True, copy=False, index="btree_not_null")
    late_reason = fields.Char(copy=False)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"registered_late"}

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"late_reason"}

    def _latest_register_day(self):
        """Return the last day (``date``) on which registering is in time."""
        self.ensure_one()
        holidays = self.env["party.holiday"]
        received = self.received_on
        if self.urgency != "0" and not holidays._is_rest_day(received):
            return received
        return holidays._next_working_day(received)

    def _on_registered(self):
        result = super()._on_registered()
        today = local_today(self.env)
        if self.received_on and today > self._latest_register_day():
            # protected: follows from the two days
            self.sudo().registered_late = True
        return result

    def _check_can_register(self):
        result = super()._check_can_register()
        if not self.received_on:
            raise UserError(self.env._("Enter the day the paper came in."))
        return result

    @api.constrains("received_on", "document_date", "page_count", "direction")
    def _check_days(self):
        """Refuse slips of the hand. A paper may carry a date of the next days: some
        are dated in advance.
        """
        latest = fields.Date.add(local_today(self.env), days=MOST_DAYS_AHEAD)
        for document in self:
            if document.direction != "in":
                continue
            for field in ("received_on", "document_date"):
                day = document[field]
                if day and not OLDEST <= day <= latest:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(day)s lies in the future or too far back.",
                            field=document._fields[field]._description_string(self.env),
                            day=day.strftime("%d/%m/%Y"),
                        )
                    )
            if not 0 <= document.page_count <= MOST_PAGES:
                raise ValidationError(
                    self.env._("Pages: enter a number from 0 to 20,000.")
                )
