from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong

from ..rules.advance import REMINDERS, reminder

TO_DO = "party_office_finance.mail_activity_type_advance"


class PartyAdvance(models.Model):
    """Remind debtors 7, 3 and 1 days before the due day, and once it has passed."""

    _inherit = "party.advance"

    reminded = fields.Selection(
        [
            ("7", "7 days before"),
            ("3", "3 days before"),
            ("1", "1 day before"),
            ("0", "Overdue"),
        ],
        string="Last reminder",
        readonly=True,
        copy=False,
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"reminded"}

    @api.model
    def _cron_remind(self):
        """Leave each debtor one to-do, which says more with every reminder.

        What an approved claim already proves is the accountant's to post: of that
        nobody is reminded.
        """
        today = local_today(self.env)
        owed = self.search(
            [
                ("state", "=", "paid"),
                ("due_date", "<=", today + timedelta(days=max(REMINDERS))),
            ],
            order="due_date, id",
        )
        for advance in owed:
            sent = int(advance.reminded) if advance.reminded else None
            stage = reminder(advance.due_date, today, sent)
            if stage is not None and advance.remaining > advance.reserved:
                advance._remind(stage)

    def _remind(self, stage):
        """Replace the to-dos of an advance by one that says how late it is.

        :param int stage: 7, 3 or 1 days before the due day, or 0 once overdue
        """
        self.ensure_one()
        self.activity_unlink([TO_DO])
        persons = self.requester_id
        if not stage:
            # an overdue debt is also the accountant's worry
            persons |= self.board_id.accountant_id
        for user in persons.filtered("active"):
            # the to-do is read by him, not by the cron
            advance = self.with_context(lang=user.lang)
            advance.activity_schedule(
                TO_DO,
                date_deadline=self.due_date,
                user_id=user.id,
                summary=advance._reminder_text(stage),
                note=advance._reminder_note(),
            )
        self.write({"reminded": str(stage)})

    def _reminder_text(self, stage):
        if not stage:
            return self.env._("Advance %s is overdue", self.name)
        return self.env._(
            "Advance %(advance)s is due on %(day)s",
            advance=self.name,
            day=self.due_date.strftime("%d/%m/%Y"),
        )

    def _reminder_note(self):
        return self.env._(
            "%(person)s still owes %(amount)s đ (%(purpose)s): settle it by a claim, "
            "or return the rest to the cashier.",
            person=self.requester_id.name,
            amount=format_dong(self.remaining - self.reserved),
            purpose=self.purpose,
        )

    def _follow_figures(self, paid, closed):
        before = self.state
        result = super()._follow_figures(paid, closed)
        if self.state != before:
            # settled: nothing to do; open again: reminded anew
            self.activity_unlink([TO_DO])
            self.write({"reminded": False})
        return result
