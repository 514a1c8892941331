from odoo import api, models


class PartyClaimFactMixin(models.AbstractModel):
    """A row of facts that a claim's amounts are computed from: a traveller, a fill.

    The model has a required many2one ``claim_id`` and names its one2many on the claim
    in ``party.claim._calculation_facts``.
    """

    _name = "party.claim.fact.mixin"
    _description = "Facts of a Calculated Claim"
    _inherit = ["party.approval.line.mixin", "party.link.mixin"]
    _approval_document_field = "claim_id"

    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "claim_id"]

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._recalculate_claims()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self._recalculate_claims()
        return result

    def unlink(self):
        claims = self.claim_id
        result = super().unlink()
        claims.exists()._recalculate_unless_saving()
        return result

    def _recalculate_claims(self):
        self.claim_id._recalculate_unless_saving()
