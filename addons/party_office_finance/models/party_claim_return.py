from odoo import fields, models
from odoo.tools import SQL


class PartyClaimReturn(models.Model):
    """Why claims came back: a row for each return and reason, read from approvals."""

    _name = "party.claim.return"
    _description = "Return of a Claim"
    _auto = False
    _order = "returned_on desc, id desc"
    _rec_name = "claim_id"
    _depends = {
        "party.approval": ["state", "res_model", "res_id", "decided_at", "reason_ids"],
        "party.claim": ["kind_id", "company_id"],
    }

    approval_id = fields.Many2one("party.approval", string="Returns", readonly=True)
    claim_id = fields.Many2one("party.claim", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    board_id = fields.Many2one("party.board", readonly=True)
    kind_id = fields.Many2one("party.claim.kind", readonly=True)
    reason_id = fields.Many2one("party.return.reason", readonly=True)
    requester_id = fields.Many2one("res.users", readonly=True)
    returned_by_id = fields.Many2one("res.users", string="Returned by", readonly=True)
    returned_on = fields.Datetime(readonly=True)
    round = fields.Integer(string="Time it was sent", readonly=True, aggregator="max")
    comment = fields.Text(readonly=True)

    @property
    def _table_query(self):
        reasons = self.env["party.approval"]._fields["reason_ids"]
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY step.id, tag.party_return_reason_id)
                       AS id,
                   step.id AS approval_id,
                   claim.id AS claim_id,
                   claim.company_id,
                   step.board_id,
                   claim.kind_id,
                   tag.party_return_reason_id AS reason_id,
                   step.requester_id,
                   step.decided_by_id AS returned_by_id,
                   step.decided_at AS returned_on,
                   step.round,
                   step.comment
              FROM party_approval step
              JOIN party_claim claim ON claim.id = step.res_id
         LEFT JOIN %s tag ON tag.party_approval_id = step.id
             WHERE step.res_model = 'party.claim' AND step.state = 'returned'
            """,
            SQL.identifier(reasons.relation),
        )

    def action_open_claim(self):
        """Open the claim that came back."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.claim",
            "res_id": self.claim_id.id,
            "view_mode": "form",
        }
