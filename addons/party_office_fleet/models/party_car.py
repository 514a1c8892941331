from odoo import fields, models


class PartyCar(models.Model):
    """What a dispatcher knows of a car, and the vehicle of Odoo's fleet behind it.

    The fleet's record holds what is not everybody's business: value, contracts,
    services. Staff read the car only.
    """

    _name = "party.car"
    _inherit = ["party.car", "mail.thread", "mail.activity.mixin"]

    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        string="Vehicle file",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="fleet.fleet_group_user",
        help="The vehicle of the Fleet app: value, contracts, services.",
    )
    seats = fields.Integer(default=5, required=True, help="The driver's seat included.")
    four_wheel_drive = fields.Boolean(string="Two driven axles")
    use = fields.Selection(
        [
            ("common", "Common car"),
            ("title", "Car of a title"),
            ("special", "Special-purpose car"),
        ],
        required=True,
        default="common",
        help="Decree 72/2023/NĐ-CP: a car of a title serves its holder (article 6 and "
        "7), a common car the work of all (article 8), a special-purpose car its "
        "purpose (article 16).",
    )
    usual_driver_id = fields.Many2one(
        "party.driver", ondelete="set null", index="btree_not_null"
    )
    turnaround_minutes = fields.Integer(
        string="Turnaround (minutes)",
        default=30,
        help="Time between two trips: to refuel, to clean, to change over.",
    )
    dispatch_ids = fields.One2many("party.dispatch", "car_id", string="Orders")

    _vehicle_unique = models.UniqueIndex(
        "(vehicle_id)", "This vehicle is already another car."
    )
    _seats_possible = models.Constraint(
        "CHECK (seats BETWEEN 2 AND 60)", "A car has between 2 and 60 seats."
    )
    _turnaround_possible = models.Constraint(
        "CHECK (turnaround_minutes BETWEEN 0 AND 1440)",
        "The time between two trips is between nothing and a day.",
    )
