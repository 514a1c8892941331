from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PartyNormArea(models.Model):
    """Where the work is done: the areas by which norms differ."""

    _name = "party.norm.area"
    _inherit = ["party.official.mixin"]
    _description = "Norm Area"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, help="What the calculations call it.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        "party.norm.area",
        string="Part Of",
        index="btree_not_null",
        help="Where nothing is said for this one, the value of the wider one holds.",
    )
    note = fields.Text(translate=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("It may not be part of itself."))

    def _codes(self):
        """Its code, then those of the wider ones it is part of.

        :return: tuple of str, the narrowest first; empty for an empty recordset
        """
        codes = []
        row = self
        while row and row.code not in codes:
            codes.append(row.code)
            row = row.parent_id
        return tuple(codes)
