from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from .party_document import URGENCIES

#: the words of papers for the states of an approval; issued comes after signed
DRAFT_STATES = [
    ("draft", "Drafting"),
    ("submitted", "Being approved"),
    ("returned", "Returned"),
    ("approved", "Signed"),
    ("issued", "Issued"),
    ("refused", "Refused"),
    ("cancelled", "Given up"),
]

#: Guidance 36-HD/VPTW, II.7: T/M (thay mặt), K/T (ký thay), T/L (thừa lệnh)
AUTHORITIES = [
    ("self", "In his own right"),
    ("tm", "T/M"),
    ("kt", "K/T"),
    ("tl", "T/L"),
]

#: Guidance 36-HD/VPTW, III: phạm vi lưu hành
CIRCULATIONS = [
    ("internal", "Internal circulation"),
    ("after_reading", "Return after reading"),
    ("after_meeting", "Return after the meeting"),
]


class PartyDocumentDraft(models.Model):
    """A paper that is being written: opinions, form check, signature, then a number.

    It has no number of the book before it is signed. What happens to it lives in files
    of its own: ``party_document_draft_<concept>``.
    """

    _name = "party.document.draft"
    _description = "Draft of a Paper"
    _inherit = [
        # the gate is the outermost: nothing is logged about a secret draft
        "party.secrecy.mixin",
        "party.paper.mixin",
        "party.approval.mixin",
        "mail.thread.main.attachment",
        "party.plausible.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["title"]
    _mail_post_access = "read"
    _check_company_auto = True

    state = fields.Selection(
        selection_add=DRAFT_STATES,
        ondelete={"issued": "cascade"},
    )
    board_id = fields.Many2one(
        string="Drafting unit", help="The unit that writes the paper."
    )
    requester_id = fields.Many2one(string="Drafted by")
    title = fields.Char(
        string="Abstract",
        help="What the paper is about, in one or two lines (trích yếu).",
    )
    kind_id = fields.Many2one(
        "party.document.kind",
        required=True,
        index=True,
        default=lambda self: self.env.ref(
            "party_office_docs.kind_letter", raise_if_not_found=False
        ),
    )
    body_id = fields.Many2one(
        "party.issuing.body",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self._default_body_id(),
        help="The body that issues the paper; it is numbered in its book. Of a joint "
        "paper: the body in the lead.",
    )
    co_body_ids = fields.Many2many(
        "party.issuing.body",
        "party_document_draft_co_body_rel",
        "draft_id",
        "body_id",
        string="Joint bodies",
        check_company=True,
        help="Other bodies that issue a joint paper; it takes the number of the body "
        "in the lead (Guidance 36-HD/VPTW, II.1.3).",
    )
    content = fields.Html(
        string="Text",
        help="The text itself, unless it comes as a file.",
    )
    authority = fields.Selection(AUTHORITIES, required=True, default="self")
    signer_id = fields.Many2one("res.users", index=True)
    signer_name = fields.Char(
        string="Name under the signature",
        compute="_compute_signer",
        store=True,
        readonly=False,
    )
    signer_position = fields.Char(
        string="Position of the signer",
        compute="_compute_signer",
        store=True,
        readonly=False,
        help="Printed above the signature, e.g. CHÁNH VĂN PHÒNG.",
    )
    urgency = fields.Selection(URGENCIES, required=True, default="0")
    circulation = fields.Selection(CIRCULATIONS)
    page_count = fields.Integer(string="Pages", aggregator=None)
    copy_count = fields.Integer(
        string="Copies", default=1, aggregator=None, help="How many copies are made."
    )
    recipient_ids = fields.One2many(
        "party.document.recipient", "draft_id", string="Recipients"
    )
    answer_to_ids = fields.Many2many(
        "party.document",
        "party_document_draft_answer_rel",
        "draft_id",
        "document_id",
        string="Answers",
        domain=[("direction", "=", "in"), ("state", "in", ("registered", "directed"))],
        check_company=True,
        help="The incoming papers that this paper answers.",
    )
    document_id = fields.Many2one(
        "party.document",
        string="Issued paper",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    _one_document = models.UniqueIndex(
        "(document_id) WHERE document_id IS NOT NULL",
        "A draft is issued as one paper.",
    )
    _issued_has_document = models.Constraint(
        "CHECK ((state = 'issued') = (document_id IS NOT NULL))",
        "An issued draft has its paper, and nothing else has.",
    )
    _counts_possible = models.Constraint(
        "CHECK (page_count BETWEEN 0 AND 9999 AND copy_count BETWEEN 0 AND 9999)",
        "Pages and copies are between 0 and 9,999.",
    )
    _secret_is_empty = models.Constraint(
        "CHECK (secrecy = 'none' OR (title IS NULL AND content IS NULL))",
        "A secret paper is not drafted here.",
    )

    @api.model
    def _default_body_id(self):
        """Return the body whose papers the user's unit writes."""
        bodies = self.env["party.issuing.body"].search(
            [("company_id", "=", self.env.company.id)]
        )
        own = self.env.user.own_board_id
        return bodies.filtered(lambda body: body.board_id == own)[:1] or bodies[:1]

    @api.depends("signer_id", "body_id", "kind_id", "authority")
    def _compute_signer(self):
        for draft in self:
            draft.signer_name = draft.signer_id.name
            draft.signer_position = draft._signer_position()

    def _signer_position(self):
        """Return what is printed above the signature (``str``)."""
        return False

    @api.depends("title", "document_id.name")
    def _compute_display_name(self):
        for draft in self:
            draft.display_name = draft.title or draft._draft_label()

    def _draft_label(self):
        """Return a name (``str``) that says nothing about the content."""
        self.ensure_one()
        return self.env._("Draft %(number)s", number=self.id or "")

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "secrecy",
            "document_id",
        }

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {
            "title",
            "content",
            "attachment_ids",
            "signer_name",
            "signer_position",
            "recipient_ids",
            "answer_to_ids",
        }

    def _secret_values(self):
        return {
            **super()._secret_values(),
            # an issued draft goes with its paper; any other is given up
            "state": "issued" if self.document_id else "cancelled",
            "message_main_attachment_id": None,
        }

    def _secret_siblings(self):
        return [*super()._secret_siblings(), self.sudo().document_id]

    def _check_not_secret(self):
        """Refuse to add something to a draft that was marked secret.

        :raises UserError: Law 117/2025/QH15
        """
        # whoever writes, and whatever he may see
        if any(draft.is_secret for draft in self.sudo()):
            raise UserError(
                self.env._(
                    "A secret paper may not enter this system (Law 117/2025/QH15). "
                    "Use the secret register."
                )
            )

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"page_count", "copy_count"}

    # ---------------------------------------------------------------- approval
    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "title",
            "kind_id",
            "body_id",
            "co_body_ids",
            "content",
            "authority",
            "signer_id",
            "signer_name",
            "signer_position",
            "urgency",
            "circulation",
            "recipient_ids",
            "attachment_ids",
        ]

    def write(self, vals):
        # locked like the content, but not in its fingerprint: drafts that were sent
        # before this rule stay valid
        if "answer_to_ids" in vals:
            self._check_content_open()
        return super().write(vals)

    def _approval_kind(self):
        """Return ``own`` when the head of the drafting unit signs himself: his own
        unit need not show it to him twice.
        """
        self.ensure_one()
        signs = self.signer_id and self.signer_id == self.board_id.sudo().head_id
        return "own" if signs else ""

    def _check_can_submit(self):
        result = super()._check_can_submit()
        missing = self._missing_parts()
        if missing:
            raise UserError(
                self.env._(
                    "Before you send it, enter: %(parts)s.", parts="; ".join(missing)
                )
            )
        return result

    def _missing_parts(self):
        """Return in words (list of ``str``) what the paper still lacks."""
        self.ensure_one()
        missing = []
        if not (self.title or "").strip():
            missing.append(self.env._("abstract"))
        if is_html_empty(self.content) and not self.attachment_ids:
            missing.append(self.env._("the text or a file"))
        if not self.signer_id:
            missing.append(self.env._("signer"))
        return missing

    # --------------------------------------------------------------- work list
    @api.model
    def _work_item_fields(self):
        return super()._work_item_fields() | {"title"}

    def _work_item_summary(self):
        # who reads a draft also reads its line in the work list, see the record rules
        return self.title or ""
