from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    car_repair_quotes = fields.Integer(
        string="Quotes for a repair",
        default=3,
        help="How many quotes the internal rules ask for. Three is usual; compare it "
        "with the rules of your office.",
    )

    _car_repair_quotes_possible = models.Constraint(
        "CHECK (car_repair_quotes BETWEEN 0 AND 10)",
        "Between no quote and ten quotes can be asked for.",
    )
