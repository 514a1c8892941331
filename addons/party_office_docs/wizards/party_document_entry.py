from odoo import api, fields, models

from ..models.party_document import URGENCIES
from ..models.party_secrecy_mixin import SECRECY


class PartyDocumentEntry(models.TransientModel):
    """A paper that was signed outside this system, or a number for a secret one."""

    _name = "party.document.entry"
    _description = "Enter an Issued Paper"

    body_id = fields.Many2one(
        "party.issuing.body",
        required=True,
        default=lambda self: self.env["party.document"]._default_body_id(),
    )
    kind_id = fields.Many2one("party.document.kind", required=True)
    document_date = fields.Date(
        string="Date of the paper", required=True, default=fields.Date.context_today
    )
    abstract = fields.Char()
    signer_name = fields.Char(string="Signed by")
    urgency = fields.Selection(URGENCIES, required=True, default="0")
    page_count = fields.Integer(string="Pages")
    secrecy = fields.Selection(SECRECY, required=True, default="none")
    attachment_ids = fields.Many2many("ir.attachment", string="Signed scan")
    is_inserted = fields.Boolean(string="Inserted number")
    after_id = fields.Many2one(
        "party.document",
        string="After number",
        domain="[('direction', '=', 'out'), ('body_id', '=', body_id)]",
        help="The paper gets the number of this one with a letter, e.g. 15a.",
    )
    reason = fields.Char(string="Reason of the insertion")

    @api.onchange("secrecy")
    def _onchange_secrecy(self):
        if self.secrecy != "none":
            # a secret never stays in a form, either
            self.abstract = self.signer_name = False
            self.attachment_ids = False

    @api.onchange("body_id", "kind_id")
    def _onchange_book(self):
        self.after_id = False

    def action_confirm(self):
        """Give the number; the paper checks who may and what is missing."""
        self.ensure_one()
        document = self.env["party.document"].action_enter_issued(
            {
                "body_id": self.body_id.id,
                "kind_id": self.kind_id.id,
                "document_date": self.document_date,
                "abstract": self.abstract,
                "signer_name": self.signer_name,
                "urgency": self.urgency,
                "page_count": self.page_count,
                "secrecy": self.secrecy,
            },
            self.attachment_ids.ids,
            self.after_id.id if self.is_inserted else None,
            self.reason or "",
        )
        # what was typed here does not stay
        self.unlink()
        return document._open_issued()
