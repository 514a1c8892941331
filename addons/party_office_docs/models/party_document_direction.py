from odoo import api, fields, models

from .party_document_closing import QUALITIES

KINDS = [
    ("up", "Submitted to a leader"),
    ("direct", "Directed"),
    ("again", "Directed again"),
    ("file", "For information, filed"),
    ("back", "Given back by the unit"),
    ("accept", "Result accepted"),
    ("return", "Result returned"),
]

CAPACITIES = [("self", "In person"), ("kt", "K/T"), ("tl", "T/L")]


class PartyDocumentDirection(models.Model):
    """What was written on a paper, when and by whom: the history of its direction.

    Rows are added by the actions of the paper and never changed.
    """

    _name = "party.document.direction"
    _description = "Direction of a Paper"
    _inherit = ["party.protected.mixin", "party.secret.content.mixin"]
    _order = "document_id, id desc"
    _rec_name = "kind"

    document_id = fields.Many2one(
        "party.document", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, string="What", required=True)
    user_id = fields.Many2one("res.users", string="Written by", required=True)
    on_behalf_id = fields.Many2one(
        "res.users",
        string="In the place of",
        help="Whose decision it is, when somebody else wrote it down.",
    )
    capacity = fields.Selection(CAPACITIES, required=True, default="self")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    instruction = fields.Text(help="What the leader wrote on the paper (bút phê).")
    reason = fields.Text()
    lead_board_id = fields.Many2one("party.board", string="Lead")
    co_board_ids = fields.Many2many(
        "party.board",
        "party_document_direction_co_rel",
        "direction_id",
        "board_id",
        string="Cooperating",
    )
    info_board_ids = fields.Many2many(
        "party.board",
        "party_document_direction_info_rel",
        "direction_id",
        "board_id",
        string="For information",
    )
    to_user_id = fields.Many2one("res.users", string="Handed to")
    deadline = fields.Date()
    quality = fields.Selection(QUALITIES)
    company_id = fields.Many2one(related="document_id.company_id", store=True)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "document_id",
            "kind",
            "user_id",
            "on_behalf_id",
            "capacity",
            "date",
            "instruction",
            "reason",
            "lead_board_id",
            "co_board_ids",
            "info_board_ids",
            "to_user_id",
            "deadline",
            "quality",
        }
