import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import remove_accents


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
    place_names = fields.Char(
        string="Places",
        help="Names that make this area the proposed one when a destination contains "
        "them, separated by semicolons.",
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("It may not be part of itself."))

    @api.model
    def _official_editable_fields(self):
        # which places lie in an area is for the office to complete
        return super()._official_editable_fields() | {"place_names"}

    @api.model
    def _of_place(self, text):
        """The area that a destination lies in, as far as its name says; a proposal.

        :param str text: e.g. "Bộ Tài chính, Hà Nội"; tone marks do not matter
        :return: one record: the area whose place is named, else that of the province
        """
        plain = remove_accents(text or "").lower()
        for area in self.search([("place_names", "!=", False)]):
            for name in area.place_names.split(";"):
                word = re.escape(remove_accents(name).lower().strip())
                if word and re.search(rf"(?<!\w){word}(?!\w)", plain):
                    return area
        return self.search([("code", "=", "province")], limit=1)

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
