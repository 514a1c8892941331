from odoo import api, fields, models
from odoo.exceptions import AccessError

CODE_FIELDS = {"code", "code_store", "code_mapping_ids", "company_ids"}


class AccountAccount(models.Model):
    _inherit = "account.account"

    budget_controlled = fields.Boolean(
        help="Every posted line on this account must name one board, a fund and an "
        "item, and takes from their budget.",
        copy=True,
    )
    budget_controlled_since = fields.Date(
        readonly=True,
        copy=False,
        help="The nightly check covers entries posted from this day on.",
    )
    party_chart_id = fields.Many2one(
        "party.chart.account",
        string="Account of the legal chart",
        compute="_compute_party_chart_id",
        help="The account of the company's legal chart with the same code.",
    )
    party_chart_state = fields.Selection(
        [
            ("verified", "Verified"),
            ("unverified", "Not verified"),
            ("own", "The office's own"),
        ],
        string="Legal chart",
        compute="_compute_party_chart_id",
        help="Whether the account was checked against the circular in force.",
    )

    @api.depends_context("company")
    @api.depends("code")
    def _compute_party_chart_id(self):
        # the chart is the same for whoever looks
        rows = (
            self.env["party.chart.account"]
            .sudo()
            .search(
                [
                    ("regime", "=", self.env.company.sudo().party_accounting_regime),
                    ("code", "in", [code for code in self.mapped("code") if code]),
                ]
            )
        )
        row_by_code = {row.code: row for row in rows}
        for account in self:
            row = row_by_code.get(account.code)
            account.party_chart_id = row
            account.party_chart_state = row.check_state if row else "own"

    # -------------------------------------------------------------------- control
    def _may_control(self):
        return self.env.user.has_group("party_office_base.group_chief_accountant")

    def _check_may_control(self, vals):
        """Refuse a change of the control by anybody but the chief accountant.

        :raises AccessError: switching the control off would open a way round the budget
        """
        if not {"budget_controlled", "budget_controlled_since"} & vals.keys():
            return
        if self.env.su or self._may_control():
            return
        raise AccessError(
            self.env._(
                "Only the chief accountant decides which accounts are controlled."
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        # what the nightly check covers is stamped here, see write
        for vals in vals_list:
            if "budget_controlled_since" in vals:
                self._check_may_control({"budget_controlled_since": None})
        accounts = super().create(vals_list)
        fresh = accounts.filtered(
            lambda a: a.budget_controlled and not a.budget_controlled_since
        )
        # the day is stamped by write, whoever made the account
        fresh.sudo().write({"budget_controlled": True})
        accounts._control_by_code()
        if self._may_control():
            # he said so while making it
            switched_off = accounts.browse(
                account.id
                for account, vals in zip(accounts, vals_list, strict=True)
                if vals.get("budget_controlled") is False
            )
            switched_off.sudo().write({"budget_controlled": False})
        return accounts

    def write(self, vals):
        self._check_may_control(vals)
        if vals.get("budget_controlled"):
            fresh = self.filtered(lambda a: not a.budget_controlled_since)
            super(AccountAccount, fresh).write(
                {"budget_controlled_since": fields.Date.context_today(self)}
            )
        result = super().write(vals)
        if CODE_FIELDS & vals.keys() and "budget_controlled" not in vals:
            self._control_by_code()
        return result

    def _control_by_code(self):
        """Control the accounts whose code is below a controlled one of the chart.

        A new account, a copy and a changed code would otherwise open a way round the
        budget.
        """
        uncontrolled = self.sudo().filtered(
            lambda a: (
                not a.budget_controlled
                # switched off by the chief accountant, who may
                and not a.budget_controlled_since
                and a._is_below_controlled()
            )
        )
        if uncontrolled:
            uncontrolled.write({"budget_controlled": True})

    def _is_below_controlled(self):
        self.ensure_one()
        chart = self.env["party.chart.account"]
        return any(
            chart._is_controlled_code(
                company.party_accounting_regime, self.with_company(company).code
            )
            for company in self.company_ids
        )
