from odoo import fields, models

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES


class PartyCarPurpose(models.Model):
    """What a trip is for: it decides who goes first when cars are short.

    ``special_duty``: the office's own rules list it as a special duty, for which staff
    may use a common car (decree 72/2023/NĐ-CP, article 8, clause 2, point h).
    """

    _name = "party.car.purpose"
    _description = "Purpose of a Trip"
    _inherit = ["party.verified.mixin"]
    _order = "priority, sequence, id"
    _rec_names_search = ["name", "code"]

    check_state = fields.Selection(CHECK_STATES)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    priority = fields.Integer(
        default=40,
        required=True,
        aggregator=None,
        help="When cars are short, the smaller number goes first.",
    )
    special_duty = fields.Boolean(
        help="The office's rules for public property list it as a special duty: staff "
        "may use a common car for it (decree 72/2023/NĐ-CP, article 8, clause 2h).",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "This code is already used.")
    _priority_possible = models.Constraint(
        "CHECK (priority BETWEEN 1 AND 99)", "A priority is between 1 and 99."
    )
