from odoo import api, fields, models

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES
from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.working_day import shift_working_days

from .party_document import URGENCIES

#: working days that are certainly enough to look for holidays in
LOOK_AHEAD = 400


class PartyDocumentPeriod(models.Model):
    """How many working days a paper usually gets, by its urgency.

    The figures are a proposal to the leader, who may set any deadline.
    """

    _name = "party.document.period"
    _description = "Usual Period for a Paper"
    _inherit = ["party.verified.mixin"]
    _order = "urgency desc, kind_id, id"
    _rec_name = "urgency"

    check_state = fields.Selection(selection_add=CHECK_STATES)
    urgency = fields.Selection(URGENCIES, required=True)
    kind_id = fields.Many2one(
        "party.document.kind",
        index="btree_not_null",
        help="Empty: for all kinds that have no line of their own.",
    )
    days = fields.Integer(string="Working days", required=True)

    _one_line = models.Constraint(
        "UNIQUE NULLS NOT DISTINCT (urgency, kind_id)",
        "This urgency and kind has a line already.",
    )
    _plausible = models.Constraint(
        "CHECK (days BETWEEN 0 AND 250)", "A period has up to 250 working days."
    )

    @api.model
    def _deadlines(self, documents):
        """Return ``{document: usual deadline (date) or False}`` counted from today."""
        today = local_today(self.env)
        days = {
            (period.urgency, period.kind_id.id): period.days
            for period in self.sudo().search([("urgency", "!=", False)])
        }
        holidays = self._holidays(today)
        deadlines = {}
        for document in documents:
            own = (document.urgency, document.kind_id.id)
            period = days.get(own, days.get((document.urgency, False)))
            deadlines[document] = (
                False if period is None else shift_working_days(today, period, holidays)
            )
        return deadlines

    @api.model
    def _holidays(self, today):
        """Return the public holidays (``set`` of dates) of the time ahead."""
        if "party.holiday" not in self.env:
            return frozenset()
        return self.env["party.holiday"]._days(
            today, fields.Date.add(today, days=LOOK_AHEAD)
        )
