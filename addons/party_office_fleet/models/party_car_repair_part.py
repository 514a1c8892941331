from odoo import api, fields, models


class PartyCarRepairPart(models.Model):
    """What a workshop has done: a part or a work, its cost, the old part."""

    _name = "party.car.repair.part"
    _description = "Work of a Repair"
    _inherit = ["party.plausible.mixin"]
    _order = "id"

    repair_id = fields.Many2one(
        "party.car.repair", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Part or work", required=True)
    quantity = fields.Float(default=1, digits=(10, 2), aggregator=None)
    amount = fields.Monetary(string="Cost", required=True)
    is_replaced = fields.Boolean(string="Part replaced")
    old_part_returned = fields.Boolean(string="Old part returned")
    old_part_note = fields.Char(
        string="Old part: remark", help="Where it is, or why there is none."
    )
    warranty_months = fields.Integer(string="Warranty (months)", aggregator=None)
    company_id = fields.Many2one(related="repair_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    _amount_possible = models.Constraint(
        "CHECK (amount >= 0 AND quantity > 0 AND warranty_months BETWEEN 0 AND 240)",
        "Quantity, cost and warranty are not below zero.",
    )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"amount", "quantity", "warranty_months"}

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_open()
        return parts

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._check_open()

    def _check_open(self):
        if not self.env.su:
            self.repair_id._check_acceptance_open()
