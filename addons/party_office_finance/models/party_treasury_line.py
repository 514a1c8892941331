from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.party_office_base.rules.money import MAX_AMOUNT


class PartyTreasuryLine(models.Model):
    """One amount of a Treasury document: whose money, for which item."""

    _name = "party.treasury.move.line"
    _description = "Treasury Document Line"
    _inherit = [
        "party.protected.mixin",
        "party.link.mixin",
        "party.approval.line.mixin",
    ]
    _approval_document_field = "treasury_id"
    _order = "treasury_id, id"

    treasury_id = fields.Many2one(
        "party.treasury.move", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="treasury_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    board_id = fields.Many2one("party.board", required=True, index=True)
    item_id = fields.Many2one(
        "party.budget.item", string="Budget item", required=True, ondelete="restrict"
    )
    amount = fields.Monetary(required=True)
    note = fields.Char()
    origin_id = fields.Many2one(
        "party.treasury.move",
        string="Advance",
        index="btree_not_null",
        ondelete="restrict",
        help="The advance of the Treasury that this amount settles or repays.",
    )
    claim_id = fields.Many2one(
        "party.claim",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The claim that this amount pays.",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Every line needs an amount above zero."
    )

    @api.constrains("amount")
    def _check_whole(self):
        for line in self:
            # written so that "not a number" fails too
            if not abs(line.amount) < MAX_AMOUNT or line.amount != int(line.amount):
                raise ValidationError(
                    self.env._("Amounts are whole đồng, below one million billion.")
                )

    # the document's lines are cached for each user, see its line_ids
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.treasury_id.invalidate_recordset(["line_ids"])
        return lines

    def write(self, vals):
        documents = self.treasury_id
        result = super().write(vals)
        if "treasury_id" in vals:
            (documents | self.treasury_id).invalidate_recordset(["line_ids"])
        if {"treasury_id", "board_id"} & vals.keys():
            # record rules look at a line before it is written: it could be turned to
            # a board that the user does not follow
            self.check_access("write")
        return result

    def unlink(self):
        documents = self.treasury_id
        result = super().unlink()
        documents.exists().invalidate_recordset(["line_ids"])
        return result

    @api.model
    def _approval_content_fields(self):
        return [
            *super()._approval_content_fields(),
            "board_id",
            "item_id",
            "amount",
            "note",
            "origin_id",
            "claim_id",
        ]

    @api.model
    def _guarded_links(self):
        return [*super()._guarded_links(), "origin_id"]

    @api.model
    def _protected_fields(self):
        # only the server says which claim a line pays
        return super()._protected_fields() | {"claim_id"}
