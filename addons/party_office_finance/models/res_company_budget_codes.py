from odoo import fields, models


class ResCompany(models.Model):
    """Codes of the State budget list that are the same for the whole office."""

    # a concept of its own has a file of its own
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    party_budget_chapter = fields.Char(
        string="Chapter",
        default="509",
        help="Chapter (chương) of the State budget list, circular 324/2016 and its "
        "amendments: 509 for a provincial Party committee. Check it against the text "
        "in force.",
    )
    party_budget_category = fields.Char(
        string="Category",
        default="351",
        help="Category (khoản) of the State budget list: 351 for the work of the "
        "Party, 341 for State administration. Check it against the text in force.",
    )
