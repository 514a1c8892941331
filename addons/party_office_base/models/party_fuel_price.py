from odoo import api, fields, models
from odoo.fields import Domain

#: what cars burn, as the price announcements name it
FUELS = [
    ("ron95", "Petrol RON 95"),
    ("e10", "Petrol E10 RON 95"),
    ("e5", "Petrol E5 RON 92"),
    ("diesel", "Diesel 0.05S"),
]
#: fuels that an own vehicle is paid by
PETROL = ("e10", "ron95")


class PartyFuelPrice(models.Model):
    """What a litre of fuel costs from a day on, and where that was read.

    Prices change every few days; nobody who travels has to know them.
    """

    _name = "party.fuel.price"
    _inherit = ["party.official.mixin", "party.verified.mixin"]
    _description = "Fuel Price"
    _order = "date_from desc, fuel, id desc"

    fuel = fields.Selection(
        FUELS,
        required=True,
        default="e10",
    )
    date_from = fields.Date(
        string="From", required=True, index=True, default=fields.Date.context_today
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, help="Empty: all offices."
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    price = fields.Monetary(string="Price of a litre", required=True)
    source = fields.Char(
        required=True, help="The announcement or the station's price list."
    )

    _once_a_day = models.UniqueIndex(
        "(fuel, date_from, COALESCE(company_id, 0))",
        "There is already a price of this fuel from this day on.",
    )
    _price_check = models.Constraint(
        "CHECK (price > 0 AND price < 1e6)",
        "The price of a litre is above zero and below one million đồng.",
    )

    @api.depends("company_id.currency_id")
    def _compute_currency_id(self):
        for row in self:
            row.currency_id = (row.company_id or self.env.company).currency_id

    @api.depends("fuel", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        fuels = dict(self._fields["fuel"]._description_selection(self.env))
        for row in self:
            row.display_name = f"{fuels.get(row.fuel)} {row.date_from}"

    @api.model
    def _petrol_on(self, day):
        """The petrol price in force on a day: one record, or an empty recordset.

        The office's own beats the common one of the same day; of two fuels of one day
        the cheaper one counts.
        """
        return self._latest(PETROL, day)

    @api.model
    def _latest(self, fuels, day):
        """The price in force on a day of one of these fuels: one record, or none.

        :param fuels: codes of the selection ``fuel``
        """
        return self.search(
            Domain("fuel", "in", fuels)
            & Domain("date_from", "<=", day)
            & Domain("company_id", "in", (False, self.env.company.id)),
            order="date_from desc, company_id, price",
            limit=1,
        )
