from odoo import fields, models

from ..tools import in_force


class PartyCarTitle(models.Model):
    """A person whose title has a car: his own, or one that fetches him from home.

    Decree 72/2023/NĐ-CP: articles 5 and 6 (own car), article 7 (from home to the office
    and back, and business trips).
    """

    _name = "party.car.title"
    _description = "Car of a Title"
    _order = "date_from desc, id"
    _rec_name = "employee_id"

    employee_id = fields.Many2one(
        "hr.employee", string="Holder", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("own", "Own car (article 6)"), ("pickup", "Fetched from home (article 7)")],
        required=True,
        default="own",
    )
    car_id = fields.Many2one(
        "party.car",
        domain="[('use', '=', 'title')]",
        index="btree_not_null",
        ondelete="restrict",
        help="The car that serves this title and nobody else.",
    )
    date_from = fields.Date(string="Since", required=True)
    date_to = fields.Date(string="Until")
    decision = fields.Char(required=True, help="Number of the decision.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "It cannot end before it begins."
    )
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (employee_id WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "This person already has such a title in that period.",
    )

    def _on(self, day):
        """Return the rows in force on a day."""
        return in_force(self, day)
