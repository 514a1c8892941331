from odoo import fields, models


class PartyNormType(models.Model):
    """What a norm is about: its code, its unit, and which way it binds."""

    _name = "party.norm.type"
    _inherit = ["party.official.mixin"]
    _description = "Norm Type"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, help="What the calculations call it.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    category = fields.Selection(
        [
            ("travel", "Travel"),
            ("conference", "Conferences"),
            ("guest", "Domestic guests"),
            ("foreign_guest", "Foreign guests"),
            ("car", "Cars"),
            ("salary", "Salary"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    unit = fields.Char(
        required=True, translate=True, help='What one is, e.g. "đồng/day".'
    )
    bound = fields.Selection(
        [
            ("ceiling", "May not go above"),
            ("floor", "May not go below"),
            ("free", "Not bound"),
        ],
        string="Bound by the Layer Above",
        required=True,
        default="ceiling",
        help="How the value of a layer binds the layer below it.",
    )
    explanation = fields.Text(translate=True)
    norm_ids = fields.One2many("party.norm", "type_id", string="Norms")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")
