from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cashier_id = fields.Many2one(related="company_id.cashier_id", readonly=False)
    party_fund_id = fields.Many2one(related="company_id.party_fund_id", readonly=False)
    party_general_journal_id = fields.Many2one(
        related="company_id.party_general_journal_id", readonly=False
    )
    party_cash_journal_id = fields.Many2one(
        related="company_id.party_cash_journal_id", readonly=False
    )
    party_cash_account_id = fields.Many2one(
        related="company_id.party_cash_account_id", readonly=False
    )
    party_payable_account_id = fields.Many2one(
        related="company_id.party_payable_account_id", readonly=False
    )
    party_expense_account_id = fields.Many2one(
        related="company_id.party_expense_account_id", readonly=False
    )
