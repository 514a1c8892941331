from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    party_secret_papers = fields.Selection(
        [
            ("stub", "Number, kind and date only"),
            ("nothing", "Nothing at all"),
        ],
        string="Secret papers",
        required=True,
        default="stub",
        help="What this system keeps of a secret paper. Its content is never kept "
        "(Law 117/2025/QH15).",
    )
