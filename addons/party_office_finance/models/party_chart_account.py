from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES

REGIMES = [("tt24", "Circular 24/2024"), ("tt107", "Circular 107/2017")]


class PartyChartAccount(models.Model):
    """An account of the legal chart (hệ thống tài khoản kế toán HCSN), as data.

    Circular 24/2024 and, as the older regime, circular 107/2017. Companies make their
    ``account.account`` from it. Accounts 0xx are single-entry: they are never made, a
    report derives them (``party.report.estimate_accounts``).
    """

    _name = "party.chart.account"
    _description = "Account of the Legal Chart"
    _inherit = ["party.official.mixin", "party.verified.mixin"]
    _order = "regime desc, code, id"
    _rec_names_search = ["code", "name"]

    regime = fields.Selection(REGIMES, required=True, default="tt24")
    check_state = fields.Selection(selection_add=CHECK_STATES)
    code = fields.Char(required=True)
    # the legal name, in the language of the law
    name = fields.Char(required=True)
    level = fields.Integer(required=True, default=1, aggregator=None)
    parent_id = fields.Many2one(
        "party.chart.account", string="Part of", index=True, ondelete="restrict"
    )
    child_ids = fields.One2many("party.chart.account", "parent_id", string="Accounts")
    account_type = fields.Selection(
        selection="_selection_account_type",
        help="Kind of the account in the books; empty for accounts 0xx.",
    )
    reconcile = fields.Boolean(string="Allow matching")
    off_balance = fields.Boolean(
        string="Off balance",
        help="Single-entry account 0xx: a report derives it, no entry is made on it.",
    )
    budget_controlled = fields.Boolean(
        help="Accounts whose code begins like this spend money of the estimate: they "
        "are controlled from the start."
    )
    note = fields.Char(string="Legal basis")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(regime, code) WHERE active",
        "The chart of this regime already has an account with this code.",
    )
    _kind_of_account = models.Constraint(
        "CHECK (off_balance OR account_type IS NOT NULL)",
        "An account on balance needs its kind.",
    )

    @api.model
    def _selection_account_type(self):
        account = self.env["account.account"]
        return account._fields["account_type"]._description_selection(self.env)

    @api.depends("code", "name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.code} {row.name}" if row.code else row.name

    @api.constrains("code", "parent_id", "regime")
    def _check_parent(self):
        for row in self:
            parent = row.parent_id
            if parent and not (
                parent.regime == row.regime
                and row.code.startswith(parent.code)
                and len(row.code) > len(parent.code)
            ):
                raise ValidationError(
                    self.env._(
                        "The code of %(account)s must begin with the code of the "
                        "account it is part of, in the same chart.",
                        account=row.display_name,
                    )
                )

    # ------------------------------------------------------------------- official
    @api.model
    def _official_editable_fields(self):
        return super()._official_editable_fields() | {"active"}

    def _check_not_official(self):
        if self.filtered("is_official"):
            raise UserError(
                self.env._(
                    "This row came with the software: archive it and add your own."
                )
            )

    # -------------------------------------------------------------------- control
    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env.registry.clear_cache()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache("regime")
    def _control_by_prefix(self, regime):
        """Return ``{code: whether accounts below it spend estimate money}``."""
        # the chart is the same for whoever acts
        rows = self.sudo().search_fetch(
            [("regime", "=", regime), ("off_balance", "=", False)],
            ["code", "budget_controlled"],
        )
        return {row.code: row.budget_controlled for row in rows}

    @api.model
    def _is_controlled_code(self, regime, code):
        """Tell whether an account with this code spends estimate money.

        The longest code of the chart that it begins with decides.
        """
        control = self._control_by_prefix(regime)
        for size in range(len(code or ""), 0, -1):
            if code[:size] in control:
                return control[code[:size]]
        return False

    # -------------------------------------------------------------------- company
    def action_complete(self):
        """Make the accounts and journals that the current company is missing.

        :raises AccessError: unless the user is chief accountant or keeps the
            configuration
        """
        user = self.env.user
        if not (
            self.env.su
            or user.has_group("party_office_base.group_chief_accountant")
            or user.has_group("party_office_base.group_manager")
        ):
            raise AccessError(
                self.env._("Only the chief accountant completes the chart of accounts.")
            )
        company = self.env.company
        # who keeps the configuration need not be an accountant
        accounts = self.env["account.account"].sudo()
        domain = [("company_ids", "in", company.ids)]
        before = accounts.search_count(domain)
        company.sudo()._party_setup_money()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s accounts were added to the chart of %(company)s.",
                    count=accounts.search_count(domain) - before,
                    company=company.name,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _apply(self, company):
        """Make the accounts and groups of a company that are missing.

        Safe to call again: what exists is kept, and so is a control that the chief
        accountant has switched off.

        :returns: ``{code: account.account}`` of all accounts of the chart
        """
        # whoever completes the chart was checked by the caller
        rows = self.sudo().search(
            [
                ("regime", "=", company.party_accounting_regime),
                ("off_balance", "=", False),
            ]
        )
        parents = rows.parent_id
        self._apply_groups(parents, company)
        return self._apply_accounts(rows - parents, rows, company)

    def _apply_groups(self, parents, company):
        root = company.root_id
        groups = self.env["account.group"].sudo().with_company(root)
        found = set(
            groups.search([("company_id", "=", root.id)]).mapped("code_prefix_start")
        )
        groups.create(
            [
                {
                    "name": row.name,
                    "code_prefix_start": row.code,
                    "code_prefix_end": row.code,
                    "company_id": root.id,
                }
                for row in parents
                if row.code not in found
            ]
        )

    def _apply_accounts(self, leaves, rows, company):
        accounts = (
            self.env["account.account"]
            .sudo()
            .with_company(company)
            .with_context(tracking_disable=True, mail_create_nolog=True)
        )
        existing = accounts.with_context(active_test=False).search(
            [
                ("code", "in", leaves.mapped("code")),
                ("company_ids", "parent_of", company.ids),
            ]
        )
        found = {account.code: account for account in existing}
        # an account that was here before its chart is taken under control once
        existing.filtered(
            lambda a: (
                self._is_controlled_code(company.party_accounting_regime, a.code)
                and not a.budget_controlled
                and not a.budget_controlled_since
            )
        ).write({"budget_controlled": True})
        missing = leaves.filtered(lambda row: row.code not in found)
        names = rows._unique_names()
        created = accounts.create(
            [
                {
                    "code": row.code,
                    "name": names[row],
                    "account_type": row.account_type,
                    "reconcile": row.reconcile,
                    "budget_controlled": row.budget_controlled,
                    "company_ids": [(6, 0, company.ids)],
                }
                for row in missing
            ]
        )
        return found | {account.code: account for account in created}

    def _unique_names(self):
        """Return ``{row: name}``; a name that others have too says what it is part of.

        "Tiền Việt Nam" is an account of cash and one of deposits.
        """
        rows_by_name = self.grouped("name")
        result = {}
        for row in self:
            ancestors = row
            while ancestors[-1].parent_id:
                ancestors += ancestors[-1].parent_id
            shared = rows_by_name[row.name] - ancestors
            qualified = shared and row.parent_id
            result[row] = (
                f"{row.name} ({row.parent_id.name})" if qualified else row.name
            )
        return result
