from odoo import api, models


class MailMessage(models.Model):
    """Nothing is said about a secret paper, by a person or by the system."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_threads(
            [(vals.get("model"), vals.get("res_id")) for vals in vals_list]
        )
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"body", "subject", "model", "res_id", "attachment_ids"}:
            self._check_threads(
                [
                    (
                        vals.get("model", message.model),
                        vals.get("res_id", message.res_id),
                    )
                    # whoever writes, and whatever he may see
                    for message in self.sudo()
                ]
            )
        return super().write(vals)

    @api.model
    def _check_threads(self, threads):
        """Refuse messages about secret papers.

        :param threads: (model, id) of what the messages are about
        :raises UserError: Law 117/2025/QH15
        """
        for model_name, res_id in set(threads):
            if model_name and res_id:
                self.env["party.secrecy.mixin"]._refuse_for_secret(model_name, [res_id])
