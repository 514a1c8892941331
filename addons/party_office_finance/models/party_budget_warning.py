from odoo import models

from odoo.addons.party_office_base.rules.money import format_dong

from ..rules.progress import usage_level


class PartyBudgetLine(models.Model):
    """Tell the accountant when a line passes 80, 90 or 100 per cent."""

    _inherit = "party.budget.line"

    def _warn_of_thresholds(self, net, after):
        """Leave a to-do for each line whose use has just passed a threshold.

        Called in superuser mode by ``_book``, after the counters have moved.

        :param dict net: ``{line id: change of the four counters (đồng)}``
        :param dict after: ``{line id: Counters}`` after the change
        """
        for line in self:
            now = after[line.id]
            before = now.plus(tuple(-delta for delta in net[line.id]))
            level = usage_level(now.used, now.allocated)
            if int(level or 0) > int(usage_level(before.used, before.allocated) or 0):
                line._warn_accountant(level)

    def _warn_accountant(self, level):
        """Leave the board's accountant, or else the chief accountant, one to-do.

        :param str level: "80", "90" or "100"
        """
        self.ensure_one()
        accountant = self.board_id.accountant_id or self.company_id.chief_accountant_id
        if not accountant:
            return
        item = f"{self.fund_id.code} · {self.item_id.display_name}"
        summary = self.env._("%(level)s %% used: %(item)s", level=level, item=item)
        # the earlier warning of this line says less than this one
        self.budget_id.activity_ids.filtered(
            lambda activity: (activity.summary or "").endswith(item)
        ).unlink()
        self.budget_id.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=accountant.id,
            summary=summary,
            note=self.env._(
                "%(line)s: %(available)s đ of %(allocated)s đ are left.",
                line=self._full_name(),
                available=format_dong(self.available),
                allocated=format_dong(self.allocated),
            ),
        )
