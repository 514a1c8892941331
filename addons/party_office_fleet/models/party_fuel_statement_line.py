from odoo import api, fields, models


class PartyFuelStatementLine(models.Model):
    """A trip in a fuel statement: what was driven, the norm that held, its litres.

    Written when the statement collects, so that a norm that changes later does not
    change what was approved.
    """

    _name = "party.fuel.statement.line"
    _description = "Trip of a Fuel Statement"
    _inherit = ["party.approval.line.mixin"]
    _approval_document_field = "statement_id"
    _order = "statement_id, date, odometer_out, id"

    statement_id = fields.Many2one(
        "party.fuel.statement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="statement_id.company_id", store=True)
    dispatch_id = fields.Many2one(
        "party.dispatch",
        string="Dispatch order",
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(string="Order number", required=True)
    date = fields.Date(required=True)
    route = fields.Char()
    odometer_out = fields.Integer(string="Odometer out (km)", aggregator=None)
    odometer_in = fields.Integer(string="Odometer in (km)", aggregator=None)
    km = fields.Float(digits=(10, 1))
    hard_km = fields.Float(string="Km on hard roads", digits=(10, 1))
    idle_hours = fields.Float(string="Hours at a stand", digits=(6, 2))
    norm_id = fields.Many2one(
        "party.car.norm", ondelete="restrict", index="btree_not_null"
    )
    norm_rate = fields.Float(
        string="Litres for 100 km", digits=(8, 3), aggregator="avg"
    )
    supplement = fields.Char(string="Supplements")
    litres = fields.Float(string="By norm (l)", digits=(10, 3))

    @api.model
    def _approval_content_fields(self):
        return [
            "dispatch_id",
            "name",
            "date",
            "route",
            "odometer_out",
            "odometer_in",
            "km",
            "hard_km",
            "idle_hours",
            "norm_id",
            "norm_rate",
            "litres",
        ]


class PartyFuelStatementShare(models.Model):
    """What one board carries of a fuel statement, exact to the đồng."""

    _name = "party.fuel.statement.share"
    _description = "Share of a Fuel Statement"
    _inherit = ["party.approval.line.mixin"]
    _approval_document_field = "statement_id"
    _order = "statement_id, board_id, id"

    statement_id = fields.Many2one(
        "party.fuel.statement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="statement_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(related="statement_id.month", store=True)
    car_id = fields.Many2one(related="statement_id.car_id", store=True)
    board_id = fields.Many2one(
        "party.board", required=True, index=True, ondelete="restrict"
    )
    pct = fields.Float(string="Share (%)", digits=(6, 2), aggregator=None)
    litres = fields.Float(string="By norm (l)", digits=(10, 3))
    amount = fields.Monetary()

    _once = models.UniqueIndex(
        "(statement_id, board_id)", "A board has one share of a statement."
    )

    @api.model
    def _approval_content_fields(self):
        return ["board_id", "amount"]
