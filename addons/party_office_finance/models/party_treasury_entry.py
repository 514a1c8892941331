from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The entry of a Treasury document stands and falls with it."""

    _inherit = "account.move"

    def write(self, vals):
        if "state" in vals:
            self._check_treasury_entry(vals["state"])
        return super().write(vals)

    def _check_treasury_entry(self, state):
        """Refuse to take back or to reverse by hand what the Treasury has paid.

        The counters of the estimate would not follow.

        :raises UserError: naming the Treasury document
        """
        # who keeps the books may not see the document of another board
        documents = self.env["party.treasury.move"].sudo()
        if state == "posted":
            own = documents.search([("move_id", "in", self.ids)]).move_id
            touched = (self - own).reversed_entry_id
        else:
            touched = self.filtered(lambda move: move.state == "posted")
        document = touched and documents.search(
            [("move_id", "in", touched.ids)], limit=1
        )
        if document:
            raise UserError(
                self.env._(
                    "This entry belongs to the Treasury document %(document)s: only a "
                    "document that reverses it takes it back.",
                    document=document.display_name,
                )
            )
