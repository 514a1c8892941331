from odoo import api, fields, models


class PartyCarRepairQuote(models.Model):
    """What a workshop asks for a repair; one is chosen."""

    _name = "party.car.repair.quote"
    _description = "Quote for a Repair"
    _inherit = ["party.approval.line.mixin", "party.plausible.mixin"]
    _order = "amount, id"
    _rec_name = "supplier"

    _approval_document_field = "repair_id"

    repair_id = fields.Many2one(
        "party.car.repair", required=True, index=True, ondelete="cascade"
    )
    supplier = fields.Char(string="Workshop", required=True)
    date = fields.Date(string="Quoted on")
    work = fields.Char(help="What is repaired or replaced, as quoted.")
    amount = fields.Monetary(required=True)
    warranty_months = fields.Integer(string="Warranty (months)", aggregator=None)
    is_chosen = fields.Boolean(string="Chosen")
    company_id = fields.Many2one(related="repair_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    _amount_possible = models.Constraint(
        "CHECK (amount >= 0 AND warranty_months >= 0)",
        "A quote is not below zero.",
    )

    @api.model
    def _approval_content_fields(self):
        return ["supplier", "date", "work", "amount", "warranty_months", "is_chosen"]

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"amount", "warranty_months"}

    @api.model_create_multi
    def create(self, vals_list):
        quotes = super().create(vals_list)
        quotes.filtered("is_chosen")._choose_one()
        return quotes

    def write(self, vals):
        result = super().write(vals)
        if vals.get("is_chosen") or "repair_id" in vals:
            self.filtered("is_chosen")._choose_one()
        return result

    def _choose_one(self):
        """Leave the last of the chosen ones of each repair the only one."""
        for repair, quotes in self.grouped("repair_id").items():
            others = repair.quote_ids.filtered("is_chosen") - quotes[-1]
            others.write({"is_chosen": False})
