from odoo import api, fields, models


class PartyClaimKind(models.Model):
    """What a payment claim is for, and what that means for budget and books."""

    _name = "party.claim.kind"
    _description = "Kind of Payment Claim"
    _order = "sequence, code, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    calculation = fields.Selection(
        [
            ("travel", "Business trip"),
            ("month_lump", "Monthly travel lump sum"),
            ("conference", "Conference"),
            ("guest", "Domestic guests"),
            ("foreign_guest", "Foreign delegation"),
            ("fuel", "Fuel by norm"),
        ],
        help="How the amounts are computed; empty: the requester enters them.",
    )
    fund_id = fields.Many2one(
        "party.fund", string="Usual fund", help="Empty: the office's usual fund."
    )
    item_id = fields.Many2one("party.budget.item", string="Usual item", required=True)
    expense_account_id = fields.Many2one(
        "account.account", string="Expense account", company_dependent=True
    )
    quantity_label = fields.Char(
        string="Unit of quantity", translate=True, help="For example: litres."
    )
    paper_ids = fields.One2many(
        "party.claim.kind.paper", "claim_kind_id", string="Papers needed"
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a kind of claim with this code."
    )

    @api.model
    def _usual(self):
        """Return the kind that a new document begins with: the first simple one."""
        return self.search([("calculation", "=", False)], limit=1)
