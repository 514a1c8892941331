from odoo import api, models


class MailScheduledMessage(models.Model):
    """A message that is sent later is content already."""

    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.env["party.secrecy.mixin"]._refuse_for_secret(
                vals.get("model"), [vals.get("res_id")]
            )
        return super().create(vals_list)
