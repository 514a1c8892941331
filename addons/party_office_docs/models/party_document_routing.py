from odoo import api, fields, models

ROLES = [
    ("lead", "Lead"),
    ("co", "Cooperating"),
    ("info", "For information"),
]


class PartyDocumentRouting(models.Model):
    """A unit's part in a paper: the one that leads, those that help, those that know.

    Written by the actions of the paper only. The database keeps the lead single.
    """

    _name = "party.document.routing"
    _description = "Part of a Unit in a Paper"
    _inherit = ["party.protected.mixin", "party.secret.content.mixin"]
    _order = "document_id, role desc, id"
    _rec_name = "board_id"

    document_id = fields.Many2one(
        "party.document", required=True, index=True, ondelete="cascade"
    )
    board_id = fields.Many2one(
        "party.board", string="Unit", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(ROLES, required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        index="btree_not_null",
        help="Who deals with it inside the unit.",
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True)

    _board_unique = models.Constraint(
        "UNIQUE (document_id, board_id)", "A unit has one part in a paper."
    )
    _one_lead = models.UniqueIndex(
        "(document_id) WHERE role = 'lead'", "A paper has exactly one lead."
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "document_id",
            "board_id",
            "role",
            "user_id",
        }
