from odoo import fields, models


class PartyInstruction(models.Model):
    """A sentence that leaders usually write on papers, to be chosen with one tap."""

    _name = "party.instruction"
    _description = "Usual Instruction"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    # written on papers: always Vietnamese, whatever language the screen has
    name = fields.Char(string="Sentence", required=True)
    for_filing = fields.Boolean(
        string="No work needed",
        help="Offered when a paper is closed as “for information, to be filed”.",
    )
    company_id = fields.Many2one("res.company", help="Empty: for every office.")
    active = fields.Boolean(default=True)
