from odoo import api, models


class MailComposeMessage(models.TransientModel):
    """What is typed into the composer is stored before it is sent."""

    _inherit = "mail.compose.message"

    @api.model_create_multi
    def create(self, vals_list):
        composers = super().create(vals_list)
        composers._check_no_secret()
        return composers

    def write(self, vals):
        result = super().write(vals)
        self._check_no_secret()
        return result

    def _check_no_secret(self):
        # whoever writes, and whatever he may see
        for composer in self.sudo():
            self.env["party.secrecy.mixin"]._refuse_for_secret(
                composer.model, composer._evaluate_res_ids() or []
            )
