from odoo import api, models


class MailActivity(models.Model):
    """No activity about a secret paper: its note would say what the paper is about."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self.default_get(["res_model_id", "res_id"])
        for vals in vals_list:
            model_id = vals.get("res_model_id") or defaults.get("res_model_id")
            # the name of the model is no secret
            model_name = self.env["ir.model"].sudo().browse(model_id).model
            self.env["party.secrecy.mixin"]._refuse_for_secret(
                vals.get("res_model") or model_name,
                [vals.get("res_id") or defaults.get("res_id")],
            )
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        self._check_no_secret()
        return result

    def _check_no_secret(self):
        # whoever writes, and whatever he may see
        for model_name, activities in self.sudo().grouped("res_model").items():
            self.env["party.secrecy.mixin"]._refuse_for_secret(
                model_name, activities.mapped("res_id")
            )
