from odoo import api, fields, models


class PartyClaimPaper(models.Model):
    """A paper that the accountant has in his hands; written by his button only."""

    _name = "party.claim.paper"
    _description = "Paper Handed In"
    _inherit = ["party.protected.mixin"]
    _order = "claim_id, id"
    _rec_name = "paper_kind_id"

    claim_id = fields.Many2one(
        "party.claim", required=True, readonly=True, index=True, ondelete="cascade"
    )
    paper_kind_id = fields.Many2one(
        "party.paper.kind", string="Paper", required=True, readonly=True
    )
    received_by_id = fields.Many2one("res.users", required=True, readonly=True)
    received_on = fields.Datetime(required=True, readonly=True)

    _paper_unique = models.Constraint(
        "UNIQUE(claim_id, paper_kind_id)", "This paper was already handed in."
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "claim_id",
            "paper_kind_id",
            "received_by_id",
            "received_on",
        }
