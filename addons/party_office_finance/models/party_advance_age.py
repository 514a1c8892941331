from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import local_today

from ..rules.advance import AGES


class PartyAdvanceAge(models.Model):
    """Open advances and how old they are today, for lists and pivots."""

    _name = "party.advance.age"
    _description = "Open Advance by Age"
    _auto = False
    _rec_name = "advance_id"
    _order = "due_date, id"
    _depends = {
        "party.advance": [
            "state",
            "board_id",
            "requester_id",
            "fund_id",
            "company_id",
            "payment_method",
            "due_date",
            "paid_on",
            "remaining",
            "reserved",
        ]
    }

    advance_id = fields.Many2one("party.advance", readonly=True)
    board_id = fields.Many2one("party.board", readonly=True)
    requester_id = fields.Many2one("res.users", string="Debtor", readonly=True)
    fund_id = fields.Many2one("party.fund", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    payment_method = fields.Selection(
        [("cash", "Cash"), ("transfer", "Bank transfer")], readonly=True
    )
    paid_on = fields.Date(readonly=True)
    due_date = fields.Date(string="To be settled by", readonly=True)
    age = fields.Selection(
        [
            ("in_time", "Not due yet"),
            ("to_30", "Overdue up to 30 days"),
            ("to_90", "Overdue 31 to 90 days"),
            ("over_90", "Overdue more than 90 days"),
        ],
        readonly=True,
    )
    days_open = fields.Integer(
        string="Days since payment", readonly=True, aggregator="max"
    )
    days_overdue = fields.Integer(readonly=True, aggregator="max")
    remaining = fields.Monetary(string="Still owed", readonly=True)
    reserved = fields.Monetary(string="In approved claims", readonly=True)

    @property
    def _table_query(self):
        """Return the open advances as of the office's day."""
        today = local_today(self.env)
        late = SQL("GREATEST(%s::date - due_date, 0)", today)
        ages = SQL(" ").join(
            SQL("WHEN %s <= %s THEN %s", late, border, code)
            for code, border in AGES
            if border is not None
        )
        return SQL(
            """
            SELECT id, id AS advance_id, board_id, requester_id, fund_id, company_id,
                   payment_method, paid_on, due_date,
                   CASE %(ages)s ELSE %(oldest)s END AS age,
                   %(today)s::date - paid_on AS days_open, %(late)s AS days_overdue,
                   remaining, reserved
              FROM party_advance
             WHERE state = 'paid'
            """,
            ages=ages,
            oldest=AGES[-1][0],
            today=today,
            late=late,
        )

    @api.readonly
    def action_open_advance(self):
        """Open the advance of this row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.advance",
            "res_id": self.advance_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
