from odoo import fields, models


class PartyPaperKind(models.Model):
    """A kind of paper that proves a payment: invoice, ticket, order to travel."""

    _name = "party.paper.kind"
    _description = "Kind of Paper"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    is_printed = fields.Boolean(
        string="Printed from the claim",
        help="The system prints it from what the claim says: nobody hands it in.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a kind of paper with this code."
    )
