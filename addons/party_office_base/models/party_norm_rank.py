from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PartyNormRank(models.Model):
    """Who the norm is for: ranks of staff, classes of guests."""

    _name = "party.norm.rank"
    _inherit = ["party.official.mixin"]
    _description = "Norm Rank"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, help="What the calculations call it.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        "party.norm.rank",
        string="Part Of",
        index="btree_not_null",
        help="Where nothing is said for this one, the value of the wider one holds.",
    )
    note = fields.Text(translate=True)
    active = fields.Boolean(default=True)
    coefficient_from = fields.Float(
        string="Allowance From",
        digits=(4, 2),
        help="Position allowance coefficient from which the rank begins (included).",
    )
    coefficient_to = fields.Float(
        string="Allowance Below",
        digits=(4, 2),
        help="Position allowance coefficient below which it ends; 0: no end.",
    )
    by_coefficient = fields.Boolean(
        help="A rank of staff that is found by the position allowance coefficient."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("It may not be part of itself."))

    @api.model
    def _for_coefficient(self, coefficient):
        """The rank of staff with this position allowance coefficient.

        :param float coefficient: e.g. 1.25; 0 for no position allowance
        :return: one record, or an empty recordset
        """
        return self.search([("by_coefficient", "=", True)])._holding(coefficient)

    def _holding(self, coefficient):
        """The first of these ranks that holds this position allowance coefficient."""
        # digits=(4, 2): 0.8 is stored as a float that may lie a hair below
        hundredths = round(coefficient * 100)
        return self.filtered(
            lambda rank: (
                round(rank.coefficient_from * 100) <= hundredths
                and (
                    not rank.coefficient_to
                    or hundredths < round(rank.coefficient_to * 100)
                )
            )
        )[:1]

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
