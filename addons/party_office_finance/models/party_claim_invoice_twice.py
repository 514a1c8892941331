from odoo import models

from .party_claim_travel import LIVE_STATES


class PartyClaim(models.Model):
    """An invoice that is claimed a second time: said to who decides, never blocking."""

    _inherit = "party.claim"

    def _decision_note(self, found):
        said = [super()._decision_note(found), *self._invoices_claimed_twice()]
        return "; ".join(filter(None, said))

    def _invoices_claimed_twice(self):
        """Return a sentence for each invoice that another claim has, too.

        The same invoice has the same number, and the same seller or amount. Fills of
        fuel have sentences of their own.
        """
        self.ensure_one()
        # superuser mode: an invoice is used once, whichever board used it; the other
        # claim is named only to who may read it
        claim = self.sudo()
        rows = [
            row
            for rows in (claim.line_ids, claim.cost_ids)
            for row in rows
            if row.invoice_number
        ]
        if not rows:
            return []
        domain = [
            ("invoice_number", "in", [row.invoice_number for row in rows]),
            ("claim_id", "!=", claim.id),
            ("claim_id.state", "in", LIVE_STATES),
        ]
        others = [
            *self.env["party.claim.line"].sudo().search(domain),
            *self.env["party.claim.cost"].sudo().search(domain),
        ]
        used = {
            (row.invoice_number, other.claim_id)
            for row in rows
            for other in others
            if other.invoice_number == row.invoice_number
            and (
                (row.partner_id and row.partner_id == other.partner_id)
                or row.amount == other.amount
            )
        }
        return [
            self._say_claimed_twice(number, other.sudo(False))
            for number, other in sorted(used, key=lambda pair: (pair[0], pair[1].id))
        ]

    def _say_claimed_twice(self, number, other):
        # the note is written in superuser mode for who decides: he may read it or not
        if other.with_user(self.env.user).has_access("read"):
            return self.env._(
                "Invoice %(number)s is also in %(claim)s.",
                number=number,
                claim=other.sudo().display_name,
            )
        return self.env._(
            "Invoice %(number)s is also in a claim of another board.", number=number
        )
