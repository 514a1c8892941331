from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today

DIRECTIONS = [("in", "Incoming"), ("out", "Outgoing")]

STATES = [
    ("received", "Received"),
    ("registered", "Waiting for direction"),
    ("directed", "Being dealt with"),
    ("done", "Closed"),
    ("issued", "Issued"),
    ("recalled", "Recalled"),
    ("cancelled", "Number cancelled"),
    ("secret", "In the secret register"),
]

#: Guidance 36-HD/VPTW: khẩn, thượng khẩn, hỏa tốc
URGENCIES = [
    ("0", "Ordinary"),
    ("1", "Urgent"),
    ("2", "Very urgent"),
    ("3", "Express"),
]

CHANNELS = [
    ("paper", "On paper"),
    ("axis", "Party document network"),
    ("mail", "E-mail"),
    ("hand", "By hand"),
]


class PartyDocument(models.Model):
    """A paper in the books of the office: received or issued, with one number.

    What happens to it lives in files of its own: ``party_document_incoming`` (register,
    direct), ``…_secrecy``, ``…_reading``.
    """

    _name = "party.document"
    _description = "Paper"
    _inherit = [
        "party.clock.mixin",
        "party.paper.mixin",
        "mail.thread.main.attachment",
        "mail.activity.mixin",
    ]
    _order = "registered_at desc, id desc"
    _rec_names_search = ["name", "symbol", "abstract"]
    _mail_post_access = "read"
    _check_company_auto = True

    direction = fields.Selection(
        DIRECTIONS,
        string="In or out",
        required=True,
        default="in",
        readonly=True,
        copy=False,
    )
    state = fields.Selection(
        STATES, required=True, default="received", readonly=True, copy=False, index=True
    )
    name = fields.Char(
        string="Number",
        readonly=True,
        copy=False,
        help="Number in the book: incoming by year, outgoing by body, kind and term.",
    )
    number = fields.Integer(
        string="Running number", readonly=True, copy=False, aggregator=None
    )
    registered_at = fields.Datetime(readonly=True, copy=False)
    registered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    body_id = fields.Many2one(
        "party.issuing.body",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self._default_body_id(),
        help="Whose book the paper stands in.",
    )
    kind_id = fields.Many2one("party.document.kind", index=True)
    symbol = fields.Char(
        index="btree_not_null",
        help="Number and symbol on the paper, e.g. 127-CV/BTCTW.",
    )
    document_date = fields.Date(string="Date of the paper")
    received_on = fields.Date(
        default=lambda self: local_today(self.env),
        help="The day the paper came in.",
    )
    sender_id = fields.Many2one(
        "party.correspondent", index="btree_not_null", check_company=True
    )
    abstract = fields.Char(help="What the paper is about, in one or two lines.")
    signer_name = fields.Char(string="Signed by")
    urgency = fields.Selection(URGENCIES, required=True, default="0")
    channel = fields.Selection(CHANNELS, required=True, default="paper")
    page_count = fields.Integer(string="Pages", aggregator=None)
    note = fields.Char()

    requester_id = fields.Many2one(
        "res.users",
        string="Entered by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    board_id = fields.Many2one(
        "party.board",
        string="Unit in charge",
        compute="_compute_board_id",
        store=True,
        index=True,
        help="The unit in the lead; before it is named, the unit whose book it is.",
    )
    lead_board_id = fields.Many2one(
        "party.board",
        string="Lead",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    routing_ids = fields.One2many(
        "party.document.routing", "document_id", string="Units", readonly=True
    )
    deadline = fields.Date(readonly=True, copy=False)
    instruction = fields.Text(
        readonly=True, copy=False, help="What the leader wrote on the paper (bút phê)."
    )
    closed_at = fields.Datetime(readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _list_idx = models.Index("(direction, registered_at DESC, id DESC)")
    _number_unique = models.UniqueIndex(
        "(company_id, direction, body_id, kind_id, name) WHERE direction = 'out'"
        " AND name IS NOT NULL AND state <> 'cancelled'",
        "This number is already given.",
    )
    _directed_has_lead = models.Constraint(
        "CHECK (state <> 'directed' OR lead_board_id IS NOT NULL)",
        "A paper that is dealt with has exactly one lead.",
    )
    _registered_has_number = models.Constraint(
        "CHECK (state = 'received' OR (name IS NOT NULL AND number > 0"
        " AND registered_at IS NOT NULL))",
        "A registered paper has a number.",
    )

    @api.model
    def _default_body_id(self):
        return self.env["party.issuing.body"].search(
            [("company_id", "=", self.env.company.id), ("receives", "=", True)], limit=1
        )

    @api.depends("lead_board_id", "body_id")
    def _compute_board_id(self):
        for document in self:
            document.board_id = document.lead_board_id or document.body_id.board_id

    @api.depends("name", "direction", "symbol")
    def _compute_display_name(self):
        for document in self:
            if not document.name:
                document.display_name = document.symbol or self.env._("New paper")
            elif document.direction == "in":
                document.display_name = self.env._(
                    "Incoming %(number)s", number=document.name
                )
            else:
                document.display_name = document.name

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "direction",
            "state",
            "name",
            "number",
            "registered_at",
            "registered_by_id",
            "requester_id",
            "lead_board_id",
            "routing_ids",
            "deadline",
            "instruction",
            "closed_at",
            "company_id",
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unregistered(self):
        for document in self:
            if document.state != "received":
                raise UserError(
                    self.env._(
                        "%(document)s stands in the book: it is never deleted.",
                        document=document.display_name,
                    )
                )

    def _check_state(self, *states):
        """Refuse an action that does not fit the state.

        :raises UserError: naming the state
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for document in self:
            if document.state not in states:
                raise UserError(
                    self.env._(
                        "%(document)s is in the state “%(state)s”; this "
                        "cannot be done now.",
                        document=document.display_name,
                        state=labels[document.state],
                    )
                )

    # --------------------------------------------------------------- numbering
    def _take_number(self):
        """Give each paper its number, in the transaction that registers it.

        Incoming: per body and year; outgoing: per body, kind and committee term
        (Guidance 36-HD/VPTW, II.1.3). The caller has checked the right to.
        """
        for document in self:
            incoming = document.direction == "in"
            book = document.body_id.code
            if not incoming:
                book = document.body_id._book(document.kind_id)
            today = local_today(self.env)
            text = self.env["party.series"]._next(
                "paper_in" if incoming else "paper_out",
                today if incoming else document.document_date or today,
                document,
                scope=book,
                values={
                    "kind": document.kind_id.abbreviation or "",
                    "issuer": document.body_id.code,
                },
            )
            # the series keeps the count that belongs to the text
            given = self.env["party.series.number"].sudo()._of(document)[:1]
            document.sudo().write(
                {
                    "name": text,
                    "number": given.number,
                    "registered_at": fields.Datetime.now(),
                    "registered_by_id": self.env.uid,
                }
            )

    def _directed_values(self, head):
        """Return more values (``dict``) of a paper that is now with the lead's head."""
        return {}

    # --------------------------------------------------------------- work list
    @api.model
    def _work_item_fields(self):
        return super()._work_item_fields() | {"abstract"}

    def _work_item_state(self):
        self.ensure_one()
        if self.state in ("recalled", "cancelled"):
            return "stopped"
        return super()._work_item_state()

    def _work_item_summary(self):
        # who reads a paper also reads its line in the work list, see the record rules
        return self.abstract or ""
