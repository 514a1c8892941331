from odoo import api, fields, models

#: what makes a paper necessary, see ``party.claim._paper_conditions``
CONDITIONS = [
    ("always", "Always"),
    ("advance", "An advance is settled"),
    ("lodging_invoice", "Lodging by invoice"),
    ("ticket", "Tickets"),
    ("own_vehicle", "Own vehicle"),
    ("sea_island", "Days at sea or on islands"),
    ("over_norm", "More than the norm"),
    ("collective_meal", "Meals taken together"),
    ("important_guest", "Important guests"),
]


class PartyClaimKindPaper(models.Model):
    """A paper that a kind of claim needs, when, and why."""

    _name = "party.claim.kind.paper"
    _description = "Paper That a Kind of Claim Needs"
    _order = "claim_kind_id, sequence, id"
    _rec_name = "paper_kind_id"

    claim_kind_id = fields.Many2one(
        "party.claim.kind",
        string="Kind of claim",
        required=True,
        index=True,
        ondelete="cascade",
    )
    paper_kind_id = fields.Many2one(
        "party.paper.kind", string="Paper", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(default=10)
    condition = fields.Selection(CONDITIONS, required=True, default="always")
    amount_from = fields.Monetary(
        string="From this amount on", help="Needed when the claim comes to so much."
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    is_required = fields.Boolean(
        string="Required",
        default=True,
        help="A claim cannot be sent without it. Others are only offered.",
    )
    why = fields.Char(
        string="What for",
        translate=True,
        help="In one sentence, with the regulation: the requester reads it.",
    )
    verified = fields.Boolean(help="Checked against the text of the regulation.")
    active = fields.Boolean(default=True)

    _paper_unique = models.UniqueIndex(
        "(claim_kind_id, paper_kind_id, condition, amount_from) WHERE active",
        "This kind of claim already asks for this paper.",
    )

    @api.depends_context("company")
    def _compute_currency_id(self):
        self.currency_id = self.env.company.currency_id

    def _say(self):
        """Return the paper and what it is for, in one line."""
        self.ensure_one()
        name = self.paper_kind_id.name
        return f"{name}: {self.why}" if self.why else name
