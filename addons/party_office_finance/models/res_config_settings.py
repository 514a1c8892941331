from odoo import api, fields, models


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
    party_treasury_journal_id = fields.Many2one(
        related="company_id.party_treasury_journal_id", readonly=False
    )
    party_bank_journal_id = fields.Many2one(
        related="company_id.party_bank_journal_id", readonly=False
    )
    party_accounting_regime = fields.Selection(
        related="company_id.party_accounting_regime", readonly=False
    )
    party_has_entries = fields.Boolean(compute="_compute_party_has_entries")

    @api.depends("company_id")
    def _compute_party_has_entries(self):
        for settings in self:
            settings.party_has_entries = settings.company_id._party_has_entries()

    def action_party_complete_chart(self):
        """Make the accounts and journals of the regime that are missing."""
        self.ensure_one()
        chart = self.env["party.chart.account"].with_company(self.company_id)
        return chart.action_complete()
