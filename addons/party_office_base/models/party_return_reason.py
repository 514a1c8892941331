from odoo import fields, models

#: says nothing by itself: whoever chooses it writes what he means
OTHER = "other"


class PartyReturnReason(models.Model):
    """Why documents come back: one list for the office, so that it can be counted."""

    _name = "party.return.reason"
    _description = "Reason of a Return"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a reason with this code."
    )
