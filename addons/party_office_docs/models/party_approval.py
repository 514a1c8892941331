from odoo import models


class PartyApproval(models.Model):
    _inherit = "party.approval"

    def _candidates(self):
        if self.role not in ("form_checker", "signer"):
            return super()._candidates()
        # who decides does not depend on who looks
        draft = self.sudo()._document()
        if self.role == "signer":
            return draft.signer_id
        return draft.body_id._form_checkers() | super()._candidates()
