from odoo import api, models


class IrAttachment(models.Model):
    """A file is not hung on a secret paper, by whatever way it comes."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        defaults = {}
        if any("res_model" not in vals or "res_id" not in vals for vals in vals_list):
            defaults = self.default_get(["res_model", "res_id"])
        self._check_targets([{**defaults, **vals} for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - {"access_token"}:
            self._check_targets(
                [
                    {"res_model": file.res_model, "res_id": file.res_id, **vals}
                    # whoever writes, and whatever he may see
                    for file in self.sudo()
                ]
            )
        return super().write(vals)

    @api.model
    def _check_targets(self, vals_list):
        """Refuse files of secret papers.

        :raises UserError: Law 117/2025/QH15
        """
        targets = {}
        for vals in vals_list:
            if vals.get("res_model") and vals.get("res_id"):
                targets.setdefault(vals["res_model"], set()).add(int(vals["res_id"]))
        for model_name, ids in targets.items():
            self.env["party.secrecy.mixin"]._refuse_for_secret(model_name, ids)
