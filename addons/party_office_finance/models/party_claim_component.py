from odoo import fields, models


class PartyClaimComponent(models.Model):
    """What a calculation pays for (lưu trú, phòng nghỉ, giải khát…), and from which
    budget item.
    """

    _name = "party.claim.component"
    _description = "Component of a Calculated Claim"
    _order = "sequence, code, id"

    code = fields.Char(required=True, help="What the calculations call it.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    item_id = fields.Many2one(
        "party.budget.item", string="Budget item", required=True, ondelete="restrict"
    )

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a component with this code."
    )
