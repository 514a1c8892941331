from datetime import timedelta

from odoo import api, models

from odoo.addons.party_office_base.office_time import local_today

REMIND_BEFORE = 30
MAX_A_NIGHT = 500


class PartyArchiveFile(models.Model):
    """Files go to the archive within a year: their makers are reminded in time."""

    _inherit = "party.archive.file"

    @api.model
    def _cron_remind_handover(self):
        """Remind the makers a month before the last day, and once it has passed.

        Each file has one to-do at most; it is written again when it becomes late.
        """
        today = local_today(self.env)
        files = self.search(
            [
                ("state", "in", ("open", "closed")),
                ("handover_due", "<=", today + timedelta(days=REMIND_BEFORE)),
                "|",
                ("handover_id", "=", False),
                ("handover_id.state", "!=", "sent"),
            ],
            order="handover_due, id",
            limit=MAX_A_NIGHT,
        )
        todo_type = self.env.ref("mail.mail_activity_data_todo")
        known = {
            activity.res_id: activity
            for activity in self.env["mail.activity"].search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", files.ids),
                    ("activity_type_id", "=", todo_type.id),
                ]
            )
        }
        for file in files:
            file._remind_handover(today, known.get(file.id))

    def _remind_handover(self, today, todo):
        self.ensure_one()
        day = self.handover_due.strftime("%d/%m/%Y")
        # in the language of who reads it
        file = self.with_context(lang=self.maker_id.lang)
        if self.handover_due < today:
            text = file.env._("Late: hand over to the archive since %(day)s", day=day)
        else:
            text = file.env._("Hand over to the archive until %(day)s", day=day)
        if not todo:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.handover_due,
                user_id=self.maker_id.id,
                summary=text,
            )
        elif todo.summary != text:
            todo.summary = text
