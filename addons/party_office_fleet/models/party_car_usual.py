from odoo import fields, models
from odoo.tools import SQL


class PartyCarUsual(models.Model):
    """The trips a person asks for again and again: one tap makes the next request."""

    _name = "party.car.usual"
    _description = "Usual Trip"
    _auto = False
    _order = "times desc, last_start desc, id desc"
    _rec_name = "destination"
    _depends = {
        "party.car.request": [
            "requester_id",
            "company_id",
            "destination",
            "purpose",
            "purpose_id",
            "start",
            "state",
        ]
    }

    request_id = fields.Many2one("party.car.request", string="Last time", readonly=True)
    requester_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    destination = fields.Char(string="Route", readonly=True)
    purpose = fields.Char(string="Work", readonly=True)
    passenger_text = fields.Char(related="request_id.passenger_text")
    times = fields.Integer(readonly=True, aggregator=None)
    last_start = fields.Datetime(string="Last left", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT max(id) AS id,
                   max(id) AS request_id,
                   requester_id,
                   company_id,
                   (array_agg(destination ORDER BY id DESC))[1] AS destination,
                   (array_agg(purpose ORDER BY id DESC))[1] AS purpose,
                   count(*) AS times,
                   max(start) AS last_start
              FROM party_car_request
             WHERE state = 'approved'
               AND start > (now() AT TIME ZONE 'UTC') - interval '400 days'
             GROUP BY requester_id, company_id, lower(destination), lower(purpose)
            """
        )

    def action_again(self):
        """Ask for this trip on the next working day; opens the draft."""
        self.ensure_one()
        return self.request_id.action_again()
