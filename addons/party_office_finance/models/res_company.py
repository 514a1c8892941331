from odoo import api, fields, models
from odoo.exceptions import UserError

from .party_chart_account import REGIMES

# field, code, type, name, code of the account that the journal moves. The names are the
# terms of the regulations, in their language.
JOURNALS = [
    ("party_general_journal_id", "CTGS", "general", "Chứng từ ghi sổ", None),
    ("party_cash_journal_id", "QTM", "cash", "Quỹ tiền mặt", "1111"),
    # withdrawals from the estimate: no money lies in the estimate itself
    ("party_treasury_journal_id", "KBNN", "general", "Kho bạc", None),
    ("party_bank_journal_id", "NH", "bank", "Ngân hàng", "1121"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    cashier_id = fields.Many2one("res.users")
    party_fund_id = fields.Many2one(
        "party.fund",
        string="Usual fund",
        help="Pays when neither the document nor its kind names a fund.",
    )
    party_general_journal_id = fields.Many2one(
        "account.journal", string="Voucher journal"
    )
    party_cash_journal_id = fields.Many2one("account.journal", string="Cash journal")
    party_treasury_journal_id = fields.Many2one(
        "account.journal", string="Treasury journal"
    )
    party_bank_journal_id = fields.Many2one("account.journal", string="Bank journal")
    party_cash_account_id = fields.Many2one("account.account", string="Cash account")
    party_payable_account_id = fields.Many2one(
        "account.account", string="Payable account"
    )
    party_expense_account_id = fields.Many2one(
        "account.account", string="Usual expense account"
    )

    party_accounting_regime = fields.Selection(
        REGIMES,
        string="Accounting regime",
        default="tt24",
        required=True,
    )

    def _party_account(self, code):
        """Return the account with a code; an account is returned as it is.

        :raises UserError: when this company's chart has none
        """
        self.ensure_one()
        if not isinstance(code, str):
            return code
        # the chart is the same for whoever acts
        account = (
            self.env["account.account"]
            .sudo()
            .with_company(self)
            .search([("code", "=", code), ("company_ids", "in", self.ids)], limit=1)
        )
        if not account:
            raise UserError(
                self.env._(
                    "The chart of accounts has no account %s. Ask the chief accountant "
                    "to complete it in the settings.",
                    code,
                )
            )
        return account

    def _party_default_fund(self, required=True):
        """Return the office's usual fund: the one set, else the autonomous fund 13.

        :raises UserError: when there is neither and one is required
        """
        # settings of the company are read for every user
        company = self.sudo()[:1]
        fund = company.party_fund_id or self.env["party.fund"].sudo().search(
            [("code", "=", "13")], limit=1
        )
        if not fund and required:
            raise UserError(
                self.env._(
                    "Name the fund, or set the office's usual fund in the settings."
                )
            )
        return fund.sudo(False)

    def _party_payment_accounts(self, method):
        """Return ``(journal, credit account)`` for a payment method.

        :param str method: cash or transfer
        :raises UserError: when the settings name none
        """
        self.ensure_one()
        if method == "cash":
            pair = self.party_cash_journal_id, self.party_cash_account_id
        else:
            pair = self.party_general_journal_id, self.party_payable_account_id
        if not all(pair):
            raise UserError(
                self.env._(
                    "The journals and accounts of payments are not set. Ask the chief "
                    "accountant to complete the settings."
                )
            )
        return pair

    def _party_setup_money(self):
        """Give a company its currency, the accounts and the journals of payments.

        Safe to call again: what exists is kept. The currency becomes VND only while the
        company has no accounting entries.
        """
        for company in self:
            company._party_setup_currency()
            accounts = company._party_setup_accounts()
            company._party_setup_journals(accounts)

    def _party_has_entries(self):
        """Tell whether the books of this company have begun."""
        self.ensure_one()
        # whether there are entries does not depend on which ones the user sees
        items = self.env["account.move.line"].sudo()
        return bool(items.search_count([("company_id", "child_of", self.id)], limit=1))

    def _party_setup_currency(self):
        self.ensure_one()
        dong = self.env.ref("base.VND")
        dong.active = True
        if self.currency_id != dong and not self._party_has_entries():
            self.currency_id = dong

    def _party_setup_accounts(self):
        """Make the accounts of the company's regime that are missing.

        :returns: ``{code: account.account}``
        """
        self.ensure_one()
        return self.env["party.chart.account"]._apply(self)

    def _party_setup_journals(self, accounts):
        self.ensure_one()
        journals = self.env["account.journal"].with_company(self)
        for field, code, journal_type, name, account in JOURNALS:
            if self[field]:
                continue
            values = {
                "name": name,
                "code": code,
                "type": journal_type,
                "company_id": self.id,
            }
            if account:
                values["default_account_id"] = accounts[account].id
            self[field] = journals.search(
                [("code", "=", code), ("company_id", "=", self.id)], limit=1
            ) or journals.create(values)
        self.party_cash_account_id = self.party_cash_account_id or accounts["1111"]
        self.party_payable_account_id = self.party_payable_account_id or accounts["331"]
        self.party_expense_account_id = (
            self.party_expense_account_id or accounts["61112"]
        )

    @api.model
    def _party_setup_all(self):
        """Set up every company; called when the addon is installed."""
        self.search([("parent_id", "=", False)])._party_setup_money()
