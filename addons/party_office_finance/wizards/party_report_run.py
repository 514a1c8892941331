from odoo import api, fields, models


class PartyReportRun(models.TransientModel):
    """The options of the reports of the books."""

    _inherit = "party.report.run"

    fund_ids = fields.Many2many("party.fund", string="Funds")
    level = fields.Selection(
        [("group", "Group"), ("item", "Item"), ("sub_item", "Sub-item")],
        default="sub_item",
        required=True,
    )
    form = fields.Selection(
        [
            ("74", "Form 74: estimate"),
            ("75", "Form 75: execution"),
            ("76", "Form 76: settlement"),
        ],
        default="75",
        required=True,
    )
    months = fields.Selection(
        [
            ("3", "3 months"),
            ("6", "6 months"),
            ("9", "9 months"),
            ("12", "The whole year"),
        ],
        string="Period",
        default="12",
        required=True,
    )
    detailed = fields.Boolean(
        string="How the estimate came about",
        help="Shows what was allocated at the beginning, carried over, added and "
        "adjusted.",
    )

    @api.depends("fund_ids", "level", "form", "months", "detailed")
    def _compute_content(self):
        return super()._compute_content()

    def _more_options(self):
        return super()._more_options() | {
            "fund_ids": tuple(self.fund_ids._origin.ids),
            "level": self.level or "sub_item",
            "form": self.form or "75",
            "months": int(self.months or 12),
            "detailed": self.detailed,
        }
