from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local_today


class PartyTreasuryMove(models.Model):
    """Cash between the Treasury and the cash box.

    Both hooks run in superuser mode, after the document was posted by who may.
    """

    _inherit = "party.treasury.move"

    def _on_cash_withdrawn(self):
        """Let the cashier confirm that the money is in the box.

        :raises UserError: a withdrawal is reversed whose cash is in the box already
        """
        result = super()._on_cash_withdrawn()
        receipts = self.env["party.receipt"]
        if not self.reversed_id:
            receipts._issue_withdrawal(
                self.move_id,
                self.amount_total,
                self.env._("Cash withdrawn from the Treasury, %s", self.display_name),
            )
            return result
        receipt = receipts.search([("move_id", "=", self.reversed_id.move_id.id)])
        if receipt.filtered(lambda r: r.state == "received"):
            raise UserError(
                self.env._(
                    "The cash of %(paper)s is in the box: it goes back by a document "
                    "that repays the budget.",
                    paper=self.reversed_id.display_name,
                )
            )
        for waiting in receipt:
            waiting.write({"move_id": False})
            waiting._cancel(self.env._("Withdrawal taken back"))
        return result

    def _on_cash_repaid(self):
        """Take what is repaid to the budget out of the box, or put it back."""
        result = super()._on_cash_repaid()
        self.env["party.cash.entry"]._record(
            "in" if self.reversed_id else "out",
            self.amount_total,
            local_today(self.env),
            self,
            self.name,
            self.env._("State Treasury"),
            self.env._("Repaid to the budget"),
        )
        return result
