from odoo import api, fields, models
from odoo.fields import Domain

from .party_official_mixin import LAYER_SELECTION


class PartyRegulation(models.Model):
    """A text that norms and forms rest on: law, decree, circular, internal rules."""

    _name = "party.regulation"
    _inherit = ["party.official.mixin", "party.verified.mixin", "mail.thread"]
    _description = "Regulation"
    _order = "issue_date desc, number"
    _rec_name = "number"
    _rec_names_search = ["number", "name"]

    number = fields.Char(
        required=True, index=True, help='As it is cited, e.g. "12/2025/TT-BTC".'
    )
    kind = fields.Selection(
        [
            ("law", "Law"),
            ("decree", "Decree"),
            ("circular", "Circular"),
            ("joint_circular", "Joint circular"),
            ("resolution", "Resolution"),
            ("decision", "Decision"),
            ("party_regulation", "Party regulation"),
            ("guidance", "Guidance"),
            ("internal_rules", "Internal rules"),
        ],
        required=True,
        default="resolution",
    )
    name = fields.Char(string="Title", required=True, translate=True)
    issuer = fields.Char(translate=True)
    issue_date = fields.Date()
    date_from = fields.Date(
        string="In Force From", index=True, help="Empty: not known yet, to be checked."
    )
    date_to = fields.Date(string="In Force To", tracking=True, help="The last day.")
    layer = fields.Selection(
        LAYER_SELECTION,
        required=True,
        default="province",
        help="Who may set the value: the national text is the ceiling of the "
        "province's, the province's is the ceiling of the internal rules.",
    )
    replaced_by_id = fields.Many2one(
        "party.regulation", index="btree_not_null", tracking=True
    )
    replaces_ids = fields.One2many("party.regulation", "replaced_by_id")
    amends_id = fields.Many2one(
        "party.regulation",
        index="btree_not_null",
        help="The text that stays in force, as changed by this one.",
    )
    amended_by_ids = fields.One2many("party.regulation", "amends_id")
    norm_ids = fields.One2many("party.norm", "regulation_id", string="Norms")
    summary = fields.Text(translate=True)
    verified = fields.Boolean(tracking=True)
    state = fields.Selection(
        [
            ("coming", "Not yet in force"),
            ("in_force", "In force"),
            ("expired", "Expired"),
            ("unknown", "Dates to be checked"),
        ],
        compute="_compute_state",
        search="_search_state",
        help="As of today.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for all offices.",
    )

    _number_company_uniq = models.UniqueIndex(
        "(number, COALESCE(company_id, 0))", "This regulation is already recorded."
    )
    _date_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "The last day in force may not be before the first.",
    )

    @api.model
    def _official_editable_fields(self):
        return super()._official_editable_fields() | {"replaced_by_id"}

    @api.depends("number", "name")
    @api.depends_context("show_title", "lang")
    def _compute_display_name(self):
        with_title = self.env.context.get("show_title")
        for regulation in self:
            parts = [regulation.number, with_title and regulation.name]
            regulation.display_name = " ".join(filter(None, parts))

    @api.depends("date_from", "date_to", "replaced_by_id")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for regulation in self:
            if regulation.date_to and regulation.date_to < today:
                regulation.state = "expired"
            elif regulation.date_from and regulation.date_from > today:
                regulation.state = "coming"
            elif not regulation.date_from or (
                regulation.replaced_by_id and not regulation.date_to
            ):
                regulation.state = "unknown"
            else:
                regulation.state = "in_force"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        expired = Domain("date_to", "<", today)
        coming = ~expired & Domain("date_from", ">", today)
        open_ended = Domain("date_to", "=", False)
        unknown = (
            ~expired
            & ~coming
            & (
                Domain("date_from", "=", False)
                | (Domain("replaced_by_id", "!=", False) & open_ended)
            )
        )
        domains = {
            "expired": expired,
            "coming": coming,
            "unknown": unknown,
            "in_force": ~expired & ~coming & ~unknown,
        }
        return Domain.OR(domains[state] for state in value if state in domains)
