from odoo import api, fields, models
from odoo.exceptions import AccessError

ALIAS = "party_office_docs.mail_alias_papers"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    party_secret_papers = fields.Selection(
        related="company_id.party_secret_papers", readonly=False
    )
    party_paper_alias = fields.Char(
        string="Address for papers",
        help="Letters to this address wait at the clerk's desk as received papers.",
    )

    @api.model
    def get_values(self):
        values = super().get_values()
        alias = self.env.ref(ALIAS, raise_if_not_found=False)
        # the name of the address is no secret
        values["party_paper_alias"] = alias.sudo().alias_name if alias else False
        return values

    def set_values(self):
        result = super().set_values()
        alias = self.env.ref(ALIAS, raise_if_not_found=False)
        # aliases belong to the system; who may save settings may name this one
        if alias and alias.sudo().alias_name != self.party_paper_alias:
            if not self.env.user.has_group("base.group_system"):
                raise AccessError(self.env._("Only an administrator sets the address."))
            alias.sudo().alias_name = self.party_paper_alias
        return result
