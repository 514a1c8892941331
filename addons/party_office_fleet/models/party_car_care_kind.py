from odoo import fields, models

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES


class PartyCarCareKind(models.Model):
    """What a car has to have regularly: inspection, insurance, road fee, oil.

    The intervals only propose the next date: what the certificate says is entered.
    """

    _name = "party.car.care.kind"
    _description = "Kind of Car Care"
    _inherit = ["party.verified.mixin"]
    _order = "sequence, id"

    check_state = fields.Selection(CHECK_STATES)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    months = fields.Integer(string="Every … months", help="Zero: not by date.")
    km = fields.Integer(string="Every … km", help="Zero: not by distance.")
    blocks = fields.Boolean(
        string="No trip when overdue",
        help="A car whose last one has run out on a day of the trip cannot be planned.",
    )
    basis = fields.Char(translate=True, help="Regulation, article.")
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "This code is already used.")
    _interval_possible = models.Constraint(
        "CHECK (months BETWEEN 0 AND 120 AND km BETWEEN 0 AND 500000)",
        "An interval is between nothing and 120 months or 500,000 km.",
    )
