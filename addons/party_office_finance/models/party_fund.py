from odoo import api, fields, models
from odoo.exceptions import UserError


class PartyFund(models.Model):
    """A purse that money comes from (mã tính chất nguồn kinh phí).

    Circular 324/2016 and its amendments; funds by estimate, funds by payment order and
    the Party's own money are kept apart.
    """

    _name = "party.fund"
    _description = "Budget Fund"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    regime = fields.Selection(
        [
            ("estimate", "By estimate (withdrawn at the Treasury)"),
            ("payment_order", "By payment order"),
            ("party", "Party's own money"),
        ],
        required=True,
        default="estimate",
    )
    is_autonomous = fields.Boolean(
        string="Autonomous",
        help="The head of the unit may move this money freely inside the estimate.",
    )
    income_code = fields.Char(
        string="Income account",
        help="Account credited when this money is spent: 5111 for regular tasks, 5112 "
        "for others, 5118 for the Party's own money.",
    )
    verified = fields.Boolean(
        help="Set when the chief accountant has checked the code against the text in "
        "force."
    )
    note = fields.Char(string="Legal basis")
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a fund with this code."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for fund in self:
            fund.display_name = f"{fund.code} {fund.name}" if fund.code else fund.name

    @api.model
    def _by_code(self, code):
        """Return the fund with a code.

        :raises UserError: when there is none
        """
        # codes are public data
        record = self.sudo().search([("code", "=", code)], limit=1)
        if not record:
            raise UserError(self.env._("There is no fund with the code %s.", code))
        return record
