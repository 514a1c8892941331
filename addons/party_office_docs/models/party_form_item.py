from odoo import fields, models

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES


class PartyFormItem(models.Model):
    """A part that a Party paper must have, as the checker of the form looks for it.

    Guidance 36-HD/VPTW, II: nine compulsory parts.
    """

    _name = "party.form.item"
    _description = "Part of the Form of Papers"
    _inherit = ["party.verified.mixin"]
    _order = "sequence, id"

    check_state = fields.Selection(selection_add=CHECK_STATES)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    is_compulsory = fields.Boolean(string="Compulsory", default=True)
    hint = fields.Char(translate=True, help="What the checker looks at.")
    article = fields.Char(help="Where the guidance says so.")
    active = fields.Boolean(default=True)
