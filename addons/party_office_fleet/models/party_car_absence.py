from odoo import api, fields, models


class PartyCarAbsence(models.Model):
    """A time in which a car is not to be had: workshop, inspection, lent."""

    _name = "party.car.absence"
    _description = "Absence of a Car"
    _inherit = ["party.absence.mixin"]

    _absence_subject = "car_id"

    car_id = fields.Many2one("party.car", required=True, index=True, ondelete="cascade")
    reason = fields.Selection(
        [
            ("workshop", "In the workshop"),
            ("inspection", "At the inspection"),
            ("reserved", "Kept free by order"),
            ("other", "Not to be had"),
        ],
        required=True,
        default="workshop",
    )
    repair_id = fields.Many2one(
        "party.car.repair", index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one(related="car_id.company_id", store=True)

    @api.depends("car_id", "reason")
    def _compute_display_name(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for absence in self:
            absence.display_name = " · ".join(
                filter(None, (reasons.get(absence.reason), absence.car_id.plate))
            )
