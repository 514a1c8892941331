from odoo import fields, models


class PartyBoardService(models.Model):
    """A service that the shared office gives a board, with dates.

    Since Regulation 137-QĐ/TW (2023) each province decides which board takes which
    service of the shared office.
    """

    _name = "party.board.service"
    _description = "Service Given to a Board"
    _order = "board_id, service, date_from desc"
    _rec_name = "service"

    board_id = fields.Many2one(
        "party.board", required=True, index=True, ondelete="cascade"
    )
    service = fields.Selection(
        [
            ("accounting", "Accounting"),
            ("cars", "Cars"),
            ("papers", "Papers"),
            ("reception", "Reception"),
        ],
        required=True,
    )
    date_from = fields.Date(required=True, default=fields.Date.context_today)
    date_to = fields.Date()
    decision = fields.Char(help="Number and date of the decision.")

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A service cannot end before it begins."
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (board_id WITH =,"
        " service WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "This service is already given to the board in that period.",
    )

    def _is_on(self, day):
        """Tell whether the service is given on a day (``date``)."""
        self.ensure_one()
        return self.date_from <= day and (not self.date_to or self.date_to >= day)
