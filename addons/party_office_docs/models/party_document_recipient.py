from odoo import api, fields, models

RECIPIENT_ROLES = [
    ("to", "To act on it"),
    ("info", "For information"),
    ("file", "To be filed"),
]


class PartyDocumentRecipient(models.Model):
    """A line of "Nơi nhận": a correspondent, a unit of ours, or a name in words.

    A line belongs to a draft; when the draft is issued, to its paper, too. The clerk
    adds lines to issued papers.
    """

    _name = "party.document.recipient"
    _description = "Recipient of a Paper"
    _inherit = [
        "party.approval.line.mixin",
        "party.secret.content.mixin",
        "party.plausible.mixin",
    ]
    _order = "sequence, id"
    _rec_name = "label"
    _approval_document_field = "draft_id"
    _secret_owner_field = "document_id"

    sequence = fields.Integer(default=10)
    draft_id = fields.Many2one("party.document.draft", index=True, ondelete="cascade")
    document_id = fields.Many2one("party.document", index=True, ondelete="cascade")
    role = fields.Selection(RECIPIENT_ROLES, required=True, default="to")
    correspondent_id = fields.Many2one("party.correspondent", index="btree_not_null")
    board_id = fields.Many2one("party.board", string="Unit", index="btree_not_null")
    name = fields.Char(
        string="In words",
        help="A recipient as printed, e.g. Các đồng chí Ủy viên Ban Thường vụ.",
    )
    label = fields.Char(string="Recipient", compute="_compute_label", store=True)
    copies = fields.Integer(default=1, aggregator=None)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True
    )

    _belongs = models.Constraint(
        "CHECK (draft_id IS NOT NULL OR document_id IS NOT NULL)",
        "A recipient belongs to a paper.",
    )
    _named = models.Constraint(
        "CHECK (board_id IS NOT NULL OR correspondent_id IS NOT NULL"
        " OR trim(coalesce(name, '')) <> '')",
        "Choose a correspondent or a unit, or write the recipient in words.",
    )
    _copies_possible = models.Constraint(
        "CHECK (copies BETWEEN 0 AND 9999)", "Copies are between 0 and 9,999."
    )

    @api.depends("name", "correspondent_id.name", "board_id.name")
    def _compute_label(self):
        for recipient in self:
            recipient.label = (
                (recipient.name or "").strip()
                or recipient.correspondent_id.name
                or recipient.board_id.name
            )

    @api.depends("draft_id.company_id", "document_id.company_id")
    def _compute_company_id(self):
        for recipient in self:
            # the paper may be out of sight of whoever recomputes
            line = recipient.sudo()
            recipient.company_id = (
                line.document_id.company_id or line.draft_id.company_id
            )

    @api.model
    def _secret_owner_fields(self):
        return ["document_id", "draft_id"]

    @api.model
    def _approval_content_fields(self):
        return ["role", "correspondent_id", "board_id", "name", "copies"]

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"copies", "sequence"}
