from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .party_document_incoming import CHIEF, CLERK

SENT_BACK = "sent_back"


class PartyDocument(models.Model):
    """A paper that was sent to the wrong addressee goes back to its sender (Decree
    30/2020/NĐ-CP, article 21).

    Before it is registered it takes no number; afterwards the number stays in the book,
    cancelled with the reason.
    """

    _inherit = "party.document"

    state = fields.Selection(
        selection_add=[(SENT_BACK, "Sent back")],
        ondelete={SENT_BACK: "set default"},
    )
    sent_back_at = fields.Datetime(readonly=True, copy=False)
    sent_back_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    sent_back_reason = fields.Char(readonly=True, copy=False)

    _registered_has_number = models.Constraint(
        "CHECK (state IN ('received', 'sent_back') OR (name IS NOT NULL AND number > 0"
        " AND registered_at IS NOT NULL))",
        "A registered paper has a number.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "sent_back_at",
            "sent_back_by_id",
            "sent_back_reason",
        }

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {"sent_back_reason"}

    def action_open_send_back(self):
        """Ask for the reason."""
        self._check_may_send_back()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send back to the sender"),
            "res_model": "party.document.send.back",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_document_ids": self.ids},
        }

    def action_send_back(self, reason):
        """Send papers back to their sender: we are not the addressee.

        :param str reason: what the book will say
        :raises AccessError: neither clerk nor chief of office
        :raises UserError: no reason, or the paper was directed already
        """
        self._check_may_send_back()
        reason = " ".join((reason or "").split())
        if not reason:
            raise UserError(self.env._("Say why the paper goes back."))
        for document in self:
            numbered = document.state == "registered"
            if numbered:
                # nobody may write given numbers; the right was checked above
                self.env["party.series.number"].sudo()._of(document)._cancel(reason)
            # protected: only this action sets them
            document.sudo().write(
                {
                    "state": "cancelled" if numbered else SENT_BACK,
                    "sent_back_at": fields.Datetime.now(),
                    "sent_back_by_id": self.env.uid,
                    "sent_back_reason": reason,
                }
            )
            document._hand_to(False, "")
            # nobody has to do anything with it any more
            document.sudo().activity_ids.unlink()
        return True

    def _check_may_send_back(self):
        if not (
            self.env.su
            or self.env.user.has_group(CLERK)
            or self.env.user.has_group(CHIEF)
        ):
            raise AccessError(
                self.env._("Only the clerk or the chief of office sends papers back.")
            )
        self.check_access("read")
        for document in self:
            if document.direction != "in" or document.is_secret:
                raise UserError(self.env._("This is done with incoming papers."))
        self._check_state("received", "registered")

    def _work_item_state(self):
        if self.state == SENT_BACK:
            return "stopped"
        return super()._work_item_state()
