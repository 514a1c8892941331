from odoo import fields, models
from odoo.exceptions import AccessError


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

    def _check_may_control(self, vals):
        """Refuse a change of the control by anybody but the chief accountant.

        :raises AccessError: switching the control off would open a way round the budget
        """
        if not {"budget_controlled", "budget_controlled_since"} & vals.keys():
            return
        if self.env.su or self.env.user.has_group(
            "party_office_base.group_chief_accountant"
        ):
            return
        raise AccessError(
            self.env._(
                "Only the chief accountant decides which accounts are controlled."
            )
        )

    def write(self, vals):
        self._check_may_control(vals)
        if vals.get("budget_controlled"):
            fresh = self.filtered(lambda a: not a.budget_controlled_since)
            super(AccountAccount, fresh).write(
                {"budget_controlled_since": fields.Date.context_today(self)}
            )
        return super().write(vals)
