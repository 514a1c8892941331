from odoo import api, fields, models

from .party_document import CHANNELS

#: our own units read the paper here
DELIVERY_CHANNELS = [("system", "In this system"), *CHANNELS]


class PartyDocumentDelivery(models.Model):
    """A line of the hand-over book (sổ chuyển giao): what went to whom, who took it.

    Made by the actions of the paper; the clerk notes how it went and who took it.
    """

    _name = "party.document.delivery"
    _description = "Hand-over of a Paper"
    _inherit = [
        "party.protected.mixin",
        "party.secret.content.mixin",
        "party.plausible.mixin",
    ]
    _order = "document_id desc, id"
    _rec_name = "label"

    document_id = fields.Many2one(
        "party.document", string="Paper", required=True, index=True, ondelete="cascade"
    )
    recipient_id = fields.Many2one(
        "party.document.recipient", index="btree_not_null", ondelete="set null"
    )
    correspondent_id = fields.Many2one("party.correspondent", index="btree_not_null")
    board_id = fields.Many2one("party.board", string="Unit", index="btree_not_null")
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        index="btree_not_null",
        help="When it is handed to a person of the office.",
    )
    name = fields.Char(string="In words")
    label = fields.Char(string="Handed to", compute="_compute_label", store=True)
    channel = fields.Selection(DELIVERY_CHANNELS, required=True, default="paper")
    copies = fields.Integer(default=1, aggregator=None)
    handed_at = fields.Datetime(string="Handed over", index=True)
    handed_by_id = fields.Many2one("res.users", string="Handed over by")
    received_at = fields.Datetime(string="Received")
    received_by_id = fields.Many2one("res.users", string="Receipt entered by")
    received_by = fields.Char(
        help="Who took it, as in the signature column of the hand-over book."
    )
    note = fields.Char()
    company_id = fields.Many2one(related="document_id.company_id", store=True)

    _line_unique = models.UniqueIndex(
        "(document_id, recipient_id) WHERE recipient_id IS NOT NULL",
        "This recipient is already in the hand-over book.",
    )
    _in_order = models.Constraint(
        "CHECK (received_at IS NULL OR (handed_at IS NOT NULL"
        " AND received_at >= handed_at))",
        "A paper is received after it was handed over.",
    )

    @api.depends("name", "correspondent_id.name", "board_id.name", "user_id.name")
    def _compute_label(self):
        for line in self:
            line.label = (
                (line.name or "").strip()
                or line.correspondent_id.name
                or line.board_id.name
                or line.user_id.name
            )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "document_id",
            "recipient_id",
            "correspondent_id",
            "board_id",
            "user_id",
            "name",
            "handed_at",
            "handed_by_id",
            "received_at",
            "received_by_id",
        }
