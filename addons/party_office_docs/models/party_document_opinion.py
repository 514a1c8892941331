from odoo import api, fields, models

ANSWERS = [
    ("agree", "Agrees"),
    ("changes", "Agrees with changes"),
    ("other", "Other opinion"),
]


class PartyDocumentOpinion(models.Model):
    """What a unit says about a draft: asked by a day, answered or silent.

    Written by the actions of the draft and of the unit's head only.
    """

    _name = "party.document.opinion"
    _description = "Opinion on a Draft"
    _inherit = ["party.protected.mixin", "party.secret.content.mixin"]
    _order = "draft_id desc, id"
    _rec_name = "board_id"
    _secret_owner_field = "draft_id"

    draft_id = fields.Many2one(
        "party.document.draft", required=True, index=True, ondelete="cascade"
    )
    board_id = fields.Many2one(
        "party.board", string="Unit", required=True, index=True, ondelete="restrict"
    )
    version_id = fields.Many2one(
        "party.document.version",
        required=True,
        index=True,
        ondelete="cascade",
        help="The text that the unit was asked about.",
    )
    asked_at = fields.Datetime(
        string="Asked", required=True, default=fields.Datetime.now
    )
    deadline = fields.Date(required=True)
    answer = fields.Selection(ANSWERS, index=True)
    text = fields.Text(string="Opinion")
    attachment_ids = fields.Many2many("ir.attachment", string="Papers")
    answered_at = fields.Datetime(string="Answered")
    answered_by_id = fields.Many2one("res.users")
    company_id = fields.Many2one(related="draft_id.company_id", store=True)

    _once = models.Constraint(
        "UNIQUE (version_id, board_id)", "A unit is asked once about a version."
    )
    _answer_complete = models.Constraint(
        "CHECK ((answer IS NULL) = (answered_at IS NULL))",
        "An answer has its day.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "draft_id",
            "board_id",
            "version_id",
            "asked_at",
            "deadline",
            "answer",
            "text",
            "attachment_ids",
            "answered_at",
            "answered_by_id",
        }
