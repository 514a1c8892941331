from odoo import api, fields, models


class PartyDriverAbsence(models.Model):
    """A time in which a driver does not drive: leave, sick, course."""

    _name = "party.driver.absence"
    _description = "Absence of a Driver"
    _inherit = ["party.absence.mixin"]

    _absence_subject = "driver_id"

    driver_id = fields.Many2one(
        "party.driver", required=True, index=True, ondelete="cascade"
    )
    reason = fields.Selection(
        [
            ("leave", "On leave"),
            ("sick", "On sick leave"),
            ("course", "On a course"),
            ("rest", "Resting after a night trip"),
            ("other", "Not on duty"),
        ],
        required=True,
        default="leave",
    )
    company_id = fields.Many2one(related="driver_id.company_id", store=True)

    @api.depends("driver_id", "reason")
    def _compute_display_name(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for absence in self:
            absence.display_name = " · ".join(
                filter(None, (reasons.get(absence.reason), absence.driver_id.name))
            )
