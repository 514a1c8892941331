from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyPaymentBatchLine(models.Model):
    """One document on a payment list, as it was when it was put there."""

    _name = "party.payment.batch.line"
    _description = "Payment List Line"
    _inherit = ["party.protected.mixin"]
    _order = "batch_id, id"
    _rec_name = "number"

    batch_id = fields.Many2one(
        "party.payment.batch",
        string="Payment list",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="batch_id.company_id")
    currency_id = fields.Many2one(related="batch_id.company_id.currency_id")
    claim_id = fields.Many2one(
        "party.claim", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    advance_id = fields.Many2one(
        "party.advance", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    res_model = fields.Char(
        string="Document model", compute="_compute_document", store=True
    )
    res_id = fields.Many2oneReference(
        string="Document",
        model_field="res_model",
        compute="_compute_document",
        store=True,
    )
    board_id = fields.Many2one(
        "party.board", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Char(string="Voucher", required=True, readonly=True)
    receiver = fields.Char(readonly=True)
    content = fields.Char(readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    fingerprint = fields.Char(
        readonly=True, help="Tells whether the document was changed since."
    )
    state = fields.Selection(
        [("waiting", "To be paid"), ("paid", "Paid"), ("changed", "Changed since")],
        compute="_compute_state",
        store=True,
    )
    is_live = fields.Boolean(
        compute="_compute_is_live",
        store=True,
        help="The list is to pay the document, which can stand on no other.",
    )
    beneficiary_ids = fields.One2many(
        "party.payment.beneficiary", "line_id", string="Persons", readonly=True
    )

    _one_document = models.Constraint(
        "CHECK ((claim_id IS NULL) <> (advance_id IS NULL) AND amount > 0)",
        "A line pays one document, an amount above zero.",
    )
    _one_list_for_a_claim = models.UniqueIndex(
        "(claim_id) WHERE is_live", "A claim stands on one payment list."
    )
    _one_list_for_an_advance = models.UniqueIndex(
        "(advance_id) WHERE is_live", "An advance stands on one payment list."
    )
    _document_idx = models.Index("(res_model, res_id) WHERE is_live")

    @api.depends("claim_id", "advance_id")
    def _compute_document(self):
        for line in self:
            document = line.claim_id or line.advance_id
            line.res_model = document._name
            line.res_id = document.id

    @api.depends("claim_id.state", "claim_id.move_id", "advance_id.state")
    def _compute_state(self):
        for line in self:
            line.state = line._document().sudo()._payable_outcome(line.fingerprint)

    @api.depends("state", "batch_id.is_cancelled")
    def _compute_is_live(self):
        for line in self:
            line.is_live = line.state == "waiting" and not line.batch_id.is_cancelled

    @api.model
    def _protected_fields(self):
        # a line is written by the actions of its list only
        return super()._protected_fields() | set(self._fields) - {"id"}

    # --------------------------------------------------------------- documents
    def _document(self):
        """Return the claim or the advance, or an empty recordset."""
        return self.claim_id or self.advance_id

    def _documents(self, name):
        """Return the documents of one model."""
        field = {"party.claim": "claim_id", "party.advance": "advance_id"}[name]
        return self[field]

    def _is_changed(self):
        """Tell, from the document itself, whether it is not to be paid as listed."""
        self.ensure_one()
        outcome = self._document()._payable_outcome(self.fingerprint)
        return outcome == "changed"

    def _pay(self):
        """Pay the document in cash, unless it was changed.

        :raises UserError: changed since, or what the document itself refuses
        """
        self.ensure_one()
        if self._is_changed():
            raise UserError(self.batch_id._say_changed(self))
        self._document().action_pay()

    def _fill_beneficiaries(self):
        """Write down who gets money by these lines; called by actions only."""
        rows = [
            {
                "line_id": line.id,
                "batch_id": line.batch_id.id,
                "partner_id": share.partner.id,
                "name": share.name or line.receiver,
                "amount": share.amount,
                "bank_account_id": share.accounts[:1].id,
            }
            for line in self
            if line.batch_id.payment_method == "transfer"
            for share in line._document()._payable_shares()
        ]
        # see _protected_fields
        self.env["party.payment.beneficiary"].sudo().create(rows)._snapshot()

    # ----------------------------------------------------------------- actions
    def action_remove(self):
        """Take documents off a list that is not made yet.

        :raises AccessError: not the author of the list
        :raises UserError: the list is made
        """
        self.batch_id._check_can_edit("draft")
        # written by this action only
        self.sudo().unlink()
        return True

    def action_open_document(self):
        """Open the claim or the advance."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }
