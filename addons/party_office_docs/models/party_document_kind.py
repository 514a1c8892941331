from odoo import fields, models

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES


class PartyDocumentKind(models.Model):
    """A kind of paper (tên loại văn bản), with the abbreviation in its number.

    Regulation 399-QĐ/TW of 9 January 2026 names the kinds; abbreviations are practice.
    Two kinds share "QĐ" (quyết định, quy định): books are kept by kind, never by
    abbreviation.
    """

    _name = "party.document.kind"
    _description = "Kind of Paper"
    _inherit = ["party.verified.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "abbreviation", "code"]

    check_state = fields.Selection(selection_add=CHECK_STATES)
    sequence = fields.Integer(default=100)
    code = fields.Char(required=True, help="Names the book; never changes.")
    name = fields.Char(required=True, translate=True)
    abbreviation = fields.Char(help="As written in the number, e.g. NQ, CTr.")
    is_auxiliary = fields.Boolean(
        string="Auxiliary paper",
        help="Invitation, routing slip, letter: a paper, not a kind of document.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "Each kind has its own code.")
