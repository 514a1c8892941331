from odoo import fields, models

from ..tools import in_force


class PartyCarLump(models.Model):
    """A person who gets money instead of a car (khoán kinh phí sử dụng xe ô tô).

    Decree 72/2023/NĐ-CP, article 21: for business trips, or from home to the office.
    Who is paid for trips gets no car and no fuel for them (article 8, clause 4).
    """

    _name = "party.car.lump"
    _description = "Lump Sum Instead of a Car"
    _order = "date_from desc, id"
    _rec_name = "employee_id"

    employee_id = fields.Many2one(
        "hr.employee", string="Person", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("trip", "Business trips"), ("home", "From home to the office")],
        required=True,
        default="trip",
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
        "EXCLUDE USING gist (employee_id WITH =, kind WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "This person already has this lump sum in that period.",
    )

    def _on(self, day):
        """Return the rows in force on a day."""
        return in_force(self, day)
