from odoo import api, fields, models
from odoo.exceptions import UserError

# code, name, type, reconcile, budget controlled. Source: circular 107/2017 as kept by
# circular 24/2024; the full chart is loaded separately.
ACCOUNTS = [
    ("1111", "Tiền mặt - Tiền Việt Nam", "asset_cash", False, False),
    ("1121", "Tiền gửi Ngân hàng, Kho bạc - Tiền Việt Nam", "asset_cash", False, False),
    ("141", "Tạm ứng", "asset_receivable", True, False),
    ("331", "Phải trả cho người bán", "liability_payable", True, False),
    ("3371", "Tạm thu kinh phí hoạt động bằng tiền", "liability_current", False, False),
    ("5111", "Thu hoạt động do NSNN cấp: thường xuyên", "income", False, False),
    ("5112", "Thu hoạt động do NSNN cấp: không thường xuyên", "income", False, False),
    ("5118", "Thu hoạt động khác", "income", False, False),
    ("61112", "Chi phí vật tư, công cụ và dịch vụ đã sử dụng", "expense", False, True),
    ("61118", "Chi phí hoạt động thường xuyên khác", "expense", False, True),
    ("61122", "Chi phí vật tư, dịch vụ (không thường xuyên)", "expense", False, True),
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
    party_cash_account_id = fields.Many2one("account.account", string="Cash account")
    party_payable_account_id = fields.Many2one(
        "account.account", string="Payable account"
    )
    party_expense_account_id = fields.Many2one(
        "account.account", string="Usual expense account"
    )

    party_accounting_regime = fields.Selection(
        [("tt24", "Circular 24/2024"), ("tt107", "Circular 107/2017")],
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

    def _party_setup_currency(self):
        self.ensure_one()
        dong = self.env.ref("base.VND")
        dong.active = True
        items = self.env["account.move.line"].sudo()
        if self.currency_id != dong and not items.search_count(
            [("company_id", "child_of", self.id)], limit=1
        ):
            self.currency_id = dong

    def _party_setup_accounts(self):
        self.ensure_one()
        model = self.env["account.account"].with_company(self)
        codes = [row[0] for row in ACCOUNTS]
        found = {
            account.code: account
            for account in model.search(
                [("code", "in", codes), ("company_ids", "in", self.ids)]
            )
        }
        missing = [row for row in ACCOUNTS if row[0] not in found]
        created = model.create(
            [
                {
                    "code": code,
                    "name": name,
                    "account_type": account_type,
                    "reconcile": reconcile,
                    "company_ids": [(6, 0, self.ids)],
                }
                for code, name, account_type, reconcile, _controlled in missing
            ]
        )
        found |= {account.code: account for account in created}
        for code, *_rest, controlled in ACCOUNTS:
            if controlled and not found[code].budget_controlled:
                found[code].budget_controlled = True
        return found

    def _party_setup_journals(self, accounts):
        self.ensure_one()
        journals = self.env["account.journal"].with_company(self)
        if not self.party_general_journal_id:
            self.party_general_journal_id = journals.create(
                {
                    "name": self.env._("Vouchers"),
                    "code": "CTGS",
                    "type": "general",
                    "company_id": self.id,
                }
            )
        if not self.party_cash_journal_id:
            self.party_cash_journal_id = journals.create(
                {
                    "name": self.env._("Cash of the office"),
                    "code": "QTM",
                    "type": "cash",
                    "company_id": self.id,
                    "default_account_id": accounts["1111"].id,
                }
            )
        self.party_cash_account_id = self.party_cash_account_id or accounts["1111"]
        self.party_payable_account_id = self.party_payable_account_id or accounts["331"]
        self.party_expense_account_id = (
            self.party_expense_account_id or accounts["61112"]
        )

    @api.model
    def _party_setup_all(self):
        """Set up every company; called when the addon is installed."""
        self.search([("parent_id", "=", False)])._party_setup_money()
