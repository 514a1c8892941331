from odoo import fields, models

from odoo.addons.party_office_base.office_time import local_today


class PartyCashOpening(models.TransientModel):
    """Ask what is in the box when the cash book begins."""

    _name = "party.cash.opening"
    _description = "Opening Balance of the Cash Box"

    box_id = fields.Many2one("party.cash.box", required=True, readonly=True)
    currency_id = fields.Many2one(related="box_id.currency_id")
    amount = fields.Monetary(required=True)
    date = fields.Date(
        string="First day", required=True, default=lambda self: local_today(self.env)
    )

    def action_confirm(self):
        """Enter the opening balance; the box checks the right to."""
        self.ensure_one()
        self.box_id.action_opening_balance(self.amount, self.date)
        return {"type": "ir.actions.act_window_close"}
