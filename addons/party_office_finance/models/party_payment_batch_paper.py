from odoo import models
from odoo.exceptions import UserError

from .party_payment_batch import PAYABLE


class PartyTreasuryMove(models.Model):
    """A Treasury document and the payment list that goes with it say the same.

    The list names the persons and their accounts: whoever stands on it and not on the
    document would be paid by both it and another document.
    """

    _inherit = "party.treasury.move"

    def _check_contents(self):
        result = super()._check_contents()
        # the whole paper is checked, whatever lists the user may see
        document = self.sudo()
        if not document.reversed_id:
            document._check_own_list()
            document._check_other_lists()
        return result

    def _paid_documents(self, name):
        """Return the claims or the advances that this document pays."""
        self.ensure_one()
        return {"party.claim": self.claim_ids, "party.advance": self.advance_ids}[name]

    def _check_own_list(self):
        """Refuse to pay other documents than the list of this document names.

        :raises UserError: naming the list
        """
        batch = self.env["party.payment.batch"].search(
            [("treasury_id", "=", self.id), ("is_cancelled", "=", False)], limit=1
        )
        if batch and any(
            batch.line_ids._documents(name) != self._paid_documents(name)
            for name in PAYABLE
        ):
            raise UserError(
                self.env._(
                    "This document pays payment list %(list)s, which names other "
                    "claims or advances. Cancel this document, then the list, and "
                    "make a new list.",
                    list=batch.name,
                )
            )

    def _check_other_lists(self):
        """Refuse to pay what stands on the list of another document.

        :raises UserError: naming the document and the list
        """
        for name in PAYABLE:
            for paid in self._paid_documents(name):
                batch = paid._payable_line().batch_id
                if batch.made_on and batch.treasury_id != self:
                    raise UserError(
                        self.env._(
                            "%(document)s stands on payment list %(list)s: it is paid "
                            "by the Treasury document of that list. Cancel the list "
                            "first.",
                            document=paid.display_name,
                            list=batch.name,
                        )
                    )
