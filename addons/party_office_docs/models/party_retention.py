from odoo import api, fields, models

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES

PERMANENT = "permanent"


class PartyRetention(models.Model):
    """How long a group of files is kept (bảng thời hạn bảo quản).

    Guidance 35-HD/VPTW of 18 October 2010 has the table of provincial Party bodies; the
    rows that ship were not compared with its text and say so.
    """

    _name = "party.retention"
    _description = "Retention Period"
    _inherit = ["party.verified.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    check_state = fields.Selection(selection_add=CHECK_STATES)
    sequence = fields.Integer(default=100)
    code = fields.Char()
    name = fields.Char(string="Group of files", required=True, translate=True)
    is_permanent = fields.Boolean(string="Kept for ever")
    years = fields.Integer(string="Years kept", aggregator=None)
    regulation = fields.Char()
    active = fields.Boolean(default=True)

    _years_possible = models.Constraint(
        "CHECK (is_permanent OR years BETWEEN 1 AND 150)",
        "A retention is for ever or between 1 and 150 years.",
    )

    @api.depends("name", "is_permanent", "years")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for retention in self:
            retention.display_name = self.env._(
                "%(group)s (%(period)s)",
                group=retention.name or "",
                period=retention._period_text(),
            )

    def _period_text(self):
        """Return the period in words, in the reader's language."""
        self.ensure_one()
        if self.is_permanent:
            return self.env._("for ever")
        return self.env._("%(years)s years", years=self.years)
