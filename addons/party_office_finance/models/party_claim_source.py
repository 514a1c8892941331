from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.money import format_dong


class PartyClaim(models.Model):
    """A claim that was made of another document, for example a fuel statement.

    It asks for exactly what the document says its board carries.
    """

    _inherit = "party.claim"

    source_model = fields.Char(string="Model of the source", readonly=True, copy=False)
    source_id = fields.Many2oneReference(
        string="Id of the source",
        model_field="source_model",
        readonly=True,
        copy=False,
    )
    source_name = fields.Char(string="Made of", readonly=True, copy=False)

    _once_of_source = models.UniqueIndex(
        "(source_model, source_id, board_id) "
        "WHERE source_model IS NOT NULL AND state NOT IN ('refused', 'cancelled')",
        "This board has a claim of this document already.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "source_model",
            "source_id",
            "source_name",
        }

    def _source(self):
        """Return the document that this claim was made of, in superuser mode: who acts
        on a claim need not see what other boards carry. Nothing when there is none.
        """
        self.ensure_one()
        claim = self.sudo()
        model = claim.source_model
        if not model or model not in self.env:
            # its addon may be gone: the claim goes on by itself
            return None
        return self.env[model].sudo().browse(claim.source_id).exists() or None

    def action_open_source(self):
        """Open the document that this claim was made of."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.source_model,
            "res_id": self.source_id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------------ content
    def _check_can_submit(self):
        for claim in self:
            claim._check_share()
        return super()._check_can_submit()

    def _check_share(self):
        """Refuse a claim that is not what its source says this board carries.

        :raises UserError: another board or amount
        """
        source = self._source()
        if source is None:
            return
        share = sum(
            cost.amount for cost in source._cost_lines() if cost.board == self.board_id
        )
        if self.currency_id.compare_amounts(float(share), self.amount_total):
            raise UserError(
                self.env._(
                    "%(document)s gives %(board)s a part of %(amount)s đ: the claim "
                    "asks for exactly that.",
                    document=self.source_name,
                    board=self.board_id.sudo().name,
                    amount=format_dong(share),
                )
            )

    def _papers_needed(self):
        # the papers were shown, checked and approved with the source
        if self.source_model:
            return self.env["party.claim.kind.paper"]
        return super()._papers_needed()

    # --------------------------------------------------------------------------- hold
    def _on_approved(self):
        for claim in self:
            source = claim._source()
            if source is not None:
                claim._check_share()
                source._give_hold_to(claim)
        return super()._on_approved()

    def _on_refused(self):
        result = super()._on_refused()
        self._return_hold()
        return result

    def _on_cancelled(self):
        result = super()._on_cancelled()
        self._return_hold()
        return result

    def _return_hold(self):
        """Let the source hold again what these claims do not hold any more."""
        for claim in self:
            source = claim._source()
            if source is not None and source["state"] == "approved":
                source._cost_hold()

    # ----------------------------------------------------------------------- invoices
    def _decision_notes(self):
        notes = super()._decision_notes()
        for claim, sentences in self._invoices_of_documents().items():
            if sentences:
                said = [notes.get(claim.id), *sentences]
                notes[claim.id] = "; ".join(filter(None, said))
        return notes

    def _fuel_warnings(self, facts):
        return super()._fuel_warnings(facts) + self._invoices_of_documents()[self]

    def _invoices_of_documents(self):
        """Return ``{claim: sentences}``: invoices that a document outside of claims has
        used, for example a fuel statement. Asked once, however many claims there are.
        """
        invoices = {claim: claim._invoices_typed() for claim in self}
        asked = [invoice for typed in invoices.values() for invoice in typed]
        used = self.env["party.cost.mixin"]._cost_invoices_used(asked) if asked else {}
        return {
            claim: [
                self.env._(
                    "Invoice %(number)s is also in %(claim)s.",
                    number=invoice[1],
                    claim=used[invoice],
                )
                for invoice in typed
                if invoice in used
            ]
            for claim, typed in invoices.items()
        }

    def _invoices_typed(self):
        """Return ``[(series, number, amount)]`` of a claim that somebody typed."""
        # superuser mode: an invoice is used once, whichever board used it
        claim = self.sudo()
        if claim.source_model:
            return []
        rows = [
            ("", row.invoice_number, row.amount)
            for rows in (claim.line_ids, claim.cost_ids)
            for row in rows
            if row.invoice_number
        ]
        return rows + [
            (fill.invoice_series or "", fill.invoice_number, fill.amount)
            for fill in claim.fill_ids
            if fill.invoice_number
        ]
